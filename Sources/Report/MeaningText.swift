/// Whose meaning a model has, ready to be shown.
public struct MeaningText: Sendable, Hashable {
  /// `rumur` or `cmurphi`.
  public let dialect: String
  /// Whose meaning it is, and why; nil where that needs no word.
  public let sentence: String?

  public init(dialect: String, sentence: String?) {
    self.dialect = dialect
    self.sentence = sentence
  }
}
