/// Rows of bits, one bit for each rule instance.
///
/// `@unchecked Sendable`: rows are written while the matrix is built, by one thread, and only read
/// from then on.
final class BitMatrix: @unchecked Sendable {
  let rowCount: Int
  /// Words of a row.
  let wordCount: Int
  private let words: UnsafeMutablePointer<UInt64>

  init(rowCount: Int, columnCount: Int) {
    self.rowCount = rowCount
    wordCount = (columnCount + 63) / 64
    words = .allocate(capacity: max(1, rowCount * wordCount))
    words.initialize(repeating: 0, count: max(1, rowCount * wordCount))
  }

  deinit { words.deallocate() }

  @inline(__always)
  func row(_ number: Int) -> UnsafePointer<UInt64> {
    UnsafePointer(words + number * wordCount)
  }

  func insert(_ column: Int, intoRow row: Int) {
    words[row * wordCount + column >> 6] |= 1 << UInt64(column & 63)
  }

  func remove(_ column: Int, fromRow row: Int) {
    words[row * wordCount + column >> 6] &= ~(1 << UInt64(column & 63))
  }

  /// Adds a row of a matrix of as many columns.
  func formUnion(row: Int, with other: UnsafePointer<UInt64>) {
    for word in 0..<wordCount { words[row * wordCount + word] |= other[word] }
  }

  func subtract(_ other: UnsafePointer<UInt64>, fromRow row: Int) {
    for word in 0..<wordCount { words[row * wordCount + word] &= ~other[word] }
  }

  /// Calls `body` with each column of a row, in ascending order.
  func forEach(inRow row: Int, _ body: (Int) -> Void) {
    for word in 0..<wordCount {
      var rest = words[row * wordCount + word]
      while rest != 0 {
        body(word * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
