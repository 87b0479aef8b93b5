import TransitionSystem

extension StatePredicate {
  /// The ways in which evaluating the condition can go wrong, each a condition of its own: together
  /// they hold where it does, and nowhere else. Nil if they cannot be told.
  func failures(_ knowledge: SlotKnowledge) -> [StatePredicate]? {
    guard knowledge.canFail(self) else { return [] }
    switch self {
    case .constant, .isUndefined:
      return []
    case .compare(_, let left, let right):
      guard let first = left.failures(knowledge), let second = right.failures(knowledge) else {
        return nil
      }
      return first + second
    case .and(let operands):
      return Self.failures(of: operands, knowledge) { $0 }
    case .or(let operands):
      return Self.failures(of: operands, knowledge) { $0.negated }
    case .opaque:
      return nil
    }
  }

  /// An operand goes wrong after those before it have not decided.
  private static func failures(
    of operands: [StatePredicate], _ knowledge: SlotKnowledge,
    undecided: (StatePredicate) -> StatePredicate?
  ) -> [StatePredicate]? {
    var failures: [StatePredicate] = []
    var before: [StatePredicate] = []
    for operand in operands {
      guard let own = operand.failures(knowledge) else { return nil }
      failures += own.map { .and(before + [$0]) }
      // As many as there are pairs of operands, where each can go wrong.
      guard failures.count <= 256, let undecided = undecided(operand) else { return nil }
      before.append(undecided)
    }
    return failures
  }

  /// The negation; nil if it is opaque.
  private var negated: StatePredicate? {
    switch self {
    case .constant(let value):
      return .constant(!value)
    case .compare(let comparison, let left, let right):
      return .compare(comparison.negated, left, right)
    case .isUndefined(let slot, let expected):
      return .isUndefined(slot: slot, !expected)
    case .and(let operands):
      let negated = operands.compactMap(\.negated)
      return negated.count == operands.count ? .or(negated) : nil
    case .or(let operands):
      let negated = operands.compactMap(\.negated)
      return negated.count == operands.count ? .and(negated) : nil
    case .opaque:
      return nil
    }
  }
}

extension StateExpression {
  /// As for conditions; told for slots that may be undefined only.
  fileprivate func failures(_ knowledge: SlotKnowledge) -> [StatePredicate]? {
    if knowledge.range(of: self) != nil { return [] }
    guard case .slot(let slot) = self, knowledge.mayBeUndefined[slot] else { return nil }
    return [.isUndefined(slot: slot, true)]
  }
}
