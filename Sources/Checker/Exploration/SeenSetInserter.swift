import Glibc
import Packing

/// Adds the successors of a batch to a table of keys, for one thread.
///
/// The lines of some successors are asked for before the first of them is looked at, so that their
/// latencies overlap.
final class SeenSetInserter: StateInserter {
  private let store: any SeenSetStore
  private let count: StateCount
  let numbers: StateNumbers?
  private let wordCount: Int
  private var keying = Keying.ownWords
  /// Where states are pairs of words.
  private let pair: WordPair?
  private let worker: Int
  private var capacity: Int
  var handle: SeenSet.Handle
  private var generation: Int
  private let isShared: Bool
  let homes: UnsafeMutablePointer<SeenSet.Handle.Home>

  /// Successors whose lines are asked for at once: their latencies overlap and they stay in the
  /// cache.
  static let window = 16
  static let homeMask = 2 * window - 1

  /// Keys that were looked for lately, each in a place of its own; those that are not yet in the
  /// table are in the batch.
  private let recent: UnsafeMutablePointer<UInt64>
  private let recentTails: UnsafeMutablePointer<UInt64>
  private static let recentBits: UInt64 = 15
  /// Successors that are to be looked up.
  private var candidates: UnsafeMutablePointer<Int32>
  /// Candidates of a window that are not in their home lines.
  private let missing: UnsafeMutablePointer<Int32>

  /// A `KeySource` for one thread.
  private enum Keying {
    case ownWords
    case ownPairs(WordPair)
    case folding(SuccessorFolder)
    case hashing
  }

  /// Numbers that are this thread's to give.
  var ownNumbers = 0..<0
  /// Whether what the last batch has added got its numbers while it was added.
  var newKeysHaveNumbers = false

  /// - Parameter capacity: The most successors of a batch.
  init(_ store: any SeenSetStore, worker: Int = 0, isShared: Bool = false, capacity: Int = 0) {
    self.store = store
    (count, numbers, wordCount) = (store.count, store.numbers, store.wordCount)
    candidates = .fromMalloc(count: capacity + 1)
    missing = .allocate(capacity: Self.window + 1)
    recent = .allocate(capacity: 1 << Int(Self.recentBits))
    self.isShared = isShared
    self.worker = worker
    self.capacity = max(1, capacity)
    handle = store.seen.handle(isShared: isShared)
    generation = store.generation
    homes = .allocate(capacity: 2 * Self.window)
    if case .ownPairs(let pair) = store.keys { self.pair = pair } else { pair = nil }
    recentTails = .allocate(capacity: pair == nil ? 1 : 1 << Int(Self.recentBits))
    takeKeys()
  }

  deinit {
    free(candidates)
    missing.deallocate()
    recent.deallocate()
    recentTails.deallocate()
    homes.deallocate()
  }

  /// Makes room for a batch of so many successors.
  ///
  /// - Parameter mayTake: Asked before so many bytes are taken.
  /// - Returns: False if there is no memory for that.
  func makeRoom(_ count: Int, _ mayTake: (Int) -> Bool) -> Bool {
    guard count > capacity else { return true }
    guard mayTake(4 * (count - capacity)) else { return false }
    if case .folding(let folding) = keying, !folding.makeRoom(count, mayTake) { return false }
    guard candidates.resize(to: count + 1) else { return false }
    capacity = count
    return true
  }

  /// Takes the store as it is now, if it has grown.
  @inline(__always)
  func refresh() {
    if generation != store.generation { takeHandles() }
  }

  private func takeHandles() {
    generation = store.generation
    handle = store.seen.handle(isShared: isShared)
    switch (keying, store.keys) {
    case (.folding(let folding), .folded(let tree)) where folding.folder.tree === tree:
      folding.folder.refresh()
    case (.ownWords, .ownWords), (.ownPairs, .ownPairs), (.hashing, .hashes): break
    default: takeKeys()
    }
  }

  /// Begins with keys that the store has anew.
  private func takeKeys() {
    keying =
      switch store.keys {
      case .ownWords: .ownWords
      case .ownPairs(let pair): .ownPairs(pair)
      case .folded(let tree):
        .folding(SuccessorFolder(tree, worker: worker, capacity: capacity))
      case .hashes: .hashing
      }
    // No key is in its place: 0 is in those of all others, and 1 in that of 0.
    recent.initialize(repeating: 0, count: 1 << Int(Self.recentBits))
    recent[Self.recentPlace(0)] = 1
    if pair != nil { recentTails.initialize(repeating: 0, count: 1 << Int(Self.recentBits)) }
  }

  func unfold(_ entries: UnsafePointer<UInt64>, count: Int) -> UnsafePointer<UInt64> {
    switch keying {
    case .folding(let folding): folding.unfold(entries, count: count)
    case .ownWords, .ownPairs, .hashing: entries
    }
  }

