import Checking
package import Diagnostics
import Exploration
import RunFormats
import Runs
import Symmetry
import Trace
import TransitionSystem

extension CheckReport {
  /// The report as plain text, ending in a line break.
  package func text(usesColor: Bool = false) -> DisplayText {
    let style = violation != nil ? "31;1" : verdictWord == "verified" ? "32;1" : "33;1"
    let title: DisplayText =
      usesColor ? "\u{1B}[\(style)m\(headline)\u{1B}[0m" : DisplayText(headline)
    var text: DisplayText = "\(wording.source.path): \(title)\n"
    for patch in wording.source.patches { text += "  with \(patch)\n" }
    for rule in absentRules { text += "  without rule \"\(rule)\"\n" }
    text += violationText(usesColor: usesColor)
    text += meaningText
    text += statisticsText
    text += symbolicText
    text += symmetryText
    text += reductionText
    text += coverageText
    text += measuresText
    return text
  }

  private var meaningText: DisplayText {
    var text: DisplayText = ""
    if let sentence = meaning?.sentence { text += "  \(sentence)\n" }
    for warning in warnings {
      text += "  warning at \(wording.location(warning.span)): \(warning.message)\n"
      if let hint = warning.hint { text += "    \(hint)\n" }
    }
    return text
  }

  private var statisticsText: DisplayText {
    var text: DisplayText = ""
    var line: Int?
    for statistic in finding.statistics {
      if statistic.line != line {
        text += line == nil ? "  " : "\n  "
      } else if case .aside = statistic.words {
        text += " "
      } else {
        text += ", "
      }
      line = statistic.line
      text += DisplayText(Wording.statistic(statistic))
    }
    if line != nil { text += "\n" }
    if let digest = finding.digest { text += "  digest \(digest)\n" }
    return text
  }

  private var symbolicText: DisplayText {
    guard let symbolic = finding.symbolic else { return "" }
    let count = wording.system.symbolicElementCount
    var text: DisplayText = """
        \(count) symbolic constant\(count == 1 ? "" : "s"): path conditions \
      \(Wording.grouped(symbolic.pathCount)), literals \(Wording.grouped(symbolic.literalCount)), \
      Z3 calls \(Wording.grouped(symbolic.solverCallCount))

      """
    if symbolic.subsumedStateCount > 0 {
      text += """
          \(Wording.grouped(symbolic.subsumedStateCount)) of the states need not be expanded: \
        others have the same values and more layouts

        """
    }
    return text
  }

  private var symmetryText: DisplayText {
    guard let symmetry = finding.reductions?.symmetry else { return "" }
    var text: DisplayText = ""
    if !symmetry.isEmpty {
      let names = symmetry.sets.map { "\($0.type.name ?? "scalarset") (\($0.count))" }
      text += "  symmetry of \(names.joined(separator: ", ")): one state stands for each orbit\n"
    }
    for refusal in symmetry.refusals {
      text += """
          no symmetry of \(refusal.type.name ?? "scalarset"): \(refusal.reason.words) at \
        \(wording.location(refusal.span))

        """
    }
    return text
  }

  private var reductionText: DisplayText {
    if finding.reductions?.usesStubbornSets == true {
      return "  partial-order reduction: rules that stubborn sets can do without were not fired\n"
    }
    return reductionRefusalWords.map { "  no partial-order reduction: \($0)\n" } ?? ""
  }

  /// Why partial-order reduction was asked for and not made use of.
  var reductionRefusalWords: String? {
    finding.reductions?.stubbornSetRefusal.map(wording.reductionRefusal)
  }

  private var coverageText: DisplayText {
    // A search that ended at a violation has seen too little to say what is never reached.
    guard violation == nil, let coverage = finding.coverage else { return "" }
    var text: DisplayText = ""
    for rule in deadRules {
      text += "  rule \"\(wording.system.rules[rule].name)\" never fired\n"
    }
    for property in coverage.vacuousInvariants {
      text += """
          invariant "\(wording.system.properties[property].name)": \
        the left side of its implication was never true

        """
    }
    for (cover, hits) in zip(wording.system.covers, coverage.coverHits) {
      text += "  cover \"\(cover.name)\": hit \(Wording.grouped(hits)) times\n"
    }
    return text
  }

  private var measuresText: DisplayText {
    finding.measures.map { measure -> DisplayText in
      let name = wording.property(measure.property, measure.bindings)
      let least = wording.measured(measure.least, of: measure.property)
      let greatest = wording.measured(measure.greatest, of: measure.property)
      var text: DisplayText = "  measure \"\(name)\": \(least) to \(greatest)\n"
      text += "    least, \(least):\n"
      text += steps(of: shown.run(measure.leastExecution), indent: "    ")
      if measure.least != measure.greatest {
        text += "    greatest, \(greatest):\n"
        text += steps(of: shown.run(measure.greatestExecution), indent: "    ")
      }
      return text
    }.joined()
  }

  private func violationText(usesColor: Bool) -> DisplayText {
    guard let violation else { return "" }
    var text: DisplayText = ""
    if violation.span != .none {
      text += "  at \(wording.location(violation.span))\n"
      text += DiagnosticRenderer(usesColor: usesColor).excerpt(
        of: violation.span, in: wording.source, mark: "^", note: nil)
    }
    for (name, value) in violation.values { text += "  `\(name)` is \(value)\n" }
    guard let run = counterexampleRun, !run.steps.isEmpty else { return text }
    text += "\n" + steps(of: run, indent: "  ", usesColor: usesColor) + "\n"
    for other in counterexampleRuns.dropFirst() {
      text += "  also: \(other.finding?.message ?? "")\n\n"
      text += steps(of: other, indent: "  ", usesColor: usesColor) + "\n"
    }
    return text
  }

  private func steps(
    of run: ShownRun, indent: DisplayText, usesColor: Bool = false
  ) -> DisplayText {
    RunText(run, width: 80, usesColor: usesColor).lines(indent: indent)
      .map { $0 + "\n" }.joined()
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
