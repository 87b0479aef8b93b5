/// Where the words of Rumur's and CMurphi's language differ.
package struct LexicalRules: Sendable, Equatable {
  /// Whether a backslash in a string makes a quote behind it part of the text.
  package let hasEscapes: Bool
  /// Whether a number is octal that begins with 0, and hexadecimal that begins with `0x`.
  package let hasBases: Bool

  /// Rumur's `lexer.l`.
  package static let rumur = LexicalRules(hasEscapes: true, hasBases: true)

  /// CMurphi's `mu.l`.
  package static let cmurphi = LexicalRules(hasEscapes: false, hasBases: false)
}
