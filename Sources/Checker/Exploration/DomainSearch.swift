import Evaluation
import PathConditions
import Trace

/// What a search does for its domain beside its steps: between levels, and when all states are there.
protocol DomainSearch {
  /// The states of a level that is whole, without those that need not be expanded.
  func reduce(_ level: Frontier, depth: Int) -> Frontier

  /// States that were not expanded, by their keys, each with the one that it was left out for.
  var leftOut: [StateKey: StateKey] { get }

  /// Whether states may be left out, and are known by the keys that they have now.
  var remembersKeys: Bool { get }

  /// The first state from which an instance of a liveness property cannot be reached.
  ///
  /// - Parameters:
  ///   - transitions: What each thread has kept.
  ///   - generator: Expands states once more.
  func findStranded(
    _ transitions: [TransitionList], _ generator: any SuccessorGenerator
  ) throws(Undecided) -> LivenessOutcome

  /// Lets what has been found be shown, although no more is wanted.
  func resume()

  /// Chooses for each run the symbolic constants for which it is shown.
  ///
  /// - Parameters:
  ///   - targets: Of each measure that has a value the states with the least and the greatest one,
  ///     and behind them the state that a violation was found in.
  ///   - violation: What is said of the last of the targets.
  func chooseValuations(
    of targets: inout [RunTarget], _ measures: [MeasureExtremes], _ violation: Violation?
  ) throws(Undecided)

  /// The same for a start state that cannot be made.
  func valuation(atStartFor violation: Violation) throws(Undecided) -> [Int128]

  /// What it took so far to decide about symbolic constants; nil where there is nothing to decide.
  var effort: ExplorationResult.SymbolicEffort? { get }
}

extension ExplorationOptions {
  /// The options without what a search over a domain cannot do.
  func admitted(in domain: Domain) -> ExplorationOptions {
    guard domain.hasCases else { return self }
    // Path conditions are numbered in the order in which they come up, and the way back to a state
    // needs them.
    var options = self
    options.threadCount = 1
    if !options.store.isLossless { options.store = .exact }
    return options
  }
}

extension Domain {
  /// - Parameter interpreter: That of the search.
  func search(_ shared: SharedSearch, _ interpreter: InterpreterGenerator) -> any DomainSearch {
    switch self {
    case .numbers: PlainSearch(shared: shared)
    case .layouts(let paths): SymbolicSearch(shared, paths, interpreter)
    }
  }
}

/// A state is one state of the model: there is nothing to choose and nothing to leave out.
struct PlainSearch: DomainSearch {
  let shared: SharedSearch

  func reduce(_ level: Frontier, depth: Int) -> Frontier { level }

  var leftOut: [StateKey: StateKey] { [:] }

  var remembersKeys: Bool { false }

  func findStranded(
    _ transitions: [TransitionList], _ generator: any SuccessorGenerator
  ) throws(Undecided) -> LivenessOutcome {
    guard let store = shared.store.lossless, let numbers = store.numbers else { return .none }
    // From here on states are looked up, and none is added: the table stays where it is, and so do marks.
    while store.isFull {
      guard shared.grow(from: store.generation, isForced: false) else { return .outOfMemory }
    }
    return try LivenessSearch(shared, store, numbers).firstStranded(
      leads: transitions, generator)
  }

  func resume() {}

  func chooseValuations(
    of targets: inout [RunTarget], _ measures: [MeasureExtremes], _ violation: Violation?
  ) {}

  func valuation(atStartFor violation: Violation) -> [Int128] { [] }

  var effort: ExplorationResult.SymbolicEffort? { nil }
}

/// A state stands for the layouts of its path condition.
struct SymbolicSearch: DomainSearch {
  private let shared: SharedSearch
  private let paths: PathConditions
  private let interpreter: InterpreterGenerator
  /// Nil where all states are to be expanded.
  private let subsumption: Subsumption?

  init(_ shared: SharedSearch, _ paths: PathConditions, _ interpreter: InterpreterGenerator) {
    self.shared = shared
    self.paths = paths
    self.interpreter = interpreter
    subsumption = Subsumption(shared, paths)
    if let reason = paths.undecided { shared.end(by: reason) }
  }

  func reduce(_ level: Frontier, depth: Int) -> Frontier {
    subsumption?.reduce(level, depth: depth) ?? level
  }

  var leftOut: [StateKey: StateKey] { subsumption?.leftOut ?? [:] }

  var remembersKeys: Bool { subsumption != nil }

  func findStranded(
    _ transitions: [TransitionList], _ generator: any SuccessorGenerator
  ) throws(Undecided) -> LivenessOutcome {
    guard let store = shared.store.lossless, store.numbers != nil else { return .none }
    let search = try SymbolicLiveness(
      shared, store, paths, interpreter, transitions, leftOut: leftOut)
    return try search?.firstStranded() ?? .outOfMemory
  }

  func resume() { paths.askAgain() }

  func chooseValuations(
    of targets: inout [RunTarget], _ measures: [MeasureExtremes], _ violation: Violation?
  ) throws(Undecided) {
    var next = 0
    for (position, extremes) in measures.enumerated() {
      for extreme in [extremes.least, extremes.greatest] {
        guard let extreme else { continue }
        targets[next].valuation = try choice.valuation(
          in: targets[next].state, where: shared.properties.measures[position], is: extreme.value)
        next += 1
      }
    }
    if let violation, let last = targets.indices.last {
      targets[last].valuation = try choice.valuation(of: targets[last], for: violation)
    }
  }

  func valuation(atStartFor violation: Violation) throws(Undecided) -> [Int128] {
    try choice.valuation(atStartFor: violation)
  }

  private var choice: ValuationChoice {
    ValuationChoice(shared.space, paths, interpreter, shared.options.deadlock)
  }

  var effort: ExplorationResult.SymbolicEffort? {
    .init(
      pathCount: paths.count, literalCount: paths.literalCount,
      solverCallCount: paths.solverCallCount, subsumedStateCount: leftOut.count)
  }
}
