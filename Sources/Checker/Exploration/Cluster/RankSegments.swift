import Cluster
import Glibc

/// Words on their way to other ranks: items of some words each, in the order in which they come up, with the
/// rank that each is for. They are put beside each other for the ranks when they are sent.
///
/// So the room that they need is that of what there is, however many ranks there are and however unevenly they
/// are meant.
final class RankSegments {
  let rankCount: Int
  /// Words of an item.
  private(set) var stride: Int
  /// Items one after another.
  private(set) var words: UnsafeMutablePointer<UInt64>
  /// For each item, the rank that it is for.
  private(set) var owners: UnsafeMutablePointer<UInt32>
  /// Items; whoever writes one counts it here.
  var count = 0
  /// Items that there is room for.
  private(set) var capacity: Int
  /// The same words, those for each rank beside each other.
  private var sorted: UnsafeMutablePointer<UInt64>
  private var wordCapacity: Int

  /// Words of an exchange at first: a few times what a batch of successors gives, and for each of many ranks as
  /// many as a message is worth.
  private static let firstWordCount = 1 << 17
  private static let leastWordsOfRank = 1 << 9
  private static let leastWordCount = 1 << 13

  /// - Parameters:
  ///   - byteLimit: What the whole search may take; this takes a small part of it.
  /// - Returns: Nil if there is no memory.
  init?(rankCount: Int, stride: Int, byteLimit: Int?) {
    let wanted = max(Self.firstWordCount, rankCount * Self.leastWordsOfRank)
    let most = (byteLimit ?? .max) / 512
    wordCapacity = max(Self.leastWordCount, stride, min(wanted, most))
    guard let memory = Self.memory(wordCapacity) else { return nil }
    (words, sorted, owners) = memory
    (self.rankCount, self.stride) = (rankCount, stride)
    capacity = wordCapacity / stride
  }

  deinit { release() }

  private func release() {
    free(words)
    free(sorted)
    free(owners)
  }

  private typealias Memory = (
    words: UnsafeMutablePointer<UInt64>, sorted: UnsafeMutablePointer<UInt64>,
    owners: UnsafeMutablePointer<UInt32>
  )

  private static func memory(_ wordCount: Int) -> Memory? {
    let (words, sorted, owners) = (
      malloc(8 * wordCount), malloc(8 * wordCount), malloc(4 * wordCount)
    )
    guard let words, let sorted, let owners else {
      free(words)
      free(sorted)
      free(owners)
      return nil
    }
    return (
      words.bindMemory(to: UInt64.self, capacity: wordCount),
      sorted.bindMemory(to: UInt64.self, capacity: wordCount),
      owners.bindMemory(to: UInt32.self, capacity: wordCount)
    )
  }

  var byteCount: Int { Self.byteCount(wordCapacity) }

  private static func byteCount(_ wordCount: Int) -> Int { 20 * wordCount }

  /// Whether it is time to send: half of the room is for what a step may add.
  var isFull: Bool { 2 * count > capacity }

  var isEmpty: Bool { count == 0 }

  /// Begins with items of another size.
  ///
  /// - Precondition: Empty; an item has no more words than there is room for.
  func begin(stride: Int) {
    precondition(count == 0 && stride <= wordCapacity, "words are on their way")
    self.stride = stride
    capacity = wordCapacity / stride
  }

  /// Sees to it that there is room for so many items more.
  ///
  /// - Parameter mayTake: Asked before so many bytes are taken.
  /// - Returns: False if there is no memory.
  func makeRoom(_ added: Int, _ mayTake: (Int) -> Bool) -> Bool {
    let wanted = count + added
    if wanted <= capacity { return true }
    let grown = 2 * wanted * stride
    // Offsets are numbers of 31 bits in MPI.
    guard grown <= Int32.max, mayTake(Self.byteCount(grown) - byteCount),
      let memory = Self.memory(grown)
    else { return false }
    memory.words.update(from: words, count: count * stride)
    memory.owners.update(from: owners, count: count)
    release()
    (words, sorted, owners) = memory
    (wordCapacity, capacity) = (grown, grown / stride)
    return true
  }

  /// Adds an item, for which there is room.
  ///
  /// - Returns: Where its words go.
  func append(to rank: Int) -> UnsafeMutablePointer<UInt64> {
    owners[count] = UInt32(truncatingIfNeeded: rank)
    defer { count += 1 }
    return words + count * stride
  }

  /// What is to be sent, until something is added.
  func segments() -> WordSegments {
    var counts = [Int](repeating: 0, count: rankCount)
    for item in 0..<count { counts[Int(owners[item])] += 1 }
    var offsets: [Int] = []
    var end = 0
    for count in counts {
      offsets.append(end)
      end += count
    }
    var next = offsets
    next.withUnsafeMutableBufferPointer { next in
      for item in 0..<count {
        let rank = Int(owners[item])
        let place = next[rank]
        next[rank] &+= 1
        for word in 0..<stride { sorted[place &* stride &+ word] = words[item &* stride &+ word] }
      }
    }
    return WordSegments(
      words: sorted, counts: counts.map { Int32($0 * stride) },
      offsets: offsets.map { Int32($0 * stride) })
  }

  /// Forgets what has been sent.
  func removeAll() { count = 0 }
}

/// How many words, and a sum of them: what ranks compare, to see that all has arrived as it was, and where it
/// was to.
struct WordTally: Equatable {
  private(set) var count: UInt64 = 0
  private(set) var sum: UInt64 = 0

  init() {}

  init(count: UInt64, sum: UInt64) { (self.count, self.sum) = (count, sum) }

  /// Adds what goes from a rank to another in one round.
  mutating func add(_ words: UnsafePointer<UInt64>, count: Int, from source: Int, to target: Int) {
    if count == 0 { return }
    var sum: UInt64 = 0
    for position in 0..<count { sum &+= words[position] }
    // What comes to another rank has another sum.
    let way = UInt64(source) << 32 | UInt64(target)
    let mixed = (sum ^ way &* 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9
    add(WordTally(count: UInt64(count), sum: mixed ^ mixed >> 29))
  }

  /// Adds all of a round that one rank sends.
  mutating func add(sentBy rank: Int, _ sent: WordSegments) {
    for (target, count) in sent.counts.enumerated() {
      add(sent.words + Int(sent.offsets[target]), count: Int(count), from: rank, to: target)
    }
  }

  /// Adds all of a round that has come to a rank.
  mutating func add(receivedBy rank: Int, _ received: WordSegments) {
    for (source, count) in received.counts.enumerated() {
      add(received.words + Int(received.offsets[source]), count: Int(count), from: source, to: rank)
    }
  }

  mutating func add(_ other: WordTally) {
    count &+= other.count
    sum &+= other.sum
  }
}
