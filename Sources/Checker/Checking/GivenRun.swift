import Exploration
import Trace
package import TransitionSystem

extension Walk.End {
  /// What a walk that has ended so says of the model.
  func verdict(
    _ execution: Execution, maximumStepCount: Int
  ) -> ExplorationResult.Verdict {
    switch self {
    case .violated(let violation):
      .violated(Counterexample(execution: execution, violation: violation))
    case .steps: .inconclusive(.steps(maximumStepCount))
    case .stuck: .inconclusive(.stuck)
    case .undecided(let reason): .inconclusive(.undecided(reason))
    case .ended(let limit): .inconclusive(limit)
    }
  }
}

/// A run that is taken again, of another version of the model perhaps, as far as it goes. It finds
/// violations on its way, and says nothing of a model where it does not.
///
/// Of models with symbolic constants it takes none.
package struct GivenRun: CheckEngine {
  /// An instance of a start state, and instances of rules.
  private let instances: [RuleInstance]

  package init(_ instances: [RuleInstance]) { self.instances = instances }

  package var name: String { "given-run" }

  package func run(_ plan: CheckPlan, _ watch: some CheckWatch) -> CheckFinding {
    guard plan.paths == nil else { return CheckFinding(.inconclusive(.stuck), .run) }
    let space = SearchSpace(plan.system, symmetry: .off, stop: plan.stop)
    let walk = Walk.take(
      space, .run(instances), maximumStepCount: instances.count, deadlock: plan.options.deadlock)
    guard let (execution, end) = walk else {
      return CheckFinding(.inconclusive(.stuck), .run)
    }
    return CheckFinding(end.verdict(execution, maximumStepCount: instances.count), .run)
  }
}
