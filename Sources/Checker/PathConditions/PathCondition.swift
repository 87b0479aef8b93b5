import Evaluation

/// A conjunction of literals on top of what the model assumes of its layout.
struct PathCondition {
  typealias SignedLiteral = TermTable.SignedLiteral

  /// Sorted; those of the layout's assumptions left out.
  let literals: [SignedLiteral]
  let set: LiteralSet
  /// Layouts for which it holds; at least one.
  var witnesses: [Witness]
  /// What is known of literals.
  var answers: [Int: Answer] = [:]

  enum Answer { case implied, refuted, open }

  init(literals: [SignedLiteral], witnesses: [Witness]) {
    self.literals = literals
    set = LiteralSet(literals)
    self.witnesses = witnesses
  }
}
