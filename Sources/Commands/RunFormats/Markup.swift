import Diagnostics

/// Text of XML or HTML that is put together from elements: whatever a stranger wrote is escaped.
package struct Markup {
  private(set) var text = ""

  package init() {}

  /// Puts in what is markup already.
  package mutating func append(_ markup: Markup) { text += markup.text }

  /// Puts in a stranger's text, made visible.
  package mutating func append(text: String) { self.text += Self.escaped(DisplayText(text)) }

  /// An element with what `content` puts into it.
  package mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ content: (inout Markup) -> Void = { _ in }
  ) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(DisplayText(value)))\"" }
    var inner = Markup()
    content(&inner)
    text += inner.text.isEmpty ? "/>" : ">\(inner.text)</\(name)>"
  }

  /// An element with a stranger's text.
  package mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], text: String
  ) {
    element(name, attributes) { $0.append(text: text) }
  }

  package mutating func lineBreak() { text += "\n" }

  /// Text for elements, and for attributes in double quotes.
  ///
  /// What XML 1.0 (section 2.2) has no character for, `DisplayText` has written by its number.
  static func escaped(_ text: DisplayText) -> String {
    var escaped = ""
    for scalar in text.description.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
