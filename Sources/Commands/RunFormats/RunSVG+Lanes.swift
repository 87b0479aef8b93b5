import Runs

extension RunSVG {
  /// The names of the lanes, and a line down from each.
  func lanes(in body: inout Markup) {
    for (number, name) in drawing.lanes.enumerated() {
      let lane = layout.lanes[number]
      body.element("g", ["class": "lane"]) { group in
        group.element(
          "path",
          [
            "class": "line", "stroke-dasharray": "2 3",
            "d": "M\(Self.number(middle(number))) \(Self.number(layout.top - 12))"
              + "V\(Self.number(layout.bottom))",
          ])
        rectangle(
          lane.x, layout.top - 16, lane.width, 4, color: palette.color(number), in: &group)
        line(
          name, middle(number), layout.top - 22, size: 13, room: lane.width, anchor: "middle",
          weight: "bold", in: &group)
      }
      body.lineBreak()
    }
  }

  private func middle(_ lane: Int) -> Double {
    layout.lanes[lane].x + layout.lanes[lane].width / 2
  }

  func row(_ row: SVGLayout.Row, in body: inout Markup) {
    switch row.content {
    case .step(let number, let cell, let lines, let notes):
      step(number, cell, lines, notes, row, in: &body)
    case .fold(_, let text):
      let x = layout.numberEnd + 10
      body.element("g", ["class": "fold"]) { group in
        group.element(
          "rect",
          [
            "class": "box", "x": Self.number(x), "y": Self.number(row.top),
            "width": Self.number(layout.lanesEnd - x), "height": Self.number(row.height), "rx": "3",
            "stroke-dasharray": "4 3",
          ])
        line(
          text, x + 8, row.top + 19, size: SVGLayout.textSize, room: layout.lanesEnd - x - 12,
          style: "faint", in: &group)
      }
    }
  }

  private func step(
    _ number: Int, _ cell: SVGCells.Cell, _ lines: [String], _ notes: [String],
    _ row: SVGLayout.Row, in body: inout Markup
  ) {
    let x = cell.lane.map { layout.lanes[$0].x } ?? layout.numberEnd + 10
    let width = cell.lane.map { layout.lanes[$0].width } ?? layout.lanesEnd - x
    let messagesHeight = Double(cell.messages.count) * SVGLayout.messageLine
    let height = row.height - messagesHeight
    body.element("g", ["class": cell.fails ? "step fails" : "step"]) { group in
      group.element("title", text: tooltip(number, cell))
      line(
        String(number + 1), layout.numberEnd, row.top + 14, size: 11,
        room: layout.numberEnd - SVGLayout.margin, style: "faint", anchor: "end", in: &group)
      group.element(
        "rect",
        [
          "class": "box", "x": Self.number(x), "y": Self.number(row.top),
          "width": Self.number(width), "height": Self.number(height), "rx": "3",
        ])
      rectangle(
        x, row.top, 4, height, color: cell.fails ? Palette.violation : palette.color(cell.lane),
        in: &group)
      var y = row.top + 13
      for text in lines {
        line(text, x + 9, y, size: SVGLayout.textSize, room: width - 11, in: &group)
        y += SVGLayout.titleLine
      }
      for text in notes {
        line(
          text, x + 9, y - 2, size: SVGLayout.noteSize, room: width - 12, style: "faint",
          in: &group)
        y += SVGLayout.noteLine
      }
    }
    for (position, message) in cell.messages.enumerated() {
      self.message(
        message, row.top + height + Double(position) * SVGLayout.messageLine, in: &body)
    }
  }

  /// The whole of a step, of which a part may be shortened.
  private func tooltip(_ number: Int, _ cell: SVGCells.Cell) -> String {
    let place = cell.location.map { " at \($0)" } ?? ""
    return (["\(number + 1). \(run.steps[number].title)\(place)"] + cell.notes)
      .joined(separator: "; ")
  }

  /// An arrow with its word above it; where nobody is known to get it, a short one.
  private func message(_ message: Drawing.Message, _ top: Double, in body: inout Markup) {
    let from = message.from.map(middle) ?? layout.numberEnd + 10
    let to = message.to.map(middle) ?? min(from + 60, layout.lanesEnd)
    let size = SVGLayout.noteSize
    let room = layout.lanesEnd - layout.numberEnd - 20
    let half = min(room, TextMeasure(fontSize: size).width(message.word)) / 2
    let center = min(
      max((from + to) / 2, layout.numberEnd + 10 + half), max(layout.lanesEnd - half, 0))
    body.element("g", ["class": "message"]) { group in
      line(message.word, center, top + 11, size: size, room: room, anchor: "middle", in: &group)
      arrow(from: from, to: to, top + 16, in: &group)
    }
  }
}
