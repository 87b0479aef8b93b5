import Cluster
import Diagnostics
package import Exploration
package import Trace
import TransitionSystem

/// What is known of a model after an engine has looked at it, confirmed.
package struct CheckOutcome: Sendable {
  /// The engine's name.
  package let engine: String
  /// What the engine found, with its figures.
  package let finding: CheckFinding
  package let evidence: Evidence
  /// Violations beside that of the verdict, each of something else or, behind these, of an invariant by
  /// another last rule; none unless more than one was wanted.
  package var others: [Counterexample] = []

  package init(engine: String, finding: CheckFinding, evidence: Evidence = .none) {
    self.engine = engine
    self.finding = finding
    self.evidence = evidence
  }

  package var verdict: ExplorationResult.Verdict { finding.verdict }
}

/// Checks models: what the command line, scenarios and tests go through.
package enum Checking {
  /// Looks at a request, and carries it out.
  ///
  /// - Throws: `Objection`, where it cannot be done, there is nothing to check, or no verdict to show.
  package static func check(
    _ request: CheckRequest, _ watch: some CheckWatch = NoWatch()
  ) throws(Objection) -> CheckOutcome {
    try check(try CheckPlan.make(request, watch), watch)
  }

  /// Checks a model by the engine that the plan names, and confirms what was found.
  ///
  /// - Throws: `Objection`, where there is nothing to check or no verdict to show.
  package static func check(
    _ plan: CheckPlan, _ watch: some CheckWatch = NoWatch()
  ) throws(Objection) -> CheckOutcome {
    var outcome = try check(plan, by: plan.engine, watch)
    guard case .violated(let first) = outcome.verdict else { return outcome }
    var last = first
    var known: [Counterexample] = []
    while known.count + 1 < plan.maximumErrorCount, !plan.stop.isDue() {
      known.append(last)
      guard let rest = plan.passingOver(known),
        case .violated(let next) = try check(rest, by: plan.engine, watch).verdict
      else { break }
      outcome.others.append(next)
      last = next
    }
    known = [first] + outcome.others
    while known.count < plan.maximumErrorCount, !plan.stop.isDue() {
      guard let rest = plan.passingOverLastSteps(of: known),
        case .violated(let next) = try check(rest, by: plan.engine, watch).verdict,
        case .invariant = next.violation.kind
      else { break }
      known.append(next)
    }
    outcome.others = Array(known.dropFirst())
    return outcome
  }

  /// Confirms what is said to go wrong at the end of a run, wherever the run comes from.
  ///
  /// - Throws: `Objection.notConfirmed`, where it does not.
  @discardableResult
  package static func confirm(
    _ counterexample: Counterexample, of request: CheckRequest
  ) throws(Objection) -> Evidence {
    try Confirmation(plan: CheckPlan.ofRun(request)).evidence(for: counterexample)
  }

  /// The same by an engine that need have no name.
  package static func check(
    _ plan: CheckPlan, by engine: some CheckEngine, _ watch: some CheckWatch = NoWatch()
  ) throws(Objection) -> CheckOutcome {
    if let objection = engine.objection(to: plan) { throw objection }
    var finding = try engine.run(plan, watch)
    if plan.isRunRead, case .violated(let counterexample) = finding.verdict {
      finding.replaceRun(by: engine.easierRun(counterexample, plan))
    }
    var evidence = Evidence.none
    switch finding.verdict {
    case .holds where finding[.states] == 0:
      if plan.paths != nil { throw .noStartStateForAnyLayout }
      throw .noStartState(StartStateLoss(in: plan.system, stop: plan.stop))
    case .inconclusive(.noStartState):
      let valuation = finding.run?.valuation ?? []
      throw .noStartState(
        StartStateLoss(in: plan.system, valuation: valuation, stop: plan.stop))
    case .violated where plan.cluster.map { $0.rank > 0 } ?? false:
      // What rank 0 confirms is shown.
      break
    case .violated(let counterexample):
      evidence = try Confirmation(plan: plan).evidence(for: counterexample)
    case .holds, .inconclusive: break
    }
    return CheckOutcome(engine: engine.name, finding: finding, evidence: evidence)
  }
}
