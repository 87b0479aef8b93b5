/// How much memory a search has taken for how many states so far.
///
/// What it will take is not known: states that come later may have more new words, levels may become wider,
/// and a table that has just grown is half empty. So whatever is said of it is said of this rate.
package struct MemoryRate: Sendable, Hashable {
  private let stateCount: Int
  private let byteCount: Int

  /// Bytes below which what does not grow with the states counts for too much.
  private static let leastByteCount = 16 << 20

  /// - Returns: Nil where so little has been taken that it says nothing.
  package init?(stateCount: Int, byteCount: Int) {
    guard byteCount >= Self.leastByteCount, stateCount > 0 else { return nil }
    self.stateCount = stateCount
    self.byteCount = byteCount
  }

  /// States that some memory would hold at this rate.
  package func stateCount(in bytes: Int) -> Int {
    Int(min(Double(bytes) * Double(stateCount) / Double(byteCount), 0x1p62))
  }
}
