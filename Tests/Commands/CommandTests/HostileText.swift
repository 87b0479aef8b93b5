import Foundation
import Testing

/// Names that try to be something else where they are shown or read.
enum HostileText {
  /// Escapes of terminals, line breaks of all kinds, what turns or hides text, ends of comments and
  /// strings of C, of markup, of SMT-LIB, and what looks like an escape of ours.
  static let name =
    "n\u{1B}[31m\u{1B}]0;t\u{7}\r\n; |\nother.m: verified\u{85}\u{9B}2J\u{7F}\u{2028}\u{202E}\u{200B}"
    + "\u{600}*/ int x; /\u{301}* ?\u{3F}/ %s </text><script>&amp;]]> --> \\u{1b} 'q' é"

  /// Whether nothing is in a text that a terminal would act on, or that is not seen.
  static func isSafe(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      if scalar == "\n" { return true }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: return false
      default: return !scalar.properties.isDefaultIgnorableCodePoint
      }
    }
  }

  /// The text that was shown, by its escapes.
  static func read(_ shown: String) -> String {
    var text = ""
    var rest = shown.unicodeScalars[...]
    while let scalar = rest.first {
      rest = rest.dropFirst()
      let digits = rest.dropFirst(2).prefix { $0 != "}" }
      if scalar == "\\", rest.starts(with: "u{".unicodeScalars), digits.count <= 6,
        let value = UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init)
      {
        text.unicodeScalars.append(value)
        rest = rest.dropFirst(digits.count + 3)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// Expects that a name is shown, and that no line is one of the name's.
  static func expectShown(
    _ name: String, in text: String, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(isSafe(text), "\(text.debugDescription)", sourceLocation: location)
    // Lines break at blanks, and go on behind more of them.
    #expect(
      contains(read(text.replacing(/\n +/, with: " ")), name),
      "\(text.debugDescription)", sourceLocation: location)
    #expect(
      !text.split(separator: "\n").contains { $0.hasPrefix("other.m") }, sourceLocation: location)
  }

  /// By scalars: characters of Swift may begin within a name and end behind it.
  static func contains(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    return text.indices.contains { text[$0...].starts(with: part) }
  }

  /// The text as one value of YAML.
  static func yaml(_ text: String) -> String {
    let units = text.utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "\"" + units.joined() + "\""
  }

  /// Strings of a document of JSON.
  static func strings(_ document: String) throws -> Set<String> {
    func strings(_ value: Any) -> [String] {
      switch value {
      case let text as String: [text]
      case let list as [Any]: list.flatMap(strings)
      case let object as [String: Any]: object.flatMap { [$0.key] + strings($0.value) }
      default: []
      }
    }
    return Set(strings(try JSONSerialization.jsonObject(with: Data(document.utf8))))
  }
}
