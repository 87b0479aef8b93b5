import Diagnostics
import TransitionSystem

extension ModelLinter {
  // MARK: - Names given twice

  /// Rules are told apart by their names in runs and counts, and properties in verdicts.
  mutating func lintRepeatedNames() {
    var seen: [String: SourceSpan] = [:]
    for item in model.items {
      guard case .rule(let rule) = item else { continue }
      rule.forEachNamed { kind, name, span in
        let place = nameSpan(of: span)
        guard let earlier = seen["\(kind) \(name)"] else {
          seen["\(kind) \(name)"] = place
          return
        }
        warn(
          .repeatedName, "there is another \(kind) \"\(name)\"", at: place,
          labels: [.init(earlier, "the first")])
      }
    }
  }

  // MARK: - Names that nothing refers to

  mutating func lintUnusedNames() {
    for item in model.items {
      switch item {
      case .declaration(let declaration): lintUnused(declaration, isLocal: false)
      case .function(let function):
        lintUnused([function.name], "function", "calls")
        for parameter in function.parameters {
          lintUnused(parameter.names, "parameter", "refers to")
        }
        for declaration in function.declarations { lintUnused(declaration, isLocal: true) }
        lintUnused(function.body)
      case .rule(let rule): lintUnused(rule)
      case .unreadable: break
      }
    }
  }

  private mutating func lintUnused(_ names: [Name], _ kind: String, _ verb: String) {
    for name in names where !used.contains(name.span) {
      warn(.unusedName, "nothing \(verb) the \(kind) `\(name.text)`", at: name.span)
    }
  }

  private mutating func lintUnused(_ declaration: DeclarationSyntax, isLocal: Bool) {
    switch declaration {
    case .constant(let constant): lintUnused(constant.names, "constant", "refers to")
    case .type(let type): lintUnused(type.names, "type", "refers to")
    case .symbolic(let constant, _): lintUnused(constant.names, "symbolic constant", "refers to")
    // Those of the state are looked at with what they are read and written by.
    case .variable(let variable): if isLocal { lintUnused(variable.names, "variable", "refers to") }
    }
  }

  private mutating func lintUnused(_ rule: RuleSyntax) {
    switch rule.kind {
    case .rule(let simple):
      for declaration in simple.declarations { lintUnused(declaration, isLocal: true) }
      lintUnused(simple.body)
    case .startState(let start):
      for declaration in start.declarations { lintUnused(declaration, isLocal: true) }
      lintUnused(start.body)
    case .property, .measure: break
    // Whether a rule depends on the parameters around it is looked at for each rule.
    case .ruleset(_, let rules):
      for rule in rules { lintUnused(rule) }
    case .alias(let aliases, let rules):
      lintUnused(aliases.map(\.name), "alias", "refers to")
      for rule in rules { lintUnused(rule) }
    case .choose(let choices, let rules):
      lintUnused(choices.map(\.name), "parameter", "refers to")
      for rule in rules { lintUnused(rule) }
    }
  }

  private mutating func lintUnused(_ statements: [StatementSyntax]) {
    for statement in statements {
      if case .alias(let aliases, _) = statement.kind {
        lintUnused(aliases.map(\.name), "alias", "refers to")
      }
      for body in statement.bodies { lintUnused(body) }
    }
  }
}

extension RuleSyntax {
  /// Calls `body` with kind, name and place of each rule and property that the text gives a name.
  fileprivate func forEachNamed(_ body: (String, String, SourceSpan) -> Void) {
    switch kind {
    case .rule(let rule): if let name = rule.name { body("rule", name, span) }
    case .startState(let start): if let name = start.name { body("start state", name, span) }
    case .property(let kind, let message, _):
      // `assert` beside the rules is an invariant.
      let word = kind == .assert ? PropertyKind.invariant.rawValue : kind.rawValue
      if let message { body(word, message, span) }
    case .measure(let message, _): body("measure", message, span)
    case .ruleset(_, let rules), .alias(_, let rules), .choose(_, let rules):
      for rule in rules { rule.forEachNamed(body) }
    }
  }
}

extension StatementSyntax {
  /// The lists of statements within it.
  var bodies: [[StatementSyntax]] {
    switch kind {
    case .conditional(let clauses, let otherwise): clauses.map(\.body) + [otherwise]
    case .switching(_, let cases, let otherwise): cases.map(\.body) + [otherwise]
    case .forLoop(_, let body), .whileLoop(_, let body), .alias(_, let body): [body]
    default: []
    }
  }
}
