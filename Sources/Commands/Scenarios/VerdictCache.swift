package import UserCache

/// Scenarios that came out as expected, by all that this depends on. One that did not is looked at again
/// each time, because its report is wanted; so is one whose verdict is not known.
///
/// An entry is what came out, and all of the question: it is used only if the question is the same to the
/// byte.
package struct VerdictCache: Sendable {
  private let results: ResultCache

  /// What came out.
  package struct Entry: Sendable, Hashable {
    /// The verdict in a line.
    package let verdict: String
    package let stateCount: Int?

    package init(verdict: String, stateCount: Int?) {
      self.verdict = verdict
      self.stateCount = stateCount
    }
  }

  /// - Parameter results: Where entries are kept.
  package init(_ results: ResultCache) { self.results = results }

  /// What came out before; nil where that is not known.
  package func entry(of question: Question) -> Entry? {
    // Verdict, states, question.
    let parts = results.text(question.key)?.split(
      separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    guard let parts, parts.count == 3, Array(parts[2]) == question.bytes else { return nil }
    let states = String(decoding: parts[1], as: UTF8.self)
    guard states.isEmpty || Int(states) != nil else { return nil }
    return Entry(
      verdict: String(decoding: parts[0], as: UTF8.self), stateCount: Int(states))
  }

  /// Keeps what came out; where that cannot be, nothing is kept.
  package func keep(_ entry: Entry, of question: Question) {
    guard !entry.verdict.contains("\n") else { return }
    let states = entry.stateCount.map { "\($0)" } ?? ""
    results.keep(Array("\(entry.verdict)\n\(states)\n".utf8) + question.bytes, question.key)
  }

  /// All that the answer depends on.
  package struct Question: Sendable {
    fileprivate let bytes: [UInt8]
    fileprivate let key: String

    /// Of the text of a model. To look for a longer one takes a part of what may be left of the time.
    private static let maximumTextByteCount = 1 << 20

    /// Nil for a model so long that nothing of it is kept.
    ///
    /// - Parameters:
    ///   - expectation: As the scenario says it, or who says it in its place.
    ///   - text: The model's, with its patches.
    ///   - program: Which program it is that answers, and what its surroundings ask of it.
    package init?(
      _ scenario: Scenario, _ expectation: Scenario.Expectation, text: [UInt8],
      program: [String]
    ) {
      guard text.count <= Self.maximumTextByteCount else { return nil }
      func sorted(_ pairs: [String]) -> String { pairs.sorted().joined(separator: ", ") }
      let words =
        program + [
          "expect \(expectation)",
          "states \(scenario.states.map { "\($0)" } ?? "")",
          "rules \(scenario.ruleFiringCount.map { "\($0)" } ?? "")",
          "measures \(sorted(scenario.measures.map { "\($0.key.debugDescription): \($0.value)" }))",
          "dead \(scenario.deadRules.map(\.debugDescription))",
          "without \(scenario.without.map(\.debugDescription))",
          "constants \(sorted(scenario.constants.map { "\($0.key.debugDescription): \($0.value)" }))",
          "settings \(scenario.settings)",
        ]
      bytes = Array((words.joined(separator: "\n") + "\n").utf8) + text
      key = ResultCache.key(bytes)
    }
  }
}
