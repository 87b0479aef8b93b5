import RunFormats

extension AutomatonSVG {
  func draw(arrow number: Int, in body: inout Markup) {
    let arrow = graph.arrows[number]
    let points = arrow.way.map { graph.nodes[$0] }
    guard points.count > 2, let first = points.first, let last = points.last else { return }
    let top = middle(first.layer) + Self.boxHeight / 2
    let bottom = middle(last.layer) - Self.boxHeight / 2
    let (start, end) = (port(number, isBelow: true), port(number, isBelow: false))
    var curve = [CurvePoint(x: start, y: top + (arrow.isTurned ? 7 : 0), isUpright: true)]
    for node in points.dropFirst().dropLast() {
      let (x, layer) = (self.x(node), node.layer)
      if case .label = node.item {
        curve.append(CurvePoint(x: x, y: tops[layer], isUpright: true))
        curve.append(CurvePoint(x: x, y: tops[layer] + heights[layer], isUpright: true))
      } else {
        curve.append(CurvePoint(x: x, y: middle(layer), isUpright: false))
      }
    }
    curve.append(CurvePoint(x: end, y: bottom - (arrow.isTurned ? 0 : 7), isUpright: true))
    body.element("g", ["class": "transition"]) { group in
      let (from, to) = (automaton.states[arrow.from], automaton.states[arrow.to])
      group.element("title", text: "\(from.identifier) -> \(to.identifier): \(wholeLabels[number])")
      line(Self.path(curve), in: &group)
      if arrow.isTurned {
        head(start, top, down: false, in: &group)
      } else {
        head(end, bottom, down: true, in: &group)
      }
      for node in points {
        if case .label = node.item {
          label(
            labels[number], whole: wholeLabels[number], self.x(node) + 6, middle(node.layer),
            in: &group)
        }
      }
    }
  }

  /// A point that an arrow goes through, from above.
  private struct CurvePoint {
    let x: Double
    let y: Double
    let isUpright: Bool
  }

  /// Cubic curves whose slope at each point is that between its neighbours.
  private static func path(_ points: [CurvePoint]) -> String {
    func slope(_ position: Int) -> Double {
      if points[position].isUpright { return 0 }
      let (last, next) = (points[position - 1], points[position + 1])
      return (next.x - last.x) / (next.y - last.y)
    }
    var path = "M\(number(points[0].x)) \(number(points[0].y))"
    for position in points.indices.dropLast() {
      let (from, to) = (points[position], points[position + 1])
      let third = (to.y - from.y) / 3
      let (first, second) = (from.x + slope(position) * third, to.x - slope(position + 1) * third)
      path +=
        "C\(number(first)) \(number(from.y + third)) \(number(second)) \(number(to.y - third))"
        + " \(number(to.x)) \(number(to.y))"
    }
    return path
  }

  /// Where an arrow meets the box of a state: those of one side stand beside each other, as their other ends
  /// do.
  private func port(_ number: Int, isBelow: Bool) -> Double {
    func ends(_ arrow: LayeredGraph.Arrow) -> (state: Int, other: Int) {
      let way = isBelow ? arrow.way : arrow.way.reversed()
      return (way[0], way[1])
    }
    let (state, _) = ends(graph.arrows[number])
    let beside = graph.arrows.indices.filter { ends(graph.arrows[$0]).state == state }
      .sorted { first, second in
        let (one, two) = (ends(graph.arrows[first]).other, ends(graph.arrows[second]).other)
        return (graph.nodes[one].x, first) < (graph.nodes[two].x, second)
      }
    let position = Double(beside.firstIndex(of: number) ?? 0)
    let node = graph.nodes[state]
    let step = min(16, (2 * node.left - 20) / Double(max(1, beside.count - 1)))
    return x(node) + (position - Double(beside.count - 1) / 2) * step
  }
}
