import Runs

extension RunSVG {
  /// What stands above the picture: what goes wrong, of what, and what the signs mean.
  func frame(in body: inout Markup) {
    var y = SVGLayout.margin
    let room = layout.width - 2 * SVGLayout.margin
    for title in layout.titles {
      y += 20
      line(
        title, SVGLayout.margin, y - 4, size: SVGLayout.titleSize, room: room, weight: "bold",
        full: run.finding?.message, in: &body)
    }
    for fact in layout.facts {
      y += 15
      line(fact, SVGLayout.margin, y - 3, size: 11, room: room, style: "faint", in: &body)
    }
    for item in layout.legend.items {
      legend(item, y: y + item.y + 14, in: &body)
    }
    body.lineBreak()
  }

  private func legend(_ item: SVGLegend.Item, y: Double, in body: inout Markup) {
    let x = item.x
    switch item.sign {
    case .lane(let lane):
      rectangle(x, y - 10, 14, 12, color: palette.color(lane), in: &body)
    case .nobody: rectangle(x, y - 10, 14, 12, color: Palette.nobody, in: &body)
    case .belief: rectangle(x + 5, y - 10, 5, 12, color: palette.color(nil), in: &body)
    case .message: arrow(from: x, to: x + 16, y - 4, in: &body)
    case .star: break
    }
    line(
      item.text, item.sign == .star ? x : x + 22, y, size: SVGLegend.size, room: 262, in: &body)
  }

  /// What goes wrong, at the end of the run.
  ///
  /// - Returns: Where it ends.
  func finding(in body: inout Markup) -> Double {
    guard let finding = run.finding else { return layout.bottom }
    let room = layout.width - 2 * SVGLayout.margin - 28
    let measure = TextMeasure(fontSize: SVGLayout.textSize)
    var lines = measure.wrapped("✗ " + finding.message, room, lines: 3).map {
      (text: $0, isHead: true)
    }
    if let location = finding.location { lines.append(("at " + location, false)) }
    let part = (finding.part ?? "").split(separator: "\n").prefix(8).map(String.init)
    lines += part.map { ("  " + $0, false) }
    for value in finding.values.prefix(12) {
      lines.append(("\(value.name) = \(value.value)", false))
    }
    for note in finding.notes.prefix(6) {
      lines.append(("\(note.message), at \(note.location)", false))
    }
    let height = Double(lines.count) * 17 + 14
    let (x, top) = (SVGLayout.margin, layout.bottom + 4)
    body.element("g", ["class": "finding"]) { group in
      group.element(
        "rect",
        [
          "class": "wrong", "x": Self.number(x), "y": Self.number(top),
          "width": Self.number(layout.width - 2 * x), "height": Self.number(height), "rx": "4",
          "stroke": Palette.violation, "stroke-width": "2",
        ])
      for (number, content) in lines.enumerated() {
        line(
          content.text, x + 14, top + 20 + Double(number) * 17, size: SVGLayout.textSize,
          room: room + 2, weight: content.isHead ? "bold" : "normal", in: &group)
      }
    }
    return top + height
  }

  func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, color: String,
    in body: inout Markup
  ) {
    body.element(
      "rect",
      [
        "x": Self.number(x), "y": Self.number(y), "width": Self.number(width),
        "height": Self.number(height), "fill": color,
      ])
  }

  /// A level arrow with its head at `to`.
  func arrow(from: Double, to: Double, _ y: Double, in body: inout Markup) {
    let back = to > from ? -6.0 : 6.0
    body.element(
      "path",
      [
        "class": "arrow",
        "d": "M\(Self.number(from)) \(Self.number(y))H\(Self.number(to + back))",
      ])
    body.element(
      "path",
      [
        "class": "head",
        "d": "M\(Self.number(to)) \(Self.number(y))l\(Self.number(back)) -4v8z",
      ])
  }
}
