import Synchronization

/// Adds the successors of a batch to the store, for one thread.
///
/// The lines of some successors are asked for before the first of them is looked at, so that their
/// latencies overlap.
final class StateInserter {
  private let store: StateStore
  private let folder: StateTree.Folder?
  private var handle: SeenSet.Handle
  private var generation: Int
  private let isShared: Bool
  private let homes: UnsafeMutablePointer<SeenSet.Handle.Home>

  /// Successors whose lines are asked for at once: their latencies overlap and they stay in the cache.
  private static let window = 32
  private static let homeMask = 2 * window - 1

  /// Makes the store larger than it was at a generation; whether the table has to grow in any case.
  /// False if it cannot be.
  typealias Growth = (_ generation: Int, _ isForced: Bool) -> Bool

  // The states that are expanded, with the numbers of their nodes.
  private let parents: UnsafeMutablePointer<UInt64>
  private let parentNumbers: UnsafeMutablePointer<UInt32>
  private let nodeCount: Int

  init(_ store: StateStore, worker: Int, isShared: Bool) {
    self.store = store
    self.isShared = isShared
    folder = store.tree.map { StateTree.Folder($0, worker: worker) }
    handle = store.seen.handle(isShared: isShared)
    generation = store.generation
    nodeCount = store.tree?.nodeCount ?? 0
    homes = .allocate(capacity: 2 * Self.window)
    parents = .allocate(capacity: SuccessorBatch.stateCount * store.wordCount)
    parentNumbers = .allocate(capacity: max(1, SuccessorBatch.stateCount * nodeCount))
  }

  deinit {
    homes.deallocate()
    parents.deallocate()
    parentNumbers.deallocate()
  }

  /// Takes the store as it is now, if it has grown.
  @inline(__always)
  func refresh() {
    if generation != store.generation { takeHandles() }
  }

  private func takeHandles() {
    generation = store.generation
    handle = store.seen.handle(isShared: isShared)
    folder?.refresh()
  }

  /// The words of some states.
  @inline(__always)
  func unfold(_ keys: UnsafePointer<UInt64>, count: Int) -> UnsafePointer<UInt64> {
    guard let folder else { return keys }
    for position in 0..<count {
      folder.unfold(
        keys[position], into: parents + position * store.wordCount,
        numbers: parentNumbers + position * nodeCount)
    }
    return UnsafePointer(parents)
  }

  /// Finds the keys of a batch's successors.
  ///
  /// - Parameters:
  ///   - stateCount: Expanded states, those that `unfold` gave last.
  ///   - grow: Makes the store larger; false if it cannot.
  /// - Returns: False if the store cannot be made large enough.
  func fold(_ batch: SuccessorBatch, stateCount: Int, grow: Growth) -> Bool {
    guard let folder else { return hash(batch) }
    let wordCount = store.wordCount
    for state in 0..<stateCount {
      let parent = UnsafePointer(parents + state * wordCount)
      let numbers = UnsafePointer(parentNumbers + state * nodeCount)
      let successors = batch.successors(of: state)
      for position in successors { folder.prefetch(batch.state(position), near: parent) }
      for position in successors {
        while true {
          if let key = folder.fold(batch.state(position), near: parent, numbers) {
            batch.keys[position] = key
            break
          }
          guard grow(generation, false) else { return false }
          takeHandles()
        }
      }
    }
    return true
  }

  /// Finds the keys of states that nothing is known of.
  func fold(_ batch: SuccessorBatch, grow: Growth) -> Bool {
    guard let folder else { return hash(batch) }
    for position in 0..<batch.count {
      while true {
        if let key = folder.fold(batch.state(position)) {
          batch.keys[position] = key
          break
        }
        guard grow(generation, false) else { return false }
        takeHandles()
      }
    }
    return true
  }

  /// Takes hashes for keys, where states are not kept whole.
  private func hash(_ batch: SuccessorBatch) -> Bool {
    if !store.isLossless {
      for position in 0..<batch.count {
        batch.keys[position] = StateHash.hash(batch.state(position), wordCount: store.wordCount)
      }
    }
    return true
  }

  /// Adds all successors, and notes which of them are new.
  ///
  /// - Returns: New states; nil if the store cannot be made large enough.
  func insert(_ batch: SuccessorBatch, depth: Int, grow: Growth) -> Int? {
    if let bits = store.bits { return insert(batch, into: bits) }
    let depth = UInt64(depth)
    var newCount = 0
    // An access to a property of a class is checked; to these it is not.
    var handle = handle
    let (keys, isNew, homes) = (batch.keys, batch.isNew, homes)
    let total = batch.count
    var asked = 0
    var position = 0
    while position < total {
      // One window is asked for while the one before it is looked at.
      let end = min(total, position &+ Self.window)
      let ahead = min(total, end &+ Self.window)
      while asked < ahead {
        homes[asked & Self.homeMask] = handle.prefetch(keys[asked])
        asked &+= 1
      }
      while position < end {
        switch handle.insert(homes[position & Self.homeMask], depth: depth) {
        case .new:
          isNew[position] = true
          newCount &+= 1
        case .seen:
          isNew[position] = false
        case .full:
          guard grow(generation, true) else { return nil }
          takeHandles()
          handle = self.handle
          for later in position..<asked { homes[later & Self.homeMask] = handle.prefetch(keys[later]) }
          continue
        }
        position &+= 1
      }
    }
    store.count.add(newCount, ordering: .relaxed)
    return newCount
  }

  private func insert(_ batch: SuccessorBatch, into bits: BitTable) -> Int {
    var newCount = 0
    for position in 0..<batch.count {
      batch.isNew[position] = bits.insert(batch.keys[position])
      if batch.isNew[position] { newCount += 1 }
    }
    store.count.add(newCount, ordering: .relaxed)
    return newCount
  }

  /// Adds one successor.
  ///
  /// - Returns: Whether it is new; nil if the store cannot be made large enough.
  func insert(_ key: UInt64, depth: Int, grow: Growth) -> Bool? {
    if let bits = store.bits {
      let isNew = bits.insert(key)
      if isNew { store.count.add(1, ordering: .relaxed) }
      return isNew
    }
    while true {
      switch handle.insert(handle.prefetch(key), depth: UInt64(depth)) {
      case .new:
        store.count.add(1, ordering: .relaxed)
        return true
      case .seen: return false
      case .full:
        guard grow(generation, true) else { return nil }
        takeHandles()
      }
    }
  }

  /// Where the successors of a batch lie in the set; -1 for those that are not there.
  ///
  /// - Parameter stateCount: Expanded states, those that `unfold` gave last.
  /// - Returns: False if the store would have to grow for that, which it does not when all states of
  ///   the batch have been looked for before.
  func findPlaces(
    _ batch: SuccessorBatch, stateCount: Int, into places: UnsafeMutablePointer<Int>
  ) -> Bool {
    guard fold(batch, stateCount: stateCount, grow: { _, _ in false }) else { return false }
    var first = 0
    while first < batch.count {
      let count = min(Self.window, batch.count - first)
      for position in 0..<count { homes[position] = handle.prefetch(batch.keys[first + position]) }
      for position in 0..<count { places[first + position] = handle.find(homes[position]) ?? -1 }
      first += count
    }
    return true
  }

  /// Where a state lies in the set; nil if it is not there.
  @inline(__always)
  func find(_ key: UInt64) -> Int? { handle.find(handle.prefetch(key)) }
}
