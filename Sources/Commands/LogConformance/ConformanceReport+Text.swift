import Conformance
package import Diagnostics
import Evaluation
import EventLogs
package import Report
import TransitionSystem

extension ConformanceReport {
  /// For a terminal.
  package func text(_ style: ReportStyle) -> DisplayText {
    var lines = ("\(log): \(headline)" as DisplayText).wrapped(rest: "  ", style.width)
    if style.detail != .verdict {
      lines += scope(style)
      lines += why(style)
      lines += rules(style)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func paragraph(_ text: String, _ style: ReportStyle) -> [DisplayText] {
    DisplayText(text).wrapped(first: "  ", rest: "    ", style.width)
  }

  private func scope(_ style: ReportStyle) -> [DisplayText] {
    let constants = wording.sizes.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    let figures = finding.figures
    var lines = paragraph(
      "\(wording.source.path)\(constants.isEmpty ? "" : " for \(constants)")", style)
    lines += paragraph(
      "\(Wording.grouped(figures.lineCount)) lines:"
        + " \(Wording.grouped(figures.eventCount)) events,"
        + " \(Wording.grouped(figures.ignoredCount)) that do not matter,"
        + " \(Wording.grouped(figures.passedCount)) that are no events", style)
    let names = finding.elementNames
    if !names.isEmpty {
      let text = names.prefix(16).map { "\($0.element) is \($0.name)" }.joined(separator: ", ")
      lines += paragraph("in the log, \(text)\(names.count > 16 ? ", …" : "")", style)
    }
    return lines
  }

  private func why(_ style: ReportStyle) -> [DisplayText] {
    var lines: [DisplayText] = []
    switch finding.verdict {
    case .refused:
      for (event, reasons) in misfits {
        lines += self.line(event, style)
        for reason in reasons { lines += self.reason(reason, style) }
      }
      lines += states(style)
    case .endsInTheMiddle:
      if let end = finding.meaning.map.end {
        lines += paragraph("`\(end.text)` does not hold in any state that is possible there", style)
      }
      if let explanation = finding.endExplanation, let part = endPart(explanation) {
        lines += paragraph(part, style)
      }
      lines += states(style)
    case .violated(_, let event):
      lines += self.line(event, style)
      lines += states(style)
    case .conforms, .empty, .inconclusive: break
    }
    return lines
  }

  private func line(_ event: TimedEvent, _ style: ReportStyle) -> [DisplayText] {
    let text = finding.text(ofLine: event.line)?.drop { $0 == " " }
    return paragraph("line \(event.line)\(text.map { ": \($0)" } ?? "")", style)
  }

  private func reason(_ reason: MisfitReason, _ style: ReportStyle) -> [DisplayText] {
    let rule = reason.rule.map { "\"\($0)\": " } ?? ""
    switch reason.failing {
    case .other(let sentence): return paragraph("  \(rule)\(sentence)", style)
    case .condition(let text, let line, let isBehind):
      let place = line.map { " (line \($0) of the map)" } ?? ""
      return paragraph(
        "  \(rule)`\(text)`\(place) does not hold\(isBehind ? " behind it" : "")", style)
    case .parts(let parts):
      return parts.prefix(3).flatMap { part -> [DisplayText] in
        paragraph("  \(rule)\(sentence(part))", style)
      }
    }
  }

  /// `goes_down(c)` does not hold: `step[c]` is IDLE
  func sentence(_ part: ConditionPart) -> String {
    let text = Self.oneLine(wording.source.text(of: part.span))
    switch part.truth {
    case .holds: return "`\(text)` holds"
    case .interrupted(let cause): return "`\(text)` has no value: \(cause.message)"
    case .fails(let explanation):
      var seen: Set<String> = [text]
      let values = (explanation.bindings + explanation.values)
        .map { (Self.oneLine(wording.source.text(of: $0.span)), $0.value) }
        .filter { seen.insert($0.0).inserted }
        .prefix(4).map { "`\($0.0)` is \($0.1)" }
      return "`\(text)` does not hold"
        + (values.isEmpty ? "" : ": \(values.joined(separator: ", "))")
    }
  }

  /// The part of the condition for the end that is false, as it stands in the model or in the map.
  private func endPart(_ explanation: Explanation) -> String? {
    let source = finding.meaning.judgeSource
    let values = (explanation.bindings + explanation.values)
      .map { "`\(Self.oneLine(source.text(of: $0.span)))` is \($0.value)" }
    guard !values.isEmpty else { return nil }
    return "there, \(values.prefix(4).joined(separator: ", "))"
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func states(_ style: ReportStyle) -> [DisplayText] {
    let count = finding.lastStateCount
    let sentences = PossibleStates(finding.lastStates, wording).sentences
    let head =
      count == 1
      ? "the state there:" : "the \(Wording.grouped(count)) states that are possible there:"
    let most = style.detail == .full ? sentences.count : 10
    let rest = sentences.count > most ? " … (--verbose)" : ""
    return paragraph("\(head) \(sentences.prefix(most).joined(separator: "; "))\(rest)", style)
  }

  private func rules(_ style: ReportStyle) -> [DisplayText] {
    guard firings != nil else { return [] }
    func list(_ rules: [(name: String, count: Int)]) -> String {
      rules.map { "\"\($0.name)\" \($0.count)" }.joined(separator: ", ")
    }
    var lines: [DisplayText] = []
    if !seenRules.isEmpty { lines += paragraph("rules seen: \(list(seenRules))", style) }
    if !unseenRules.isEmpty {
      lines += paragraph("fired unseen, in a run that explains it: \(list(unseenRules))", style)
    }
    if !neverSeenRules.isEmpty {
      let names = neverSeenRules.map { "\"\($0)\"" }.joined(separator: ", ")
      lines += paragraph("never seen: \(names)", style)
    }
    return lines
  }
}
