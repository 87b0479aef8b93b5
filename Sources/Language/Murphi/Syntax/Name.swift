package import Diagnostics

/// An identifier where it stands in the text.
///
/// Equality, here and in the whole syntax tree, ignores spans: two trees are equal when they say
/// the same, however the text is laid out.
package struct Name: Sendable, Hashable {
  /// The identifier as written; case matters.
  package let text: String
  package let span: SourceSpan

  package init(_ text: String, at span: SourceSpan) {
    self.text = text
    self.span = span
  }

  package static func == (left: Name, right: Name) -> Bool { left.text == right.text }
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
