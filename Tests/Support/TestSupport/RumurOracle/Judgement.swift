/// What Rumur found out about a model.
package struct Judgement: Equatable, Sendable {
  package enum Verdict: Equatable, Sendable {
    /// Every reachable state was seen, and nothing is wrong.
    case holds
    /// An invariant or an assertion fails, or an error statement is reached. An assertion's message
    /// begins with `Assertion failed`; an error statement's message is its own.
    case violated(message: String)
    case deadlock
    /// The model does what has no meaning: reads an undefined value, leaves a range, divides by
    /// zero, reaches the end of a function, …
    case runtimeError(message: String)
    /// Rumur does not accept the model.
    case rejected(message: String)
    /// No reachable state satisfies these cover properties; their messages.
    case uncovered(covers: [String])
    /// From some state, these liveness properties can no longer be reached; their messages, or
    /// their numbers if they have none.
    case livenessFailed(properties: [String])
  }

  package var verdict: Verdict
  /// Distinct states seen until the search ended; 0 if the model was rejected.
  package var states: Int
  /// Transitions taken until the search ended; 0 if the model was rejected.
  package var rulesFired: Int

  package init(verdict: Verdict, states: Int, rulesFired: Int) {
    self.verdict = verdict
    self.states = states
    self.rulesFired = rulesFired
  }

  /// Reads the output of a verifier that was generated with `--output-format machine-readable`; nil
  /// if it breaks off before the summary.
  init?(machineReadable output: String) {
    let lines = output.split(separator: "\n")
    guard let summary = lines.last(where: { $0.contains("<summary ") }),
      let states = summary.attribute("states").flatMap({ Int($0) }),
      let rulesFired = summary.attribute("rules_fired").flatMap({ Int($0) }),
      let errors = summary.attribute("errors").flatMap({ Int($0) })
    else { return nil }
    let messages = lines.compactMap { $0.content(of: "message") }
    let covers = lines.filter {
      $0.hasPrefix("<cover_result ") && $0.attribute("count") == "0"
    }
    let uncovered = covers.map { $0.attribute("message") ?? "" }
    self.init(
      verdict: Self.verdict(errors: errors, messages: messages, uncovered: uncovered),
      states: states, rulesFired: rulesFired)
  }

  private static func verdict(
    errors: Int, messages: [String], uncovered: [String]
  ) -> Verdict {
    if errors == 0 { return .holds }
    guard let first = messages.first else { return .uncovered(covers: uncovered) }
    let liveness = messages.compactMap {
      $0.between("liveness property ", and: " violated")?.withoutQuotes
    }
    if !liveness.isEmpty { return .livenessFailed(properties: liveness) }
    if first == "deadlock" { return .deadlock }
    let isRuntimeError = runtimeErrors.contains { first.contains($0) }
    let isProperty = first.hasPrefix("invariant ") || first.hasPrefix("Assertion failed")
    return isRuntimeError && !isProperty
      ? .runtimeError(message: first) : .violated(message: first)
  }

  /// Parts of the messages that Rumur's run time prints by itself. An error statement with such a
  /// text, or with the text `deadlock`, is mistaken for the error it imitates.
  private static let runtimeErrors = [
    "read of undefined value in ", "write of out-of-range value into ",
    "index out of range in expression ", "overflow when indexing array in expression ",
    "integer overflow in ", "division by zero in expression ", "modulus by zero in expression ",
    "infinite loop due to step being ", "reached without returning values",
    "passed an out-of-range value ", "handle that is wider than the value type",
  ]
}

extension StringProtocol {
  /// The value of an XML attribute of the first element in this text.
  fileprivate func attribute(_ name: String) -> String? {
    between(" \(name)=\"", and: "\"")?.withoutEntities
  }

  /// The text of an XML element that stands in this text.
  fileprivate func content(of element: String) -> String? {
    between("<\(element)>", and: "</\(element)>")?.withoutEntities
  }

  fileprivate func between(_ opening: String, and closing: String) -> String? {
    guard let start = firstRange(of: opening)?.upperBound,
      let end = self[start...].firstRange(of: closing)?.lowerBound
    else { return nil }
    return String(self[start..<end])
  }

  fileprivate var withoutQuotes: String {
    count > 1 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : String(self)
  }

  fileprivate var withoutEntities: String {
    let entities = [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
    return entities.reduce(String(self)) { $0.replacing($1.0, with: $1.1) }
  }
}
