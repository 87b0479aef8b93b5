package import Packing

/// What a store of whole states knows a state by: the 64 bits that a table mixes and takes apart, and
/// what does not fit into these.
package struct StateKey: Hashable, Sendable {
  package let head: UInt64
  /// 0 where a key has no more than 64 bits.
  package let tail: UInt64

  @inline(__always)
  package init(head: UInt64, tail: UInt64 = 0) {
    (self.head, self.tail) = (head, tail)
  }
}

/// How a state of two words is its own key.
///
/// The tail is the bits that are beyond 64 when the words stand one behind the other. The head is the
/// others, with a hash of the tail added to them: one round of a Feistel network, which the tail undoes
/// (Luby and Rackoff, "How to construct pseudorandom permutations from pseudorandom functions", 1988).
/// So states that differ in their tails alone have heads that look unrelated, and a table that spreads
/// heads spreads states.
package struct WordPair: Sendable {
  /// Bits of a key's tail: 1 to 64.
  package let tailBitCount: Int
  /// Bits of a state's first word: 1 to 64.
  private let firstBits: UInt64

  /// - Returns: Nil for states of fewer or more words than two.
  package init?(_ packing: StatePacking) {
    guard packing.wordCount == 2 else { return nil }
    let ends = packing.fields.filter { $0.word == 0 }.map {
      Int($0.shift) + $0.mask.nonzeroBitCount
    }
    self.init(firstBitCount: ends.max() ?? 0, bitCount: packing.bitCount)
  }

  /// - Parameters:
  ///   - firstBitCount: Bits of a state's first word.
  ///   - bitCount: Bits of both of them.
  /// - Returns: Nil for states of no more than 64 bits, or of words of more.
  package init?(firstBitCount: Int, bitCount: Int) {
    guard (1...64).contains(firstBitCount), bitCount > 64, bitCount - firstBitCount <= 64 else {
      return nil
    }
    firstBits = UInt64(firstBitCount)
    tailBitCount = bitCount - 64
  }

  /// The tail of a state's key.
  @inline(__always)
  func tail(_ words: UnsafePointer<UInt64>) -> UInt64 { words[1] &>> (64 &- firstBits) }

  /// The key of a state.
  @inline(__always)
  package func key(_ words: UnsafePointer<UInt64>) -> StateKey {
    let tail = tail(words)
    return StateKey(head: (words[0] | words[1] << firstBits) ^ Self.hash(tail), tail: tail)
  }

  /// The words of the state that has a key.
  package func words(of key: StateKey) -> (first: UInt64, second: UInt64) {
    let lower = key.head ^ Self.hash(key.tail)
    return (
      lower & (.max >> (64 - firstBits)), lower >> firstBits | key.tail << (64 - firstBits)
    )
  }

  @inline(__always)
  private static func hash(_ tail: UInt64) -> UInt64 {
    let product = (tail ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
