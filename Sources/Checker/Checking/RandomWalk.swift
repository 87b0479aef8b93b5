import Diagnostics
import Evaluation
import Exploration
import PathConditions
import SMT
package import Trace

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

  package func objection(to plan: CheckPlan) -> Objection? {
    let lacking: Objection.Feature? =
      if plan.asksSafetyAlone {
        .safetyAlone
      } else if plan.reduction == .por {
        .partialOrderReduction
      } else if plan.options.store != .exact {
        .lossyStore
      } else if plan.options.maximumStateCount != nil {
        .stateLimit
      } else if plan.options.maximumDepth != nil {
        .depthLimit
      } else if plan.checkpoints != nil {
        .checkpoints
      } else {
        nil
      }
    return lacking.map { .engineLacks(engine: name, $0) }
  }

  package func run(_ plan: CheckPlan, _ watch: some CheckWatch) -> CheckFinding {
    let valuation: [Int128]
    do throws(Undecided) {
      valuation = try values(plan, watch)
    } catch {
      let limit: ExplorationLimit =
        plan.stop.reason == nil ? .undecided(error) : .ended(plan.stop)
      return CheckFinding(.inconclusive(limit), .run)
    }
    let domain: Domain = plan.paths == nil ? .plain : .numbers(valuation)
    let space = SearchSpace(plan.system, symmetry: .off, domain: domain, stop: plan.stop)
    let walk = Walk.take(
      space, .random(seed: seed), maximumStepCount: maximumStepCount,
      deadlock: plan.options.deadlock)
    guard let (execution, end) = walk else {
      var finding = CheckFinding(.inconclusive(.noStartState), .run)
      finding.run = Execution(steps: [], valuation: valuation)
      return finding
    }
    var finding = CheckFinding(
      end.verdict(execution, maximumStepCount: maximumStepCount), .run)
    finding.run = execution
    finding.statistics = [
      Statistic(.steps, .count(max(0, execution.steps.count - 1)), .before("steps"), line: 0)
    ]
    return finding
  }

  /// The walk without the steps that the violation does not take.
  package func easierRun(_ found: Counterexample, _ plan: CheckPlan) -> Counterexample {
    ShrunkRun(found, plan).counterexample(from: found)
  }

  /// Values of the symbolic constants that the assumptions allow; none for a model without them.
  private func values(
    _ plan: CheckPlan, _ watch: some CheckWatch
  ) throws(Undecided) -> [Int128] {
    guard let paths = plan.paths else { return [] }
    let interrupter = paths.interrupter
    let values = watch.listening({ interrupter.interrupt() }) {
      Result { () throws(Undecided) in try paths.values(0, seed: seed) }
    }
    return try values.get()
  }
}
