import Checking
package import Diagnostics
import Exploration
import RunFormats
import Runs
import Trace
import TransitionSystem

extension CheckReport {
  /// The report as plain text, ending in a line break.
  package func text(_ style: ReportStyle = ReportStyle()) -> DisplayText {
    var lines: [DisplayText]
    switch style.detail {
    case .verdict:
      // In one line, for a program that looks for it there.
      var style = style
      if !style.isTerminal { style.width = .max }
      return verdictLines(style).joined(separator: "\n") + "\n"
    case .brief: lines = briefLines(style)
    case .full: lines = fullLines(style)
    }
    lines += measureRuns(style)
    // Who looks at the end of it sees the verdict, too.
    if lines.count > style.height { lines += verdictLines(style) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Lines that a report has where nothing is wrong, so that it leaves room for others on a screen.
  private static let briefLineCount = 12

  private func briefLines(_ style: ReportStyle) -> [DisplayText] {
    if violation != nil { return verdictLines(style) + subjectLines + violationLines(style) }
    let verdict = verdictLines(style)
    let coverage = coverageLists.map { ReportSection($0, width: style.width) }
    let subject = subjectLists.map { ReportSection($0, width: style.width) }
    let notes = ReportSection(remarkLines(style.width), noun: "lines")
    let measures = ReportSection(measureLines(style.width), noun: "measures")
    let effort = ReportSection(effortLines, noun: "lines")
    let sections = subject + [notes, effort, measures] + coverage
    // The first names matter most; a second line of names less than a measure.
    return verdict
      + ReportSection.fitted(
        sections, into: Self.briefLineCount - verdict.count, ranks: Array(sections.indices))
  }

  // MARK: - The verdict

  /// The verdict, what it is of, and how much was looked at.
  func verdictLines(_ style: ReportStyle) -> [DisplayText] {
    let head: DisplayText = "\(wording.source.path): "
    let constants = wording.sizes
    func lines(showing shown: Int) -> [DisplayText] {
      (head + verdict(showing: shown, of: constants)).wrapped(rest: "  ", style.width)
    }
    var shown = constants.count
    while shown > 0, lines(showing: shown).count > 2 { shown -= 1 }
    let lines = lines(showing: shown)
    guard style.usesColor else { return lines }
    let color = violation != nil ? "31;1" : verdictWord == "verified" ? "32;1" : "33;1"
    let (start, end): (DisplayText, DisplayText) = ("\u{1B}[\(color)m", "\u{1B}[0m")
    return lines.enumerated().map { number, line in
      let plain: DisplayText =
        number > 0 ? "  " : line.description.hasPrefix(head.description) ? head : ""
      return plain + start + line.suffix(line.count - plain.count) + end
    }
  }

  private func verdict(
    showing shown: Int, of constants: [(name: String, value: String)]
  ) -> DisplayText {
    guard case .holds = outcome.verdict else { return DisplayText(headline) }
    var scope = constants.prefix(shown).map { "\($0.name)=\($0.value)" as DisplayText }
    if shown < constants.count { scope.append("and \(constants.count - shown) more constants") }
    if finding.symbolic != nil { scope.append("\(scope.isEmpty ? "" : "and ")every layout") }
    var text = DisplayText(verdictWord)
    if !scope.isEmpty { text += " for " + scope.joined(separator: " ") }
    if case .proof(let method) = finding.scope { return text + ": " + Wording.proof(method) }
    guard let states = finding[.states] else { return text }
    if states == 1 { return text + ": 1 state" }
    let all: DisplayText = finding.scope == .allStates ? "all " : ""
    return text + ": \(all)\(Wording.grouped(states)) states"
  }

  /// Which variant of the model it is.
  private var subjectLists: [NameList] {
    var lists: [NameList] = []
    let patches = wording.source.patches
    if !patches.isEmpty {
      lists.append(NameList("with", names: patches.map { "\($0)" }))
    }
    if !absentRules.isEmpty {
      let noun: DisplayText = absentRules.count == 1 ? "rule" : "rules"
      lists.append(NameList("without \(noun)", names: absentRules.map { "\"\($0)\"" }))
    }
    return lists
  }

  var subjectLines: [DisplayText] {
    wording.source.patches.map { "  with \($0)" } + absentRules.map { "  without rule \"\($0)\"" }
  }

  // MARK: - What a reader has to know of it

  /// Whose meaning the model has, what a reader should know of it, and what was not done that was
  /// asked for.
  func remarkLines(_ width: Int) -> [DisplayText] {
    var lines: [DisplayText] = []
    if let sentence = meaning?.sentence {
      lines += DisplayText(sentence).wrapped(first: "  ", rest: "    ", width)
    }
    for warning in warnings {
      lines +=
        ("warning at \(wording.location(warning.span)): \(warning.message)" as DisplayText)
        .wrapped(first: "  ", rest: "    ", width)
      if let hint = warning.hint {
        lines += DisplayText(hint).wrapped(first: "    ", rest: "      ", width)
      }
    }
    if let proof { lines += proof.text.wrapped(first: "  ", rest: "    ", width) }
    if let reductionText { lines += reductionText.wrapped(first: "  ", rest: "    ", width) }
    return lines
  }

  private var reductionText: DisplayText? {
    if finding.reductions?.usesStubbornSets == true {
      return "partial-order reduction: rules that stubborn sets can do without were not fired"
    }
    return reductionRefusalWords.map { "no partial-order reduction: \($0)" }
  }

  /// Why partial-order reduction was asked for and not made use of.
  var reductionRefusalWords: String? {
    finding.reductions?.stubbornSetRefusal.map(wording.reductionRefusal)
  }

  /// How far a search came that a limit ended.
  private var effortLines: [DisplayText] {
    if case .inconclusive = outcome.verdict { return statisticsLines + capacityLines }
    return []
  }

  /// What more memory would hold, where there was too little.
  var capacityLines: [DisplayText] {
    switch outcome.verdict {
    case .inconclusive(.bytes), .inconclusive(.noMemory): break
    default: return []
    }
    return finding.memoryRate.map { ["  \(Wording.capacity($0, in: 1 << 30))"] } ?? []
  }

  // MARK: - Measures

  func measureLines(_ width: Int) -> [DisplayText] {
    finding.measures.map { measure in
      let least = wording.measured(measure.least, of: measure.property)
      let greatest = wording.measured(measure.greatest, of: measure.property)
      let range: DisplayText = "\": \(least) to \(greatest)"
      let name = DisplayText(wording.property(measure.property, measure.bindings))
      return "  measure \"" + name.clipped(to: max(8, width - 11 - range.columns)) + range
    }
  }

  /// A run to each end of the measures for which that is wanted.
  private func measureRuns(_ style: ReportStyle) -> [DisplayText] {
    finding.measures.filter {
      style.runs.contains(wording.system.properties[$0.property].name)
    }.flatMap { measure -> [DisplayText] in
      let name = wording.property(measure.property, measure.bindings)
      let least = wording.measured(measure.least, of: measure.property)
      let greatest = wording.measured(measure.greatest, of: measure.property)
      var lines: [DisplayText] = ["", "  least \"\(name)\", \(least):"]
      lines += self.lines(of: shown.run(measure.leastExecution), style, indent: "    ")
      guard measure.least != measure.greatest else { return lines }
      lines += ["", "  greatest \"\(name)\", \(greatest):"]
      return lines + self.lines(of: shown.run(measure.greatestExecution), style, indent: "    ")
    }
  }
}

extension CheckReport {
  /// The lines of a run, with the layout for which it is shown.
  func lines(of run: ShownRun, _ style: ReportStyle, indent: DisplayText) -> [DisplayText] {
    RunText(run, width: style.width, usesColor: style.usesColor).lines(indent: indent)
  }
}

extension Wording {
  /// The constants that say how large the model is and what may happen in it, with their values.
  ///
  /// Three or more in a row that are 0, 1, 2 and so on are names of numbers, as an enumeration has
  /// them.
  package var sizes: [(name: String, value: String)] {
    var kept: [TransitionSystem.Constant] = []
    var row: [TransitionSystem.Constant] = []
    for constant in system.constants {
      if constant.value != Int64(row.count) {
        if row.count < 3 { kept += row }
        row = []
      }
      if constant.value == Int64(row.count) { row.append(constant) } else { kept.append(constant) }
    }
    if row.count < 3 { kept += row }
    return kept.map { ($0.name, $0.type.describe($0.value)) }
  }
}
