import Diagnostics
import Trace
import TransitionSystem

/// Whether a mutant is the model again: from each reachable state of the model, each instance of a
/// rule is enabled in both or in neither, and leads to the same state. Then all reachable states and
/// steps are the same, by induction over the steps.
///
/// Looked at is one state of each orbit, where both treat the same elements alike: the steps of the
/// others are the same but for the names.
struct StepComparison {
  let model: TransitionSystem
  let states: ReachableStates
  /// Rules that may differ, by position.
  let rules: [Int]
  let stop: StopCondition

  enum Sameness: Sendable {
    case same
    /// But for instances of rules that one of the two may fire and that change nothing. The reachable
    /// states and all that properties say are the same; how often rules fire is not.
    case sameButForIdleSteps
    case different
  }

  /// Nil where that is not found out: the states are too many, or the two have other variables.
  ///
  /// - Parameter deadlock: Where a deadlock is a state in which no rule is enabled, a step that changes
  ///   nothing is one.
  func sameness(
    of mutant: TransitionSystem, _ deadlock: DeadlockMode
  ) -> Sameness? {
    guard mutant.pathSlot == nil, hasSameShape(mutant),
      states.symmetry == ReachableStates.symmetry(of: mutant, stop), let states = states.all(stop)
    else { return nil }
    let (one, other) = (Stepper(model), Stepper(mutant))
    for rule in model.startStates.indices {
      for bindings in TransitionSystem.bindings(of: model.startStates[rule].parameters)
      where one.start(rule, bindings) != other.start(rule, bindings) {
        return .different
      }
    }
    let mayIdle = deadlock != .stuck && !model.hasPriorities && !mutant.hasPriorities
    var sameness = Sameness.same
    let instances = rules.map { ($0, TransitionSystem.bindings(of: model.rules[$0].parameters)) }
    for state in states {
      if stop.isDue() { return nil }
      for (rule, all) in instances {
        for bindings in all {
          let steps = [one, other].map { $0.step(from: state, rule, bindings) }
          if steps[0] == steps[1] { continue }
          // With priorities, such a step keeps others from being taken.
          guard mayIdle, steps.allSatisfy({ $0 == .disabled || $0 == .state(state) }) else {
            return .different
          }
          sameness = .sameButForIdleSteps
        }
      }
    }
    return sameness
  }

  private func hasSameShape(_ mutant: TransitionSystem) -> Bool {
    func variables(_ system: TransitionSystem) -> [String] {
      system.variables.map { "\($0.name) \($0.slot) \($0.type.slotCount)" }
    }
    func rules(_ rules: [Rule]) -> [String] {
      rules.map { rule in
        rule.name + rule.parameters.map { " \($0.name) \($0.values)" }.joined()
      }
    }
    return variables(model) == variables(mutant) && rules(model.rules) == rules(mutant.rules)
      && rules(model.startStates) == rules(mutant.startStates)
      && self.rules.allSatisfy(model.rules.indices.contains)
  }
}
