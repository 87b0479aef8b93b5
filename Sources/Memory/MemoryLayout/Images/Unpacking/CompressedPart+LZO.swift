extension CompressedPart {
  /// A file of lzop: each block states its size.
  ///
  /// Source: lib/decompress_unlzo.c of Linux.
  static func lzo(
    _ cursor: inout ImageCursor, _ limits: UnpackingLimits
  ) throws(LayoutInputError) -> UnpackedSize {
    let start = cursor.offset
    let what = "the header of lzop"
    let magic = try cursor.bytes(9, for: what)
    guard magic.elementsEqual([0x89, 0x4C, 0x5A, 0x4F, 0, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw cursor.malformed("has a header of lzop that is broken", at: start)
    }
    let isNew = try cursor.bigNumber(2, for: what) >= 0x940
    // Versions, method and level.
    try cursor.skip(isNew ? 2 + 2 + 1 + 1 : 2 + 1, for: what)
    let flags = try cursor.bigNumber(4, for: what)
    // A filter, the mode and the time.
    try cursor.skip((flags & 0x800 == 0 ? 0 : 4) + 4 + (isNew ? 8 : 4), for: what)
    let nameByteCount = try cursor.byte(for: what)
    try cursor.skip(UInt64(nameByteCount) + 4, for: what)
    func checks(_ one: UInt64, _ other: UInt64) -> UInt64 {
      (flags & one == 0 ? 0 : 4) + (flags & other == 0 ? 0 : 4)
    }
    var sum: UInt64 = 0
    while true {
      let place = cursor.offset
      let size = try cursor.bigNumber(4, for: "the size of a block of lzop")
      if size == 0 { return .exactly(sum, from: "as its lzop blocks state") }
      let packed = try cursor.bigNumber(4, for: "the size of a block of lzop")
      guard packed > 0, packed <= size else {
        throw cursor.malformed("has a block of lzop with a broken size", at: place)
      }
      // Of what is stored as it is there is one check.
      let more = checks(1, 0x100) + (packed < size ? checks(2, 0x200) : 0)
      try cursor.skip(more + packed, for: "a block of lzop")
      sum += size
    }
  }
}
