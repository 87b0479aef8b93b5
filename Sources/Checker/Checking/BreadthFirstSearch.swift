import Checkpoints
package import Exploration
import PathConditions
import SMT
package import Trace

/// All reachable states, level by level.
package struct BreadthFirstSearch: CheckEngine {
  package init() {}

  package var name: String { EngineName.breadthFirst.rawValue }

  package func objection(to plan: CheckPlan) -> Objection? {
    if plan.asksSafetyAlone { return .engineLacks(engine: name, .safetyAlone) }
    if plan.checkpoints != nil {
      if plan.paths != nil { return .checkpointsOfSymbolicModel }
      if !plan.options.store.isLossless { return .checkpointsNeedExactStore }
    }
    if plan.options.store == .disk { return diskObjection(to: plan) }
    // A bit table does not know the depth of a state.
    return plan.reduction == .por && plan.options.store == .bitstate ? .reductionNeedsDepth : nil
  }

  private func diskObjection(to plan: CheckPlan) -> Objection? {
    if plan.reduction == .por { return .reductionNeedsDepth }
    do throws(DiskFailure) {
      _ = try DiskFolder(plan.options.disk)
      return nil
    } catch {
      return .disk(error)
    }
  }

  package func run(
    _ plan: CheckPlan, _ watch: some CheckWatch
  ) throws(Objection) -> CheckFinding {
    if let checkpoints = plan.checkpoints {
      do throws(CheckpointError) {
        if let cluster = plan.cluster {
          return CheckFinding(
            try Explorer.explore(
              plan.space(), options: plan.options, as: cluster, checkpoints: try checkpoints(),
              report: watch.note))
        }
        return CheckFinding(
          try Explorer.explore(
            plan.space(), options: plan.options, checkpoints: try checkpoints(),
            report: watch.note))
      } catch {
        throw .checkpoint(error)
      }
    }
    if let cluster = plan.cluster {
      return CheckFinding(
        Explorer.explore(plan.space(), options: plan.options, as: cluster, report: watch.note))
    }
    func explore() -> ExplorationResult {
      Explorer.explore(plan.space(), options: plan.options, report: watch.note)
    }
    let result =
      if let interrupter = plan.paths?.interrupter {
        watch.listening({ interrupter.interrupt() }, explore)
      } else {
        explore()
      }
    return CheckFinding(result)
  }

  /// A shortest run with the fewest changes of who acts.
  package func easierRun(_ found: Counterexample, _ plan: CheckPlan) -> Counterexample {
    CalmRun(found, plan).counterexample()
  }
}

extension CheckFinding {
  /// What a search among all states has found.
  package init(_ result: ExplorationResult) {
    let statistics = result.statistics
    self.init(result.verdict, Scope(result))
    coverage = result.coverage
    measures = result.measures
    reductions = Reductions(
      symmetry: result.symmetry, usesStubbornSets: result.isReduced,
      stubbornSetRefusal: result.reductionRefusal)
    memoryRate = statistics.memoryRate
    digest = result.digest
    stepDigest = result.stepDigest
    symbolic = result.symbolic
    remarks = result.remarks
    compilationFailure = result.compilationFailure
    let rate = Int(Double(statistics.ruleFiringCount) / max(statistics.seconds, 1e-6))
    self.statistics = [
      Statistic(.states, .count(statistics.stateCount), .before("states"), line: 0),
      Statistic(.rulesFired, .count(statistics.ruleFiringCount), .before("rules fired"), line: 0),
      Statistic(.depth, .count(statistics.depth), .before("depth"), line: 0),
      Statistic(.seconds, .seconds(statistics.seconds), .before("time"), line: 1),
      Statistic(.rulesPerSecond, .count(rate), .after("rules/s"), line: 1),
      Statistic(.memoryBytes, .bytes(statistics.byteCount), .before("memory"), line: 1),
      Statistic(.stateBits, .count(statistics.stateBitCount), .aside("bits a state"), line: 1),
    ]
    guard let cluster = statistics.cluster else { return }
    let percent = Int((100 * cluster.share.imbalance).rounded())
    self.statistics += [
      Statistic(.ranks, .count(cluster.share.count), .before("ranks"), line: 2),
      Statistic(.mostStatesPercent, .count(percent), .after("% of the mean at most"), line: 2),
      Statistic(.sentBytes, .bytes(cluster.sentByteCount), .before("sent"), line: 2),
    ]
  }
}

extension Scope {
  /// What a search among all states has seen.
  fileprivate init(_ result: ExplorationResult) {
    switch result.verdict {
    case .holds: self = .allStates
    case .violated(let counterexample):
      if case .uncovered = counterexample.violation.kind { self = .allStates } else { self = .run }
    case .inconclusive(.depth(let depth)): self = .depth(depth)
    case .inconclusive: self = .states(result.statistics.stateCount)
    }
  }
}
