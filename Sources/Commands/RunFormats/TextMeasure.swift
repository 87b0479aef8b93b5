import Diagnostics

/// How wide a text may be at most, in a font whose characters are as wide as those of typewriters.
///
/// Fonts differ, and a picture is drawn by another program than this one; so a text has more room than
/// it takes. What a font may not have is taken from another, in which it may be twice as wide.
package struct TextMeasure {
  /// Pixels.
  let fontSize: Double

  package init(fontSize: Double) { self.fontSize = fontSize }

  /// Of the usual fonts the widest has 0.602.
  private var narrow: Double { fontSize * 0.62 }
  private var wide: Double { fontSize * 1.24 }

  package func width(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  private func width(_ scalar: Unicode.Scalar) -> Double {
    Self.isCommon(scalar) ? narrow : wide
  }

  /// Whether every font for programs has it: Latin, Greek, Cyrillic, dashes, dots and arrows.
  static func isCommon(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x530 || (0x2010...0x2026).contains(scalar.value)
      || (0x2190...0x2193).contains(scalar.value)
  }

  /// The text, or its beginning with an ellipsis, so that it fits.
  package func fitted(_ text: String, _ room: Double) -> String {
    if width(text) <= room { return text }
    var fitted = ""
    var used = narrow
    for character in text {
      used += width(String(character))
      if used > room { break }
      fitted.append(character)
    }
    return fitted + "…"
  }

  /// The text in lines that break between words; what does not fit into them ends in an ellipsis.
  package func wrapped(_ text: String, _ room: Double, lines limit: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    let words = text.split(separator: " ")
    for (position, word) in words.enumerated() {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if width(longer) <= room || line.isEmpty {
        line = longer
      } else if lines.count == limit - 1 {
        line += " " + words[position...].joined(separator: " ")
        break
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return (lines + [line]).map { fitted($0, room) }
  }
}
