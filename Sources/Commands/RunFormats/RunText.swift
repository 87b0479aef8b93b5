package import Diagnostics
package import Runs

/// A run for a terminal: numbered steps with who takes them, and what each changes.
package struct RunText {
  let run: ShownRun
  let width: Int
  private let usesColor: Bool
  private let folded: FoldedPlaces
  /// The places that what is violated may read.
  private let marked: Set<Int>
  /// Characters of the column of actors, with the space behind it; 0 where nobody is named.
  private let actorWidth: Int

  /// - Parameters:
  ///   - width: Characters of a line.
  package init(_ run: ShownRun, width: Int, usesColor: Bool = false) {
    self.run = run
    self.width = max(40, width)
    self.usesColor = usesColor
    folded = FoldedPlaces(run.places)
    marked = Set(run.finding?.reads ?? [])
    let longest = run.actors.map { DisplayText($0).count }.max() ?? 0
    actorWidth = longest == 0 ? 0 : min(longest, 16) + 2
  }

  /// The run by itself: of which model, what goes wrong, and the steps.
  package var document: DisplayText {
    var lines: [DisplayText] = []
    let head: DisplayText = "\(run.model): \(run.finding?.message ?? "a run")"
    lines += head.wrapped(rest: "  ", width)
    lines += run.patches.map { "  with \($0)" }
    lines += run.without.map { "  without rule \"\($0)\"" }
    if !run.constants.isEmpty {
      let constants = run.constants.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      lines += ("for \(constants)" as DisplayText).wrapped(first: "  ", rest: "    ", width)
    }
    if let location = run.finding?.location { lines.append("  at \(location)") }
    for value in run.finding?.values ?? [] {
      lines += ("`\(value.name)` is \(value.value)" as DisplayText)
        .wrapped(first: "  ", rest: "    ", width)
    }
    for note in run.finding?.notes ?? [] {
      lines += ("\(note.message), at \(note.location)" as DisplayText)
        .wrapped(first: "  ", rest: "    ", width)
    }
    return (lines + [""] + self.lines(indent: "  ")).map { $0 + "\n" }.joined()
  }

  /// The symbolic constants and the steps.
  package func lines(indent: DisplayText) -> [DisplayText] {
    layoutLines(indent)
      + run.steps.enumerated().flatMap { lines(of: $1, number: $0, .whole, indent) }
  }

  func layoutLines(_ indent: DisplayText) -> [DisplayText] {
    if run.layout.isEmpty { return [] }
    return [indent + "for the layout"]
      + run.layout.map { "\(indent)  \($0.name) = \($0.text)" }
  }

  /// How much of a step is shown.
  enum Detail {
    case whole
    /// Of what it changes, what the violated property may read.
    case read
    /// Who does what, in one line.
    case title
  }

  func lines(
    of step: ShownRun.Step, number: Int, _ detail: Detail, _ indent: DisplayText
  ) -> [DisplayText] {
    let digits = max(2, String(run.steps.count).count)
    let label = DisplayText(
      String(repeating: " ", count: digits - String(number + 1).count) + "\(number + 1). ")
    let blank = ("" as DisplayText).padded(to: label.count)
    let isStart = number == 0 && !step.fails
    let column = isStart ? 0 : actorWidth
    let actor = DisplayText(step.actor ?? "").padded(to: max(0, column - 1))
    let lead: DisplayText = column == 0 ? label : label + actor + " "
    let inner = indent + blank + ("" as DisplayText).padded(to: column)
    let title = isStart ? step.rule : step.action
    var lines = DisplayText.packed(
      DisplayText(title + step.parameterList).words + [place(of: step)].compactMap { $0 },
      mark: "", first: indent + lead, rest: inner + "  ", width)
    if detail == .title {
      let line = lines[0]
      return lines.count == 1 ? lines : [line.count < width ? line + "…" : line]
    }
    lines += DisplayText.packed(
      sentences(of: step, isStart: isStart, detail), mark: ";", first: inner, rest: inner, width)
    lines += step.output.map { "\(inner)put: \($0)" }
    if step.fails, let finding = run.finding {
      lines += ("fails: \(finding.message)" as DisplayText).wrapped(
        first: inner, rest: inner + "  ", width)
    }
    return lines
  }

  /// `:612`, the line of the rule.
  private func place(of step: ShownRun.Step) -> DisplayText? {
    guard let location = step.location, let colon = location.lastIndex(of: ":") else { return nil }
    return DisplayText(location[colon...])
  }

  /// What a step changes, or what a start state has; a star before what matters at the end.
  private func sentences(
    of step: ShownRun.Step, isStart: Bool, _ detail: Detail
  ) -> [DisplayText] {
    var values: [Int: String] = [:]
    for change in step.changes where detail == .whole || marked.contains(change.place) {
      values[change.place] = isStart ? change.new : "\(change.old) -> \(change.new)"
    }
    return folded.sentences(values, joint: isStart ? " = " : ": ").map { sentence in
      guard !isStart, sentence.places.contains(where: marked.contains) else {
        return DisplayText(sentence.text)
      }
      let text: DisplayText = "*\(sentence.text)"
      return usesColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }
  }
}
