/// For each state, by its number, which of some instances of liveness properties it is known to be good for: by
/// itself, or because a state is that it leads to.
///
/// Bits side by side, without a byte that is not needed: it is all that is kept in memory of each state of a search
/// that has its states on disk. One thread marks; several may look while none does.
final class PackedMarks {
  private let memory: PagedMemory<UInt64>
  private let words: UnsafeMutablePointer<UInt64>
  private let stateCount: Int
  /// The logarithm of the bits of a state, and these where they are all set.
  private let shift: Int
  private let mask: UInt64
  /// Bytes that it takes.
  let byteCount: Int

  /// The most instances that there is room for.
  static let mostInstances = 64

  /// - Parameters:
  ///   - stateCount: States, whose numbers are below this one.
  ///   - width: Bits of a state: a power of two, at most `mostInstances`.
  /// - Returns: Nil if there is no memory.
  init?(stateCount: Int, width: Int) {
    byteCount = Self.byteCount(stateCount: stateCount, width: width)
    guard let memory = PagedMemory<UInt64>(count: byteCount / 8) else { return nil }
    self.memory = memory
    words = memory.base
    self.stateCount = stateCount
    shift = width.trailingZeroBitCount
    mask = width == 64 ? .max : 1 &<< UInt64(width) &- 1
  }

  static func byteCount(stateCount: Int, width: Int) -> Int { (stateCount * width + 63) / 64 * 8 }

  /// The instances that a state is marked for, as bits.
  @inline(__always)
  subscript(number: Int) -> UInt64 {
    let bit = number &<< shift
    return words[bit &>> 6] &>> UInt64(truncatingIfNeeded: bit & 63) & mask
  }

  /// Marks a state for instances.
  @inline(__always)
  func mark(_ number: Int, _ bits: UInt64) {
    let bit = number &<< shift
    words[bit &>> 6] |= bits &<< UInt64(truncatingIfNeeded: bit & 63)
  }

  /// States that are not marked for all of some instances.
  func unsettledCount(_ instances: UInt64) -> Int {
    var count = 0
    for number in 0..<stateCount where self[number] & instances != instances { count += 1 }
    return count
  }
}
