/// Goes through a file from its start, and reads it in large pieces.
struct ImageCursor {
  let reader: FieldReader
  var offset: UInt64 = 0
  /// Of the file, from `pieceOffset` on.
  private(set) var piece: [UInt8] = []
  private(set) var pieceOffset: UInt64 = 0

  private static let pieceByteCount = 256 << 10

  init(_ reader: FieldReader) { self.reader = reader }

  /// Skips zeros; where the next other byte is, or nil if there is none.
  mutating func skipPadding() throws(LayoutInputError) -> UInt64? {
    while offset < reader.byteCount {
      try fill(1)
      let rest = piece[Int(offset - pieceOffset)...]
      guard let index = rest.firstIndex(where: { $0 != 0 }) else {
        offset = reader.source.nextStoredByte(from: pieceOffset + UInt64(piece.count))
        continue
      }
      offset = pieceOffset + UInt64(index)
      return offset
    }
    return nil
  }

  /// As many bytes as there are, up to a number, from where it is, without going on.
  mutating func prefix(_ count: Int) throws(LayoutInputError) -> ArraySlice<UInt8> {
    let count = Int(min(UInt64(count), reader.byteCount - offset))
    try fill(count)
    let start = Int(offset - pieceOffset)
    return piece[start..<start + count]
  }

  /// Exactly so many bytes, and goes on behind them.
  mutating func bytes(_ count: Int, for what: String) throws(LayoutInputError) -> [UInt8] {
    guard offset <= reader.byteCount, UInt64(count) <= reader.byteCount - offset else {
      throw tooShort(UInt64(count), what)
    }
    let bytes = Array(try prefix(count))
    offset += UInt64(count)
    return bytes
  }

  mutating func skip(_ count: UInt64, for what: String) throws(LayoutInputError) {
    guard offset <= reader.byteCount, count <= reader.byteCount - offset else {
      throw tooShort(count, what)
    }
    offset += count
  }

  mutating func align(to alignment: UInt64, from start: UInt64) {
    let distance = offset - start
    offset = start + (distance + alignment - 1) / alignment * alignment
  }

  /// One byte, and goes on behind it.
  mutating func byte(for what: String) throws(LayoutInputError) -> UInt8 {
    if offset < pieceOffset || offset >= pieceOffset + UInt64(piece.count) {
      guard offset < reader.byteCount else { throw tooShort(1, what) }
      try fill(1)
    }
    let byte = piece[Int(offset - pieceOffset)]
    offset += 1
    return byte
  }

  /// A number of 1 to 8 bytes, the lowest first, and goes on behind it.
  mutating func number(_ byteCount: Int, for what: String) throws(LayoutInputError) -> UInt64 {
    HeaderBytes(bytes: try bytes(byteCount, for: what)).number(at: 0, byteCount: byteCount)
  }

  /// A number of 1 to 8 bytes, the highest first, and goes on behind it.
  mutating func bigNumber(_ byteCount: Int, for what: String) throws(LayoutInputError) -> UInt64 {
    HeaderBytes(bytes: try bytes(byteCount, for: what), isBigEndian: true)
      .number(at: 0, byteCount: byteCount)
  }

  func malformed(_ words: String, at offset: UInt64) -> LayoutInputError {
    reader.malformed(words, at: offset)
  }

  private func tooShort(_ count: UInt64, _ what: String) -> LayoutInputError {
    let (end, overflows) = offset.addingReportingOverflow(count)
    return LayoutInputError(
      .truncated(
        what: what, neededByteCount: overflows ? .max : end, byteCount: reader.byteCount),
      path: reader.path, at: .offset(offset))
  }

  /// Sees to it that so many bytes from `offset` on are in the piece.
  ///
  /// - Precondition: there are so many.
  private mutating func fill(_ count: Int) throws(LayoutInputError) {
    let end = pieceOffset + UInt64(piece.count)
    if offset >= pieceOffset, offset + UInt64(count) <= end { return }
    let wanted = max(count, Self.pieceByteCount)
    piece = try reader.prefix(wanted, at: offset)
    pieceOffset = offset
  }
}
