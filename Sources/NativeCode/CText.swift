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

  /// A comment, with nothing in it that could end it.
  static func comment(_ text: String) -> String {
    let safe = text.map { $0.isNewline ? " " : String($0) }.joined()
    return
      "/* \(safe.split(separator: "*/", omittingEmptySubsequences: false).joined(separator: "* /")) */"
  }
}
