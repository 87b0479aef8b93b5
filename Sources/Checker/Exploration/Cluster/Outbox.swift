import Glibc

/// Successors on their way to the ranks that own them, as words: keys are those of one store.
///
/// A state is owned by a hash of its words, so that all ranks have about as many. What was sent lately is not
/// sent again, at whatever depth it comes up: its owner has it.
final class Outbox {
  let rank: Int
  let segments: RankSegments
  private let wordCount: Int

  /// States that were sent lately, each in a place of its own.
  private let recent: UnsafeMutablePointer<UInt64>
  private static let recentBitCount = 15

  /// For each successor of a batch, whether it is this rank's.
  private var isOwn: UnsafeMutablePointer<UInt8>
  private var successorCapacity = 0

  /// - Parameter byteLimit: What the whole search may take.
  /// - Returns: Nil if there is no memory.
  init?(rank: Int, of rankCount: Int, wordCount: Int, byteLimit: Int?) {
    let places = wordCount << Self.recentBitCount
    guard
      let segments = RankSegments(rankCount: rankCount, stride: wordCount, byteLimit: byteLimit),
      let recent = malloc(8 * places)
    else { return nil }
    (self.rank, self.segments, self.wordCount) = (rank, segments, wordCount)
    self.recent = recent.bindMemory(to: UInt64.self, capacity: places)
    isOwn = .fromMalloc(count: 0)
    // No state is in its place: 0 is in those of all others, and in its own one of another place.
    self.recent.initialize(repeating: 0, count: places)
    let zero = recentPlace(of: StateHash.hash(self.recent, wordCount: wordCount))
    while recentPlace(of: StateHash.hash(zero, wordCount: wordCount)) == zero { zero[0] += 1 }
  }

  deinit {
    free(recent)
    free(isOwn)
  }

  /// Bytes that it takes.
  var byteCount: Int {
    segments.byteCount + 8 * (wordCount << Self.recentBitCount) + successorCapacity
  }

  /// The rank that owns the state with a hash.
  @inline(__always)
  func owner(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(segments.rankCount)).high)
  }

  /// The owner is in the high bits.
  @inline(__always)
  private func recentPlace(of hash: UInt64) -> UnsafeMutablePointer<UInt64> {
    recent + Int(truncatingIfNeeded: hash & (1 << UInt64(Self.recentBitCount) - 1)) * wordCount
  }

  // MARK: - Successors

  /// Takes the successors of other ranks out of a batch.
  ///
  /// - Parameters:
  ///   - stateCount: Expanded states.
  ///   - mayTake: Asked before so many bytes are taken.
  /// - Returns: False if there is no memory.
  func take(
    from batch: SuccessorBatch, stateCount: Int, _ mayTake: (Int) -> Bool
  ) -> Bool {
    // One more, for a word that is written and does not count.
    guard segments.makeRoom(batch.count + 1, mayTake), makeRoom(for: batch, mayTake) else {
      return false
    }
    if wordCount == 1 { sortWords(of: batch) } else { sortStates(of: batch) }
    batch.keep(isOwn, stateCount: stateCount)
    return true
  }

  /// Puts states of one word where they belong: without a branch, as none would be foretold.
  private func sortWords(of batch: SuccessorBatch) {
    let (isOwn, rank, recent) = (isOwn, rank, recent)
    let (words, owners) = (segments.words, segments.owners)
    var count = segments.count
    let (states, mask) = (batch.words, 1 << UInt64(Self.recentBitCount) - 1)
    let rankCount = UInt64(segments.rankCount)
    for position in 0..<batch.count {
      let state = states[position]
      let hash = StateHash.hash(states + position, wordCount: 1)
      let owner = Int(truncatingIfNeeded: hash.multipliedFullWidth(by: rankCount).high)
      let place = recent + Int(truncatingIfNeeded: hash) & mask
      words[count] = state
      owners[count] = UInt32(truncatingIfNeeded: owner)
      count &+= (owner == rank ? 0 : 1) & (place.pointee == state ? 0 : 1)
      isOwn[position] = owner == rank ? 1 : 0
      place.pointee = state
    }
    segments.count = count
  }

  /// The same for wider ones.
  private func sortStates(of batch: SuccessorBatch) {
    let (isOwn, wordCount, rank) = (isOwn, wordCount, rank)
    for position in 0..<batch.count {
      let state = batch.state(position)
      let hash = StateHash.hash(state, wordCount: wordCount)
      let owner = self.owner(hash)
      isOwn[position] = owner == rank ? 1 : 0
      if owner == rank { continue }
      let place = recentPlace(of: hash)
      if StateOrder.equal(state, place, wordCount) { continue }
      let tail = segments.append(to: owner)
      for word in 0..<wordCount {
        place[word] = state[word]
        tail[word] = state[word]
      }
    }
  }

  /// Takes start states of other ranks out of a batch: each rank makes all of them.
  ///
  /// - Returns: False if there is no memory.
  func keepOwn(of batch: SuccessorBatch, _ mayTake: (Int) -> Bool) -> Bool {
    guard makeRoom(for: batch, mayTake) else { return false }
    for position in 0..<batch.count {
      let hash = StateHash.hash(batch.state(position), wordCount: wordCount)
      isOwn[position] = owner(hash) == rank ? 1 : 0
    }
    batch.ends[0] = batch.count
    batch.keep(isOwn, stateCount: 1)
    return true
  }

  private func makeRoom(for batch: SuccessorBatch, _ mayTake: (Int) -> Bool) -> Bool {
    if batch.count <= successorCapacity { return true }
    guard mayTake(batch.capacity - successorCapacity), isOwn.resize(to: batch.capacity) else {
      return false
    }
    successorCapacity = batch.capacity
    return true
  }
}
