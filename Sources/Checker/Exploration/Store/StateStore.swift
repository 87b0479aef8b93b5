import Diagnostics
import Packing
import Synchronization
import TransitionSystem

/// How states are remembered.
package enum StoreKind: String, Sendable, CaseIterable {
  /// Whole: a state is its own key, or is folded into one without loss.
  case exact
  /// As hashes of 64 bits.
  case compact
  /// As three bits of a table of fixed size.
  case bitstate
  /// Whole, in files.
  case disk

  /// Whether it tells all states apart, so that none is missed.
  package var isLossless: Bool {
    switch self {
    case .exact, .disk: true
    case .compact, .bitstate: false
    }
  }

  /// Makes a store of the kind.
  ///
  /// - Parameters:
  ///   - workerCount: Threads that may ever add states.
  ///   - livenessCount: Instances of liveness properties.
  ///   - byteLimit: Bytes that the search may take.
  ///   - disk: Where a store on disk is to be.
  ///   - growth: When a table of keys grows.
  ///   - stop: When no more is wanted.
  /// - Returns: Nil if there is no memory, or no more is wanted.
  func makeStore(
    packing: StatePacking, workerCount: Int, livenessCount: Int, byteLimit: Int,
    disk: DiskOptions?, growth: SeenSet.Growth, stop: StopCondition
  ) throws(DiskFailure) -> (any StateStore)? {
    switch self {
    case .exact:
      ExactStore(
        packing: packing, workerCount: workerCount, livenessCount: livenessCount, growth: growth,
        stop: stop)
    case .compact: CompactStore(wordCount: packing.wordCount, growth: growth)
    case .bitstate: BitstateStore(wordCount: packing.wordCount, byteLimit: byteLimit)
    case .disk:
      try DiskStore(
        disk, wordCount: packing.wordCount, workerCount: workerCount, byteLimit: byteLimit)
    }
  }
}

/// The states that have been seen, however they are remembered.
///
/// Threads add states through inserters, a batch at a time; all else is for one thread, while no other
/// uses the store.
protocol StateStore: AnyObject, Sendable {
  /// States found.
  var count: StateCount { get }

  /// Bytes that it takes.
  var byteCount: Int { get }

  /// The same store where it knows whole states, so that they can be had back from their keys; nil
  /// where some may have been missed, and how a state was found has to be kept elsewhere.
  var lossless: (any SeenSetStore)? { get }

  /// The same store where it says no sooner than at the end of a level what is new.
  var delayed: (any DelayedStore)? { get }

  /// Whether it takes more memory the more states there are.
  var growsWithStates: Bool { get }

  /// Words of a state in a frontier: its key, or itself.
  var frontierWordCount: Int { get }

  /// A bound on the chance that a state was missed, hashes being taken for random.
  var omissionBound: Double { get }

  /// - Parameters:
  ///   - worker: The number of the thread that adds by it.
  ///   - isShared: Whether other threads add at the same time.
  ///   - capacity: The most successors of a batch.
  func makeInserter(worker: Int, isShared: Bool, capacity: Int) -> any StateInserter

  // MARK: Growth

  /// Goes up whenever something has grown, and inserters have to take the store anew.
  var generation: Int { get }

  /// Whether it is time to grow.
  var isFull: Bool { get }

  /// Makes what is full larger.
  ///
  /// - Parameters:
  ///   - isForced: Whether it has to grow in any case, because a key found no place.
  ///   - byteLimit: Bytes that the store may take.
  ///   - work: Does the parts of it.
  /// - Returns: What has come of it.
  func grow(isForced: Bool, byteLimit: Int, with work: any PartedWork) -> StoreGrowth

  /// Makes room for a level in all states' depths; false if there is no memory.
  func makeRoom(forDepth depth: Int) -> Bool

  /// Makes keys shorter where that can be done, between two levels.
  ///
  /// - Parameters:
  ///   - frontier: All states that are to be expanded; their keys are replaced too.
  ///   - byteLimit: Bytes that the store may take.
  ///   - work: Does the parts of it, one for each thread.
  func refitKeys(
    _ frontier: [Frontier.Block], byteLimit: Int, with work: any PartedWork, partCount: Int)
}

extension StateStore {
  var lossless: (any SeenSetStore)? { nil }

  var delayed: (any DelayedStore)? { nil }

  var growsWithStates: Bool { true }

  func makeRoom(forDepth depth: Int) -> Bool { true }

  func refitKeys(
    _ frontier: [Frontier.Block], byteLimit: Int, with work: any PartedWork, partCount: Int
  ) {}
}

/// What has come of the wish that a store grow.
enum StoreGrowth {
  case done
  /// It would take more than the search may.
  case isTooMuch
  case noMemory
}

/// How many states have been found; threads add to it what they have inserted.
final class StateCount: Sendable {
  private let number = Atomic<Int>(0)

  var value: Int { number.load(ordering: .relaxed) }

  func add(_ count: Int) { number.add(count, ordering: .relaxed) }
}
