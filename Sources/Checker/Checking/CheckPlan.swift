package import Cluster
package import Diagnostics
package import Exploration
package import PathConditions
package import SMT
import Trace
package import TransitionSystem

/// A request that can be carried out. This is the one place where options are compared with each
/// other and with the model, whoever asks.
package struct CheckPlan {
  package private(set) var system: TransitionSystem
  package let engine: any CheckEngine
  package private(set) var options: ExplorationOptions
  package let symmetry: SearchSpace.Symmetry
  package let reduction: SearchSpace.Reduction
  /// With what the model assumes; nil for a model without addresses.
  package let paths: PathConditions?
  /// Whether nothing is asked about but what can go wrong in a state or a step.
  package let asksSafetyAlone: Bool
  /// Whether somebody reads the run to a violation.
  package let isRunRead: Bool
  /// How many violations are wanted.
  package let maximumErrorCount: Int
  /// Of the first search, where there are several.
  package private(set) var checkpoints: SearchCheckpoints.Opening?
  /// The processes that search together.
  package let cluster: (any Communicator)?
  package let stop: StopCondition

  /// Looks at a request, and asks whether a layout keeps to what the model assumes.
  ///
  /// Where that is not found out, the plan can be made, and the search ends without a verdict.
  package static func make(
    _ request: CheckRequest, _ watch: some CheckWatch = NoWatch()
  ) throws(Objection) -> CheckPlan {
    if let lack = ClusterLack(request) { throw .clusterLacks(lack) }
    let plan = CheckPlan(request, try pathConditions(request, watch))
    if let objection = plan.engine.objection(to: plan) { throw objection }
    return plan
  }

  /// The plan for looking at one run: it has values for its symbolic constants, and of others nothing
  /// is asked.
  static func ofRun(_ request: CheckRequest) -> CheckPlan { CheckPlan(request, nil) }

  private init(_ request: CheckRequest, _ paths: PathConditions?) {
    engine = EngineName.engine(of: request)
    (system, options, symmetry, reduction, stop) = (
      request.system, request.options, request.symmetry, request.reduction, request.stop
    )
    asksSafetyAlone = request.asksSafetyAlone
    isRunRead = request.isRunRead
    maximumErrorCount = request.maximumErrorCount
    checkpoints = request.checkpoints
    cluster = request.cluster
    self.paths = paths
  }

  /// The plan of what is left where violations are known: what they violate says nothing any more, and
  /// a rule that goes wrong the same way is passed over. Nil where that cannot be said.
  func passingOver(_ known: [Counterexample]) -> CheckPlan? {
    var plan = self
    plan.checkpoints = nil
    var silenced: Set<Int> = []
    for counterexample in known {
      switch counterexample.violation.kind {
      case .invariant(let property, _), .liveness(let property, _): silenced.insert(property)
      case .uncovered(let cover):
        guard let property = system.properties.firstIndex(where: { $0.cover == cover }) else {
          return nil
        }
        silenced.insert(property)
      case .interruption(let failure):
        guard let rule = failure.rule(counterexample.violation.failedStep),
          !counterexample.execution.steps.isEmpty
        else { return nil }
        plan.options.passedOver.insert(.init(cause: failure.cause, rule: rule))
      case .deadlock: plan.options.deadlock = .off
      }
    }
    if !silenced.isEmpty { plan.system = system.silencing(silenced) }
    return plan
  }

  /// The plan of what is left where nothing else is violated than what is known: the same invariants by
  /// other last steps. Nil where there are none, or that cannot be said.
  func passingOverLastSteps(of known: [Counterexample]) -> CheckPlan? {
    let steps = Set(known.compactMap { LastStep($0) })
    guard paths == nil, !steps.isEmpty, let system = system.discarding(steps) else { return nil }
    var plan = self
    plan.system = system
    // Where steps are missing, that none leads on says nothing.
    plan.options.deadlock = .off
    for case .interruption(let failure) in known.map(\.violation.kind) {
      let step = known.first { $0.violation.kind == .interruption(failure) }?.violation.failedStep
      guard let rule = failure.rule(step) else { return nil }
      plan.options.passedOver.insert(.init(cause: failure.cause, rule: rule))
    }
    return plan
  }

  /// What a search works on: evaluates the start states.
  package func space() -> SearchSpace {
    SearchSpace(
      system, symmetry: symmetry, reduction: reduction,
      domain: paths.map(Domain.layouts) ?? .plain, stop: stop)
  }

  private static func pathConditions(
    _ request: CheckRequest, _ watch: some CheckWatch
  ) throws(Objection) -> PathConditions? {
    guard request.system.pathSlot != nil else {
      if request.facts != nil { throw .noSymbolicConstants }
      return nil
    }
    guard request.options.store.isLossless, request.options.store != .disk else {
      throw .symbolicNeedsExactStore
    }
    let stop = request.stop
    let paths = PathConditions(
      request.system, facts: request.facts ?? [], limits: questionLimits(stop), stop: stop)
    paths.record = request.record
    try assume(paths, watch)
    return paths
  }

  /// Makes path condition 0 of what the model and the facts assume. Where it is not found out whether
  /// a layout keeps to that, the path conditions are undecided.
  package static func assume(
    _ paths: PathConditions, _ watch: some CheckWatch
  ) throws(Objection) {
    let interrupter = paths.interrupter
    var failure: AssumptionError?
    watch.listening({ interrupter.interrupt() }) {
      do throws(AssumptionError) { try paths.assume() } catch { failure = error }
    }
    guard let failure else { return }
    if case .undecided = failure { return }
    throw .assumptions(failure)
  }

  /// What Z3 may take for a question.
  package static func questionLimits(_ stop: StopCondition) -> Limits {
    let seconds = stop.seconds ?? .infinity
    return Limits(timeoutMilliseconds: UInt32(max(1, min(seconds * 1_000, mostMilliseconds))))
  }

  private static let mostMilliseconds = 30_000.0
}

extension Violation.Failure {
  /// The rule whose guard or action it is of.
  fileprivate func rule(_ failedStep: RuleInstance?) -> Int? {
    switch place {
    case .guardExpression(let instance): instance.rule
    case .action: failedStep?.rule
    case .property: nil
    }
  }
}
