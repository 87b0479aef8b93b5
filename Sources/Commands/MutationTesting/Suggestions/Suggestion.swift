import Mutation

/// A property that holds in the model, and that would notice a mutant.
package struct Suggestion: Sendable, Hashable {
  /// In Murphi, behind the name: `invariant`, or `cover`.
  package let keyword: Keyword
  /// Behind the name, without the semicolon.
  package let expression: String

  package enum Keyword: String, Sendable {
    case invariant
    case cover
  }

  /// As it is to be written; the name is left to whoever does.
  package var text: String { property(named: "…") }

  func property(named name: String) -> String {
    "\(keyword.rawValue) \"\(name)\" \(expression);"
  }

  init(keyword: Keyword, expression: String) {
    (self.keyword, self.expression) = (keyword, expression)
  }

  /// Reads what `text` says; nil for anything else.
  init?(_ text: String) {
    for keyword in [Keyword.invariant, .cover] {
      let head = "\(keyword.rawValue) \"…\" "
      guard text.hasPrefix(head), text.hasSuffix(";") else { continue }
      self.init(
        keyword: keyword, expression: String(text.dropFirst(head.count).dropLast()))
      return
    }
    return nil
  }

  /// Of literals that are never all true at once, or for a cover are so somewhere.
  init(
    _ keyword: Keyword, _ literals: [Literal], _ signature: ConditionSignature,
    _ conditions: [Condition]
  ) {
    let used = literals.map { signature.columns[$0.column] }
    var names: [Int: String] = [:]
    for column in used {
      for (slot, name) in zip(column.slots, conditions[column.condition].names) {
        guard names[slot] == nil else { continue }
        var own = name
        while names.values.contains(own) { own += "2" }
        names[slot] = own
      }
    }
    func text(_ literal: Literal) -> String {
      let column = signature.columns[literal.column]
      return conditions[column.condition].text(column.slots.map { names[$0] ?? "" })
    }
    func negation(_ literal: Literal) -> String {
      let isPrimary = conditions[signature.columns[literal.column].condition].isPrimary
      return isPrimary ? "!\(text(literal))" : "!(\(text(literal)))"
    }
    let ordered = Self.inOrder(literals)
    let (positive, negative) = (ordered.filter(\.isTrue), ordered.filter { !$0.isTrue })
    var expression: String
    switch keyword {
    case .cover:
      expression = (positive.map(text) + negative.map(negation)).joined(separator: " & ")
    case .invariant where negative.isEmpty && positive.count == 1:
      expression = negation(positive[0])
    case .invariant where negative.isEmpty:
      expression = "!(\(positive.map(text).joined(separator: " & ")))"
    case .invariant:
      let consequence = negative.map(text).joined(separator: " | ")
      expression =
        positive.isEmpty
        ? consequence : "\(positive.map(text).joined(separator: " & ")) -> \(consequence)"
    }
    let quantifier = keyword == .cover ? "exists" : "forall"
    for slot in names.keys.sorted().reversed() {
      expression =
        "\(quantifier) \(names[slot] ?? ""): \(signature.types[slot]) do \(expression) end"
    }
    self.init(keyword: keyword, expression: expression)
  }

  /// The order in which they are evaluated.
  static func inOrder(_ literals: [Literal]) -> [Literal] {
    literals.filter(\.isTrue) + literals.filter { !$0.isTrue }
  }
}
