/// A bijection on numbers of some bits whose images look random: two rounds of shift and multiply, as
/// in the finalisers of MurmurHash3 (Appleby, 2011). What can be undone loses nothing, so a table can
/// leave out of an entry what the entry's place says (Cleary, "Compact hash tables using
/// bidirectional linear probing", 1984).
struct KeyMixer {
  let bitCount: UInt64
  private let mask: UInt64
  private let shift: UInt64

  private static let factors: (UInt64, UInt64) = (0xFF51_AFD7_ED55_8CCD, 0xC4CE_B9FE_1A85_EC53)
  private static let inverses = (inverse(of: factors.0), inverse(of: factors.1))

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
    var mixed = key ^ (key &>> shift)
    mixed = (mixed &* Self.factors.0) & mask
    mixed ^= mixed &>> shift
    mixed = (mixed &* Self.factors.1) & mask
    return mixed ^ (mixed &>> shift)
  }

  /// The key that `mix` made this number of.
  func unmix(_ mixed: UInt64) -> UInt64 {
    var key = mixed ^ (mixed >> shift)
    key = (key &* Self.inverses.1) & mask
    key ^= key >> shift
    key = (key &* Self.inverses.0) & mask
    return key ^ (key >> shift)
  }

  /// The inverse of an odd number modulo 2^64, by Newton's iteration: each step doubles the bits that
  /// are right, from three on.
  private static func inverse(of number: UInt64) -> UInt64 {
    var inverse = number
    for _ in 0..<5 { inverse = inverse &* (2 &- number &* inverse) }
    return inverse
  }
}
