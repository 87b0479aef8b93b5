/// A bijection on numbers of some bits whose images look random in their upper bits: a shift that
/// brings the upper half into the lower one, and a multiplication that brings that up again (as
/// Fibonacci hashing does; Knuth, TAOCP 3, 6.4). What can be undone loses nothing, so a table can
/// leave out of an entry what the entry's place says (Cleary, "Compact hash tables using
/// bidirectional linear probing", 1984).
struct KeyMixer {
  let bitCount: UInt64
  private let mask: UInt64
  private let shift: UInt64

  private static var factor: UInt64 { 0x9E37_79B9_7F4A_7C15 }
  private static let inverse = inverse(of: factor)

  /// - Parameter bitCount: 2 to 64.
  init(bitCount: Int) {
    self.bitCount = UInt64(bitCount)
    mask = .max >> UInt64(64 - bitCount)
    // At least half of the bits, so that a shift undoes itself.
    shift = UInt64(bitCount + 1) / 2
  }

  /// - Parameter key: Below 2^`bitCount`, as is the result.
  @inline(__always)
  func mix(_ key: UInt64) -> UInt64 {
    let once = ((key ^ (key &>> shift)) &* Self.factor) & mask
    return ((once ^ (once &>> shift)) &* Self.factor) & mask
  }

  /// The key that `mix` made this number of.
  func unmix(_ mixed: UInt64) -> UInt64 {
    var key = mixed
    for _ in 0..<2 {
      key = (key &* Self.inverse) & mask
      key ^= key >> shift
    }
    return key
  }

  /// The inverse of an odd number modulo 2^64, by Newton's iteration: each step doubles the bits
  /// that are right, from three on.
  private static func inverse(of number: UInt64) -> UInt64 {
    var inverse = number
    for _ in 0..<5 { inverse = inverse &* (2 &- number &* inverse) }
    return inverse
  }
}
