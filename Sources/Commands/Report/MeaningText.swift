/// Whose meaning a model has, ready to be shown.
package struct MeaningText: Sendable, Hashable {
  /// `rumur` or `cmurphi`.
  package let dialect: String
  /// Whose meaning it is, and why; nil where that needs no word.
  package let sentence: String?

  package init(dialect: String, sentence: String?) {
    self.dialect = dialect
    self.sentence = sentence
  }
}
