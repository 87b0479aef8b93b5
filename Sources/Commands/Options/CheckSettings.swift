package import Checking
package import Diagnostics
package import Exploration
package import Murphi
package import Trace
package import TransitionSystem

/// What may be said of how a model is checked, by flags or by a scenario: one member for each entry
/// of `CheckOption.all`.
package struct CheckSettings: Sendable, Hashable {
  package var engine = EngineName.breadthFirst
  package var deadlock = DeadlockMode.stuttering
  package var symmetry = SearchSpace.Symmetry.exact
  package var reduction = SearchSpace.Reduction.none
  package var store = StoreKind.exact
  package var executor = ExplorationOptions.Executor.auto
  package var digest = DigestKind.states
  package var dialect = DialectChoice.auto
  /// Nil for all cores.
  package var threadCount: Int?
  package var maximumStateCount: Int?
  package var maximumDepth: Int?
  package var timeoutSeconds: Double?
  /// Bytes that states may take; nil for a part of what is free.
  package var memoryByteCount: Int?

  /// Of a random walk; nil for the first.
  package var seed: Int?
  /// Of a random walk, behind the start state.
  package var maximumStepCount: Int?

  /// Of engines that ask a solver.
  package var solverDepth: Int?
  package var asked = AskedProperties.all

  package init() {}

  /// What is asked of a model under these settings.
  package func request(_ system: TransitionSystem, stop: StopCondition) -> CheckRequest {
    var request = CheckRequest(system)
    request.engine = engine
    if let seed { request.seed = UInt64(seed) }
    if let maximumStepCount { request.maximumStepCount = maximumStepCount }
    request.solverDepth = solverDepth
    request.asksSafetyAlone = asked == .safety
    request.symmetry = symmetry
    request.reduction = reduction
    request.stop = stop
    request.options.deadlock = deadlock
    request.options.store = store
    request.options.digest = digest
    request.options.executor = executor
    request.options.maximumStateCount = maximumStateCount
    request.options.maximumDepth = maximumDepth
    request.options.threadCount = threadCount ?? Machine.threadCount
    request.options.memoryByteCount = memoryByteCount ?? Machine.memoryByteCount
    return request
  }
}

/// Which properties are asked about.
package enum AskedProperties: String, Sendable, CaseIterable {
  case all
  /// What can go wrong in a state or a step, and neither liveness nor covers.
  case safety
}

/// Whose meaning a model is to have.
package enum DialectChoice: String, Sendable, CaseIterable {
  /// Rumur's, unless Rumur would not read the model and CMurphi would.
  case auto
  case rumur
  case cmurphi

  /// Nil where the model decides.
  package var dialect: Dialect? {
    switch self {
    case .auto: nil
    case .rumur: .rumur
    case .cmurphi: .cmurphi
    }
  }
}
