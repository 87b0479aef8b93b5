import Runs

/// Where everything stands, in pixels.
struct SVGLayout {
  struct Row {
    enum Content {
      case step(number: Int, cell: SVGCells.Cell, lines: [String], notes: [String])
      case fold(Range<Int>, text: String)
    }
    let content: Content
    let top: Double
    let height: Double
    /// The last step that is in it, from 0.
    let lastStep: Int
  }

  static let margin = 16.0
  static let titleSize = 16.0
  static let textSize = 12.0
  static let noteSize = 10.5
  static let titleLine = 15.0
  static let noteLine = 13.0
  static let messageLine = 20.0
  static let padding = 6.0
  private static let gap = 8.0

  /// The left edge and the width of each lane.
  let lanes: [(x: Double, width: Double)]
  let columns: [(x: Double, column: RunColumns.Column)]
  let rows: [Row]
  let foldedCount: Int
  let width: Double
  /// The lines above the picture.
  let titles: [String]
  let facts: [String]
  let legend: SVGLegend
  /// Where lanes and tracks begin, and where they end.
  let top: Double
  let bottom: Double
  /// Where steps' numbers end.
  let numberEnd: Double
  /// The right edge of the last lane, and of steps of nobody.
  let lanesEnd: Double

  init(_ run: ShownRun, _ drawing: Drawing, _ columns: RunColumns, _ cells: SVGCells) {
    let shown = RunRows(run, drawing)
    foldedCount = shown.foldedCount
    let contents = shown.rows.map { row -> (row: RunRows.Row, cell: SVGCells.Cell?) in
      if case .step(let number) = row { return (row, cells.cell(number)) }
      return (row, nil)
    }
    let measure = TextMeasure(fontSize: Self.textSize)
    numberEnd = Self.margin + max(22, measure.width(String(run.steps.count)) + 6)
    lanes = Self.lanes(drawing, contents.compactMap(\.cell), from: numberEnd + 10)
    lanesEnd = lanes.last.map { $0.x + $0.width } ?? numberEnd + 320
    var x = lanesEnd + 24
    self.columns = columns.columns.map { column in
      defer { x += column.width }
      return (x, column)
    }
    width = max(620, x) + Self.margin
    let room = width - 2 * Self.margin
    titles = TextMeasure(fontSize: Self.titleSize).wrapped(
      run.finding?.message ?? "A run", room, lines: 3)
    facts = Self.facts(run, foldedCount, columns).flatMap {
      TextMeasure(fontSize: 11).wrapped($0, room, lines: 3)
    }
    legend = SVGLegend(run, drawing, columns, width: width)
    let headTop =
      Self.margin + Double(titles.count) * 20 + Double(facts.count) * 15
      + legend.height + 10
    top = headTop + 44
    (rows, bottom) = Self.rows(contents, run, lanes, lanesEnd: lanesEnd, from: numberEnd, top: top)
  }

  /// What was checked, and how much of it is drawn.
  private static func facts(
    _ run: ShownRun, _ foldedCount: Int, _ columns: RunColumns
  ) -> [String] {
    let omittedCount = columns.omittedCount
    var facts = ["\(run.model), \(run.steps.count) steps"]
    if foldedCount > 0 {
      facts[0] += ", \(foldedCount) of them folded; the form html has each"
    }
    if omittedCount > 0 { facts.append("without tracks of \(omittedCount) more things") }
    if !run.patches.isEmpty { facts.append("with " + run.patches.joined(separator: ", ")) }
    facts += run.without.map { "without rule \"\($0)\"" }
    if !run.constants.isEmpty {
      facts.append(run.constants.map { "\($0.name)=\($0.value)" }.joined(separator: " "))
    }
    if !run.layout.isEmpty {
      facts.append(run.layout.map { "\($0.name) = \($0.text)" }.joined(separator: ", "))
    }
    let regions = columns.columns.flatMap(\.stripes).compactMap(\.region)
    if !regions.isEmpty {
      var seen: Set<String> = []
      let names = regions.filter { seen.insert($0).inserted }
      facts.append("memory, from the left: " + names.joined(separator: ", "))
    }
    return facts
  }

  /// A lane is as wide as its longest text, within bounds.
  private static func lanes(
    _ drawing: Drawing, _ cells: [SVGCells.Cell], from start: Double
  ) -> [(x: Double, width: Double)] {
    let measure = TextMeasure(fontSize: textSize)
    var widths = drawing.lanes.map { max(90, min(150, measure.width($0) + 20)) }
    for cell in cells {
      let words = cell.messages.map { TextMeasure(fontSize: noteSize).width($0.word) + 20 }
      let notes = cell.notes.map { TextMeasure(fontSize: noteSize).width($0) + 16 }
      let text = max(measure.width(cell.title) + 16, words.max() ?? 0, notes.max() ?? 0)
      if let lane = cell.lane { widths[lane] = max(widths[lane], min(240, text)) }
    }
    var x = start
    return widths.map { width in
      defer { x += width + gap }
      return (x, width)
    }
  }

  private static func rows(
    _ contents: [(row: RunRows.Row, cell: SVGCells.Cell?)], _ run: ShownRun,
    _ lanes: [(x: Double, width: Double)], lanesEnd: Double, from numberEnd: Double, top: Double
  ) -> ([Row], bottom: Double) {
    var rows: [Row] = []
    var y = top
    for (row, cell) in contents {
      let height: Double
      switch row {
      case .step(let number):
        guard let cell else { continue }
        let room = (cell.lane.map { lanes[$0].width } ?? lanesEnd - numberEnd - 10) - 12
        let lines = TextMeasure(fontSize: textSize).wrapped(cell.title, room, lines: 2)
        let notes = Self.few(cell.notes)
        height =
          Double(lines.count) * titleLine + Double(notes.count) * noteLine + padding
          + Double(cell.messages.count) * messageLine
        rows.append(
          Row(
            content: .step(number: number, cell: cell, lines: lines, notes: notes), top: y,
            height: height, lastStep: number))
      case .fold(let range):
        height = 30
        rows.append(
          Row(
            content: .fold(range, text: folded(range, run)), top: y, height: height,
            lastStep: range.upperBound - 1))
      }
      y += height + gap
    }
    return (rows, y)
  }

  /// At most three lines, of which the last says how many more there are.
  private static func few(_ notes: [String]) -> [String] {
    if notes.count <= 3 { return notes }
    return notes.prefix(2) + ["… and \(notes.count - 2) more"]
  }

  /// How many steps of whom.
  private static func folded(_ range: Range<Int>, _ run: ShownRun) -> String {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for step in run.steps[range] {
      let actor = step.actor ?? "others"
      if counts[actor] == nil { order.append(actor) }
      counts[actor, default: 0] += 1
    }
    let parts = order.map { "\($0) \(counts[$0] ?? 0)" }.joined(separator: ", ")
    return "steps \(range.lowerBound + 1) to \(range.upperBound): \(parts)"
  }
}
