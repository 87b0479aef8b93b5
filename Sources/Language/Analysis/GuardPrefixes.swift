package import TransitionSystem

/// Conjuncts at the beginning of a guard that depend on no more than the rule's first parameters.
///
/// They have the same value for all instances that have these in common, so they are evaluated once
/// for each state and these; where they are false, none of those instances is tried.
package struct GuardPrefixes: Sendable {
  /// For so many parameters, from none on, the conjuncts that they decide, as a rule whose guard they
  /// are; nil where there are none.
  package let rules: [Rule?]

  /// - Parameter isSuitable: Whether a conjunct may be evaluated once for many instances.
  package init(_ rule: Rule, isSuitable: (Expression) -> Bool) {
    let levels = GuardLevels(rule, isSuitable: isSuitable)
    rules = levels.conjuncts.enumerated().map { level, conjuncts in
      // With all of them bound it is the instance itself.
      guard level < rule.parameters.count, let first = conjuncts.first,
        let condition = rule.guardExpression
      else { return nil }
      let prefix = conjuncts.dropFirst().reduce(first) {
        Expression(.and($0, $1), at: condition.span)
      }
      return Rule(
        name: rule.name, parameters: Array(rule.parameters.prefix(level)), guardExpression: prefix,
        frameSlotCount: rule.frameSlotCount, body: [], span: rule.span)
    }
  }
}
