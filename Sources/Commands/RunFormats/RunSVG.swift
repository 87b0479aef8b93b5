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
    let (width, height) = (Self.number(layout.width), Self.number(end + SVGLayout.margin))
    var document = Markup()
    document.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": width, "height": height,
        "viewBox": "0 0 \(width) \(height)", "role": "img", "aria-labelledby": "title",
        "font-family": "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
      ]
    ) { svg in
      svg.element("title", ["id": "title"], text: heading)
      svg.element("style", text: Self.style)
      svg.element("rect", ["class": "page", "width": width, "height": height])
      svg.lineBreak()
      svg.append(body)
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(document.text)\n"
  }

  var heading: String { "\(run.model): \(run.finding?.message ?? "a run")" }

  /// Whoever draws it and does not know what the page around it is like, draws it light.
  private static let style = """
    .page { fill: #ffffff }
    text { fill: #1b1f23; white-space: pre }
    .faint { fill: #57606a }
    .box { fill: #f6f8fa; stroke: #8c959f }
    .line { stroke: #8c959f; fill: none }
    .arrow { stroke: #1b1f23; fill: none }
    .head { fill: #1b1f23 }
    .edge { stroke: #1b1f23 }
    .wrong { fill: #fff1e8 }
    @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117 }
      text { fill: #e6edf3 }
      .faint { fill: #9da7b3 }
      .box { fill: #161b22; stroke: #768390 }
      .line { stroke: #768390 }
      .arrow { stroke: #e6edf3 }
      .head { fill: #e6edf3 }
      .edge { stroke: #e6edf3 }
      .wrong { fill: #33201a }
    }
    """

  /// A length in pixels, with one digit behind the point.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }

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
