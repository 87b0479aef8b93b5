import Runs

/// A run for a mailing list: 72 columns of ASCII, a lane for each actor with what it does, and arrows
/// for what they say to each other.
///
/// Where the lanes do not fit beside each other, the run is a list of who does what. No line begins
/// with what mail or `git am` would take for something of theirs: a line that is not indented is one
/// of ours.
struct MailLadder {
  private let run: ShownRun
  private let drawing: Drawing
  private let folded: FoldedPlaces
  /// What the violated property may read; nil where it reads nothing, as a deadlock: then all that changes counts.
  private let marked: Set<Int>?
  /// Columns for the number of a step.
  private let margin: Int
  private let lanes: LaneColumns?

  init(_ run: ShownRun) {
    self.run = run
    drawing = Drawing(run)
    folded = FoldedPlaces(run.places)
    marked = run.finding.flatMap { $0.reads.isEmpty ? nil : Set($0.reads) }
    margin = max(2, String(run.steps.count).utf8.count) + 2
    lanes = LaneColumns(run, drawing, from: margin, to: MailText.width)
  }

  /// Ends in a line break.
  var text: String {
    var lines = head
    lanes.map { lines += $0.names }
    for (number, step) in run.steps.enumerated() {
      let isStart = number == 0 && !step.fails
      lines += title(step, number: number, isStart: isStart)
      if !isStart { lines += words(of: step) }
      lines += notes(of: step, isStart: isStart)
    }
    return (lines + end).map { MailText.trimmed($0) + "\n" }.joined()
  }

  // MARK: - Before and behind the steps

  private var head: [String] {
    var lines = wrapped("Run of \(run.model)", indent: 0)
    lines += run.patches.flatMap { wrapped("with \($0)", indent: 2) }
    lines += run.without.flatMap { wrapped("without \($0)", indent: 2) }
    let constants = run.constants.map { "\($0.name) = \($0.value)" }
    if !constants.isEmpty { lines += list(constants, separator: ", ", indent: 2, rest: 0) }
    lines += run.layout.flatMap { wrapped("\($0.name) = \($0.text)", indent: 2) }
    return lines + [""]
  }

  private var end: [String] {
    guard let finding = run.finding else { return [] }
    var lines = [""] + wrapped("Violated: \(finding.message)", indent: 0)
    if let location = finding.location { lines += wrapped("at \(location)", indent: 2) }
    if let part = finding.part {
      lines += part.split(separator: "\n").flatMap { wrapped(String($0), indent: 4) }
    }
    if !finding.values.isEmpty { lines += wrapped("where", indent: 2) }
    lines += finding.values.flatMap { wrapped("\($0.name) = \($0.value)", indent: 4) }
    return lines + finding.notes.flatMap { wrapped("\($0.message), at \($0.location)", indent: 2) }
  }

  private func wrapped(_ text: String, indent: Int) -> [String] {
    indented(MailText.ascii(text), indent: indent, rest: 2)
  }

  private func list(
    _ items: [String], first: String = "", separator: String, indent: Int, rest: Int
  ) -> [String] {
    indented(first + MailText.list(items, separator: separator), indent: indent, rest: rest)
  }

  private func indented(_ text: String, indent: Int, rest: Int) -> [String] {
    let blank = String(repeating: " ", count: indent)
    return MailText.wrapped(text, MailText.width - indent, rest: rest).map { blank + $0 }
  }

  /// What is done, with its parameters, each of which is in one line.
  private func action(_ text: String, _ step: ShownRun.Step) -> String {
    let parameters = step.parameters.map { "\($0.name) = \($0.value)" }
    let list = MailText.list(parameters, separator: ", ")
    return MailText.ascii(text) + (list.isEmpty ? "" : " (\(list))")
  }

  // MARK: - Steps

  private func label(_ number: Int) -> String {
    let digits = String(number + 1)
    return String(repeating: " ", count: margin - 2 - digits.utf8.count) + digits + ". "
  }

  private func title(_ step: ShownRun.Step, number: Int, isStart: Bool) -> [String] {
    let label = label(number)
    let blank = String(repeating: " ", count: margin)
    guard !isStart, let lanes, let lane = drawing.lane(of: step) else {
      let actor = isStart ? nil : step.actor
      let text = (actor.map { "\($0): " } ?? "") + (isStart ? step.rule : step.action)
      let lines = MailText.wrapped(action(text, step), MailText.width - margin, rest: 2)
      return lines.enumerated().map { ($0 == 0 ? label : blank) + $1 }
    }
    let lines = MailText.wrapped(action(step.action, step), lanes.room(lane))
    return lines.enumerated().map { ($0 == 0 ? label : blank) + lanes.row($1, in: lane) }
  }

  /// What a step says: an arrow, or words where nobody is known who gets it.
  private func words(of step: ShownRun.Step) -> [String] {
    let blank = String(repeating: " ", count: margin)
    return drawing.messages(of: step).flatMap { message -> [String] in
      let word = MailText.ascii(message.word)
      if let lanes, let from = message.from, let to = message.to, from != to {
        return [blank + lanes.arrow(word, from: from, to: to)]
      }
      if let lanes, let lane = message.from ?? message.to {
        let text = message.from == nil ? "gets \(word)" : "says \(word)"
        return MailText.wrapped(text, lanes.room(lane), rest: 2).map {
          blank + lanes.row($0, in: lane)
        }
      }
      let names = [message.from, message.to].map { $0.map { drawing.lanes[$0] } ?? "?" }
      return wrapped("\(names[0]) -- \(message.word) --> \(names[1])", indent: margin)
    }
  }

  /// What a step changes of what counts, and what it prints.
  private func notes(of step: ShownRun.Step, isStart: Bool) -> [String] {
    var values: [Int: String] = [:]
    for change in step.changes where marked?.contains(change.place) ?? true {
      values[change.place] = isStart ? change.new : "\(change.old) -> \(change.new)"
    }
    let sentences = folded.sentences(values, joint: isStart ? " = " : ": ")
    let changes =
      sentences.isEmpty
      ? [] : list(sentences.map(\.text), first: "* ", separator: "; ", indent: margin, rest: 2)
    return changes + step.output.flatMap { wrapped("put: \($0)", indent: margin) }
      + (step.fails ? wrapped("* fails", indent: margin) : [])
  }
}
