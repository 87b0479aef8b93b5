import Diagnostics
public import NativeCode
public import Symmetry
public import Trace
public import TransitionSystem

/// What a search found.
public struct ExplorationResult: Sendable {
  public let verdict: Verdict
  public let statistics: Statistics
  public let coverage: Coverage
  /// For each instance of a measure, the extremes of its value; empty for a search that was cut
  /// short before the first state.
  public let measures: [MeasuredRange]
  /// Of all states seen.
  public let digest: StateSetDigest
  /// How states were reduced.
  public let symmetry: SymmetryPlan
  /// Whether stubborn sets were made use of.
  public let isReduced: Bool
  /// Why they were not, where that was asked for.
  public let reductionRefusal: SearchSpace.ReductionRefusal?
  /// What it took to decide about symbolic constants; nil for a model without them.
  public let symbolic: SymbolicEffort?
  /// The system's remarks that have been met.
  public let remarks: [Remark]
  /// What went wrong with native code that was wanted.
  public let engineFailure: EngineFailure?

  /// Why rules were not compiled, or not at the first attempt.
  public struct EngineFailure: Sendable, Hashable {
    public let error: NativeCodeError
    /// Whether the interpreter searched to the end; else it was another compiler's code.
    public let isInterpreted: Bool
  }

  public enum Verdict: Sendable {
    /// Every reachable state has been seen, and nothing is wrong.
    case holds
    case violated(Counterexample)
    /// A limit was reached; nothing was wrong up to there.
    case inconclusive(ExplorationLimit)
  }

  /// The result of a search that was not begun.
  static func unsearched(
    _ space: SearchSpace, _ limit: ExplorationLimit
  ) -> ExplorationResult {
    ExplorationResult(
      verdict: .inconclusive(limit),
      statistics: Statistics(
        stateCount: 0, ruleFiringCount: 0, depth: 0, byteCount: 0, seconds: space.stop.elapsed,
        stateBitCount: space.layout.bitCount),
      coverage: Coverage(
        ruleFirings: space.system.rules.map { _ in 0 },
        coverHits: space.system.covers.map { _ in 0 },
        vacuousInvariants: []),
      measures: [], digest: StateSetDigest(), symmetry: space.symmetry, isReduced: false,
      reductionRefusal: space.reductionRefusal, symbolic: nil, remarks: [], engineFailure: nil)
  }

  public struct Statistics: Sendable {
    public let stateCount: Int
    /// Rules fired, as Rumur counts them: one for each step taken to its end.
    public let ruleFiringCount: Int
    /// Steps from a start state to the farthest state.
    public let depth: Int
    /// Bytes of the seen set.
    public let byteCount: Int
    public let seconds: Double
    /// Bits of a packed state.
    public let stateBitCount: Int
  }

  /// What the search has touched.
  public struct Coverage: Sendable {
    /// How often each rule has fired, by number.
    public let ruleFirings: [Int]
    /// How often each cover has been hit, by number.
    public let coverHits: [Int]
    /// Invariants, by number of property, whose left side was never true.
    public let vacuousInvariants: [Int]
  }

  /// What it took to decide about symbolic constants.
  public struct SymbolicEffort: Sendable, Hashable {
    /// Path conditions, the one that the layout's assumptions make included.
    public let pathCount: Int
    /// Comparisons that depend on symbolic constants, each counted once.
    public let literalCount: Int
    /// Questions put to Z3.
    public let solverCallCount: Int
    /// States that were not expanded, because what follows from them follows from others.
    public let subsumedStateCount: Int
  }

  /// The least and the greatest value of a measure, with a run to each.
  public struct MeasuredRange: Sendable {
    public let property: Int
    public let bindings: [Int64]
    public let least: Int64
    public let greatest: Int64
    public let leastExecution: Execution
    public let greatestExecution: Execution
  }
}
