import Checking
import Diagnostics
import Exploration
import RunFormats
import Runs
import Symmetry
import Trace

extension CheckReport {
  /// Lines that a report has where something is wrong, unless all that is known is wanted: some pages
  /// of a terminal.
  private static let mostLines = 60
  /// Lines that a run has at least, whatever else there is to say.
  private static let leastRunLines = 12
  /// Values that are shown where not all are wanted.
  private static let mostValues = 8

  /// What is violated: its place, the values that matter, and the run that leads there.
  func violationLines(_ style: ReportStyle) -> [DisplayText] {
    guard let violation, case .violated(let counterexample) = outcome.verdict else { return [] }
    let width = style.width
    var lines = placeLines(violation, style) + valueLines(violation, style)
    var remarks = (violation.obstacles?.lines(width) ?? []) + remarkLines(width)
    if !remarks.isEmpty, !counterexample.execution.steps.isEmpty { remarks = [""] + remarks }
    // The verdict stands at the end, too.
    let others = 2 * verdictLines(style).count + subjectLines.count + lines.count + remarks.count
    let room = max(Self.leastRunLines, Self.mostLines - others - 1)
    if let run = counterexampleRun, !run.steps.isEmpty {
      lines += [""] + self.lines(of: run, style, indent: "  ", room: room)
    }
    for other in counterexampleRuns.dropFirst() {
      lines +=
        [""]
        + ("also: \(other.finding?.message ?? "")" as DisplayText)
        .wrapped(first: "  ", rest: "    ", width)
      lines += [""] + self.lines(of: other, style, indent: "  ", room: Self.mostLines)
    }
    return lines + remarks
  }

  private func placeLines(_ violation: ViolationText, _ style: ReportStyle) -> [DisplayText] {
    guard violation.span != .none else { return [] }
    let renderer = DiagnosticRenderer(usesColor: style.usesColor)
    return ("at \(wording.location(violation.span))" as DisplayText)
      .wrapped(first: "  ", rest: "    ", style.width)
      + renderer.excerpt(
        of: violation.span, in: wording.source, mark: "^", note: nil, width: style.width
      ).lines
      + violation.notesText(in: wording.source, style).lines
  }

  private func valueLines(_ violation: ViolationText, _ style: ReportStyle) -> [DisplayText] {
    let count = violation.values.count
    let isWhole = style.detail == .full || count <= Self.mostValues + 1
    var lines = violation.values.prefix(isWhole ? count : Self.mostValues).flatMap { name, value in
      ("`\(name)` is \(value)" as DisplayText).wrapped(first: "  ", rest: "    ", style.width)
    }
    if !isWhole {
      lines.append("  and \(count - Self.mostValues) other values, which --verbose shows")
    }
    return lines
  }

  /// The lines of a run: no more than there is room for, unless all that is known is wanted.
  private func lines(
    of run: ShownRun, _ style: ReportStyle, indent: DisplayText, room: Int
  ) -> [DisplayText] {
    if style.detail == .full { return lines(of: run, style, indent: indent) }
    return RunText(run, width: style.width, usesColor: style.usesColor)
      .lines(indent: indent, fitting: room, whole: "--verbose")
  }
}

extension SymmetryRefusal.Reason {
  /// The reason as a clause.
  var words: String {
    switch self {
    case .orderedLoop: "the rounds of a loop may depend on their order"
    case .clearedElement: "`clear` chooses its first element"
    case .mixedElements: "its elements stand for those of another scalarset"
    case .elementsAsNumbers: "a loop runs from its elements or to them, as numbers"
    case .namedElement: "a property is about one element by name"
    }
  }
}