  func fold(_ batch: SuccessorBatch, stateCount: Int, grow: Growth) -> Bool {
    switch keying {
    case .ownWords: return true
    case .ownPairs(let pair):
      batch.takeHeads(pair)
      return true
    case .hashing:
      batch.hash(wordCount: wordCount)
      return true
    case .folding(let folding):
      return folding.fold(batch, stateCount: stateCount) {
        guard grow(generation, false) else { return false }
        takeHandles()
        return true
      }
    }
  }

  func fold(_ batch: SuccessorBatch, grow: Growth) -> Bool {
    switch keying {
    case .ownWords: return true
    case .ownPairs(let pair):
      batch.takeHeads(pair)
      return true
    case .hashing:
      batch.hash(wordCount: wordCount)
      return true
    case .folding(let folding):
      for position in 0..<batch.count {
        while true {
          if let key = folding.folder.fold(batch.state(position)) {
            batch.keys[position] = key
            break
          }
          guard grow(generation, false) else { return false }
          takeHandles()
        }
      }
      return true
    }
  }

  /// Adds all successors, and notes which of them are new.
  ///
  /// - Returns: New states; nil if the store cannot be made large enough.
  func insert(_ batch: SuccessorBatch, depth: Int, grow: Growth) -> Int? {
    let depth = UInt64(depth)
    let candidateCount = pair.map { passOverRecent(batch, $0) } ?? passOverRecent(batch)
    var newCount = 0
    var furtherCount = 0
    // An access to a property of a class is checked; to these it is not.
    let handle = handle
    let (keys, isNew, homes, candidates) = (batch.keys, batch.isNew, homes, candidates)
    let missing = missing
    var asked = 0
    var position = 0
    while position < candidateCount {
      // One window is asked for while the one before it is looked at.
      let end = min(candidateCount, position &+ Self.window)
      let ahead = min(candidateCount, end &+ Self.window)
      while asked < ahead {
        homes[asked & Self.homeMask] = handle.prefetch(keys[Int(candidates[asked])])
        asked &+= 1
      }
      // Which keys are there is found out first, without a branch, so that many lines are waited
      // for at once. Taking a slot is a branch and, with several threads, waits for all that came
      // before.
      var missingCount = 0
      while position < end {
        missing[missingCount] = Int32(truncatingIfNeeded: position)
        let home = homes[position & Self.homeMask]
        let isThere =
          pair.map { handle.isAtHome(home, tail: $0.tail(batch.state(Int(candidates[position])))) }
          ?? handle.isAtHome(home)
        missingCount &+= isThere ? 0 : 1
        position &+= 1
      }
      for number in 0..<missingCount {
        let position = Int(missing[number])
        let home = homes[position & Self.homeMask]
        let tail = tail(batch, Int(candidates[position]))
        switch handle.insertAtHome(home, tail: tail, depth: depth) {
        case .new:
          isNew[Int(candidates[position])] = true
          newCount &+= 1
        case .seen: break
        case .full:
          // Its line comes while the others are looked at; its place in the list is free already.
          handle.prefetch(home, distance: 1)
          candidates[furtherCount] = candidates[position]
          furtherCount &+= 1
        }
      }
    }
    newCount &+= insertBehindHome(batch, &furtherCount, depth: depth)
    count.add(newCount)
    newKeysHaveNumbers = false
    if furtherCount == 0 { return newCount }
    // There is no room near their homes, so the table has to grow, for which this thread waits for
    // all others. One of them may wait for the numbers of what this one has added.
    newKeysHaveNumbers = true
    if numbers != nil {
      for successor in 0..<batch.count where isNew[successor] {
        batch.numbers[successor] = numberNew(key(batch, successor))
      }
    }
    for further in 0..<furtherCount {
      let successor = Int(candidates[further])
      let key = key(batch, successor)
      guard let isAdded = insert(key, depth: Int(depth), grow: grow) else { return nil }
      isNew[successor] = isAdded
      if !isAdded { continue }
      newCount &+= 1
      if numbers != nil { batch.numbers[successor] = numberNew(key) }
    }
    return newCount
  }

