/// Lines of C, indented as they nest.
struct CText {
  private(set) var lines: [String] = []
  private var depth = 0

  /// Adds a line. One that ends in `{` opens a block, one that begins with `}` closes one.
  mutating func line(_ text: String) {
    if text.hasPrefix("}") { depth -= 1 }
    lines.append(String(repeating: "  ", count: max(0, depth)) + text)
    if text.hasSuffix("{") { depth += 1 }
  }

  /// Adds text as it is.
  mutating func verbatim(_ text: String) { lines.append(text) }

  /// Adds lines that stand for themselves.
  mutating func append(_ text: CText) {
    for line in text.lines { lines.append(String(repeating: "  ", count: depth) + line) }
  }

  /// A number as C reads it.
  static func literal(_ value: Int64) -> String {
    value < 0 ? "(\(value)LL)" : "\(value)LL"
  }

  /// A comment with a stranger's text in it, such as the name of a rule.
  ///
  /// Only bytes of a list stand as they are, all others as `%` and two digits. So no byte can end
  /// the comment, or the line, or be read as another one (`?` begins trigraphs, `\` joins lines),
  /// and two texts have two comments.
  static func comment(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isPlain(byte) {
        bytes.append(byte)
      } else {
        let digits = String(byte, radix: 16)
        bytes += Array((byte < 0x10 ? "%0" : "%").utf8) + Array(digits.utf8)
      }
    }
    return "/* \(String(decoding: bytes, as: UTF8.self)) */"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: " _-.,:;=+/()[]<>&|!'".utf8.contains(byte)
    }
  }
}
