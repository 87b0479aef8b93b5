import Diagnostics
import Runs

/// A run as a sequence diagram of Mermaid, which GitHub and GitLab draw where Markdown is shown.
///
/// Actors are participants, actions are notes over who acts, and messages are arrows. A step also says
/// what it changes of what the violated property may read.
struct MermaidDiagram {
  private let run: ShownRun
  private let drawing: Drawing
  private let folded: FoldedPlaces
  private let marked: Set<Int>
  /// Whether somebody without a name takes a step; then there is a participant for it.
  private let hasNobody: Bool

  init(_ run: ShownRun) {
    self.run = run
    drawing = Drawing(run)
    folded = FoldedPlaces(run.places)
    marked = Set(run.finding?.reads ?? [])
    hasNobody = drawing.lanes.isEmpty || run.steps.dropFirst().contains { $0.actor == nil }
  }

  var text: String {
    var text = "sequenceDiagram\n"
    for (number, lane) in drawing.lanes.enumerated() {
      text += "  participant L\(number) as \(Self.escaped(lane))\n"
    }
    if hasNobody { text += "  participant N as (nobody)\n" }
    for (number, step) in run.steps.enumerated() {
      if number == 0, !step.fails {
        append(note: start(step), over: all, to: &text)
      } else {
        append(step, number: number, to: &text)
      }
    }
    if let finding = run.finding { append(note: words(of: finding), over: all, to: &text) }
    return text
  }

  private func append(_ step: ShownRun.Step, number: Int, to text: inout String) {
    let participant = participant(drawing.lane(of: step))
    var lines = ["\(number + 1). \(step.action)\(step.parameterList)"]
    lines += sentences(of: step, joint: ": ") { "\($0.old) → \($0.new)" }
    lines += step.output.map { "put: \($0)" }
    if step.fails { lines.append("fails") }
    append(note: lines, over: participant, to: &text)
    for message in drawing.messages(of: step) {
      let (from, to) = (message.from ?? message.to, message.to ?? message.from)
      text +=
        "  \(self.participant(from))->>\(self.participant(to)): \(Self.escaped(message.word))\n"
    }
  }

  private func append(note lines: [String], over participants: String, to text: inout String) {
    text += "  Note over \(participants): \(lines.map(Self.escaped).joined(separator: "<br/>"))\n"
  }

  private func participant(_ lane: Int?) -> String { lane.map { "L\($0)" } ?? "N" }

  /// The first and the last participant.
  private var all: String {
    let names = drawing.lanes.indices.map { "L\($0)" } + (hasNobody ? ["N"] : [])
    return names.count < 2 ? names.joined() : "\(names[0]),\(names[names.count - 1])"
  }

  // MARK: - Words

  private func start(_ step: ShownRun.Step) -> [String] {
    let patches = run.patches.isEmpty ? "" : " with " + run.patches.joined(separator: ", ")
    return [run.model + patches, "1. \(step.title)"] + sentences(of: step, joint: " = ", \.new)
  }

  /// Of what the violated property may read, what a step changes.
  private func sentences(
    of step: ShownRun.Step, joint: String, _ words: (ShownRun.Change) -> String
  ) -> [String] {
    var values: [Int: String] = [:]
    for change in step.changes where marked.contains(change.place) {
      values[change.place] = words(change)
    }
    return folded.sentences(values, joint: joint).map(\.text)
  }

  private func words(of finding: ShownRun.Finding) -> [String] {
    [finding.message] + (finding.part ?? "").split(separator: "\n").map(String.init)
      + finding.values.map { "\($0.name) = \($0.value)" }
      + finding.notes.map { "\($0.message), at \($0.location)" }
  }

  /// Text in which nothing is syntax: Mermaid reads `#35;` as the character of that number.
  ///
  /// Letters, digits and what stands between words are kept. Four characters by which Mermaid itself
  /// says a number while it reads are written by theirs. No text is empty, which is none of its grammar.
  private static func escaped(_ text: String) -> String {
    if text.isEmpty { return "#32;" }
    return DisplayText(text).description.unicodeScalars.reduce(into: "") { escaped, scalar in
      let isKept =
        scalar.isASCII
        ? scalar.properties.isAlphabetic || (0x30...0x39) ~= scalar.value
          || " ._,()[]=/*-'\"!?|+".unicodeScalars.contains(scalar)
        : !"ﬂ°¶ß".unicodeScalars.contains(scalar)
      if isKept {
        escaped.unicodeScalars.append(scalar)
      } else {
        escaped += "#\(scalar.value);"
      }
    }
  }
}
