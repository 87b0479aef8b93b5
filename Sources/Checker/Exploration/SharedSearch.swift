import Analysis
import Diagnostics
import Evaluation
import Synchronization
import TransitionSystem

/// What the workers of one search share.
final class SharedSearch: @unchecked Sendable {
  let space: SearchSpace
  let options: ExplorationOptions
  /// When no more is wanted, within a step too.
  let condition: StopCondition
  let store: any StateStore
  let properties: PropertyInstances
  let rendezvous = Rendezvous()
  /// Whether states may be discarded: they are then looked at before they are added.
  let mayDiscard: Bool
  /// Bytes of the frontiers, of this level and, as far as it is found, of the next, and of the
  /// transitions that are kept.
  let frontierByteCount = Atomic<Int>(0)
  let expandedCount = Atomic<Int>(0)
  let ruleFiringCount = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private let ending = Mutex(Ending())

  /// What ended the search, if anything did before all was seen; of several reasons the first.
  private struct Ending {
    var limit: ExplorationLimit?
    var undecided: Undecided?
  }

  // Changed only while one thread works.
  var frontier = Frontier([])
  /// The depth of the frontier's states.
  var depth = 0
  /// What processes before this one have taken.
  var secondsBefore = 0.0

  /// Whether the search has ended before its checkpoint was read: what it counts is not what it has in memory.
  var isPartlyRead = false

  /// Whether the search is kept in checkpoints.
  let hasCheckpoints: Bool
  /// This process among those that share the search; nil where it has it alone.
  let cluster: ClusterMember?

  init(
    _ space: SearchSpace, _ options: ExplorationOptions, _ store: any StateStore,
    hasCheckpoints: Bool, cluster: ClusterMember? = nil
  ) {
    self.space = space
    self.cluster = cluster
    self.hasCheckpoints = hasCheckpoints
    self.options = options
    condition = space.stop
    self.store = store
    properties = PropertyInstances(space.system)
    mayDiscard = space.system.mayDiscardStates
  }

  /// Numbers of states and what they are good for, where liveness properties are decided.
  var numbers: StateNumbers? { store.lossless?.numbers }

  /// Bytes that the store may take beside the frontiers.
  var storeByteLimit: Int {
    guard let limit = options.memoryByteCount else { return .max }
    return limit - frontierByteCount.load(ordering: .relaxed)
  }

  /// What the search has taken, in all processes that it has gone through.
  var seconds: Double { secondsBefore + condition.elapsed }

  var byteCount: Int { store.byteCount + frontierByteCount.load(ordering: .relaxed) }

  /// How much memory states take here; nil where it is not what bounds the search, and in a cluster, whose
  /// ranks have limits of their own.
  var memoryRate: MemoryRate? {
    guard store.growsWithStates, cluster == nil, !isPartlyRead else { return nil }
    return MemoryRate(stateCount: store.count.value, byteCount: byteCount)
  }

  /// Ends the search; the first reason stays.
  func stop(_ reason: ExplorationLimit) {
    ending.withLock { if $0.limit == nil { $0.limit = reason } }
    isStopped.store(true, ordering: .relaxed)
  }

  /// Ends the search within a step, where something was not decided; that no more is wanted is said
  /// as what it is.
  ///
  /// - Returns: What that makes of the reason.
  @discardableResult
  func end(by reason: Undecided) -> ExplorationLimit {
    ending.withLock { if $0.undecided == nil { $0.undecided = reason } }
    let limit = reason == .stopped ? ExplorationLimit.ended(condition) : .undecided(reason)
    stop(limit)
    return limit
  }

  /// Ends the search if no more is wanted.
  func stopIfDue() {
    if condition.isDue() { stop(.ended(condition)) }
  }

  /// Takes memory for what grows beside the store and the frontiers.
  ///
  /// - Returns: False if there is to be no more.
  func take(byteCount: Int) -> Bool {
    guard storeByteLimit - byteCount >= store.byteCount else { return false }
    frontierByteCount.add(byteCount, ordering: .relaxed)
    return true
  }

  /// Ends the search because memory was not to be had.
  func stopForMemory() {
    guard let limit = options.memoryByteCount, storeByteLimit < store.byteCount + limit / 4 else {
      return stop(.noMemory)
    }
    stop(.bytes(limit))
  }

  /// Ends the search if the store has failed.
  func stopIfStoreFailed() {
    if let failure = store.delayed?.failure { stop(.disk(failure)) }
  }

  var isOver: Bool { isStopped.load(ordering: .relaxed) }

  var limit: ExplorationLimit? { ending.withLock { $0.limit } }

  /// What was not decided within a step.
  var undecided: Undecided? { ending.withLock { $0.undecided } }

  /// Makes the store larger while all other workers stand still.
  func grow(from generation: Int, isForced: Bool) -> Bool {
    var growth = StoreGrowth.done
    rendezvous.alone {
      // Another worker may have done it meanwhile.
      guard store.generation == generation else { return }
      growth = store.grow(isForced: isForced, byteLimit: storeByteLimit, with: rendezvous)
    }
    switch growth {
    case .done: break
    case .isTooMuch: stop(.bytes(options.memoryByteCount ?? byteCount))
    case .noMemory: stop(.noMemory)
    }
    return growth == .done
  }
}
