/// A picture that needs nothing else, readable on light and on dark pages.
package struct SVGDocument {
  /// What it is, for who does not see it.
  private let title: String
  /// Pixels.
  private let width: Double
  private let height: Double
  private let body: Markup

  package init(title: String, width: Double, height: Double, body: Markup) {
    (self.title, self.width, self.height, self.body) = (title, width, height, body)
  }

  package var text: String {
    let (width, height) = (Self.number(width), Self.number(height))
    var document = Markup()
    document.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": width, "height": height,
        "viewBox": "0 0 \(width) \(height)", "role": "img", "aria-labelledby": "title",
        "font-family": "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
      ]
    ) { svg in
      svg.element("title", ["id": "title"], text: title)
      svg.element("style", text: Self.style)
      svg.element("rect", ["class": "page", "width": width, "height": height])
      svg.lineBreak()
      svg.append(body)
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(document.text)\n"
  }

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
  package static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }
}
