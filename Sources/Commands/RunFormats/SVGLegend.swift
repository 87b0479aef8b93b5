import Runs

/// What the signs of a picture mean, for those that are in it.
struct SVGLegend {
  enum Sign: Equatable {
    case lane(Int)
    case nobody
    case belief
    case message
    case star
  }

  struct Item {
    let sign: Sign
    let text: String
    let x: Double
    let y: Double
  }

  static let size = 11.0
  private static let line = 18.0

  let items: [Item]
  let height: Double

  init(_ run: ShownRun, _ drawing: Drawing, _ columns: RunColumns, width: Double) {
    var entries: [(Sign, String)] = drawing.lanes.indices.map { (.lane($0), drawing.lanes[$0]) }
    let stripes = columns.columns.flatMap(\.stripes)
    if stripes.contains(where: { $0.meaning == .owner }) {
      entries.append((.nobody, "nobody's"))
    }
    if stripes.contains(where: \.isBelief) {
      entries.append((.belief, "believes that it has the thing"))
    }
    if run.steps.contains(where: { !drawing.messages(of: $0).isEmpty }) {
      entries.append((.message, "says"))
    }
    if run.finding?.reads.isEmpty == false {
      entries.append((.star, "★ what is violated reads it"))
    }
    let measure = TextMeasure(fontSize: Self.size)
    var (x, y) = (SVGLayout.margin, 0.0)
    items = entries.map { sign, text in
      let room = (sign == .star ? 0 : 22) + min(260, measure.width(text)) + 18
      if x + room > width, x > SVGLayout.margin {
        x = SVGLayout.margin
        y += Self.line
      }
      defer { x += room }
      return Item(sign: sign, text: measure.fitted(text, 260), x: x, y: y)
    }
    height = items.isEmpty ? 0 : y + Self.line
  }
}
