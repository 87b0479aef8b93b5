import Diagnostics
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

  /// Nil where that is not found out: the states are too many, or the two have other variables.
  func isSame(_ mutant: TransitionSystem) -> Bool? {
    guard mutant.pathSlot == nil, hasSameShape(mutant),
      states.symmetry == ReachableStates.symmetry(of: mutant, stop), let states = states.all(stop)
    else { return nil }
    let (one, other) = (Stepper(model), Stepper(mutant))
    for rule in model.startStates.indices {
      for bindings in TransitionSystem.bindings(of: model.startStates[rule].parameters)
      where one.start(rule, bindings) != other.start(rule, bindings) {
        return false
      }
    }
    let instances = rules.map { ($0, TransitionSystem.bindings(of: model.rules[$0].parameters)) }
    for state in states {
      if stop.isDue() { return nil }
      for (rule, all) in instances {
        for bindings in all
        where one.step(from: state, rule, bindings) != other.step(from: state, rule, bindings) {
          return false
        }
      }
    }
    return true
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
