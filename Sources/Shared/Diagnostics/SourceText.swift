/// The bytes of one file, with the positions of its lines.
package struct SourceText: Sendable {
  /// What the user calls the file; printed in front of every position.
  package let path: String

  /// The file's bytes, not necessarily valid UTF-8.
  package let bytes: [UInt8]

  /// The paths of the patches that have changed the text, in the order in which they did.
  package let patches: [String]

  /// For the lines that a patch brought, by their numbers from 1, which of `patches` it was.
  package let patchOfLine: [Int: Int]

  /// Byte offset of the first byte of each line; never empty.
  private let lineStarts: [Int]

  /// The most bytes that a text may have: offsets are held in 32 bits.
  package static let maximumByteCount = Int(UInt32.max) - 1

  /// Takes the bytes of a file.
  ///
  /// - Parameters:
  ///   - patches: The paths of the patches that have changed it.
  ///   - patchOfLine: Which of them brought a line, by the number of the line.
  /// - Precondition: `bytes.count <= SourceText.maximumByteCount`.
  package init(
    path: String, bytes: [UInt8], patches: [String] = [], patchOfLine: [Int: Int] = [:]
  ) {
    precondition(bytes.count <= Self.maximumByteCount, "offsets are held in 32 bits")
    self.path = path
    self.bytes = bytes
    self.patches = patches
    self.patchOfLine = patchOfLine
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// Takes a text that is at hand as a string.
  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// What some editors write before a text in UTF-8; it is no part of the text.
  package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  package var hasByteOrderMark: Bool { bytes.starts(with: Self.byteOrderMark) }

  /// The number of lines; a text that ends in a line break has an empty last line.
  package var lineCount: Int { lineStarts.count }

  /// The line of a byte, from 1. Cheap: the column is what costs on a long line.
  package func line(of offset: Int) -> Int { lineIndex(of: offset) + 1 }

  /// Line and column, both from 1; the column counts Unicode scalars.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let line = lineIndex(of: offset)
    let start = lineStarts[line]
    let end = min(max(offset, start), bytes.count)
    return (line + 1, scalarCount(start..<end) + 1)
  }

  /// The text of a line without its line break; bytes that are not UTF-8 are replaced.
  ///
  /// - Parameter line: The line's number, from 1.
  package func line(_ line: Int) -> String {
    String(decoding: bytes[lineRange(line)], as: UTF8.self)
  }

  /// The byte offsets of a line without its line break.
  ///
  /// - Parameter line: The line's number, from 1.
  package func lineRange(_ line: Int) -> Range<Int> {
    guard line >= 1, line <= lineStarts.count else { return 0..<0 }
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The text that a span covers; bytes that are not UTF-8 are replaced.
  package func text(of span: SourceSpan) -> String {
    let start = min(span.start, bytes.count)
    let end = min(max(span.end, start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private func scalarCount(_ range: Range<Int>) -> Int {
    // Bytes 0b10xxxxxx continue a scalar.
    range.reduce(into: 0) { count, offset in
      if bytes[offset] & 0xC0 != 0x80 { count += 1 }
    }
  }
}
