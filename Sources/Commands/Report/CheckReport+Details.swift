import Checking
import Diagnostics
import Exploration
import Symmetry
import TransitionSystem

extension CheckReport {
  /// All that is known, but for runs to the ends of measures.
  func fullLines(_ style: ReportStyle) -> [DisplayText] {
    let width = style.width
    var lines = verdictLines(style) + subjectLines + violationLines(style)
    if !wording.system.constants.isEmpty {
      let constants = wording.system.constants.map {
        "\($0.name) = \($0.type.describe($0.value))" as DisplayText
      }
      lines += NameList("constants", names: constants).wholeLines(width)
    }
    if violation == nil { lines += remarkLines(width) }
    lines += statisticsLines + capacityLines
    if let digest = finding.digest { lines.append("  digest \(digest)") }
    if let digest = finding.stepDigest { lines.append("  digest of steps \(digest)") }
    lines += symbolicText.flatMap { $0.wrapped(first: "  ", rest: "    ", width) }
    lines += symmetryText.flatMap { $0.wrapped(first: "  ", rest: "    ", width) }
    lines += measureLines(width)
    for list in coverageLists { lines += list.wholeLines(width) }
    return lines + hitLines(width)
  }

  var statisticsLines: [DisplayText] {
    var lines: [DisplayText] = []
    var line: Int?
    for statistic in finding.statistics {
      let words = DisplayText(Wording.statistic(statistic))
      if statistic.line != line {
        lines.append("  " + words)
      } else if case .aside = statistic.words {
        lines[lines.count - 1] += " " + words
      } else {
        lines[lines.count - 1] += ", " + words
      }
      line = statistic.line
    }
    return lines
  }

  private var symbolicText: [DisplayText] {
    guard let symbolic = finding.symbolic else { return [] }
    let count = wording.system.symbolicElementCount
    var sentences: [DisplayText] = [
      """
      \(count) symbolic constant\(count == 1 ? "" : "s"): path conditions \
      \(Wording.grouped(symbolic.pathCount)), literals \(Wording.grouped(symbolic.literalCount)), \
      Z3 calls \(Wording.grouped(symbolic.solverCallCount))
      """
    ]
    if symbolic.subsumedStateCount > 0 {
      sentences.append(
        """
        \(Wording.grouped(symbolic.subsumedStateCount)) of the states need not be expanded: others \
        have the same values and more layouts
        """)
    }
    return sentences
  }

  private var symmetryText: [DisplayText] {
    guard let symmetry = finding.reductions?.symmetry else { return [] }
    var sentences: [DisplayText] = []
    if !symmetry.isEmpty {
      let names = symmetry.sets.map { "\($0.type.name ?? "scalarset") (\($0.count))" }
      sentences.append(
        "symmetry of \(names.joined(separator: ", ")): one state stands for each orbit")
    }
    return sentences
      + symmetry.refusals.map { refusal in
        """
        no symmetry of \(refusal.type.name ?? "scalarset"): \(refusal.reason.words) at \
        \(wording.location(refusal.span))
        """
      }
  }

  /// How often each cover was hit that was asked.
  private func hitLines(_ width: Int) -> [DisplayText] {
    guard violation == nil, let coverage = finding.coverage else { return [] }
    let notAsked = NotAsked(wording).covers
    return wording.system.covers.indices.filter { notAsked[$0] == nil }.flatMap { number in
      let hits = coverage.coverHits[number]
      let times: DisplayText = hits == 1 ? "once" : "\(Wording.grouped(hits)) times"
      return ("cover \"\(wording.system.covers[number].name)\": hit \(times)" as DisplayText)
        .wrapped(first: "  ", rest: "    ", width)
    }
  }
}
