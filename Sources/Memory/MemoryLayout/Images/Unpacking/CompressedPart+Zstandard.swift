extension CompressedPart {
  /// One frame of zstd. Its header may state its size; if not, each block has one or a bound.
  ///
  /// Source: RFC 8878.
  static func zstandard(
    _ cursor: inout ImageCursor, _ limits: UnpackingLimits
  ) throws(LayoutInputError) -> UnpackedSize {
    let start = cursor.offset
    let what = "the header of a zstd frame"
    try cursor.skip(4, for: what)
    let descriptor = try cursor.byte(for: what)
    guard descriptor & 8 == 0 else {
      throw cursor.malformed("has a zstd frame of no known kind", at: start)
    }
    let isSingle = descriptor & 0x20 != 0
    var window: UInt64 = .max
    if !isSingle {
      let byte = try cursor.byte(for: what)
      let base: UInt64 = 1 << (10 + UInt64(byte >> 3))
      window = base + base / 8 * UInt64(byte & 7)
    }
    try cursor.skip([0, 1, 2, 4][Int(descriptor & 3)], for: what)
    let fieldByteCount = [isSingle ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
    var stated: UInt64?
    if fieldByteCount > 0 {
      let field = try cursor.number(fieldByteCount, for: what)
      stated = fieldByteCount == 2 ? field + 256 : field
    }
    if isSingle { window = stated ?? 0 }
    let blocks = try zstandardBlocks(&cursor, most: min(window, 128 << 10))
    if descriptor & 4 != 0 { try cursor.skip(4, for: "the checksum of a zstd frame") }
    guard let stated else {
      return blocks.isExact
        ? .exactly(blocks.byteCount, from: "by its zstd blocks")
        : .atMost(blocks.byteCount, from: "by the number of its zstd blocks")
    }
    // What a header claims beyond what its blocks can have, nothing unpacks to.
    guard stated <= blocks.byteCount, !blocks.isExact || stated == blocks.byteCount else {
      throw cursor.malformed(
        "has a zstd frame that states \(stated) bytes, and its blocks have"
          + (blocks.isExact ? "" : " at most") + " \(blocks.byteCount)", at: start)
    }
    return .exactly(stated, from: "as its zstd frame states")
  }

  /// - Parameter most: Bytes that a compressed block unpacks to at most.
  private static func zstandardBlocks(
    _ cursor: inout ImageCursor, most: UInt64
  ) throws(LayoutInputError) -> (byteCount: UInt64, isExact: Bool) {
    var byteCount: UInt64 = 0
    var isExact = true
    while true {
      let place = cursor.offset
      let header = try cursor.number(3, for: "the header of a zstd block")
      let size = header >> 3
      guard size <= most else {
        throw cursor.malformed("has a zstd block of more than \(most) bytes", at: place)
      }
      switch header >> 1 & 3 {
      case 0:
        try cursor.skip(size, for: "a zstd block")
        byteCount += size
      case 1:
        try cursor.skip(1, for: "a zstd block")
        byteCount += size
      case 2:
        try cursor.skip(size, for: "a zstd block")
        byteCount += most
        isExact = false
      default: throw cursor.malformed("has a zstd block of no known kind", at: place)
      }
      if header & 1 == 1 { return (byteCount, isExact) }
    }
  }
}
