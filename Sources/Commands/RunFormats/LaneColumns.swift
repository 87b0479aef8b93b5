import Runs

/// Where the lanes of a ladder stand in lines of characters: each has a bar, and room to its right.
///
/// Columns count from the margin.
struct LaneColumns {
  /// The column of each lane's bar.
  private let bars: [Int]
  private let width: Int
  /// The line of the lanes' names, and one of bars below it.
  let names: [String]

  /// Fewer characters hold no word of an action.
  private static let least = 12
  /// What an arrow has beside its word: `|- ` and ` ->`.
  private static let arrowEnds = 6

  /// Nil where the lanes do not fit, or there are none.
  ///
  /// Arrows have the room that their words need. What is left goes to the lanes in which most happens.
  init?(_ run: ShownRun, _ drawing: Drawing, from margin: Int, to end: Int) {
    let count = drawing.lanes.count
    let width = end - margin
    guard count > 0, count * Self.least <= width else { return nil }
    var needs = [Int](repeating: Self.least, count: count)
    var actions = [Int](repeating: 0, count: count)
    for step in run.steps {
      if let lane = drawing.lane(of: step) { actions[lane] += 1 }
      for message in drawing.messages(of: step) {
        guard let from = message.from, let to = message.to, from != to else { continue }
        let gaps = min(from, to)..<max(from, to)
        let word = MailText.ascii(message.word).utf8.count + Self.arrowEnds
        let missing = word - needs[gaps].reduce(0, +)
        // The gap beside who speaks is as good as any.
        if missing > 0 { needs[gaps.lowerBound] += missing }
      }
    }
    let left = width - needs.reduce(0, +)
    guard left >= 0 else { return nil }
    let all = max(1, actions.reduce(0, +))
    var bars = [0]
    for lane in 0..<count - 1 {
      bars.append(bars[lane] + needs[lane] + left * actions[lane] / all)
    }
    self.bars = bars
    self.width = width
    names = Self.names(drawing.lanes, bars, width).map {
      String(repeating: " ", count: margin) + $0
    }
  }

  private static func names(_ lanes: [String], _ bars: [Int], _ width: Int) -> [String] {
    let ends = bars.dropFirst() + [width]
    let cells = zip(lanes, zip(bars, ends)).map { lane, column in
      MailText.wrapped(MailText.ascii(lane), column.1 - column.0 - 1)
    }
    let height = cells.map(\.count).max() ?? 0
    return (0..<height).map { row in
      zip(cells, zip(bars, ends)).map { cell, column in
        let text = row < cell.count ? cell[row] : ""
        return text + String(repeating: " ", count: column.1 - column.0 - text.utf8.count)
      }.joined()
    }
  }

  /// Characters for what is written in a lane.
  func room(_ lane: Int) -> Int {
    let end = lane + 1 < bars.count ? bars[lane + 1] - 1 : width
    return end - bars[lane] - 2
  }

  /// A line of bars, with a text behind one.
  func row(_ text: String, in lane: Int) -> String {
    var line = barLine
    line.replaceSubrange(bars[lane] + 2..<bars[lane] + 2 + text.utf8.count, with: text.utf8)
    return String(decoding: line, as: UTF8.self)
  }

  /// A line of bars, with an arrow from one to another.
  func arrow(_ word: String, from: Int, to: Int) -> String {
    var line = barLine
    let (low, high) = (bars[min(from, to)], bars[max(from, to)])
    let dashes = high - low - 1 - word.utf8.count - 2
    // The end with the head has the dash that is over.
    let less = dashes / 2
    let before = String(repeating: "-", count: from < to ? less : dashes - less)
    let after = String(repeating: "-", count: from < to ? dashes - less : less)
    var shaft = Array("\(before) \(word) \(after)".utf8)
    if from < to {
      shaft[shaft.count - 1] = UInt8(ascii: ">")
    } else {
      shaft[0] = UInt8(ascii: "<")
    }
    line.replaceSubrange(low + 1..<high, with: shaft)
    return String(decoding: line, as: UTF8.self)
  }

  private var barLine: [UInt8] {
    var line = [UInt8](repeating: UInt8(ascii: " "), count: width)
    for bar in bars { line[bar] = UInt8(ascii: "|") }
    return line
  }
}
