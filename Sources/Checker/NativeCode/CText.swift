/// Lines of C, indented as they nest, up to a limit.
struct CText {
  private(set) var lines: [String] = []
  private var depth = 0
  /// Bytes written so far.
  private(set) var byteCount = 0

  /// How deeply the brackets of a line nest at most.
  private(set) var nesting = 0

  /// Bytes of C that are written at most. A compiler takes 5 to 15 microseconds for each to
  /// optimise: what is longer would keep it busy for minutes, and is left to the interpreter.
  static let limit = 16 << 20

  /// Whether there was more to write than fits; the text is of no use then.
  var isFull: Bool { byteCount > Self.limit }

  /// Adds a line. One that ends in `{` opens a block, one that begins with `}` closes one.
  mutating func line(_ text: String) {
    if text.hasPrefix("}") { depth -= 1 }
    write(text)
    noteNesting(text)
    if text.hasSuffix("{") { depth += 1 }
  }

  /// Adds text as it is.
  mutating func verbatim(_ text: String) { lines.append(text) }

  /// Adds lines that stand for themselves.
  mutating func append(_ text: CText) {
    for line in text.lines { write(line) }
    byteCount = max(byteCount, text.byteCount)
    nesting = max(nesting, text.nesting)
  }

  private mutating func noteNesting(_ line: String) {
    var open = 0
    for byte in line.utf8 {
      if byte == UInt8(ascii: "(") {
        open += 1
        if open > nesting { nesting = open }
      } else if byte == UInt8(ascii: ")") {
        open -= 1
      }
    }
  }

  /// Puts something before a line that is there already.
  mutating func prefix(_ number: Int, with text: String) {
    lines[number] = text + lines[number]
    byteCount += text.utf8.count
  }

  private mutating func write(_ text: String) {
    guard !isFull else { return }
    let line = String(repeating: "  ", count: max(0, depth)) + text
    byteCount += line.utf8.count + 1
    lines.append(line)
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
