/// What a file of a checkpoint begins with, and the sums over its blocks.
///
/// A file is a header and blocks behind it. A block has a tag, its number of bytes, the bytes, and a
/// sum over all that, which also depends on the file and on how many blocks were before it: so no block
/// can be missing, stand elsewhere or come from another file. The last one is the `end`, without which
/// a file is truncated.
struct BlockFile {
  static let magic: UInt64 = 0x7470_6B63_7061_7773  // "swapckpt"
  static let format: UInt32 = 2
  static let headerByteCount = 48
  /// The tag of the last block.
  static let end: UInt32 = 0

  /// Which search it is of: a random number, as two words.
  let search: SearchNumber
  /// Which file of the search.
  let number: UInt64

  /// What the sum of a block begins with.
  func seed(block: UInt64) -> UInt64 {
    BlockSum.mixed(BlockSum.mixed(search.low ^ number, search.high), block)
  }
}

/// A number that no other search has.
package struct SearchNumber: Sendable, Hashable {
  let low: UInt64
  let high: UInt64

  static func random() -> SearchNumber {
    SearchNumber(low: .random(in: 0...UInt64.max), high: .random(in: 0...UInt64.max))
  }
}

/// A sum over bytes against accidents, not against forgery: folded 64 by 64 bit products as in wyhash
/// (Wang Yi, 2019), eight bytes at a time.
enum BlockSum {
  @inline(__always)
  static func mixed(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let product = (sum ^ word ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(
      by: 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low ^ (word &* 0x9E37_79B9_7F4A_7C15)
  }

  static func sum(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    var sum = mixed(seed, UInt64(bytes.count))
    var position = 0
    while position &+ 8 <= bytes.count {
      let word = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      sum = mixed(sum, word)
      position &+= 8
    }
    var rest: UInt64 = 0
    for (number, byte) in bytes[position...].enumerated() { rest |= UInt64(byte) << (8 * number) }
    return mixed(sum, rest)
  }
}
