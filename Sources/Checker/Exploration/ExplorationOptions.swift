package import Diagnostics
package import Evaluation
package import NativeCode
package import Trace

/// What bounds a search, and what it takes for a deadlock.
package struct ExplorationOptions: Sendable {
  package var deadlock = DeadlockMode.stuttering
  package var maximumStateCount: Int?
  /// Steps from a start state; states at this depth are not expanded.
  package var maximumDepth: Int?
  /// Bytes that the states may take.
  package var memoryByteCount: Int?

  /// What a fingerprint is made of, beside that of the states.
  package var digest = DigestKind.states

  /// How states are remembered.
  package var store = StoreKind.exact
  /// Where the store is, if it is one on disk.
  package var disk: DiskOptions?
  package var executor = Executor.interpreter
  /// With what effort rules are compiled that are native from the first state on. No result depends
  /// on it.
  package var nativeEffort = CompilationEffort.full
  /// Whether compiled rules are kept for later searches: those of a model that nobody will ask about
  /// again are not.
  package var keepsCode = true
  /// Threads that compiled rules may run on. No result depends on it.
  package var threadCount = 1

  /// Threads that are made use of: one where what is found would depend on the order in which
  /// threads come by.
  var usedThreadCount: Int {
    maximumStateCount == nil && store.isLossless ? max(1, threadCount) : 1
  }

  /// Whether states are expanded although what follows from them follows from others
  /// (`Subsumption`). No verdict depends on it; counts do.
  package var expandsSubsumedStates = false

  /// Steps that go wrong in a way that is known already: such a step leads nowhere, and is not shown.
  package var passedOver: Set<KnownFailure> = []

  /// What goes wrong, and in which rule.
  package struct KnownFailure: Sendable, Hashable {
    package let cause: Violation.Failure.Cause
    package let rule: Int

    package init(cause: Violation.Failure.Cause, rule: Int) {
      self.cause = cause
      self.rule = rule
    }
  }

  /// When the table of keys grows.
  package var tableGrowth = SeenSet.Growth()

  /// States from which on a level is worth the meeting of threads.
  package var leastLevelForThreads = 512

  /// What turns states into their successors.
  package enum Executor: String, Sendable, CaseIterable {
    /// The reference interpreter.
    case interpreter
    /// Compiled rules, from the first state on.
    case native
    /// The interpreter, until compiled rules are ready.
    case auto
  }

  package init() {}
}

/// What there are fingerprints of.
package enum DigestKind: String, Sendable, CaseIterable {
  case states
  /// Of the states, and of the steps between them: of each state, which rules lead from it where. Which
  /// instance of a rule it is, and how many lead there, does not count; with symmetry reduction the
  /// states are those that stand for their orbits.
  case steps
}

/// What ended a search before all states were seen.
package enum ExplorationLimit: Sendable, Hashable {
  case states(Int)
  case depth(Int)
  case seconds(Double)
  case bytes(Int)
  /// The system gave no more memory.
  case noMemory
  /// All states that were found are well, but some may have been missed, by a chance of at most
  /// this.
  case omissions(chance: Double)
  /// The same, and liveness was asked for, which a store that may miss states does not decide.
  case undecidedLiveness(chance: Double)
  /// A question about symbolic constants was not decided.
  case undecided(Undecided)
  /// Something went wrong with the folder of a store on disk.
  case disk(DiskFailure)
  /// Not all words that ranks of a cluster have sent have arrived as they were: a mistake of ours, or of what
  /// they travel by.
  case lostWords(sent: Int, received: Int)
  /// The user asked for the end.
  case cancelled
  /// A walk has taken so many steps.
  case steps(Int)
  /// No rule leads on from where a walk has come to.
  case stuck
  /// A walk had nowhere to begin.
  case noStartState
  /// Something was found that could not be confirmed, for this reason.
  case unconfirmed(String)
  /// The rules could not be compiled, and `SWAPCHECK_REQUIRE_COMPILED` is set.
  case notCompiled(NativeCodeError)

  /// What a condition that is met amounts to.
  package static func ended(_ condition: StopCondition) -> ExplorationLimit {
    switch condition.reason {
    case .timeIsUp: .seconds(condition.limitSeconds ?? 0)
    case .memoryIsShort: .noMemory
    case .cancelled, nil: .cancelled
    }
  }
}

/// Where a search stands.
package struct ExplorationProgress: Sendable {
  package let stateCount: Int
  package let ruleFiringCount: Int
  package let depth: Int
  /// States that are still to be expanded.
  package let queueCount: Int
  package let byteCount: Int
  /// Of all processes that the search has gone through.
  package let seconds: Double
  /// Of this process.
  package let secondsHere: Double
  /// How many processes share the search, and how unevenly; nil where one has it alone.
  package var ranks: RankShare?
  /// How much memory states take; nil where that is not known, or memory is not what bounds the search.
  package var memoryRate: MemoryRate?

  package init(
    stateCount: Int, ruleFiringCount: Int, depth: Int, queueCount: Int, byteCount: Int,
    seconds: Double, secondsHere: Double, ranks: RankShare? = nil, memoryRate: MemoryRate? = nil
  ) {
    (self.stateCount, self.ruleFiringCount, self.depth) = (stateCount, ruleFiringCount, depth)
    (self.queueCount, self.byteCount) = (queueCount, byteCount)
    (self.seconds, self.secondsHere) = (seconds, secondsHere)
    (self.ranks, self.memoryRate) = (ranks, memoryRate)
  }
}

/// How a search is shared by ranks.
package struct RankShare: Sendable, Hashable {
  /// For each rank, its states in parts of what it would have if all had as many.
  package let shares: [Double]
  /// Ranks that had nothing to expand in the level.
  package let waitingCount: Int

  package init(shares: [Double], waitingCount: Int) {
    (self.shares, self.waitingCount) = (shares, waitingCount)
  }

  /// How many ranks there are.
  package var count: Int { shares.count }

  /// The share of the rank that has most.
  package var imbalance: Double { shares.max() ?? 1 }
}