  /// Adds the first candidates, which are not in their home lines and have no room there. All are
  /// looked for at one distance, and the lines of those that are not there come meanwhile: near a
  /// load of nine tenths a third of them lies two lines or more behind its home.
  ///
  /// - Parameter count: Of these candidates; after that, of those for which there is no room.
  /// - Returns: How many are new.
  private func insertBehindHome(
    _ batch: SuccessorBatch, _ count: inout Int, depth: UInt64
  ) -> Int {
    let (handle, candidates, keys, isNew) = (handle, candidates, batch.keys, batch.isNew)
    var newCount = 0
    var distance = 1
    while count > 0, distance < SeenSet.Shape.distanceLimit {
      var furtherCount = 0
      for position in 0..<count {
        let successor = candidates[position]
        let home = handle.home(keys[Int(successor)])
        let tail = tail(batch, Int(successor))
        switch handle.insert(home, tail: tail, distance: distance, depth: depth) {
        case .new:
          isNew[Int(successor)] = true
          newCount &+= 1
        case .seen: break
        case .full:
          handle.prefetch(home, distance: distance &+ 1)
          candidates[furtherCount] = successor
          furtherCount &+= 1
        }
      }
      count = furtherCount
      distance &+= 1
    }
    return newCount
  }

  /// Leaves out the successors whose keys were among those looked for a short while ago: orders of
  /// independent rules meet again soon, so that is about every second one. Without a branch, as
  /// none would be foretold.
  ///
  /// - Returns: How many are left, in `candidates`.
  private func passOverRecent(_ batch: SuccessorBatch) -> Int {
    let (keys, isNew, recent, candidates) = (batch.keys, batch.isNew, recent, candidates)
    var count = 0
    for position in 0..<batch.count {
      let key = keys[position]
      let place = recent + Self.recentPlace(key)
      isNew[position] = false
      candidates[count] = Int32(truncatingIfNeeded: position)
      count &+= place.pointee == key ? 0 : 1
      place.pointee = key
    }
    return count
  }

  /// The same of states of two words.
  private func passOverRecent(_ batch: SuccessorBatch, _ pair: WordPair) -> Int {
    let (keys, isNew, recent, candidates) = (batch.keys, batch.isNew, recent, candidates)
    let (recentTails, words) = (recentTails, batch.words)
    var count = 0
    for position in 0..<batch.count {
      let (head, tail) = (keys[position], pair.tail(words + 2 * position))
      let place = Self.recentPlace(head)
      isNew[position] = false
      candidates[count] = Int32(truncatingIfNeeded: position)
      count &+= (recent[place] ^ head) | (recentTails[place] ^ tail) == 0 ? 0 : 1
      recent[place] = head
      recentTails[place] = tail
    }
    return count
  }

  @inline(__always)
  private static func recentPlace(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: ((key ^ (key &>> 32)) &* 0x9E37_79B9_7F4A_7C15) &>> (64 - recentBits))
  }

  /// Adds one successor.
  ///
  /// - Returns: Whether it is new; nil if the store cannot be made large enough.
  func insert(_ key: StateKey, depth: Int, grow: Growth) -> Bool? {
    while true {
      switch handle.insert(handle.prefetch(key.head), tail: key.tail, depth: UInt64(depth)) {
      case .new:
        count.add(1)
        return true
      case .seen: return false
      case .full:
        guard grow(generation, true) else { return nil }
        takeHandles()
      }
    }
  }

  /// Asks for the lines of some entries of a frontier.
  func prefetch(_ entries: UnsafePointer<UInt64>, count: Int) {
    for position in 0..<count { _ = handle.prefetch(key(ofEntry: position, of: entries).head) }
  }

  /// The state that has a key.
  func state(_ key: StateKey) -> PackedState {
    if let pair {
      let words = pair.words(of: key)
      return PackedState([words.first, words.second], wordCount: wordCount)
    }
    return withUnsafePointer(to: key.head) {
      PackedState(unfold($0, count: 1), wordCount: wordCount)
    }
  }

  @inline(__always)
  func key(_ batch: SuccessorBatch, _ successor: Int) -> StateKey {
    StateKey(head: batch.keys[successor], tail: tail(batch, successor))
  }

  /// The tail of a successor's key.
  @inline(__always)
  func tail(_ batch: SuccessorBatch, _ successor: Int) -> UInt64 {
    pair.map { $0.tail(batch.state(successor)) } ?? 0
  }

  /// The key of the state that an entry of a frontier is.
  @inline(__always)
  func key(ofEntry entry: UnsafePointer<UInt64>) -> StateKey {
    pair.map { $0.key(entry) } ?? StateKey(head: entry[0])
  }

  @inline(__always)
  func key(ofEntry position: Int, of entries: UnsafePointer<UInt64>) -> StateKey {
    key(ofEntry: entries + (pair == nil ? position : 2 * position))
  }

  func contains(_ key: StateKey) -> Bool { find(key) != nil }

  @inline(__always)
  func depth(_ key: StateKey) -> Int? {
    handle.depth(handle.prefetch(key.head), tail: key.tail).map { Int($0) }
  }

  /// Where a state lies in the set; nil if it is not there.
  @inline(__always)
  func find(_ key: StateKey) -> Int? { handle.find(handle.prefetch(key.head), tail: key.tail) }
}
