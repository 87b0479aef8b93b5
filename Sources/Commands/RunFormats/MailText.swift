import Diagnostics

/// Text for mail: printable ASCII, in lines that are not longer than they may be.
enum MailText {
  /// Columns of a line that is quoted once or twice and still fits on a terminal.
  static let width = 72

  /// What has a plain spelling has it, and everything else is written by its number.
  static func ascii(_ text: String) -> String {
    DisplayText(text).description.unicodeScalars.reduce(into: "") { ascii, scalar in
      if scalar.isASCII {
        ascii.unicodeScalars.append(scalar)
      } else {
        ascii += spellings[scalar] ?? "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
  }

  private static let spellings: [Unicode.Scalar: String] = {
    var spellings: [Unicode.Scalar: String] = [
      "…": "...", "–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": "\"", "”": "\"",
      "«": "\"", "»": "\"", "→": "->", "←": "<-", "⇒": "=>", "≤": "<=", "≥": ">=", "≠": "!=",
      "×": "x", "·": "*", "•": "*", "µ": "u", "μ": "u", "ß": "ss", "æ": "ae", "œ": "oe", "Ø": "O",
      "ø": "o", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
    ]
    let letters = [
      ("a", "àáâãå"), ("c", "ç"), ("e", "èéêë"), ("i", "ìíîï"), ("n", "ñ"), ("o", "òóôõ"),
      ("u", "ùúû"), ("y", "ýÿ"), ("A", "ÀÁÂÃÅ"), ("C", "Ç"), ("E", "ÈÉÊË"), ("I", "ÌÍÎÏ"),
      ("N", "Ñ"), ("O", "ÒÓÔÕ"), ("U", "ÙÚÛ"), ("Y", "Ý"),
    ]
    for (letter, marked) in letters {
      for scalar in marked.unicodeScalars { spellings[scalar] = letter }
    }
    return spellings
  }()

  /// Stands for a blank at which no line breaks. It is in no text, because it has no spelling.
  static let firmBlank: Character = "\u{1F}"

  /// Things that are said side by side; a line breaks between them where they are short.
  static func list(_ items: [String], separator: String) -> String {
    items.map { item in
      let text = ascii(item)
      return text.utf8.count > 40 ? text : String(text.map { $0 == " " ? firmBlank : $0 })
    }.joined(separator: separator)
  }

  /// The text in lines that break between words, and within those that are longer than a line.
  ///
  /// - Parameters:
  ///   - text: ASCII, with firm blanks.
  ///   - rest: How many characters the lines after the first have less, which are indented by them.
  static func wrapped(_ text: String, _ width: Int, rest: Int = 0) -> [String] {
    let width = max(1, width)
    let rest = min(rest, width - 1)
    let indent = String(repeating: " ", count: rest)
    var lines: [String] = []
    var line = ""
    let words = text.split(separator: " ").flatMap {
      $0.utf8.count > width - rest ? $0.split(separator: firmBlank) : [$0]
    }
    for word in words {
      var word = word[...]
      let room = lines.isEmpty ? width : width - rest
      if !line.isEmpty, line.utf8.count + 1 + word.utf8.count <= room {
        line += " " + word
        continue
      }
      if !line.isEmpty { lines.append(lines.isEmpty ? line : indent + line) }
      while word.utf8.count > (lines.isEmpty ? width : width - rest) {
        let piece = word.prefix(lines.isEmpty ? width : width - rest)
        lines.append(lines.isEmpty ? String(piece) : indent + piece)
        word = word[piece.endIndex...]
      }
      line = String(word)
    }
    if !line.isEmpty || lines.isEmpty { lines.append(lines.isEmpty ? line : indent + line) }
    return lines.map { String($0.map { $0 == firmBlank ? " " : $0 }) }
  }

  /// Without blanks at its end.
  static func trimmed(_ line: String) -> String {
    String(line.dropLast(line.utf8.reversed().prefix { $0 == UInt8(ascii: " ") }.count))
  }
}
