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

  /// A shortest way to a state from a start state, by any rules.
  ///
  /// - Parameter goesOn: Asked for each state.
  func way(
    to end: MetStates.Number, while goesOn: () -> Bool
  ) throws(Undecided) -> (origin: MetStates.Number, steps: [MetStates.Step])? {
    var all = try states.starts()
    var parents: [MetStates.Number: (from: MetStates.Number, step: MetStates.Step)] = [:]
    var known = Set(all)
    var position = 0
    while position < all.count, goesOn() {
      let state = all[position]
      position += 1
      if state == end {
        var steps: [MetStates.Step] = []
        var current = state
        while let (from, step) = parents[current] {
          steps.append(step)
          current = from
        }
        return (current, steps.reversed())
      }
      try states.forEachStep(from: state) { step in
        guard known.insert(step.state).inserted else { return }
        parents[step.state] = (state, step)
        all.append(step.state)
      }
    }
    return nil
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
