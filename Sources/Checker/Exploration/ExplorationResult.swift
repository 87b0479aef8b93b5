import Diagnostics
package import NativeCode
import Packing
package import Symmetry
package import Trace
package import TransitionSystem

/// What a search found.
package struct ExplorationResult: Sendable {
  package let verdict: Verdict
  package let statistics: Statistics
  package let coverage: Coverage
  /// For each instance of a measure, the extremes of its value; empty for a search that was cut
  /// short before the first state.
  package let measures: [MeasuredRange]
  /// Of all states seen.
  package let digest: StateSetDigest
  /// Of all steps taken; nil where that was not asked for, and where a limit ended the search: which
  /// steps of its last states were taken depends on who took them.
  package let stepDigest: StateSetDigest?
  /// How states were reduced.
  package let symmetry: SymmetryPlan
  /// Whether stubborn sets were made use of.
  package let isReduced: Bool
  /// Why they were not, where that was asked for.
  package let reductionRefusal: SearchSpace.ReductionRefusal?
  /// What it took to decide about symbolic constants; nil for a model without them.
  package let symbolic: SymbolicEffort?
  /// The system's remarks that have been met.
  package let remarks: [Remark]
  /// What went wrong with native code that was wanted.
  package let compilationFailure: CompilationFailure?

  /// Why rules were not compiled, or not at the first attempt.
  package struct CompilationFailure: Sendable, Hashable {
    package let error: NativeCodeError
    /// Whether the interpreter searched to the end; else it was another compiler's code.
    package let isInterpreted: Bool
  }

  package enum Verdict: Sendable {
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
        stateBitCount: space.packing.bitCount),
      coverage: Coverage(
        ruleFirings: space.system.rules.map { _ in 0 },
        coverHits: space.system.covers.map { _ in 0 },
        vacuousInvariants: []),
      measures: [], digest: StateSetDigest(), stepDigest: nil, symmetry: space.symmetry,
      isReduced: false,
      reductionRefusal: space.reductionRefusal, symbolic: nil, remarks: [], compilationFailure: nil)
  }

  package struct Statistics: Sendable {
    package let stateCount: Int
    /// Rules fired, as Rumur counts them: one for each step taken to its end.
    package let ruleFiringCount: Int
    /// Steps from a start state to the farthest state.
    package let depth: Int
    /// Bytes of the seen set.
    package let byteCount: Int
    package let seconds: Double
    /// Bits of a packed state.
    package let stateBitCount: Int
    /// How processes have shared the search; nil where one has had it alone.
    package var cluster: ClusterEffort?
    /// As in `ExplorationProgress`.
    package var memoryRate: MemoryRate?
  }

  /// What it took to search on several ranks.
  package struct ClusterEffort: Sendable, Hashable {
    package let share: RankShare
    /// Bytes that ranks have sent to each other.
    package let sentByteCount: Int
  }

  /// What the search has touched.
  package struct Coverage: Sendable {
    /// How often each rule has fired, by number.
    package let ruleFirings: [Int]
    /// How often each cover has been hit, by number.
    package let coverHits: [Int]
    /// Invariants, by number of property, whose left side was never true.
    package let vacuousInvariants: [Int]
  }

  /// What it took to decide about symbolic constants.
  package struct SymbolicEffort: Sendable, Hashable {
    /// Path conditions, the one that the layout's assumptions make included.
    package let pathCount: Int
    /// Comparisons that depend on symbolic constants, each counted once.
    package let literalCount: Int
    /// Questions put to Z3.
    package let solverCallCount: Int
    /// States that were not expanded, because what follows from them follows from others.
    package let subsumedStateCount: Int
  }

  /// The least and the greatest value of a measure, with a run to each.
  package struct MeasuredRange: Sendable {
    package let property: Int
    package let bindings: [Int64]
    package let least: Int64
    package let greatest: Int64
    package let leastExecution: Execution
    package let greatestExecution: Execution
  }
}
