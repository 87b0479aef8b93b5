extension CompressedPart {
  /// Blocks of lz4 as the kernel's own build makes them: each unpacks to 8 MiB at most, and a zero
  /// or the end of the file ends them. Another block is told from what is behind them by nothing.
  ///
  /// Sources: lib/decompress_unlz4.c of Linux; doc/lz4_Frame_format.md of lz4, legacy frame.
  static func lz4(
    _ cursor: inout ImageCursor, _ limits: UnpackingLimits
  ) throws(LayoutInputError) -> UnpackedSize {
    guard try cursor.byte(for: "the header of lz4") == 2 else {
      return try lz4Frame(&cursor, limits)
    }
    try cursor.skip(3, for: "the header of lz4")
    var sum: UInt64 = 0
    while cursor.offset < cursor.reader.byteCount {
      // A zero may be cut off.
      let place = cursor.offset
      let rest = try cursor.prefix(4)
      if rest.allSatisfy({ $0 == 0 }) { break }
      let size = try cursor.number(4, for: "the size of a block of lz4")
      if size == 0x184C_2102 { continue }
      let count = try lz4Block(&cursor, size)
      guard count <= 8 << 20 else {
        throw cursor.malformed("has a block of lz4 of more than 8 MiB", at: place)
      }
      sum += count
      if let end = limits.end(at: sum) { return end }
    }
    return .exactly(sum, from: "by the lengths in its lz4 blocks")
  }

  /// A frame of lz4, behind the first byte of its header.
  private static func lz4Frame(
    _ cursor: inout ImageCursor, _ limits: UnpackingLimits
  ) throws(LayoutInputError) -> UnpackedSize {
    let start = cursor.offset - 1
    let what = "the header of an lz4 frame"
    try cursor.skip(3, for: what)
    let flags = try cursor.byte(for: what)
    guard flags >> 6 == 1 else {
      throw cursor.malformed("has an lz4 frame of no known kind", at: start)
    }
    try cursor.skip(1, for: what)
    let stated = flags & 8 == 0 ? nil : try cursor.number(8, for: what)
    // A dictionary's number, and the header's check.
    try cursor.skip((flags & 1 == 0 ? 0 : 4) + 1, for: what)
    var sum: UInt64 = 0
    while true {
      let size = try cursor.number(4, for: "the size of a block of lz4")
      if size == 0 { break }
      if size >> 31 == 1 {
        try cursor.skip(size & 0x7FFF_FFFF, for: "a block of lz4")
        sum += size & 0x7FFF_FFFF
      } else {
        sum += try lz4Block(&cursor, size)
      }
      if flags & 0x10 != 0 { try cursor.skip(4, for: "the check of a block of lz4") }
      if let end = limits.end(at: sum) { return end }
    }
    if flags & 4 != 0 { try cursor.skip(4, for: "the check of an lz4 frame") }
    guard stated ?? sum == sum else {
      throw cursor.malformed("has an lz4 frame that states another size than it has", at: start)
    }
    return .exactly(
      sum,
      from: "by the lengths in its lz4 blocks, in a frame that Linux does not unpack: it takes"
        + " what `lz4 -l` makes")
  }

  /// What a block of so many bytes unpacks to, by the lengths of literals and matches.
  ///
  /// Source: doc/lz4_Block_format.md of lz4.
  private static func lz4Block(
    _ cursor: inout ImageCursor, _ byteCount: UInt64
  ) throws(LayoutInputError) -> UInt64 {
    let start = cursor.offset
    // LZ4_COMPRESSBOUND of 8 MiB, the largest block that there is.
    guard byteCount <= (8 << 20) + (8 << 20) / 255 + 16 else {
      throw cursor.malformed("has a block of lz4 that is larger than any", at: start)
    }
    let block = try cursor.bytes(Int(byteCount), for: "a block of lz4")
    var index = 0
    var sum = 0
    func broken() -> LayoutInputError {
      cursor.malformed("has a block of lz4 that is broken", at: start + UInt64(index))
    }
    func length(_ first: UInt8) throws(LayoutInputError) -> Int {
      var length = Int(first)
      guard first == 15 else { return length }
      while index < block.count {
        let byte = block[index]
        index += 1
        length += Int(byte)
        if byte < 255 { return length }
      }
      throw broken()
    }
    while index < block.count {
      let token = block[index]
      index += 1
      let literals = try length(token >> 4)
      index += literals
      sum += literals
      if index == block.count { return UInt64(sum) }
      guard index + 2 <= block.count, block[index] | block[index + 1] != 0 else { throw broken() }
      index += 2
      sum += try length(token & 15) + 4
    }
    throw broken()
  }
}
