/// A JSON document (RFC 8259), written with its members in the order given.
///
/// Strings are kept to the character. What a terminal would act on, and what nobody would see, is
/// written by its number.
package indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Int)
  case decimal(Double)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  package static func == (left: JSONValue, right: JSONValue) -> Bool { left.text == right.text }

  /// The document, indented by two spaces a level.
  package var text: String {
    var output = ""
    write(to: &output, indent: 0)
    return output
  }

  /// The document in one line, for lists of which each element is one.
  package var line: String {
    var output = ""
    writeLine(to: &output)
    return output
  }

  private func writeLine(to output: inout String) {
    switch self {
    case .null, .bool, .number, .decimal, .string: write(to: &output, indent: 0)
    case .array(let elements):
      output += "["
      for (position, element) in elements.enumerated() {
        if position > 0 { output += ", " }
        element.writeLine(to: &output)
      }
      output += "]"
    case .object(let members):
      output += "{"
      for (position, member) in members.enumerated() {
        if position > 0 { output += ", " }
        Self.write(member.0, to: &output)
        output += ": "
        member.1.writeLine(to: &output)
      }
      output += "}"
    }
  }

  private func write(to output: inout String, indent: Int) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .number(let value): output += String(value)
    case .decimal(let value): output += value.isFinite ? String(value) : "null"
    case .string(let value): Self.write(value, to: &output)
    case .array(let elements):
      Self.writeList(elements.count, "[", "]", to: &output, indent: indent) { position, output in
        elements[position].write(to: &output, indent: indent + 1)
      }
    case .object(let members):
      Self.writeList(members.count, "{", "}", to: &output, indent: indent) { position, output in
        Self.write(members[position].0, to: &output)
        output += ": "
        members[position].1.write(to: &output, indent: indent + 1)
      }
    }
  }

  private static func writeList(
    _ count: Int, _ open: String, _ close: String, to output: inout String, indent: Int,
    _ element: (Int, inout String) -> Void
  ) {
    guard count > 0 else {
      output += open + close
      return
    }
    output += open
    for position in 0..<count {
      output += position == 0 ? "\n" : ",\n"
      output += String(repeating: "  ", count: indent + 1)
      element(position, &output)
    }
    output += "\n" + String(repeating: "  ", count: indent) + close
  }

  private static func write(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case let hidden where !hidden.isVisible:
        for unit in String(hidden).utf16 {
          let digits = String(unit, radix: 16)
          output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}
