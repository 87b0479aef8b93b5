import Diagnostics
import Evaluation
import Exploration
import PathConditions
import SMT
import Trace

/// One run that takes enabled rules at random. It finds violations of states and steps, and never
/// that there are none.
package struct RandomWalk: CheckEngine {
  /// The same seed gives the same walk.
  private let seed: UInt64
  /// Steps behind the start state.
  private let maximumStepCount: Int

  package init(seed: UInt64, maximumStepCount: Int) {
    self.seed = seed
    self.maximumStepCount = maximumStepCount
  }

  package var name: String { EngineName.randomWalk.rawValue }

  package func run(_ plan: CheckPlan, _ watch: some CheckWatch) -> CheckFinding {
    var valuation: [Int128] = []
    if let paths = plan.paths {
      let interrupter = paths.interrupter
      let values = watch.listening({ interrupter.interrupt() }) { paths.values(0, seed: seed) }
      guard let values else { return CheckFinding(.inconclusive(limit(of: paths, plan)), .run) }
      valuation = values
    }
    let space = SearchSpace(plan.system, symmetry: .off, valuation: valuation, stop: plan.stop)
    let walk = Walk.take(
      space, seed: seed, maximumStepCount: maximumStepCount, deadlock: plan.options.deadlock)
    guard let (execution, end) = walk else {
      var finding = CheckFinding(.inconclusive(.noStartState), .run)
      finding.run = Execution(steps: [], valuation: valuation)
      return finding
    }
    var finding = CheckFinding(verdict(execution, end), .run)
    finding.run = execution
    finding.statistics = [
      Statistic(.steps, .count(max(0, execution.steps.count - 1)), .before("steps"), line: 0)
    ]
    return finding
  }

  private func verdict(_ execution: Execution, _ end: Walk.End) -> ExplorationResult.Verdict {
    switch end {
    case .violated(let violation):
      .violated(Counterexample(execution: execution, violation: violation))
    case .steps: .inconclusive(.steps(maximumStepCount))
    case .stuck: .inconclusive(.stuck)
    case .undecided(let reason): .inconclusive(.undecided(reason))
    case .ended(let limit): .inconclusive(limit)
    }
  }

  /// Why there are no values of the symbolic constants.
  private func limit(of paths: PathConditions, _ plan: CheckPlan) -> ExplorationLimit {
    if plan.stop.reason != nil { return .ended(plan.stop) }
    return .undecided(paths.failure ?? .stopped)
  }
}
