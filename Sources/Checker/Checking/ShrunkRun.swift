import Diagnostics
import Exploration
import Trace
import TransitionSystem

/// What a walk has found, with the steps left out that it does not take.
///
/// Parts of the run are left out, first large ones, and what is left is taken again from the start; as
/// long as the same is violated, it replaces the run (Zeller and Hildebrandt, Simplifying and Isolating
/// Failure-Inducing Input, IEEE TSE 28, 2002).
struct ShrunkRun {
  /// Runs that are tried.
  private static let mostTrials = 2_000

  private let plan: CheckPlan
  private let valuation: [Int128]
  private let wanted: Violation

  init(_ counterexample: Counterexample, _ plan: CheckPlan) {
    self.plan = plan
    valuation = counterexample.execution.valuation
    wanted = counterexample.violation
  }

  /// The shortest that was found.
  func counterexample(from found: Counterexample) -> Counterexample {
    var best = found
    var trialCount = 0
    var partLength = max(1, best.execution.steps.count / 2)
    while true {
      var hasShrunk = false
      var end = instances(best).count
      while end > 1, trialCount < Self.mostTrials, !plan.stop.isDue() {
        let start = max(1, end - partLength)
        var rest = instances(best)
        // What fails behind the last state is not left out.
        rest.removeSubrange(start..<min(end, rest.count))
        trialCount += 1
        if let shorter = violation(of: rest), isShorter(shorter, best) {
          best = shorter
          hasShrunk = true
          end = min(start, instances(best).count)
        } else {
          end = start
        }
      }
      if trialCount >= Self.mostTrials || plan.stop.isDue() { return best }
      if partLength == 1, !hasShrunk { return best }
      partLength = max(1, hasShrunk ? min(partLength, instances(best).count) : partLength / 2)
    }
  }

  private func isShorter(_ one: Counterexample, _ other: Counterexample) -> Bool {
    instances(one).count < instances(other).count
  }

  /// The start state, the steps, and the one that fails.
  private func instances(_ counterexample: Counterexample) -> [RuleInstance] {
    counterexample.execution.steps.map(\.instance)
      + (counterexample.violation.failedStep.map { [$0] } ?? [])
  }

  /// What the run finds, if it is the same as is wanted.
  private func violation(of instances: [RuleInstance]) -> Counterexample? {
    let domain: Domain = plan.paths == nil ? .plain : .numbers(valuation)
    let space = SearchSpace(plan.system, symmetry: .off, domain: domain, stop: plan.stop)
    let walk = Walk.take(
      space, .run(instances), maximumStepCount: max(0, instances.count - 1),
      deadlock: plan.options.deadlock)
    guard let (execution, end) = walk, case .violated(let violation) = end,
      isSame(violation, wanted)
    else { return nil }
    return Counterexample(execution: execution, violation: violation)
  }

  /// Whether they are of one kind and name; parameters may differ.
  private func isSame(_ one: Violation, _ other: Violation) -> Bool {
    one.category == other.category && one.name(in: plan.system) == other.name(in: plan.system)
  }
}
