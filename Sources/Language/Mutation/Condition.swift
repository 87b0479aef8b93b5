package import Diagnostics
package import Murphi

/// A condition that a model asks for somewhere, in a guard or a property, without the `&`, `|`, `->` and
/// `!` around it, and with its parameters open.
package struct Condition: Sendable, Hashable {
  /// Its text in one line, cut where the name of a parameter stands.
  private let parts: [String]
  /// For each cut the parameter that stands there.
  private let uses: [Int]
  /// For each parameter the text of its type, in the order in which they are first used.
  package let types: [String]
  /// What the parameters are called where the condition stands.
  package let names: [String]
  /// Whether `!` binds all of it as it stands.
  package let isPrimary: Bool

  /// The text with names for its parameters.
  package func text(_ names: [String]) -> String {
    var text = parts[0]
    for (part, use) in zip(parts.dropFirst(), uses) { text += names[use] + part }
    return text
  }

  /// Two are the same whatever their parameters are called.
  package static func == (left: Condition, right: Condition) -> Bool {
    left.parts == right.parts && left.uses == right.uses && left.types == right.types
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(parts)
    hasher.combine(uses)
    hasher.combine(types)
  }

  /// The most parameters of one.
  private static let mostParameters = 2

  /// All conditions of a model, each once, in the order of the text.
  ///
  /// - Parameters:
  ///   - model: What the text was read as, without mistakes.
  ///   - rules: How it was read.
  package static func all(
    of model: ModelSyntax, _ source: SourceText, rules: LexicalRules = .rumur
  ) -> [Condition] {
    var finder = ConditionFinder(source, Lexer.lex(source, rules: rules).tokens)
    for case .rule(let rule) in model.items { finder.visit(rule, Surroundings()) }
    return finder.conditions
  }

  /// What names mean around a condition.
  fileprivate struct Surroundings {
    var parameters: [(name: String, type: String)] = []
    /// Names that cannot stand elsewhere.
    var hidden: Set<String> = []

    mutating func bind(_ quantifiers: [QuantifierSyntax], _ source: SourceText) {
      for quantifier in quantifiers {
        let name = quantifier.name.text
        parameters.removeAll { $0.name == name }
        hidden.remove(name)
        guard case .type(let type) = quantifier.domain else {
          hidden.insert(name)
          continue
        }
        switch type.kind {
        case .named, .boolean, .range: parameters.append((name, source.text(of: type.span)))
        default: hidden.insert(name)
        }
      }
    }
  }

  fileprivate init?(
    _ expression: ExpressionSyntax, _ surroundings: Surroundings, _ source: SourceText,
    _ tokens: [Token]
  ) {
    let names = expression.names
    var bound: Set<String> = []
    expression.forEachPart { part in
      switch part.kind {
      case .quantified(_, let quantifiers, _): bound.formUnion(quantifiers.map(\.name.text))
      case .multisetCount(let name, _, _): bound.insert(name.text)
      default: break
      }
    }
    let types = Dictionary(
      surroundings.parameters.map { ($0.name, $0.type) }, uniquingKeysWith: { $1 })
    // Where a name means two things, it is not taken apart.
    guard names.isDisjoint(with: surroundings.hidden),
      bound.isDisjoint(with: surroundings.hidden), bound.isDisjoint(with: types.keys)
    else { return nil }
    var parts = [""]
    var uses: [Int] = []
    var used: [String] = []
    var end = expression.span.start
    var isField = false
    for token in tokens where token.span.start >= expression.span.start {
      guard token.span.end <= expression.span.end, token.kind != .end else { break }
      let word = source.text(of: token.span)
      if token.span.start > end { parts[parts.count - 1] += " " }
      if token.kind == .identifier, !isField, types[word] != nil {
        if !used.contains(word) { used.append(word) }
        uses.append(used.firstIndex(of: word) ?? 0)
        parts.append("")
      } else {
        parts[parts.count - 1] += word
      }
      isField = word == "."
      end = token.span.end
    }
    guard used.count <= Self.mostParameters else { return nil }
    if case .conditional = expression.kind {
      parts[0] = "(" + parts[0]
      parts[parts.count - 1] += ")"
    }
    (self.parts, self.uses, self.names) = (parts, uses, used)
    self.types = used.map { types[$0] ?? "" }
    switch expression.kind {
    case .name, .element, .field, .call: isPrimary = true
    default: isPrimary = false
    }
  }
}

/// Goes through the guards and properties of a model.
private struct ConditionFinder {
  private let source: SourceText
  private let tokens: [Token]
  private(set) var conditions: [Condition] = []
  private var seen: Set<Condition> = []

  init(_ source: SourceText, _ tokens: [Token]) {
    self.source = source
    self.tokens = tokens
  }

  mutating func visit(_ rule: RuleSyntax, _ surroundings: Condition.Surroundings) {
    var around = surroundings
    switch rule.kind {
    case .rule(let simple): simple.guardExpression.map { takeApart($0, around) }
    case .property(_, _, let expression): takeApart(expression, around)
    case .ruleset(let quantifiers, let rules):
      around.bind(quantifiers, source)
      for rule in rules { visit(rule, around) }
    case .alias(let aliases, let rules):
      around.hidden.formUnion(aliases.map(\.name.text))
      for rule in rules { visit(rule, around) }
    case .choose(let choices, let rules):
      around.hidden.formUnion(choices.map(\.name.text))
      for rule in rules { visit(rule, around) }
    case .startState, .measure: break
    }
  }

  private mutating func takeApart(
    _ expression: ExpressionSyntax, _ surroundings: Condition.Surroundings
  ) {
    switch expression.kind {
    case .binary(let operation, let left, let right)
    where operation.isAnd || operation.isOr || operation == .implies:
      takeApart(left, surroundings)
      takeApart(right, surroundings)
    case .unary(.not, let operand): takeApart(operand, surroundings)
    case .quantified(_, let quantifiers, let body):
      note(expression, surroundings)
      var inner = surroundings
      inner.bind(quantifiers, source)
      takeApart(body, inner)
    case .name("true"), .name("false"): break
    default: note(expression, surroundings)
    }
  }

  private mutating func note(
    _ expression: ExpressionSyntax, _ surroundings: Condition.Surroundings
  ) {
    guard let condition = Condition(expression, surroundings, source, tokens),
      seen.insert(condition).inserted
    else { return }
    conditions.append(condition)
  }
}
