package import Diagnostics
package import Patches
package import Settings

/// What the head of a model or the message of a patch says of what comes out, in lines of their own:
///
///     Violates: invariant "no CPU executes from memory that was given back"
///     Violates: deadlock
///     Expect: holds
///     Measure: "CPUs serving users" 1..
///     Dead rule: "old: come back"
///
/// A kind may be left out, and case does not matter. In a model the line stands in the comment that
/// the file begins with.
package struct StatedExpectation: Sendable, Hashable {
  /// The verdict; nil where nothing is said of it.
  package private(set) var verdict: Scenario.Expectation?
  /// By the name of a measure, where its values lie.
  package private(set) var measures: [String: Bounds] = [:]
  /// Rules that never fire.
  package private(set) var deadRules: [String] = []

  /// Of what says nothing.
  package init() {}

  /// A line that cannot be read.
  package struct Failure: Error {
    /// Its number, from 1.
    package let line: Int
    package let message: String
  }

  /// What a patch says.
  package init(_ patch: Patch) throws(Failure) {
    try self.init(patch.message.map { ($0, Substring(patch.source.line($0))) })
  }

  /// What a model says in the comment that it begins with, lines of `--`.
  package init(_ model: SourceText) throws(Failure) {
    var lines: [(Int, Substring)] = []
    for number in 1...model.lineCount {
      let text = model.line(number)
      guard text.hasPrefix("--") else { break }
      lines.append((number, text.drop { $0 == "-" || $0 == " " }))
    }
    try self.init(lines)
  }

  /// The verdict that a patch says; nil where it says nothing.
  package static func of(_ patch: Patch) throws(Failure) -> Scenario.Expectation? {
    try StatedExpectation(patch).verdict
  }

  /// The verdict that a model says; nil where it says nothing.
  package static func of(_ model: SourceText) throws(Failure) -> Scenario.Expectation? {
    try StatedExpectation(model).verdict
  }

  private init(_ lines: [(number: Int, text: Substring)]) throws(Failure) {
    var verdictLine = 0
    for (number, text) in lines {
      guard let colon = text.firstIndex(of: ":") else { continue }
      let words = Self.trimmed(text[text.index(after: colon)...])
      switch text[..<colon].lowercased() {
      case "violates", "expect":
        let isViolation = text.lowercased().hasPrefix("violates")
        let expectation = try Self.verdict(words, isViolation: isViolation, number)
        if let verdict, verdict != expectation {
          throw Failure(line: number, message: "line \(verdictLine) says that it is \(verdict)")
        }
        if verdict == nil { verdictLine = number }
        verdict = expectation
      case "measure":
        guard let (name, rest) = Self.quoted(words), let bounds = Bounds(rest) else {
          throw Failure(
            line: number, message: "`Measure:` names a measure, and bounds: `\"…\" 1..2`")
        }
        if let other = measures[name], other != bounds {
          throw Failure(line: number, message: "measure \"\(name)\" is said to be \(other), too")
        }
        measures[name] = bounds
      case "dead rule":
        guard let (name, rest) = Self.quoted(words), rest.isEmpty else {
          throw Failure(line: number, message: "`Dead rule:` names a rule: `\"…\"`")
        }
        deadRules.append(name)
      default: continue
      }
    }
  }

  private static func verdict(
    _ words: String, isViolation: Bool, _ number: Int
  ) throws(Failure) -> Scenario.Expectation {
    let expectation =
      isViolation
      ? Scenario.Expectation("violates \(words)")
        ?? (words == "deadlock" ? .deadlock : words == "run-time error" ? .runtimeError : nil)
      : Scenario.Expectation(words)
    guard let expectation, !expectation.isOfLayout else {
      throw Failure(
        line: number,
        message: "`Violates:` names a property, as `invariant \"…\"`, or is `deadlock` or "
          + "`run-time error`; `Expect:` is `holds`, `inconclusive` or what `expect` of a scenario is"
      )
    }
    return expectation
  }

  /// A name in quotes, which has none in it, and what stands behind it.
  private static func quoted(_ words: String) -> (name: String, rest: String)? {
    guard words.first == "\"", let end = words.dropFirst().firstIndex(of: "\"") else { return nil }
    let name = words[words.index(after: words.startIndex)..<end]
    return name.isEmpty
      ? nil : (String(name), trimmed(words[words.index(after: end)...]))
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace }
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }
}

extension Scenario {
  /// The scenario with what a head says of measures and dead rules, beside what it says itself: of a
  /// measure that both name, what it says itself.
  package func adding(_ stated: StatedExpectation) -> Scenario {
    var scenario = self
    scenario.measures = measures.merging(stated.measures) { own, _ in own }
    scenario.deadRules = deadRules + stated.deadRules.filter { !deadRules.contains($0) }
    return scenario
  }
}
