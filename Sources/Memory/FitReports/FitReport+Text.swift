package import Diagnostics
internal import Fitting
internal import MemoryLayout

extension FitReport {
  /// The report for a terminal: ASCII, without colour.
  ///
  /// - Parameter width: Characters of a line, which only what has no space is longer than; at least
  ///   40.
  package func text(width: Int, detail: Detail = .full) -> DisplayText {
    lines(width: width, detail: detail).joined(separator: "\n") + "\n"
  }

  /// The lines of the report.
  package func lines(width: Int, detail: Detail = .full) -> [DisplayText] {
    let width = max(width, 40)
    let below = linesBelow(width, detail)
    var lines: [DisplayText] = []
    // What says the least goes first where a screen does not hold it.
    for brevity in Brevity.allCases {
      lines = linesAbove(width, detail, brevity) + below
      if detail == .full || lines.count <= Self.screenLineCount { break }
    }
    return lines
  }

  /// What is left out of a brief report that is longer than a screen.
  enum Brevity: CaseIterable {
    case nothing
    /// What lies close together is not shown larger.
    case zoom
    /// Rules are named and not explained, and fewer items have a line.
    case words
  }

  /// Of a terminal with 24 lines one is the prompt's.
  private static let screenLineCount = 23

  /// The verdict, why, and the picture.
  private func linesAbove(
    _ width: Int, _ detail: Detail, _ brevity: Brevity
  ) -> [DisplayText] {
    var lines = DisplayText(headline).wrapped(rest: "    ", width)
    if let figures { lines += DisplayText("\(figures).").wrapped(first: "  ", rest: "  ", width) }
    if case .conflict(let conflict) = result.answer {
      let shortage = shortageLines(width)
      // Of several kernels it says the same as the conflict.
      lines += shortage
      if shortage.isEmpty || detail == .full {
        lines += conflictLines(conflict, width, detail, brevity)
      }
    }
    lines += Self.list("  what would decide it:", result.waysOut, width)
    lines += pictureLines(width, detail, brevity)
    if case .fits = result.answer { lines += kernelLines(width, detail) }
    return lines
  }

  /// What can be set, and what the verdict depends on.
  private func linesBelow(_ width: Int, _ detail: Detail) -> [DisplayText] {
    var lines = planLines(width)
    lines += beyondLines(width, detail)
    lines += dependencyLines(width, detail)
    lines += hintLines(width, detail)
    lines += Self.list("  taken from this machine:", result.description.takenFrom, width)
    if detail == .full {
      lines += Self.list("  assumed:", result.layout.assumptions, width)
    }
    lines += Self.list("  odd in the memory map:", findings(detail), width)
    if detail == .brief { lines.append(more) }
    return lines
  }

  private func findings(_ detail: Detail) -> [String] {
    let all = map.findings.map(\.description)
    guard detail == .brief, all.count > 2 else { return all }
    return all.prefix(1) + ["and \(all.count - 1) more"]
  }

  /// What is not said here, and what says it.
  private var more: DisplayText {
    let assumptions = result.layout.assumptions.count
    return "  \(assumptions) assumption\(assumptions == 1 ? "" : "s"), rules and sources: --verbose"
  }

  /// What is to be copied stays in one line.
  private func hintLines(_ width: Int, _ detail: Detail) -> [DisplayText] {
    Hint.Place.allCases.flatMap { place -> [DisplayText] in
      let hints = hints.filter { $0.place == place }
      guard detail == .full else {
        let shown = hints.prefix(hints.count > Self.briefCount ? Self.briefCount - 1 : hints.count)
        let rest = hints.count - shown.count
        return shown.map { DisplayText("  \(Self.name(of: place)): \($0.text)") }
          + (rest > 0 ? ["  \(Self.name(of: place)): and \(rest) more"] : [])
      }
      guard !hints.isEmpty else { return [] }
      return [Self.title(of: place)]
        + hints.flatMap { hint in
          [DisplayText("    \(hint.text)")]
            + DisplayText(hint.purpose).wrapped(first: "      ", rest: "      ", width)
        }
    }
  }

  private static func title(of place: Hint.Place) -> DisplayText {
    switch place {
    case .running: "  in the running kernel's command line:"
    case .relieving: "  in the relieving kernel's command line:"
    case .shell: "  in a shell:"
    }
  }

  private static func name(of place: Hint.Place) -> String {
    switch place {
    case .running: "running kernel"
    case .relieving: "relieving kernel"
    case .shell: "shell"
    }
  }

  private func beyondLines(_ width: Int, _ detail: Detail) -> [DisplayText] {
    switch result.beyond {
    case .conflict(let conflict)?:
      let quantity = result.layout.quantities.first { $0.quantifier == .largest }
      return ["  one \(quantity?.unit == .count ? "" : "byte ")more does not fit:"]
        + ground(conflict, width, detail, isBeyond: true)
    case .inconclusive(let reason)?:
      return ("one more: \(reason)" as DisplayText).wrapped(first: "  ", rest: "    ", width)
    case .fits?, nil: return []
    }
  }

  /// Of a list in a brief report.
  static let briefCount = 3

  /// What the verdict depends on.
  func dependencyLines(_ width: Int, _ detail: Detail) -> [DisplayText] {
    let dependencies = dependencies
    let shown = detail == .full ? dependencies : Array(dependencies.prefix(Self.briefCount))
    let title: DisplayText =
      result.verdict == .fits ? "  it fits as long as" : "  with other assumptions it would fit if"
    if detail == .brief, shown.count == 1, let only = shown.first {
      return DisplayText("\(title) \(only.condition)").wrapped(rest: "    ", width)
    }
    return Self.list(title, shown.map(\.condition), width)
  }

  static func list(_ title: DisplayText, _ entries: [String], _ width: Int) -> [DisplayText] {
    entries.isEmpty
      ? []
      : [title] + entries.flatMap { DisplayText($0).wrapped(first: "    ", rest: "      ", width) }
  }

  // MARK: Conflicts

  func conflictLines(
    _ conflict: Conflict, _ width: Int, _ detail: Detail, _ brevity: Brevity = .nothing
  ) -> [DisplayText] {
    let title =
      conflict.isMinimal
      ? "these rules conflict, and without any one of them the others can be kept:"
      : "these rules conflict; there may be fewer, a limit was reached:"
    let first =
      detail == .full ? DisplayText(title).wrapped(first: "  ", rest: "  ", width) : []
    return first + ground(conflict, width, detail, isShort: brevity == .words)
  }

  /// Why there is no placement: what it comes down to, and the rules; in brief one of them.
  private func ground(
    _ conflict: Conflict, _ width: Int, _ detail: Detail, isBeyond: Bool = false,
    isShort: Bool = false
  ) -> [DisplayText] {
    let indent: DisplayText = detail == .full || isBeyond ? "    " : "  "
    let summary =
      result.summary(of: conflict).map {
        DisplayText("\($0).").wrapped(first: indent, rest: indent, width)
      } ?? []
    guard detail == .full || summary.isEmpty else { return summary }
    if detail == .brief, isBeyond || isShort {
      let rules = conflict.constraints.map(\.rule).filter { $0 != .placed }
      let names = rules.enumerated().filter { rules.firstIndex(of: $1) == $0 }.map(
        \.element.rawValue)
      return DisplayText(names.joined(separator: "; ")).wrapped(first: indent, rest: indent, width)
    }
    let text = ConflictText(conflict)
    let sentences = detail == .full ? text.sentences : text.withoutSources
    return summary
      + sentences.flatMap { DisplayText($0).wrapped(first: "    - ", rest: "      ", width) }
  }
}
