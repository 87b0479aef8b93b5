/// The words of an SMT-LIB script: section 3.1 of the standard, as far as our scripts have them.
struct ScriptLexer {
  enum Token: Equatable {
    case open, close
    /// A symbol; between bars it is never a word of the language.
    case symbol(String, isQuoted: Bool)
    case numeral(String)
    /// With its colon.
    case keyword(String)
    /// A string, or a number that is no integer: nothing that a term of ours has.
    case other(String)
    case end
  }

  private let bytes: [UInt8]
  private var position = 0
  /// Counts from 1; that of the token read last.
  private(set) var line = 1

  init(_ text: String) { bytes = Array(text.utf8) }

  /// - Throws: `SMTError.unreadableScript`.
  mutating func next() throws(SMTError) -> Token {
    skipBlanks()
    guard position < bytes.count else { return .end }
    let first = bytes[position]
    switch first {
    case UInt8(ascii: "("):
      position += 1
      return .open
    case UInt8(ascii: ")"):
      position += 1
      return .close
    case UInt8(ascii: "|"): return .symbol(try enclosed(in: first), isQuoted: true)
    case UInt8(ascii: "\""): return .other(try enclosed(in: first))
    default: break
    }
    let start = position
    while position < bytes.count, !Self.endsWord(bytes[position]) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    if Self.isDigit(first) {
      return word.utf8.allSatisfy(Self.isDigit) ? .numeral(word) : .other(word)
    }
    return first == UInt8(ascii: ":") ? .keyword(word) : .symbol(word, isQuoted: false)
  }

  private mutating func skipBlanks() {
    var isComment = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\n") {
        line += 1
        isComment = false
      } else if byte == UInt8(ascii: ";") {
        isComment = true
      } else if !isComment, !Self.isBlank(byte) {
        return
      }
      position += 1
    }
  }

  private mutating func enclosed(in quote: UInt8) throws(SMTError) -> String {
    let start = position + 1
    let startLine = line
    position = start
    while position < bytes.count, bytes[position] != quote {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
    guard position < bytes.count else {
      throw .unreadableScript(line: startLine, "what begins with a quote or bar does not end")
    }
    position += 1
    return String(decoding: bytes[start..<position - 1], as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")) ~= byte
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= byte
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
      || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "\"")
  }
}
