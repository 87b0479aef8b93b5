package import Evaluation
import Exploration
package import Trace

extension StateSets {
  /// The start states in which some conditions hold.
  package func start(_ conditions: [BoundCondition]) throws(Undecided) -> Node? {
    node(of: try holding(conditions, in: try states.starts()))
  }

  /// All reachable states in which some conditions hold.
  ///
  /// - Parameter goesOn: Asked now and then.
  /// - Returns: Nil where there is none, or the time was up.
  package func reachable(
    _ conditions: [BoundCondition], while goesOn: () -> Bool
  ) throws(Undecided) -> Node? {
    var all = try states.starts()
    var known = Set(all)
    var position = 0
    while position < all.count {
      guard goesOn() else { return nil }
      let end = min(all.count, position + StepSource.mostStates)
      try states.prepare(all[position..<end])
      for state in all[position..<end] {
        try states.forEachStep(from: state) { step in
          if known.insert(step.state).inserted { all.append(step.state) }
        }
      }
      position = end
    }
    return node(of: try holding(conditions, in: all))
  }

  /// The property that does not hold in any of the states of a set: that of the first.
  package func violation(in node: Node) -> Violation.Kind? {
    let states = states(of: node)
    guard states.allSatisfy({ self.states.violation(in: $0) != nil }) else { return nil }
    return states.first.flatMap { self.states.violation(in: $0) }
  }

  /// What does not hold in the first of the states that were met in which something does not.
  package var firstViolation: Violation.Kind? {
    (0..<MetStates.Number(states.count)).lazy.compactMap { self.states.violation(in: $0) }.first
  }
}
