package import Diagnostics

/// What is shown where Markdown is read, such as the summary of a job.
package enum Markdown {
  /// A text as a part of a line, of which nothing is markup, HTML or the end of a table's cell.
  package static func text(_ text: some StringProtocol) -> DisplayText {
    self.text(DisplayText(text))
  }

  /// The same of a text that is safe to show elsewhere; it has no line breaks.
  package static func text(_ text: DisplayText) -> DisplayText {
    var escaped = ""
    for character in text.description.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      // Somebody of this name would be told.
      case "@": escaped += "&#64;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "$", "!":
        escaped += "\\"
        escaped.unicodeScalars.append(character)
      default: escaped.unicodeScalars.append(character)
      }
    }
    return DisplayText(document: escaped)
  }

  /// Lines that are shown as they are.
  package static func block(_ text: DisplayText) -> DisplayText {
    // Longer than whatever is in the text.
    var longest = 2
    var run = 0
    for byte in text.description.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = DisplayText(String(repeating: "`", count: longest + 1))
    let end: DisplayText = text.description.hasSuffix("\n") ? "" : "\n"
    return "\(fence)text\n\(text)\(end)\(fence)\n"
  }

  /// A table of cells that are safe to show.
  ///
  /// - Parameter numbers: Columns, from 0, of numbers.
  package static func table(
    _ head: [DisplayText], _ rows: [[DisplayText]], numbers: Set<Int>
  ) -> DisplayText {
    func line(_ cells: [DisplayText]) -> DisplayText {
      "| " + cells.joined(separator: " | ") + " |\n"
    }
    let rule: [DisplayText] = head.indices.map { numbers.contains($0) ? "---:" : "---" }
    return line(head) + line(rule) + rows.map(line).joined()
  }
}
