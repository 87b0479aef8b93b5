/// What is known of compressed bytes without unpacking them: where they end, and how many bytes they
/// unpack to.
enum CompressedPart {
  /// Goes behind a part.
  ///
  /// - Parameter cursor: At its first byte.
  /// - Throws: Why the kernel could not unpack it, as far as that shows.
  /// - Complexity: O(n) in the compressed bytes.
  static func size(
    _ compression: Compression, _ cursor: inout ImageCursor, _ limits: UnpackingLimits
  ) throws(LayoutInputError) -> UnpackedSize {
    let size: UnpackedSize =
      switch compression {
      case .gzip: try gzip(&cursor, limits)
      case .zstd: try zstandard(&cursor, limits)
      case .xz: try xz(&cursor, limits)
      case .lz4: try lz4(&cursor, limits)
      case .lzo: try lzo(&cursor, limits)
      case .lzma: try lzma(&cursor)
      case .bzip2: try bzip2(&cursor)
      }
    // Where counting ended, nothing is known of what is behind.
    if case .moreThan = size { cursor.offset = cursor.reader.byteCount }
    return size
  }

  /// The header of lzma may state the size. Where its data ends does not show.
  ///
  /// Source: lib/decompress_unlzma.c of Linux.
  private static func lzma(_ cursor: inout ImageCursor) throws(LayoutInputError) -> UnpackedSize {
    let header = try cursor.bytes(13, for: "the header of lzma")
    cursor.offset = cursor.reader.byteCount
    let stated = HeaderBytes(bytes: header).number(at: 5, byteCount: 8)
    return stated == .max
      ? .unknown("its lzma header states no size")
      : .exactly(stated, from: "as its lzma header states")
  }

  /// A block of bzip2 has up to 900 kB before what is repeated in it is, so that its number says
  /// little.
  private static func bzip2(_ cursor: inout ImageCursor) throws(LayoutInputError) -> UnpackedSize {
    let start = cursor.offset
    let header = try cursor.bytes(10, for: "the header of bzip2")
    let isBlock = header.suffix(6).elementsEqual([0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
    let isEnd = header.suffix(6).elementsEqual([0x17, 0x72, 0x45, 0x38, 0x50, 0x90])
    guard (UInt8(ascii: "1")...UInt8(ascii: "9")) ~= header[3], isBlock || isEnd else {
      throw cursor.malformed("has a header of bzip2 that is broken", at: start)
    }
    cursor.offset = cursor.reader.byteCount
    return .unknown("bzip2 states no size")
  }
}
