/// The text of a listing or a log without what terminals, mails and web pages put into it: colours,
/// quotation marks, quoted-printable, entities, blanks of other kinds. Lines keep their numbers.
///
/// What stands before a line's own text, such as a time or a file's name, is left: only who reads the
/// line knows where that begins.
enum ListingText {
  static func plain(_ bytes: [UInt8]) -> [UInt8] {
    let lines = withNewlines(bytes)
    let text = isQuotedPrintable(lines) ? decodedQuotedPrintable(lines) : lines
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: newline) ?? text.count
      append(text[start..<end], to: &plain)
      if end < text.count { plain.append(newline) }
      start = end + 1
    }
    return plain
  }

  /// A text whose lines end in `\r` alone, as some terminals save them, with other ends.
  private static func withNewlines(_ bytes: [UInt8]) -> [UInt8] {
    let mark = UInt8(ascii: "\r")
    guard !bytes.contains(newline), bytes.contains(mark) else { return bytes }
    return bytes.map { $0 == mark ? newline : $0 }
  }

  /// A text of 16 bits for each character, as a shell of Windows writes it, in UTF-8.
  static func decodedUTF16(_ bytes: [UInt8]) -> [UInt8] {
    let isBig = bytes.starts(with: [0xFE, 0xFF])
    guard isBig || bytes.starts(with: [0xFF, 0xFE]) else { return bytes }
    var units: [UInt16] = []
    for at in stride(from: 2, to: bytes.count - 1, by: 2) {
      let (high, low) = isBig ? (bytes[at], bytes[at + 1]) : (bytes[at + 1], bytes[at])
      units.append(UInt16(high) << 8 | UInt16(low))
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private static let newline = UInt8(ascii: "\n")
  private static let escape: UInt8 = 0x1B

  // MARK: A line

  private static func append(_ line: ArraySlice<UInt8>, to plain: inout [UInt8]) {
    guard line.contains(where: { isSpecial[Int($0)] }) else {
      plain += line
      return
    }
    var cleaned: [UInt8] = []
    var at = line.startIndex
    while at < line.endIndex {
      let rest = line[at...]
      if let count = controlByteCount(rest) {
        at += count
      } else if let (count, replacement) = replacement(rest) {
        cleaned += replacement
        at += count
      } else {
        cleaned.append(line[at])
        at += 1
      }
    }
    // Some terminals end lines in several of them.
    while cleaned.last == UInt8(ascii: "\r") { cleaned.removeLast() }
    plain += cleaned[quotationByteCount(cleaned[...])...]
  }

  /// The bytes that anything begins with that is not passed on as it is.
  private static let isSpecial: [Bool] = {
    var isSpecial = [Bool](repeating: false, count: 256)
    for byte in firstBytes.union([escape, UInt8(ascii: "\r"), UInt8(ascii: ">"), UInt8(ascii: "|")])
    {
      isSpecial[Int(byte)] = true
    }
    return isSpecial
  }()

  /// Bytes of a sequence that a terminal takes for a colour, a movement, a title or a set of
  /// characters (ECMA-48, 5.4 and 5.6); nil if there is none.
  private static func controlByteCount(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.first == escape, let kind = bytes.dropFirst().first else { return nil }
    let rest = bytes.dropFirst(2)
    switch kind {
    case UInt8(ascii: "["):
      let parameters = rest.prefix { (0x20...0x3F).contains($0) }.count
      guard let last = rest.dropFirst(parameters).first, (0x40...0x7E).contains(last) else {
        return nil
      }
      return 3 + parameters
    case UInt8(ascii: "]"):
      let title = rest.prefix { $0 != 0x07 && $0 != escape }.count
      guard let end = rest.dropFirst(title).first else { return nil }
      return min(2 + title + (end == escape ? 2 : 1), bytes.count)
    case UInt8(ascii: "("), UInt8(ascii: ")"): return rest.isEmpty ? nil : 3
    default: return nil
    }
  }

  private static let words: [(String, String)] = [
    ("&gt;", ">"), ("&lt;", "<"), ("&amp;", "&"), ("&quot;", "\""), ("&nbsp;", " "),
    ("&#39;", "'"), ("&#160;", " "), ("<br>", ""), ("<br/>", ""), ("<br />", ""),
    ("<pre>", ""), ("</pre>", ""),
    ("\u{A0}", " "), ("\u{202F}", " "), ("\u{2007}", " "), ("\u{200B}", ""), ("\u{FEFF}", ""),
    ("\u{2010}", "-"), ("\u{2011}", "-"), ("\u{2013}", "-"), ("\u{2212}", "-"),
  ]

  private static let replacements: [(from: [UInt8], to: [UInt8])] = words.map { word in
    (from: Array(word.0.utf8), to: Array(word.1.utf8))
  }

  private static let firstBytes = Set(replacements.compactMap(\.from.first))

  private static func replacement(
    _ bytes: ArraySlice<UInt8>
  ) -> (byteCount: Int, bytes: [UInt8])? {
    guard let first = bytes.first, firstBytes.contains(first) else { return nil }
    let found = replacements.first { bytes.starts(with: $0.from) }
    return found.map { ($0.from.count, $0.to) }
  }

  /// Bytes of the marks of a quotation, such as `> > `, with the blank behind them.
  private static func quotationByteCount(_ line: ArraySlice<UInt8>) -> Int {
    var count = 0
    var rest = line
    while true {
      let mark = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      guard let first = mark.first, first == UInt8(ascii: ">") || first == UInt8(ascii: "|")
      else { break }
      rest = mark.dropFirst()
      count = rest.startIndex - line.startIndex
    }
    return count > 0 && rest.first == UInt8(ascii: " ") ? count + 1 : count
  }

  // MARK: Quoted-printable (RFC 2045, 6.7)

  /// Whether a text is encoded so: it says so, or has what hardly stands in any other.
  private static func isQuotedPrintable(_ bytes: [UInt8]) -> Bool {
    let equals = UInt8(ascii: "=")
    guard var at = bytes.firstIndex(of: equals) else { return false }
    var lineStart = bytes[..<at].lastIndex(of: newline).map { $0 + 1 } ?? 0
    while at < bytes.count {
      if bytes[at] == newline { lineStart = at + 1 }
      if bytes[at] == equals {
        let rest = bytes[(at + 1)...].prefix(4)
        if rest.starts(with: "3D".utf8) { return true }
        // Encoders end lines so where they would have more than 76 characters.
        let isAtEnd = rest.first == newline || rest.starts(with: "\r\n".utf8)
        if isAtEnd, at - lineStart >= 60 { return true }
        let isBlankAtEnd = rest.starts(with: "20\n".utf8) || rest.starts(with: "20\r\n".utf8)
        if isBlankAtEnd { return true }
      }
      at += 1
    }
    return false
  }

  /// A line that goes on is one line, and empty ones follow in place of the others.
  private static func decodedQuotedPrintable(_ bytes: [UInt8]) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var owed = 0
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == newline {
        decoded += [UInt8](repeating: newline, count: owed + 1)
        owed = 0
      } else if byte == UInt8(ascii: "=") {
        let rest = bytes[at...]
        if rest.first == newline || rest.starts(with: "\r\n".utf8) {
          owed += 1
          at += rest.first == newline ? 1 : 2
        } else if let value = hexadecimalByte(rest), value != newline {
          decoded.append(value)
          at += 2
        } else {
          decoded.append(byte)
        }
      } else {
        decoded.append(byte)
      }
    }
    return decoded
  }

  /// Two digits; encoders write capital letters.
  private static func hexadecimalByte(_ bytes: ArraySlice<UInt8>) -> UInt8? {
    let digits = bytes.prefix(2)
    guard digits.count == 2, digits.allSatisfy({ isDigit($0) || (0x41...0x46).contains($0) })
    else { return nil }
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
