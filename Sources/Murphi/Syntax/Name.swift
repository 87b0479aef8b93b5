public import Diagnostics

/// An identifier where it stands in the text.
///
/// Equality, here and in the whole syntax tree, ignores spans: two trees are equal when they say
/// the same, however the text is laid out.
public struct Name: Sendable, Hashable {
  /// The identifier as written; case matters.
  public let text: String
  public let span: SourceSpan

  public init(_ text: String, at span: SourceSpan) {
    self.text = text
    self.span = span
  }

  public static func == (left: Name, right: Name) -> Bool { left.text == right.text }
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
