import Diagnostics
import Evaluation
import Trace
import TransitionSystem

/// What a search that has ended has found: its verdict, and the runs that show it.
struct SearchConclusion: ~Copyable {
  private let shared: SharedSearch
  /// What is wrong with a state or a step, where something is.
  private let finding: Finding?
  private let workers: [SearchWorker]
  private let interpreter: InterpreterGenerator
  private let domain: any DomainSearch
  private let work: any PartedWork

  /// - Parameter work: The workers' threads, or one.
  init(
    _ shared: SharedSearch, _ finding: Finding?, _ workers: [SearchWorker],
    _ interpreter: InterpreterGenerator, _ domain: any DomainSearch, with work: any PartedWork
  ) {
    self.shared = shared
    self.finding = finding
    self.workers = workers
    self.interpreter = interpreter
    self.domain = domain
    self.work = work
  }

  /// How a search has ended, before anything is shown of it.
  private enum Ending {
    /// Something is wrong with a state, or with a step from it.
    case violated(Violation, RunTarget)
    /// A start state cannot be made.
    case unmade(Violation)
    case limited(ExplorationLimit)
    case uncovered(cover: Int)
    case holds

    /// Whether something is to be shown however long that takes.
    var isFound: Bool {
      switch self {
      case .violated, .unmade: true
      case .limited, .uncovered, .holds: false
      }
    }
  }

  /// Decides how the search has ended; liveness is looked at where all states are there and nothing
  /// else is wrong.
  private func ending(coverHits: [Int]) -> Ending {
    if let finding {
      guard let state = finding.state else { return .unmade(finding.violation) }
      return .violated(
        finding.violation,
        RunTarget(state: state, depth: finding.depth, number: finding.number))
    }
    if let limit = shared.limit { return .limited(limit) }
    if shared.store.lossless == nil, shared.store.delayed == nil {
      let chance = shared.store.omissionBound
      return .limited(
        shared.properties.liveness.isEmpty
          ? .omissions(chance: chance) : .undecidedLiveness(chance: chance))
    }
    if let cover = coverHits.firstIndex(of: 0) { return .uncovered(cover: cover) }
    do throws(Undecided) {
      switch try findStranded() {
      case .none: return .holds
      case .stranded(let instance, let state, let depth, let path):
        let property = shared.properties.liveness[instance]
        return .violated(
          Violation(.liveness(property: property.property, bindings: property.bindings)),
          RunTarget(state: state, depth: depth, path: path))
      case .outOfMemory:
        // Said to the search, too, so that what has been found is kept.
        shared.stop(.bytes(shared.options.memoryByteCount ?? shared.byteCount))
        return .limited(shared.limit ?? .noMemory)
      }
    } catch {
      // Why the first of the ranks has ended is known already.
      let limit = shared.limit
      return .limited(limit ?? shared.end(by: error))
    }
  }

  private func findStranded() throws(Undecided) -> LivenessOutcome {
    if let cluster = shared.cluster, let store = shared.store.lossless, let numbers = store.numbers
    {
      return try ClusterLiveness(shared, cluster, store, numbers, workers[0].generator)
        .firstStranded()
    }
    if let store = shared.store.delayed {
      return shared.properties.liveness.isEmpty
        ? .none : try store.firstStranded(shared, workers.map(\.generator), with: work)
    }
    return try domain.findStranded(workers.map(\.found.transitions), workers[0].generator)
  }

