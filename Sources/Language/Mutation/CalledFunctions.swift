import Murphi

/// Which functions the rules of a model call, themselves or by way of others.
///
/// What start states and properties alone call is no part of the protocol, and is not changed.
struct CalledFunctions {
  /// For each function, the positions of the rules that call it.
  private(set) var rules: [String: [Int]] = [:]
  /// Those that properties call.
  private(set) var properties: Set<String> = []

  init(_ model: ModelSyntax) {
    var callees: [String: Set<String>] = [:]
    for case .function(let function) in model.items {
      var called: Set<String> = []
      for statement in function.body { statement.forEachCall { called.insert($0) } }
      callees[function.name.text] = called
    }
    var position = 0
    for case .rule(let rule) in model.items {
      Self.visit(rule, around: []) { called, isProperty in
        let all = Self.closure(of: called, callees)
        if isProperty { return properties.formUnion(all) }
        for name in all { rules[name, default: []].append(position) }
        position += 1
      }
    }
  }

  /// Calls `body` for each rule and property in the order of the text, with what it and what is around
  /// it call.
  private static func visit(
    _ rule: RuleSyntax, around: Set<String>, _ body: (Set<String>, _ isProperty: Bool) -> Void
  ) {
    var called = around
    func add(_ expression: ExpressionSyntax) { expression.forEachCall { called.insert($0) } }
    switch rule.kind {
    case .rule(let simple):
      simple.guardExpression.map(add)
      for statement in simple.body { statement.forEachCall { called.insert($0) } }
      body(called, false)
    case .ruleset(let quantifiers, let rules):
      for part in quantifiers.flatMap(\.parts) { add(part) }
      for rule in rules { visit(rule, around: called, body) }
    case .alias(let aliases, let rules):
      for alias in aliases { add(alias.value) }
      for rule in rules { visit(rule, around: called, body) }
    case .choose(let choices, let rules):
      for choice in choices { add(choice.multiset) }
      for rule in rules { visit(rule, around: called, body) }
    case .property(_, _, let expression), .measure(_, let expression):
      add(expression)
      body(called, true)
    case .startState: break
    }
  }

  private static func closure(
    of names: Set<String>, _ callees: [String: Set<String>]
  ) -> [String] {
    var found: Set<String> = []
    var open = Array(names)
    while let name = open.popLast() {
      if let called = callees[name], found.insert(name).inserted { open += called }
    }
    return found.sorted()
  }
}
