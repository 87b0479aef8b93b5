package import Runs

/// What checks of several models or scenarios have come to, for what reads results of many: JUnit's
/// XML and SARIF are written from it.
package struct ResultList: Sendable {
  package var entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// What is to be thought of a result.
  package enum Outcome: Sendable, Hashable, CaseIterable {
    /// It is as expected.
    case passed
    /// Something is violated, or not as expected.
    case failed
    /// It could not be told: the check did not come to its end, or could not begin.
    case error
    /// It was not asked.
    case skipped
  }

  /// One scenario, or one model.
  package struct Entry: Sendable {
    /// Of the scenario; where there is none, that of the model.
    package var name: String
    /// The path of the model.
    package var model: String
    package var outcome: Outcome
    /// The verdict in a word, such as `violated`.
    package var verdict: String
    /// How long it took; nil where that is not known.
    package var seconds: Double?
    /// The whole in a sentence, such as which invariant does not hold.
    package var message: String
    /// `file:line` or `file:line:column` of what the message is about.
    package var location: String?
    /// The run that shows it.
    package var run: ShownRun?

    package init(
      name: String, model: String, outcome: Outcome, verdict: String, seconds: Double? = nil,
      message: String = "", location: String? = nil, run: ShownRun? = nil
    ) {
      self.name = name
      self.model = model
      self.outcome = outcome
      self.verdict = verdict
      self.seconds = seconds
      self.message = message
      self.location = location
      self.run = run
    }
  }

  func count(_ outcome: Outcome) -> Int { entries.count { $0.outcome == outcome } }
}