  /// The verdict and the measures, with all runs that they show.
  func conclusion(
    coverHits: [Int], measures: [MeasureExtremes]
  ) -> (verdict: ExplorationResult.Verdict, measures: [ExplorationResult.MeasuredRange]) {
    let ending = ending(coverHits: coverHits)
    if let limit = limitOfAnswers(ending) { return (.inconclusive(limit), []) }
    // What has been found is shown, however long that takes.
    shared.condition.suspend()
    domain.resume()
    // All runs are looked for at once: that takes one more expansion of each state.
    let extremes = measures.flatMap { [$0.least, $0.greatest] }.compactMap { $0 }
    var targets = extremes.map { RunTarget(state: $0.state, depth: $0.depth, number: $0.number) }
    var violation: Violation?
    if case .violated(let found, let target) = ending {
      violation = found
      targets.append(target)
    }
    var startValuation: [Int128] = []
    do throws(Undecided) {
      try domain.chooseValuations(of: &targets, measures, violation)
      if case .unmade(let violation) = ending {
        startValuation = try domain.valuation(atStartFor: violation)
      }
    } catch {
      return (.inconclusive(.undecided(error)), [])
    }
    // A violation is shown however long that takes; runs to measured values are not worth more than
    // a moment to whoever has asked for the end.
    let limit = StopCondition(
      seconds: shared.condition.reason == nil || ending.isFound ? nil : Self.secondsForRuns)
    let executions = executions(to: targets, limit)
    if executions.contains(where: \.steps.isEmpty), let failure = shared.store.delayed?.failure {
      // States on the way could not be read.
      return (.inconclusive(.disk(failure)), [])
    }
    let verdict: ExplorationResult.Verdict =
      switch ending {
      case .violated(let violation, _):
        .violated(
          Counterexample(
            execution: executions.last ?? Execution(steps: []), violation: violation))
      case .unmade(let violation):
        .violated(
          Counterexample(
            execution: Execution(steps: [], valuation: startValuation), violation: violation))
      case .limited(let limit): .inconclusive(limit)
      case .uncovered(let cover):
        .violated(
          Counterexample(
            execution: Execution(steps: []), violation: Violation(.uncovered(cover: cover))))
      case .holds: .holds
      }
    return (verdict, measuredRanges(measures, executions))
  }

  /// Why nothing is shown, where the answers that showing it takes are not to be had: a question of
  /// the search itself has had none.
  private func limitOfAnswers(_ ending: Ending) -> ExplorationLimit? {
    guard shared.space.domain.hasCases, let reason = shared.undecided else { return nil }
    if reason != .stopped { return .undecided(reason) }
    return ending.isFound ? nil : shared.limit
  }

  /// Seconds for runs to measured values where a search was ended.
  private static let secondsForRuns = 0.5

  /// - Parameter limit: Where it is met, runs that have not been found are empty.
  private func executions(to targets: [RunTarget], _ limit: StopCondition) -> [Execution] {
    if targets.isEmpty { return [] }
    if let parents = workers[0].found.parents {
      let reconstruction = RunReconstruction(shared.space, interpreter)
      return targets.map { target in
        if limit.isDue() { return Execution(steps: []) }
        let instances = parents.instances(to: target.number, atDepth: target.depth)
        return reconstruction.execution(by: instances) ?? Execution(steps: [])
      }
    }
    guard let levels = levels(below: targets.map(\.depth).max() ?? 0) else {
      return targets.map { _ in Execution(steps: []) }
    }
    return BackwardSearch(shared, levels, workers[0].generator, interpreter)
      .executions(to: targets, limit)
  }

  /// Where states can be had back from; nil where they cannot.
  private func levels(below depth: Int) -> (any LevelSource)? {
    if let delayed = shared.store.delayed { return delayed.levelSource() }
    return shared.store.lossless.map {
      SeenSetLevels($0, below: depth, leftOut: domain.leftOut)
    }
  }

  /// - Parameter executions: For each measure that has a value, the runs to the least and the
  ///   greatest.
  private func measuredRanges(
    _ measures: [MeasureExtremes], _ executions: [Execution]
  ) -> [ExplorationResult.MeasuredRange] {
    var next = 0
    return measures.indices.compactMap { position in
      guard let least = measures[position].least, let greatest = measures[position].greatest else {
        return nil
      }
      let instance = shared.properties.measures[position]
      defer { next += 2 }
      return ExplorationResult.MeasuredRange(
        property: instance.property, bindings: instance.bindings, least: least.value,
        greatest: greatest.value, leastExecution: executions[next],
        greatestExecution: executions[next + 1])
    }
  }
}
