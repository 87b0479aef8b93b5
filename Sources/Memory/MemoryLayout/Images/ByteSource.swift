/// Bytes that can be read at any offset: an array, or a file that is too large to be held.
package protocol ByteSource {
  var byteCount: UInt64 { get }

  /// Reads bytes.
  ///
  /// - Precondition: `offset + count <= byteCount`.
  /// - Throws: `unreadable`, or `truncated` if the file has become shorter.
  func bytes(at offset: UInt64, count: Int) throws(LayoutInputError) -> [UInt8]

  /// The first byte from an offset on that may be other than 0, as far as that is known without
  /// reading; `byteCount` if there is none.
  func nextStoredByte(from offset: UInt64) -> UInt64
}

extension ByteSource {
  package func nextStoredByte(from offset: UInt64) -> UInt64 { min(offset, byteCount) }
}

extension [UInt8]: ByteSource {
  package var byteCount: UInt64 { UInt64(count) }

  package func bytes(at offset: UInt64, count: Int) -> [UInt8] {
    Array(self[Int(offset)..<Int(offset) + count])
  }
}

/// Reads a file's fields, each checked against the file's end.
struct FieldReader {
  let path: String
  let source: any ByteSource

  var byteCount: UInt64 { source.byteCount }

  /// - Throws: `truncated` if the file ends before; what the source throws.
  func bytes(
    at offset: UInt64, count: Int, for what: String
  ) throws(LayoutInputError) -> [UInt8] {
    let (end, overflows) = offset.addingReportingOverflow(UInt64(count))
    guard !overflows, end <= byteCount else {
      throw LayoutInputError(
        .truncated(
          what: what, neededByteCount: overflows ? .max : end, byteCount: byteCount),
        path: path, at: .offset(offset))
    }
    return try source.bytes(at: offset, count: count)
  }

  /// As many bytes as there are, up to a number.
  func prefix(_ count: Int, at offset: UInt64 = 0) throws(LayoutInputError) -> [UInt8] {
    guard offset < byteCount else { return [] }
    let count = Int(min(UInt64(count), byteCount - offset))
    return try source.bytes(at: offset, count: count)
  }

  func malformed(_ words: String, at offset: UInt64, hint: String? = nil) -> LayoutInputError {
    LayoutInputError(.malformed(words), path: path, at: .offset(offset), hint: hint)
  }
}

/// A little-endian or big-endian view of a header.
struct HeaderBytes {
  let bytes: [UInt8]
  var isBigEndian = false

  /// An unsigned number of 1, 2, 4 or 8 bytes.
  ///
  /// - Precondition: the bytes are there.
  func number(at offset: Int, byteCount: Int) -> UInt64 {
    let field = bytes[offset..<offset + byteCount]
    return isBigEndian
      ? field.reduce(0) { $0 << 8 | UInt64($1) }
      : field.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
