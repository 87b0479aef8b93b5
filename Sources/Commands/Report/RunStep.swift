import Trace
import TransitionSystem

/// A step of a run, with names as they stand in the model.
struct RunStep {
  let actor: String?
  /// The rule with its parameters.
  let rule: String
  /// What has another value than before; nothing for the start state.
  let changes: [(name: String, value: String)]
  /// Whether something goes wrong in it.
  let fails: Bool

  /// - Parameter failure: The step behind the last state, which fails.
  static func all(
    of execution: Execution, _ failure: RuleInstance?, _ wording: Wording
  ) -> [RunStep] {
    var previous: [Int64]?
    var steps = execution.steps.enumerated().map { number, step in
      defer { previous = step.slots }
      let changes = number == 0 ? [] : wording.changes(in: step.slots, since: previous)
      return RunStep(step.instance, isStart: number == 0, changes, fails: false, wording)
    }
    if let failure {
      steps.append(RunStep(failure, isStart: steps.isEmpty, [], fails: true, wording))
    }
    return steps
  }

  private init(
    _ instance: RuleInstance, isStart: Bool, _ changes: [(name: String, value: String)],
    fails: Bool, _ wording: Wording
  ) {
    let rules = isStart ? wording.system.startStates : wording.system.rules
    actor = rules[instance.rule].actor
    rule = wording.rule(instance, isStart: isStart)
    self.changes = changes
    self.fails = fails
  }
}
