import Diagnostics

/// Results as JUnit's XML, which Jenkins, GitLab, GitHub's actions and most others show as tests.
///
/// There is no standard; elements and attributes are those that Ant's task, Surefire and the schema of
/// Jenkins' xUnit plug-in agree about. A model is a suite, and a scenario of it a test case.
extension ResultList {
  package var junit: String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"swapcheck\"\(Self.counts(entries))>\n"
    for (model, entries) in suites {
      text += "  <testsuite\(Self.attribute("name", model))\(Self.counts(entries))"
      text += " skipped=\"\(ResultList(entries).count(.skipped))\">\n"
      for entry in entries { Self.append(entry, to: &text) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  /// The entries by model, in the order in which the models appear.
  private var suites: [(model: String, entries: [Entry])] {
    var suites: [(model: String, entries: [Entry])] = []
    var positions: [String: Int] = [:]
    for entry in entries {
      let position = positions[entry.model] ?? suites.count
      if position == suites.count {
        positions[entry.model] = position
        suites.append((entry.model, []))
      }
      suites[position].entries.append(entry)
    }
    return suites
  }

  private static func counts(_ entries: [Entry]) -> String {
    let list = ResultList(entries)
    return " tests=\"\(entries.count)\" failures=\"\(list.count(.failed))\""
      + " errors=\"\(list.count(.error))\""
      + " time=\"\(decimal(entries.compactMap(\.seconds).reduce(0, +)))\""
  }

  private static func append(_ entry: Entry, to text: inout String) {
    text += "    <testcase\(attribute("name", entry.name))\(attribute("classname", entry.model))"
    text += " time=\"\(decimal(entry.seconds ?? 0))\""
    guard let element = element(entry.outcome) else {
      text += "/>\n"
      return
    }
    let message = entry.message.isEmpty ? entry.verdict : entry.message
    text += ">\n      <\(element)\(attribute("message", message))"
    if entry.outcome != .skipped { text += attribute("type", entry.verdict) }
    text += ">\(lines(of: entry).map(Markup.escaped).joined(separator: "\n"))</\(element)>\n"
    text += "    </testcase>\n"
  }

  private static func element(_ outcome: Outcome) -> String? {
    switch outcome {
    case .passed: nil
    case .failed: "failure"
    case .error: "error"
    case .skipped: "skipped"
    }
  }

  /// Where it is, and the run as a terminal shows it.
  private static func lines(of entry: Entry) -> [DisplayText] {
    [entry.location.map { "at \($0)" }].compactMap { $0 }
      + (entry.run.map { RunText($0, width: 100).lines(indent: "") } ?? [])
  }

  private static func attribute(_ name: String, _ value: String) -> String {
    " \(name)=\"\(Markup.escaped(DisplayText(value)))\""
  }

  /// Seconds with three digits behind the point.
  private static func decimal(_ seconds: Double) -> String {
    let isKnown = seconds.isFinite && seconds >= 0 && seconds < 1e12
    let milliseconds = isKnown ? Int((seconds * 1000).rounded()) : 0
    let digits = String(1000 + milliseconds % 1000).dropFirst()
    return "\(milliseconds / 1000).\(digits)"
  }
}
