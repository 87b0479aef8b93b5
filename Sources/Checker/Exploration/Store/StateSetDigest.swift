/// Hashes packed states, by folded 64 by 64 bit products as in wyhash (Wang Yi, 2019).
package enum StateHash {
  /// A hash of a state's words.
  @inline(__always)
  package static func hash(_ state: UnsafePointer<UInt64>, wordCount: Int) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for word in 0..<wordCount {
      hash = fold(hash ^ state[word], 0xA076_1D64_78BD_642F &+ UInt64(word) &* 2)
    }
    return fold(hash ^ 0xE703_7ED1_A0B4_28DB, 0x8EBC_6AF0_9C88_C6E3)
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    // A zero factor would lose the other one.
    return product.high ^ product.low ^ left
  }
}

extension StateHash {
  /// A hash of a step, by those of its states.
  package static func hash(step rule: Int, from source: UInt64, to target: UInt64) -> UInt64 {
    let words = [source, UInt64(rule), target]
    return words.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { hash($0, wordCount: 3) } ?? 0
    }
  }
}

/// A fingerprint of a set of states that does not depend on their order, to compare runs, engines
/// and machines. Equal sets give equal digests; different ones do so with probability 2^-128.
package struct StateSetDigest: Sendable, Hashable, CustomStringConvertible {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  package init() {}

  /// That of a checkpoint.
  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// What it consists of.
  var halves: (low: UInt64, high: UInt64) { (low, high) }

  /// Adds a state.
  @inline(__always)
  package mutating func add(hash: UInt64) {
    low &+= hash
    let rotated = hash ^ 0xD6E8_FEB8_6659_FD93
    let product = rotated.multipliedFullWidth(by: 0x5899_65CC_7537_4CC3)
    high &+= product.high ^ product.low
  }

  /// Adds the states of another set that has none in common with this one.
  mutating func add(_ other: StateSetDigest) {
    low &+= other.low
    high &+= other.high
  }

  package var description: String { Self.hexadecimal(high) + Self.hexadecimal(low) }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
