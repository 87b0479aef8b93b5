/// Something of a checked model that is not as a scenario expects it.
package struct Surprise: Sendable, Hashable {
  package let subject: Subject
  /// What was expected and what is so, without a full stop.
  package let sentence: String

  package enum Subject: Sendable, Hashable {
    case verdict
    case stateCount
    case ruleFiringCount
    /// A measure, by its name, has values beyond its bounds, or none.
    case measure(String)
    /// A rule never fires, and `dead-rules` does not list it.
    case silentRule(String)
    /// A rule fires, and `dead-rules` lists it.
    case firingRule(String)
    /// `dead-rules` lists a rule that the model does not have.
    case missingRule(String)
  }

  /// Whether it is about how many there are of something.
  package var isOfCount: Bool { subject == .stateCount || subject == .ruleFiringCount }

  init(_ subject: Subject, _ sentence: String) {
    self.subject = subject
    self.sentence = sentence
  }
}
