extension CompressedPart {
  /// One member of gzip. Its last field has its size without what 32 bits do not hold, and is
  /// behind what has no stated end, so that it is counted.
  ///
  /// Source: RFC 1952.
  static func gzip(
    _ cursor: inout ImageCursor, _ limits: UnpackingLimits
  ) throws(LayoutInputError) -> UnpackedSize {
    let start = cursor.offset
    let what = "the header of a gzip member"
    let header = try cursor.bytes(10, for: what)
    guard header[1] == 0x8B, header[2] == 8, header[3] & 0xE0 == 0 else {
      throw cursor.malformed("has a gzip member of no known kind", at: start)
    }
    let flags = header[3]
    if flags & 4 != 0 { try cursor.skip(try cursor.number(2, for: what), for: what) }
    // A name, and a comment.
    for flag: UInt8 in [8, 16] where flags & flag != 0 {
      while try cursor.byte(for: what) != 0 {}
    }
    if flags & 2 != 0 { try cursor.skip(2, for: what) }
    let size = try DeflateCounter.count(&cursor, limits)
    guard case .exactly(let count, _) = size else { return size }
    try cursor.skip(4, for: "the checksum of a gzip member")
    let place = cursor.offset
    guard try cursor.number(4, for: "the size of a gzip member") == count & 0xFFFF_FFFF else {
      throw cursor.malformed("has a gzip member that states another size than it has", at: place)
    }
    return .exactly(count, from: "by the lengths in its gzip data")
  }
}
