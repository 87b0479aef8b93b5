import Glibc
import UserCache

/// Scenarios that came out as expected, by all that this depends on, in a folder that nobody else can
/// write to. One that did not is looked at again each time, because its report is wanted; so is one
/// whose verdict is not known.
///
/// An entry is a file with a seal over the rest, what came out, and all of the question; it is used
/// only if the seal is right and the question is the same to the byte.
package struct VerdictCache: Sendable {
  private let folder: String?

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

  /// Of an entry.
  private static let maximumByteCount = 4 << 20

  /// - Parameter folder: This user's own; nil for a cache that keeps nothing.
  package init(folder: String?) { self.folder = UserCache.safe(folder) }

  /// What came out before; nil where that is not known.
  package func entry(of question: Question) -> Entry? {
    guard let path = path(of: question), Files.isOurs(path, S_IFREG),
      let bytes = Files.read(path, atMost: Self.maximumByteCount)
    else { return nil }
    // Seal, verdict, states, question.
    let parts = bytes.split(
      separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, Array(parts[3]) == question.bytes else { return nil }
    let sealed = bytes[parts[1].startIndex...]
    guard Array(parts[0]) == Array(Files.fingerprint(Array(sealed)).utf8) else { return nil }
    let states = String(decoding: parts[2], as: UTF8.self)
    guard states.isEmpty || Int(states) != nil else { return nil }
    Files.touch(path)
    return Entry(
      verdict: String(decoding: parts[1], as: UTF8.self), stateCount: Int(states))
  }

  /// Keeps what came out; where that cannot be, nothing is kept.
  package func keep(_ entry: Entry, of question: Question) {
    guard let folder, let path = path(of: question), !entry.verdict.contains("\n") else { return }
    let states = entry.stateCount.map { "\($0)" } ?? ""
    let sealed = Array("\(entry.verdict)\n\(states)\n".utf8) + question.bytes
    // What is left of a crash goes with what compilers leave.
    let fresh = "\(folder)/new-\(UInt64.random(in: 0...UInt64.max))"
    guard Files.write(Array((Files.fingerprint(sealed) + "\n").utf8) + sealed, to: fresh),
      rename(fresh, path) == 0
    else { return Files.remove(fresh) }
  }

  private func path(of question: Question) -> String? {
    folder.map { "\($0)/verdict-\(question.fingerprint)" }
  }

  /// All that the answer depends on.
  package struct Question: Sendable {
    fileprivate let bytes: [UInt8]
    fileprivate let fingerprint: String

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
      fingerprint = Files.fingerprint(bytes) + Files.fingerprint(bytes, isReversed: true)
    }
  }
}
