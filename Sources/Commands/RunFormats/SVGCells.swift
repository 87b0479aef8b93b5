import Runs

/// What is written of each step: who takes it, its title, and what it changes that is drawn nowhere else.
struct SVGCells {
  struct Cell {
    /// Nil where nobody is named: it stands across all lanes.
    let lane: Int?
    let title: String
    /// Behind a star what the violated property reads.
    let notes: [String]
    let messages: [Drawing.Message]
    let location: String?
    let fails: Bool
  }

  private let run: ShownRun
  private let drawing: Drawing
  private let drawn: Set<Int>
  private let reads: Set<Int>
  private let folded: FoldedPlaces

  init(_ run: ShownRun, _ drawing: Drawing, drawn: Set<Int>) {
    self.run = run
    self.drawing = drawing
    self.drawn = drawn
    reads = Set(run.finding?.reads ?? [])
    folded = FoldedPlaces(run.places)
  }

  func cell(_ number: Int) -> Cell {
    let step = run.steps[number]
    let lane = drawing.lane(of: step)
    let messages = number == 0 ? [] : drawing.messages(of: step)
    return Cell(
      lane: lane, title: (lane == nil ? step.rule : step.action) + Self.parameters(step),
      notes: number == 0 ? [] : notes(of: step, words: messages.map(\.word)),
      messages: messages, location: step.location, fails: step.fails)
  }

  /// Without spaces in them, at which a line would break.
  private static func parameters(_ step: ShownRun.Step) -> String {
    if step.parameters.isEmpty { return "" }
    let list = step.parameters.map { "\($0.name)=\($0.value)" }
    return " (\(list.joined(separator: ", ")))"
  }

  private func notes(of step: ShownRun.Step, words: [String]) -> [String] {
    var values: [Int: String] = [:]
    for change in step.changes {
      // A word that is said has an arrow; that it is heard is no news.
      let isSaid =
        words.contains(change.new) || drawing.isWord(change.old, at: change.place)
      if drawn.contains(change.place) || isSaid && !reads.contains(change.place) { continue }
      values[change.place] = "\(change.old) → \(change.new)"
    }
    let sentences = folded.sentences(values, joint: ": ").map { sentence in
      let isStarred = sentence.places.contains(where: reads.contains)
      return (isStarred: isStarred, text: (isStarred ? "★ " : "") + sentence.text)
    }
    return (sentences.filter(\.isStarred) + sentences.filter { !$0.isStarred }).map(\.text)
      + step.output.map { "put: \($0)" }
  }
}
