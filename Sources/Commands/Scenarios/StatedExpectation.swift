package import Diagnostics
package import Patches

/// What the head of a model or the message of a patch says of the verdict, in a line of its own:
///
///     Violates: invariant "no CPU executes from memory that was given back"
///     Violates: deadlock
///     Expect: holds
///
/// A kind may be left out, and case does not matter. In a model the line stands in the comment that
/// the file begins with.
package enum StatedExpectation {
  /// A line that cannot be read.
  package struct Failure: Error {
    /// Its number, from 1.
    package let line: Int
    package let message: String
  }

  /// What a patch says.
  ///
  /// - Returns: Nil where it says nothing.
  package static func of(_ patch: Patch) throws(Failure) -> Scenario.Expectation? {
    try read(patch.message.map { ($0, Substring(patch.source.line($0))) })
  }

  /// What a model says in the comment that it begins with, lines of `--`.
  ///
  /// - Returns: Nil where it says nothing.
  package static func of(_ model: SourceText) throws(Failure) -> Scenario.Expectation? {
    var lines: [(Int, Substring)] = []
    for number in 1...model.lineCount {
      let text = model.line(number)
      guard text.hasPrefix("--") else { break }
      lines.append((number, text.drop { $0 == "-" || $0 == " " }))
    }
    return try read(lines)
  }

  private static func read(
    _ lines: [(number: Int, text: Substring)]
  ) throws(Failure) -> Scenario.Expectation? {
    var found: (expectation: Scenario.Expectation, line: Int)?
    for (number, text) in lines {
      guard let colon = text.firstIndex(of: ":") else { continue }
      let words = trimmed(text[text.index(after: colon)...])
      let expectation: Scenario.Expectation?
      switch text[..<colon].lowercased() {
      case "violates":
        expectation =
          Scenario.Expectation("violates \(words)")
          ?? (words == "deadlock" ? .deadlock : words == "run-time error" ? .runtimeError : nil)
      case "expect": expectation = Scenario.Expectation(words)
      default: continue
      }
      guard let expectation, !expectation.isOfLayout else {
        throw Failure(
          line: number,
          message: "`Violates:` names a property, as `invariant \"…\"`, or is `deadlock` or "
            + "`run-time error`; `Expect:` is `holds`, `inconclusive` or what `expect` of a scenario is"
        )
      }
      if let found, found.expectation != expectation {
        throw Failure(
          line: number, message: "line \(found.line) says that it is \(found.expectation)")
      }
      found = found ?? (expectation, number)
    }
    return found?.expectation
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace }
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }
}
