package import Exploration
import Trace
import TransitionSystem

/// What is known of a model after an engine has looked at it, confirmed.
package struct CheckOutcome: Sendable {
  /// What the engine found, with its figures.
  package let result: ExplorationResult
  package let evidence: Evidence

  package init(result: ExplorationResult, evidence: Evidence = .none) {
    self.result = result
    self.evidence = evidence
  }
}

/// Checks models: what the command line, scenarios and tests go through.
package enum Checking {
  /// Checks a model by an engine, and confirms what was found.
  ///
  /// - Throws: `Objection`, where there is nothing to check or no verdict to show.
  package static func check(
    _ plan: CheckPlan, by engine: some CheckEngine = BreadthFirstSearch(),
    _ watch: some CheckWatch = NoWatch()
  ) throws(Objection) -> CheckOutcome {
    if let objection = type(of: engine).objection(to: plan) { throw objection }
    let result = engine.run(plan, watch)
    switch result.verdict {
    case .holds where result.statistics.stateCount == 0:
      if plan.paths != nil { throw .noStartStateForAnyLayout }
      throw .noStartState(StartStateLoss(in: plan.system, stop: plan.stop))
    case .violated(let counterexample):
      let evidence = try Confirmation(plan: plan).evidence(for: counterexample)
      return CheckOutcome(result: result, evidence: evidence)
    case .holds, .inconclusive: return CheckOutcome(result: result, evidence: .none)
    }
  }
}
