/// States as bits that their hashes set: a Bloom filter (Bloom 1970; Holzmann, "An analysis of
/// bitstate hashing", 1998). It may take a state for one that has been seen, never the other way
/// round. For one thread.
package final class BitTable {
  private let memory: PagedMemory<UInt64>
  private let bitCount: UInt64
  private var setCount = 0
  /// The sum, over all states that were new, of the chance that each would have been missed.
  package private(set) var expectedOmissions = 0.0

  /// Bits that each state sets.
  private static let hashCount: UInt64 = 3
  /// States from which on large pages are worth it: they are taken whole at the first bit, and the
  /// bits of a few thousand states are everywhere.
  private static let largePageCount = 1 << 22
  private var stateCount = 0

  /// - Returns: Nil if there is no memory.
  package init?(byteCount: Int) {
    let words = max(1, byteCount / 8)
    guard let memory = PagedMemory<UInt64>(count: words, hasLargePages: false) else { return nil }
    self.memory = memory
    bitCount = UInt64(words) * 64
  }

  var byteCount: Int { Int(bitCount / 8) }

  /// Sets a state's bits.
  ///
  /// - Parameter hash: `StateHash.hash` of the state.
  /// - Returns: Whether one of them was not set, so that the state is new.
  package func insert(_ hash: UInt64) -> Bool {
    let chance = Double(setCount) / Double(bitCount)
    var isNew = false
    for number in 0..<Self.hashCount {
      let bit = Self.mixed(hash, number).multipliedFullWidth(by: bitCount).high
      let mask: UInt64 = 1 << (bit & 63)
      let word = memory.base + Int(bit >> 6)
      if word.pointee & mask == 0 {
        word.pointee |= mask
        setCount += 1
        isNew = true
      }
    }
    guard isNew else { return false }
    // Its bits are set by others, or another state has its hash.
    expectedOmissions +=
      chance * chance * chance + Double(stateCount) / 18_446_744_073_709_551_616
    stateCount += 1
    if stateCount == Self.largePageCount { memory.takeLargePages() }
    return true
  }

  /// The bits of a state do not depend on each other. Those of an arithmetic progression of hashes,
  /// which are cheaper, are more often the same for two states than the bound says: in tables of
  /// 65,536 bits, several times.
  @inline(__always)
  private static func mixed(_ hash: UInt64, _ number: UInt64) -> UInt64 {
    // The finaliser of Murmur 3 (Appleby), which maps different hashes to different ones.
    var mixed = hash &+ (number &* 0x9E37_79B9_7F4A_7C15)
    mixed = (mixed ^ (mixed &>> 33)) &* 0xFF51_AFD7_ED55_8CCD
    mixed = (mixed ^ (mixed &>> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return mixed ^ (mixed &>> 33)
  }
}
