/// Where the words of Rumur's and CMurphi's language differ.
public struct LexicalRules: Sendable, Equatable {
  /// Whether a backslash in a string makes a quote behind it part of the text.
  public let hasEscapes: Bool
  /// Whether a number is octal that begins with 0, and hexadecimal that begins with `0x`.
  public let hasBases: Bool

  /// Rumur's `lexer.l`.
  public static let rumur = LexicalRules(hasEscapes: true, hasBases: true)

  /// CMurphi's `mu.l`.
  public static let cmurphi = LexicalRules(hasEscapes: false, hasBases: false)
}
