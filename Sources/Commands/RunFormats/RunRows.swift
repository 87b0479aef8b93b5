import Runs

/// The steps of a run that are drawn one by one, and those between them that are drawn as one row.
///
/// A run of at most ``limit`` steps is drawn whole. Of a longer one are drawn the first, the last, and
/// between them the latest that change what the violated property reads or say a word.
struct RunRows {
  static let limit = 400
  static let firstCount = 40
  static let lastCount = 160
  static let middleCount = 100

  enum Row: Equatable {
    case step(Int)
    /// At least one step.
    case fold(Range<Int>)
  }

  let rows: [Row]

  init(_ run: ShownRun, _ drawing: Drawing) {
    let count = run.steps.count
    guard count > Self.limit else {
      rows = run.steps.indices.map(Row.step)
      return
    }
    let reads = Set(run.finding?.reads ?? [])
    let middle = Self.firstCount..<(count - Self.lastCount)
    let telling = middle.reversed().lazy.filter { number in
      let step = run.steps[number]
      return step.changes.contains { reads.contains($0.place) }
        || !drawing.messages(of: step).isEmpty
    }
    var rows: [Row] = (0..<Self.firstCount).map(Row.step)
    var next = Self.firstCount
    for number in telling.prefix(Self.middleCount).reversed() + [middle.upperBound] {
      if next < number { rows.append(.fold(next..<number)) }
      if number < middle.upperBound { rows.append(.step(number)) }
      next = number + 1
    }
    self.rows = rows + (middle.upperBound..<count).map(Row.step)
  }

  /// How many steps are not drawn one by one.
  var foldedCount: Int {
    rows.reduce(0) { count, row in
      if case .fold(let range) = row { return count + range.count }
      return count
    }
  }
}
