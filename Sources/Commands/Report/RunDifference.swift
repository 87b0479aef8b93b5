import Comparison
import Diagnostics
import Evaluation
import Trace
import TransitionSystem

/// Why the last step of a run is not one of the other model's.
struct RunDifference {
  private let run: BehaviourComparison.DistinguishingRun
  private let pair: ModelPair
  private let isAdded: Bool

  init(_ run: BehaviourComparison.DistinguishingRun, in pair: ModelPair, isAdded: Bool) {
    (self.run, self.pair, self.isAdded) = (run, pair, isAdded)
  }

  /// What keeps the other model from the step; nil where nothing can be said.
  ///
  /// - Parameter when: `Before the change`, or `After the change`.
  func sentence(of when: DisplayText, _ other: ModelPair.Model) -> DisplayText? {
    if run.isStart { return nil }
    let partner =
      isAdded ? pair.rules.baseOfHead[run.step.rule] : pair.rules.headOfBase[run.step.rule]
    guard let partner else { return when + " there is no such rule." }
    let rule = other.system.rules[partner]
    if run.failure != nil { return when + " the last step does not fail." }
    guard let state = run.other.steps.last?.slots else { return nil }
    let interpreter = Interpreter(system: other.system, valuation: run.other.valuation)
    for conjunct in rule.guardExpression?.conjuncts ?? [] {
      for slot in state.indices { interpreter.slots[slot] = state[slot] }
      let property = Property(
        kind: .invariant, name: rule.name, parameters: rule.parameters, expression: conjunct,
        frameSlotCount: rule.frameSlotCount, span: conjunct.span)
      if (try? interpreter.evaluate(property, run.step.bindings)) == 0 {
        return when
          + " `\(other.source.text(of: conjunct.span))` keeps the last step from being taken."
      }
    }
    return nil
  }
}
