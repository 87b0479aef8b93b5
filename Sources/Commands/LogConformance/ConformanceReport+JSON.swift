import Conformance
package import Diagnostics
import Evaluation
import EventLogs
import Report
import RunFormats
import Runs
import TransitionSystem

extension ConformanceReport {
  /// The document that `--format json` writes.
  package var json: JSONValue {
    let figures = finding.figures
    return .document(
      "conformance", version: Self.formatVersion,
      [
        ("model", .string(wording.source.path)), ("log", .string(log)),
        ("verdict", .string(word)), ("headline", .string(headline)),
        (
          "constants",
          .object(
            wording.system.constants.map { ($0.name, .string($0.type.describe($0.value))) })
        ),
        (
          "lines",
          .object([
            ("all", .number(figures.lineCount)), ("events", .number(figures.eventCount)),
            ("ignored", .number(figures.ignoredCount)), ("noEvents", .number(figures.passedCount)),
            ("fitting", .number(finding.fittingCount)),
          ])
        ),
        (
          "elements",
          .object(finding.elementNames.map { ($0.element, .string($0.name)) })
        ),
        ("misfits", .array(misfits.map(misfit))),
        (
          "states",
          .object([
            ("count", .number(finding.lastStateCount)),
            ("folded", .array(statesAtEnd.map { .string($0) })),
          ])
        ),
        ("seen", rules(seenRules)), ("unseen", rules(unseenRules)),
        ("neverSeen", firings == nil ? .null : .array(neverSeenRules.map { .string($0) })),
      ])
  }

  private var statesAtEnd: [String] {
    switch finding.verdict {
    case .refused, .endsInTheMiddle, .violated:
      PossibleStates(finding.lastStates, wording).sentences
    case .conforms, .empty, .inconclusive: []
    }
  }

  private func rules(_ rules: [(name: String, count: Int)]) -> JSONValue {
    firings == nil
      ? .null
      : .array(rules.map { .object([("rule", .string($0.name)), ("count", .number($0.count))]) })
  }

  private func misfit(_ event: TimedEvent, _ reasons: [MisfitReason]) -> JSONValue {
    .object([
      ("line", .number(event.line)),
      ("text", finding.text(ofLine: event.line).map { .string($0) } ?? .null),
      (
        "reasons",
        .array(
          reasons.map { reason in
            .object([
              ("rule", reason.rule.map { .string($0) } ?? .null),
              ("failing", .array(sentences(reason.failing).map { .string($0) })),
            ])
          })
      ),
    ])
  }

  private func sentences(_ failing: MisfitReason.Failing) -> [String] {
    switch failing {
    case .other(let sentence): [sentence]
    case .condition(let text, _, _): ["`\(text)` does not hold"]
    case .parts(let parts): parts.map(sentence)
    }
  }
}
