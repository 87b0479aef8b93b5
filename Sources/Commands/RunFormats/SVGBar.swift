import Runs

/// A piece of a stripe in which nothing changes.
struct SVGBar: Equatable {
  /// By the column, and by the stripe in it.
  let column: Int
  let stripe: Int
  let value: String
  /// Rows from the first to the last.
  let rows: ClosedRange<Int>

  /// All bars, column by column, stripe by stripe, from the start down.
  static func all(
    _ run: ShownRun, _ drawing: Drawing, _ columns: RunColumns, _ rows: [SVGLayout.Row]
  ) -> [SVGBar] {
    let stripes = columns.columns.enumerated().flatMap { column, content in
      content.stripes.indices.map { (column: column, stripe: $0, place: content.stripes[$0].place) }
    }
    var open = [(value: String, from: Int)?](repeating: nil, count: stripes.count)
    var bars = [[SVGBar]](repeating: [], count: stripes.count)
    var state = [String](repeating: ShownRun.undefined, count: run.places.count)
    var next = 0
    for (row, content) in rows.enumerated() {
      while next <= content.lastStep {
        for change in run.steps[next].changes { state[change.place] = change.new }
        next += 1
      }
      for (number, stripe) in stripes.enumerated() {
        let value = state[stripe.place]
        if let last = open[number] {
          if last.value == value { continue }
          bars[number].append(
            SVGBar(
              column: stripe.column, stripe: stripe.stripe, value: last.value,
              rows: last.from...(row - 1)))
        }
        open[number] = (value, row)
      }
    }
    for (number, stripe) in stripes.enumerated() {
      guard let last = open[number] else { continue }
      bars[number].append(
        SVGBar(
          column: stripe.column, stripe: stripe.stripe, value: last.value,
          rows: last.from...(rows.count - 1)))
    }
    return bars.flatMap { $0 }
  }
}
