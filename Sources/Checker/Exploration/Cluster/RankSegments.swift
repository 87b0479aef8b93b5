import Cluster
import Glibc

/// Words on their way to other ranks: a segment for each rank, all of one size, side by side.
final class RankSegments {
  let rankCount: Int
  private(set) var words: UnsafeMutablePointer<UInt64>
  /// Words that a segment has room for.
  private(set) var capacity: Int
  /// Of each segment, how many words it has; whoever writes words counts them here.
  let counts: UnsafeMutablePointer<Int>

  /// Words of all segments at first: a few times what a batch of successors fills.
  private static let firstWordCount = 1 << 17

  /// - Returns: Nil if there is no memory.
  init?(rankCount: Int) {
    let capacity = max(1 << 12, Self.firstWordCount / rankCount)
    guard let words = malloc(8 * capacity * rankCount) else { return nil }
    (self.rankCount, self.capacity) = (rankCount, capacity)
    self.words = words.bindMemory(to: UInt64.self, capacity: capacity * rankCount)
    counts = .allocate(capacity: rankCount)
    counts.initialize(repeating: 0, count: rankCount)
  }

  deinit {
    free(words)
    counts.deallocate()
  }

  var byteCount: Int { 8 * capacity * rankCount }

  /// Words of the fullest segment.
  private var mostWords: Int {
    var most = 0
    for rank in 0..<rankCount { most = max(most, counts[rank]) }
    return most
  }

  /// Whether it is time to send: half of the room is for what a step may add.
  var isFull: Bool { 2 * mostWords > capacity }

  var isEmpty: Bool { mostWords == 0 }

  /// Sees to it that each segment has room for so many words more.
  ///
  /// - Parameter mayTake: Asked before so many bytes are taken.
  /// - Returns: False if there is no memory.
  func makeRoom(_ added: Int, _ mayTake: (Int) -> Bool) -> Bool {
    let wanted = mostWords + added
    if wanted <= capacity { return true }
    let grown = 2 * wanted
    // Offsets are numbers of 31 bits in MPI.
    guard grown * rankCount <= Int32.max, mayTake(8 * (grown - capacity) * rankCount),
      let memory = malloc(8 * grown * rankCount)
    else { return false }
    let others = memory.bindMemory(to: UInt64.self, capacity: grown * rankCount)
    for rank in 0..<rankCount {
      (others + rank * grown).update(from: words + rank * capacity, count: counts[rank])
    }
    free(words)
    (words, capacity) = (others, grown)
    return true
  }

  /// Adds a word, for which there is room.
  func append(_ word: UInt64, to rank: Int) {
    words[rank * capacity + counts[rank]] = word
    counts[rank] += 1
  }

  /// What is to be sent.
  var segments: WordSegments {
    WordSegments(
      words: words, counts: (0..<rankCount).map { Int32(counts[$0]) },
      offsets: (0..<rankCount).map { Int32($0 * capacity) })
  }

  /// The words to be sent, as they are counted where they arrive.
  var tally: WordTally {
    var tally = WordTally()
    for rank in 0..<rankCount { tally.add(words + rank * capacity, count: counts[rank]) }
    return tally
  }

  /// Forgets what has been sent.
  func removeAll() { counts.update(repeating: 0, count: rankCount) }
}

/// How many words, and their sum.
struct WordTally: Equatable {
  private(set) var count: UInt64 = 0
  private(set) var sum: UInt64 = 0

  init() {}

  init(count: UInt64, sum: UInt64) { (self.count, self.sum) = (count, sum) }

  mutating func add(_ words: UnsafePointer<UInt64>, count: Int) {
    var sum: UInt64 = 0
    for position in 0..<count { sum &+= words[position] }
    add(WordTally(count: UInt64(count), sum: sum))
  }

  mutating func add(_ other: WordTally) {
    count &+= other.count
    sum &+= other.sum
  }
}
