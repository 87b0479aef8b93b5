package import TransitionSystem

/// The conjuncts of a guard, sorted by how many parameters have to be bound before each can be
/// evaluated, in the guard's order.
///
/// What is false for the first parameters is false for whatever the others are, so it is evaluated
/// once for all of those instances, and none of them is tried. Most rules of a protocol begin with
/// the phase that they belong to.
package struct GuardLevels: Sendable {
  /// One list for no parameter, one for the first, and so on.
  package private(set) var conjuncts: [[Expression]]
  /// Conjuncts from the first one on that is not suitable.
  package private(set) var rest: [Expression] = []

  /// - Parameter isSuitable: Whether a conjunct may be evaluated once for many instances.
  package init(_ rule: Rule, isSuitable: (Expression) -> Bool) {
    conjuncts = Array(repeating: [], count: rule.parameters.count + 1)
    guard let condition = rule.guardExpression else { return }
    var level = 0
    for conjunct in condition.conjuncts {
      guard rest.isEmpty, isSuitable(conjunct) else {
        rest.append(conjunct)
        continue
      }
      level = max(level, conjunct.parameterCount(of: rule))
      conjuncts[level].append(conjunct)
    }
  }
}

extension Expression {
  /// The parameters of a rule that have to be bound, from the first on, before this is evaluated.
  fileprivate func parameterCount(of rule: Rule) -> Int {
    var count = 0
    forEachPart { part in
      if case .place(let place, _) = part, place.base == .frame,
        place.offset < rule.parameters.count
      {
        count = max(count, place.offset + 1)
      }
    }
    return count
  }
}
