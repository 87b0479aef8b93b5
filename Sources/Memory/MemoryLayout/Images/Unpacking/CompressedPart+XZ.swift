extension CompressedPart {
  /// One stream of xz. Each chunk of LZMA2 states its size, so that nothing of the index at the end
  /// is needed to find out where that is.
  ///
  /// Source: The .xz File Format, version 1.2.1; Documentation/staging/xz.rst of Linux.
  static func xz(
    _ cursor: inout ImageCursor, _ limits: UnpackingLimits
  ) throws(LayoutInputError) -> UnpackedSize {
    let start = cursor.offset
    let header = try cursor.bytes(12, for: "the header of an xz stream")
    guard header[6] == 0, header[7] < 16 else {
      throw cursor.malformed("has an xz stream of no known kind", at: start)
    }
    // By the kind of check: none, CRC32, CRC64, SHA-256, and those that are reserved.
    let checkByteCounts: [UInt64] = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64]
    let check = checkByteCounts[Int(header[7])]
    var sizes: [UInt64] = []
    while true {
      let place = cursor.offset
      let first = try cursor.byte(for: "an xz block")
      if first == 0 { break }
      try xzBlockHeader(&cursor, (UInt64(first) + 1) * 4 - 1, at: place)
      sizes.append(try lzma2(&cursor))
      cursor.align(to: 4, from: place)
      try cursor.skip(check, for: "the check of an xz block")
    }
    try checkXZIndex(&cursor, sizes, from: cursor.offset - 1)
    let end = try cursor.bytes(12, for: "the end of an xz stream")
    guard end.suffix(2).elementsEqual("YZ".utf8) else {
      throw cursor.malformed("has an xz stream without its end", at: cursor.offset - 2)
    }
    return .exactly(sizes.reduce(0, +), from: "as its xz blocks state")
  }

  /// Goes to the data of a block, whose last filter is LZMA2; those before it change no size.
  private static func xzBlockHeader(
    _ cursor: inout ImageCursor, _ byteCount: UInt64, at place: UInt64
  ) throws(LayoutInputError) {
    let what = "the header of an xz block"
    let end = cursor.offset + byteCount
    let flags = try cursor.byte(for: what)
    for flag: UInt8 in [0x40, 0x80] where flags & flag != 0 { _ = try xzNumber(&cursor, what) }
    var filter: UInt64 = 0
    for _ in 0...(flags & 3) {
      filter = try xzNumber(&cursor, what)
      try cursor.skip(try xzNumber(&cursor, what), for: what)
    }
    guard filter == 0x21, cursor.offset <= end - 4 else {
      throw cursor.malformed("has an xz block that is not one of LZMA2", at: place)
    }
    try cursor.skip(end - cursor.offset, for: what)
  }

  /// The bytes of chunks.
  private static func lzma2(_ cursor: inout ImageCursor) throws(LayoutInputError) -> UInt64 {
    let what = "a chunk of LZMA2"
    var sum: UInt64 = 0
    while true {
      let place = cursor.offset
      let control = try cursor.byte(for: what)
      switch control {
      case 0: return sum
      case 1, 2:
        let size = try cursor.bigNumber(2, for: what) + 1
        try cursor.skip(size, for: what)
        sum += size
      case 0x80...:
        sum += UInt64(control & 0x1F) << 16 + (try cursor.bigNumber(2, for: what)) + 1
        let size = try cursor.bigNumber(2, for: what) + 1
        // Its properties come before it where they are new.
        try cursor.skip(size + (control >= 0xC0 ? 1 : 0), for: what)
      default: throw cursor.malformed("has a chunk of LZMA2 of no known kind", at: place)
      }
    }
  }

  /// Whether the index has what was counted.
  private static func checkXZIndex(
    _ cursor: inout ImageCursor, _ sizes: [UInt64], from start: UInt64
  ) throws(LayoutInputError) {
    let what = "the index of an xz stream"
    var stated: [UInt64] = []
    let count = try xzNumber(&cursor, what)
    while UInt64(stated.count) < min(count, UInt64(sizes.count) + 1) {
      _ = try xzNumber(&cursor, what)
      stated.append(try xzNumber(&cursor, what))
    }
    guard stated == sizes, count == UInt64(sizes.count) else {
      throw cursor.malformed("has an xz index that states other sizes than there are", at: start)
    }
    cursor.align(to: 4, from: start)
    try cursor.skip(4, for: what)
  }

  /// A number of up to 9 bytes of 7 bits each.
  private static func xzNumber(
    _ cursor: inout ImageCursor, _ what: String
  ) throws(LayoutInputError) -> UInt64 {
    let place = cursor.offset
    var value: UInt64 = 0
    for index in 0..<9 {
      let byte = try cursor.byte(for: what)
      value |= UInt64(byte & 0x7F) << UInt64(7 * index)
      if byte < 0x80 { return value }
    }
    throw cursor.malformed("has a number of xz that does not end", at: place)
  }
}
