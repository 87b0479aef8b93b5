import Glibc

/// From which state of the level before, and by which rule instance, each state was first found.
///
/// For stores that a state cannot be had back from. Kept as two small numbers a state: states are
/// found in the order of those that they are found from, so the difference to the state before is
/// mostly 0 or 1. For one thread.
struct ParentLog {
  /// For each level, the entries of its states.
  private var levels: [ByteList] = []
  private var counts: [Int] = []
  private var lastParent = 0
  private(set) var byteCount = 0

  /// Begins the next level.
  mutating func beginLevel() {
    levels.append(ByteList())
    counts.append(0)
    lastParent = 0
  }

  /// States of the level that was begun last.
  var count: Int { counts.last ?? 0 }

  /// - Parameters:
  ///   - parent: The number of the state in the level before; not below that of the call before.
  ///   - instance: The rule instance by its position, in the first level that of a start state.
  /// - Returns: False if there is no memory for it.
  mutating func append(parent: Int, instance: Int) -> Bool {
    guard append(parent - lastParent), append(instance) else { return false }
    lastParent = parent
    counts[counts.count - 1] += 1
    return true
  }

  /// Seven bits to a byte, the lowest first; the eighth says that more follow.
  private mutating func append(_ number: Int) -> Bool {
    let level = levels[levels.count - 1]
    let before = level.byteCount
    defer { byteCount += level.byteCount - before }
    var rest = number
    while rest > 127 {
      guard level.append(UInt8(rest & 127 | 128)) else { return false }
      rest >>= 7
    }
    return level.append(UInt8(rest))
  }

  /// The instances that lead to a state, that of a start state first.
  func instances(to number: Int, atDepth depth: Int) -> [Int] {
    var instances: [Int] = []
    var number = number
    for level in (0...depth).reversed() {
      let entry = entry(number, of: levels[level])
      instances.append(entry.instance)
      number = entry.parent
    }
    return instances.reversed()
  }

  private func entry(_ number: Int, of level: ByteList) -> (parent: Int, instance: Int) {
    var position = 0
    func next() -> Int {
      var value = 0
      var shift = 0
      while level[position] & 128 != 0 {
        value |= Int(level[position] & 127) << shift
        shift += 7
        position += 1
      }
      defer { position += 1 }
      return value | Int(level[position]) << shift
    }
    var parent = 0
    var instance = 0
    for _ in 0...number {
      parent += next()
      instance = next()
    }
    return (parent, instance)
  }
}

/// Bytes in blocks, so that more of them never move those that are there.
private final class ByteList {
  private var blocks: [UnsafeMutablePointer<UInt8>] = []
  private var count = 0

  private static let blockByteCount = 1 << 16

  deinit {
    for block in blocks { free(block) }
  }

  /// Bytes of memory.
  var byteCount: Int { blocks.count * Self.blockByteCount }

  /// - Returns: False if there is no memory for it.
  func append(_ byte: UInt8) -> Bool {
    if count == blocks.count * Self.blockByteCount {
      guard let block = malloc(Self.blockByteCount) else { return false }
      blocks.append(block.bindMemory(to: UInt8.self, capacity: Self.blockByteCount))
    }
    blocks[count >> 16][count & 0xFFFF] = byte
    count += 1
    return true
  }

  subscript(position: Int) -> UInt8 { blocks[position >> 16][position & 0xFFFF] }
}
