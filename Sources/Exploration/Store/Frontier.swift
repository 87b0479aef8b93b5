import Synchronization

/// The states of one level, as keys, in pieces that threads take one after another.
final class Frontier {
  /// Some keys beside one another.
  struct Piece: @unchecked Sendable {
    let keys: UnsafePointer<UInt64>
    let count: Int
  }

  private let blocks: [Block]
  private let pieces: [Piece]
  private let next = Atomic<Int>(0)
  let count: Int

  /// Keys that a thread takes at once: enough work between two accesses to what threads share.
  static let pieceCount = 256

  init(_ blocks: [Block]) {
    self.blocks = blocks
    count = blocks.reduce(0) { $0 + $1.count }
    pieces = blocks.flatMap { block in
      stride(from: 0, to: block.count, by: Self.pieceCount).map { first in
        Piece(
          keys: UnsafePointer(block.keys + first), count: min(Self.pieceCount, block.count - first))
      }
    }
  }

  /// A piece that nobody has taken; nil when there is none left.
  func take() -> Piece? {
    let position = next.add(1, ordering: .relaxed).oldValue
    return position < pieces.count ? pieces[position] : nil
  }

  /// Whether there are pieces that nobody has taken.
  var hasMore: Bool { next.load(ordering: .relaxed) < pieces.count }

  var byteCount: Int { blocks.reduce(0) { $0 + $1.capacity * 8 } }

  /// Memory for keys that one thread finds.
  final class Block {
    let keys: UnsafeMutablePointer<UInt64>
    let capacity: Int
    var count = 0

    init(capacity: Int) {
      self.capacity = capacity
      keys = .allocate(capacity: capacity)
    }

    deinit { keys.deallocate() }
  }

  /// The keys that one thread finds, for the next level.
  struct Writer {
    private(set) var blocks: [Block] = []
    private(set) var byteCount = 0

    @inline(__always)
    mutating func append(_ key: UInt64) {
      if let block = blocks.last, block.count < block.capacity {
        block.keys[block.count] = key
        block.count += 1
      } else {
        appendToNewBlock(key)
      }
    }

    private mutating func appendToNewBlock(_ key: UInt64) {
      let capacity = min(1 << 16, max(1 << 8, (blocks.last?.capacity ?? 0) * 2))
      let block = Block(capacity: capacity)
      block.keys[0] = key
      block.count = 1
      blocks.append(block)
      byteCount += capacity * 8
    }
  }
}
