import Checking
import Diagnostics
import Exploration
import RunFormats
import Runs
import Symmetry
import Trace

extension CheckReport {
  /// What is violated: its place, the values that matter, and the run that leads there.
  func violationLines(_ style: ReportStyle) -> [DisplayText] {
    guard let violation, case .violated(let counterexample) = outcome.verdict else { return [] }
    let width = style.width
    var lines: [DisplayText] = []
    if violation.span != .none {
      lines += ("at \(wording.location(violation.span))" as DisplayText)
        .wrapped(first: "  ", rest: "    ", width)
      lines +=
        DiagnosticRenderer(usesColor: style.usesColor).excerpt(
          of: violation.span, in: wording.source, mark: "^", note: nil
        ).lines
      lines += violation.notesText(in: wording.source, usesColor: style.usesColor).lines
    }
    for (name, value) in violation.values {
      lines += ("`\(name)` is \(value)" as DisplayText).wrapped(first: "  ", rest: "    ", width)
    }
    let steps = counterexample.execution.steps
    if let run = counterexampleRun, !run.steps.isEmpty {
      lines += [""] + self.lines(of: run, style, indent: "  ")
    }
    for other in counterexampleRuns.dropFirst() {
      lines +=
        [""]
        + ("also: \(other.finding?.message ?? "")" as DisplayText)
        .wrapped(first: "  ", rest: "    ", width)
      lines += [""] + self.lines(of: other, style, indent: "  ")
    }
    let remarks = (violation.obstacles?.lines(width) ?? []) + remarkLines(width)
    return remarks.isEmpty || steps.isEmpty ? lines + remarks : lines + [""] + remarks
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
