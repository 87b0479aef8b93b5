import Runs

extension RunSVG {
  /// The names of things and their bars.
  func tracks(in body: inout Markup) {
    var variable: String?
    for (x, column) in layout.columns {
      if column.variable != variable {
        let room = layout.columns.filter { $0.column.variable == column.variable }
          .reduce(0) { $0 + $1.column.width }
        line(
          column.variable, x, layout.top - 28, size: 11, room: room, style: "faint", in: &body)
        variable = column.variable
      }
      line(
        column.name, x, layout.top - 14, size: RunColumns.nameSize, room: column.width - 6,
        weight: "bold", in: &body)
    }
    body.lineBreak()
    for (x, column) in layout.columns {
      for stripe in column.stripes {
        let middle = Self.number(x + stripe.x + stripe.width / 2)
        body.element(
          "path",
          [
            "class": "line", "stroke-dasharray": "1 3",
            "d": "M\(middle) \(Self.number(layout.top))V\(Self.number(layout.bottom))",
          ])
      }
    }
    body.lineBreak()
    for bar in bars { self.bar(bar, in: &body) }
  }

  private func bar(_ bar: SVGBar, in body: inout Markup) {
    let (x, column) = layout.columns[bar.column]
    let stripe = column.stripes[bar.stripe]
    let top = layout.rows[bar.rows.lowerBound].top
    let end = bar.rows.upperBound + 1
    let bottom = end < layout.rows.count ? layout.rows[end].top : layout.bottom
    let lane = drawing.lane(of: bar.value, stripe.meaning)
    if lane == nil, stripe.meaning != .owner { return }
    let place = run.places[stripe.place].name
    body.element("g", ["class": stripe.meaning.kind]) { group in
      group.element("title", text: "\(place) = \(bar.value)")
      group.element(
        "rect",
        [
          "x": Self.number(x + stripe.x), "y": Self.number(top),
          "width": Self.number(stripe.width), "height": Self.number(bottom - top - 1),
          "fill": palette.color(lane),
        ])
      if stripe.meaning == .owner, column.labelRoom > 0 {
        line(
          bar.value, x + column.labelX, top + 11, size: RunColumns.labelSize,
          room: column.labelRoom, in: &group)
      }
      if end == layout.rows.count, isToBlame(stripe, column) {
        group.element(
          "rect",
          [
            "class": "blamed", "x": Self.number(x + stripe.x - 2),
            "y": Self.number(bottom - min(26, bottom - top)),
            "width": Self.number(stripe.width + 4), "height": Self.number(min(26, bottom - top)),
            "fill": "none", "stroke": Palette.violation, "stroke-width": "3",
          ])
      }
    }
  }

  /// Whether what is violated reads a place of this thing, which it names if it names any. Of memory it
  /// has to name the region.
  private func isToBlame(_ stripe: RunColumns.Stripe, _ column: RunColumns.Column) -> Bool {
    guard let finding = run.finding, finding.reads.contains(stripe.place) else { return false }
    let named = Set(finding.values.map(\.value))
    if let region = stripe.region { return named.contains(region) }
    let names = layout.columns.map(\.column.name).filter(named.contains)
    return names.isEmpty || names.contains(column.name)
  }
}
