import Glibc
import Synchronization

/// The states of one level, in pieces that threads take one after another. Each is a key or, where
/// states cannot be had back from keys, its words; where states are numbered, it has its number beside
/// it. Memory is given back as soon as all in it has been expanded, so that a level and the next are not
/// there as a whole at once.
final class Frontier {
  /// Some states beside one another.
  struct Piece: @unchecked Sendable {
    let entries: UnsafePointer<UInt64>
    /// The number of each; nil where states have none.
    let numbers: UnsafePointer<UInt32>?
    let count: Int
    /// The place of the first one in its level.
    let first: Int
    fileprivate let block: Int
  }

  private let blocks: [Block]
  private let pieces: [Piece]
  /// For each block, its pieces that have not been expanded.
  private let openCounts: UnsafeMutablePointer<Atomic<Int>>
  private let next = Atomic<Int>(0)
  let count: Int

  /// States that a thread takes at once: enough work between two accesses to what threads share.
  static let pieceCount = 256

  init(_ blocks: [Block]) {
    self.blocks = blocks
    openCounts = .allocate(capacity: max(1, blocks.count))
    var pieces: [Piece] = []
    var count = 0
    for (number, block) in blocks.enumerated() {
      let pieceCount = (block.count + Self.pieceCount - 1) / Self.pieceCount
      (openCounts + number).initialize(to: Atomic(pieceCount))
      for first in stride(from: 0, to: block.count, by: Self.pieceCount) {
        let size = min(Self.pieceCount, block.count - first)
        pieces.append(
          Piece(
            entries: UnsafePointer(block.entries + first * block.wordCount),
            numbers: block.numbers.map { UnsafePointer($0 + first) }, count: size, first: count,
            block: number))
        count += size
      }
    }
    self.pieces = pieces
    self.count = count
  }

  deinit { openCounts.deallocate() }

  /// A piece that nobody has taken; nil when there is none left.
  func take() -> Piece? {
    let position = next.add(1, ordering: .relaxed).oldValue
    return position < pieces.count ? pieces[position] : nil
  }

  /// Notes that a piece has been expanded, by the one who took it.
  ///
  /// - Returns: Bytes that are not needed any more.
  func finish(_ piece: Piece) -> Int {
    let block = blocks[piece.block]
    let open = openCounts[piece.block].subtract(1, ordering: .acquiringAndReleasing).newValue
    guard open == 0 else { return 0 }
    let byteCount = block.byteCount
    block.release()
    return byteCount
  }

  /// Calls `body` with each entry and its number, in order; with 0 where states have none.
  func forEach(_ body: (_ entry: UnsafePointer<UInt64>, _ number: UInt32) -> Void) {
    for block in blocks {
      for place in 0..<block.count {
        body(
          UnsafePointer(block.entries + place * block.wordCount), block.numbers?[place] ?? 0)
      }
    }
  }

  /// Calls `body` with the entries of each piece that nobody has taken, in order. For one thread, while
  /// no other takes any.
  func forEachUntaken(_ body: (_ entries: UnsafePointer<UInt64>, _ count: Int) -> Void) {
    for piece in pieces.dropFirst(next.load(ordering: .relaxed)) {
      body(piece.entries, piece.count)
    }
  }

  /// Whether there are pieces that nobody has taken.
  var hasMore: Bool { next.load(ordering: .relaxed) < pieces.count }

  var byteCount: Int { blocks.reduce(0) { $0 + $1.byteCount } }

  /// Memory for states that one thread finds.
  final class Block {
    let entries: UnsafeMutablePointer<UInt64>
    /// The number of each entry, behind them all.
    let numbers: UnsafeMutablePointer<UInt32>?
    let wordCount: Int
    private(set) var capacity: Int
    var count = 0

    /// - Parameters:
    ///   - wordCount: Words of an entry.
    ///   - hasNumbers: Whether entries have numbers.
    /// - Returns: Nil if the system has no room.
    init?(capacity: Int, wordCount: Int, hasNumbers: Bool = false) {
      let entriesByteCount = capacity * wordCount * 8
      guard let memory = malloc(entriesByteCount + (hasNumbers ? 4 * capacity : 0)) else {
        return nil
      }
      self.capacity = capacity
      self.wordCount = wordCount
      entries = memory.bindMemory(to: UInt64.self, capacity: capacity * wordCount)
      numbers =
        hasNumbers
        ? (memory + entriesByteCount).bindMemory(to: UInt32.self, capacity: capacity) : nil
    }

    deinit { release() }

    /// Gives the memory back.
    func release() {
      if capacity > 0 { free(entries) }
      capacity = 0
    }

    var byteCount: Int { capacity * (wordCount * 8 + (numbers == nil ? 0 : 4)) }
  }

  /// The states that one thread finds, for the next level.
  struct Writer {
    private var filled: [Block] = []
    private(set) var byteCount = 0
    /// Whether an entry was left out, because there was no memory for it.
    private(set) var isShort = false
    private let wordCount: Int
    private let hasNumbers: Bool
    // Where the next entry goes, and its number, and how many more fit behind it.
    private var free: UnsafeMutablePointer<UInt64>?
    private var freeNumber: UnsafeMutablePointer<UInt32>?
    private var room = 0

    /// - Parameters:
    ///   - wordCount: Words of an entry.
    ///   - hasNumbers: Whether states are numbered.
    init(wordCount: Int, hasNumbers: Bool) {
      self.wordCount = wordCount
      self.hasNumbers = hasNumbers
    }

    /// - Parameter number: Of the state; means nothing where states have none.
    /// - Returns: Whether that took more memory, or was to.
    @inline(__always)
    mutating func append(_ entry: UnsafePointer<UInt64>, number: UInt32) -> Bool {
      let isFull = room == 0
      if isFull { addBlock() }
      guard room > 0, let place = free else { return isFull }
      for word in 0..<wordCount { place[word] = entry[word] }
      free = place + wordCount
      if let place = freeNumber {
        place.pointee = number
        freeNumber = place + 1
      }
      room -= 1
      return isFull
    }

    private mutating func addBlock() {
      let capacity = min(1 << 16, max(1 << 8, (filled.last?.capacity ?? 0) * 2))
      guard
        let block = Block(capacity: capacity, wordCount: wordCount, hasNumbers: hasNumbers)
      else {
        isShort = true
        return
      }
      filled.append(block)
      free = block.entries
      freeNumber = block.numbers
      room = capacity
      byteCount += block.byteCount
    }

    /// What has been written.
    var blocks: [Block] {
      for block in filled { block.count = block.capacity }
      filled.last?.count -= room
      return filled
    }
  }
}
