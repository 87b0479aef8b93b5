/// States as bits that their hashes set: a Bloom filter (Bloom 1970; Holzmann, "An analysis of
/// bitstate hashing", 1998). It may take a state for one that has been seen, never the other way
/// round. For one thread.
final class BitTable {
  private let memory: PagedMemory<UInt64>
  private let bitCount: UInt64
  private var setCount = 0
  /// The sum, over all states that were new, of the chance that each would have been missed.
  private(set) var expectedOmissions = 0.0

  /// Bits that each state sets.
  private static let hashCount: UInt64 = 3

  /// - Returns: Nil if there is no memory.
  init?(byteCount: Int) {
    let words = max(1, byteCount / 8)
    guard let memory = PagedMemory<UInt64>(count: words) else { return nil }
    self.memory = memory
    bitCount = UInt64(words) * 64
  }

  var byteCount: Int { Int(bitCount / 8) }

  /// Sets a state's bits.
  ///
  /// - Parameter hash: `StateHash.hash` of the state.
  /// - Returns: Whether one of them was not set, so that the state is new.
  func insert(_ hash: UInt64) -> Bool {
    let chance = Double(setCount) / Double(bitCount)
    var isNew = false
    // The bits of a state are those of an arithmetic progression of hashes (Dillinger and Manolios,
    // "Bloom filters in probabilistic verification", 2004).
    var position = hash
    let step = (hash &* 0xA076_1D64_78BD_642F) | 1
    for _ in 0..<Self.hashCount {
      let bit = position.multipliedFullWidth(by: bitCount).high
      let mask: UInt64 = 1 << (bit & 63)
      let word = memory.base + Int(bit >> 6)
      if word.pointee & mask == 0 {
        word.pointee |= mask
        setCount += 1
        isNew = true
      }
      position &+= step
    }
    if isNew { expectedOmissions += chance * chance * chance }
    return isNew
  }
}
