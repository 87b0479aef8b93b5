import Runs

/// A run as one picture that needs nothing else: time goes down, with a lane for each actor, arrows for
/// messages, and beside them a track for each CPU or other thing that somebody has.
struct RunSVG {
  let run: ShownRun
  let drawing: Drawing
  let palette: Palette
  let layout: SVGLayout
  let bars: [SVGBar]

  init(_ run: ShownRun) {
    self.run = run
    drawing = Drawing(run)
    let holdings = Holding.all(of: run, drawing)
    palette = Palette(run, drawing, holdings)
    let columns = RunColumns(run, drawing, holdings)
    let cells = SVGCells(run, drawing, drawn: columns.places)
    layout = SVGLayout(run, drawing, columns, cells)
    bars = SVGBar.all(run, drawing, columns, layout.rows)
  }

  var text: String {
    var body = Markup()
    frame(in: &body)
    lanes(in: &body)
    tracks(in: &body)
    for row in layout.rows {
      self.row(row, in: &body)
      body.lineBreak()
    }
    let end = finding(in: &body)
    return SVGDocument(
      title: heading, width: layout.width, height: end + SVGLayout.margin, body: body
    ).text
  }

  var heading: String { "\(run.model): \(run.finding?.message ?? "a run")" }

  /// A length in pixels, with one digit behind the point.
  static func number(_ value: Double) -> String { SVGDocument.number(value) }

  /// A line of text that takes at most the room; the whole is its tooltip where a part is missing.
  func line(
    _ text: String, _ x: Double, _ y: Double, size: Double, room: Double,
    style: String = "plain", anchor: String = "start", weight: String = "normal",
    full: String? = nil, in markup: inout Markup
  ) {
    let measure = TextMeasure(fontSize: size)
    let shown = measure.fitted(text, room)
    let attributes: KeyValuePairs<StaticString, String> = [
      "x": Self.number(x), "y": Self.number(y), "font-size": Self.number(size), "class": style,
      "text-anchor": anchor, "font-weight": weight,
    ]
    markup.element("text", attributes) { inner in
      if shown != text || full != nil { inner.element("title", text: full ?? text) }
      inner.append(text: shown)
    }
  }
}
