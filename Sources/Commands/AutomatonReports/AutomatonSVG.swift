import RunFormats

/// An automaton as a picture: states with arrows between them, from top to bottom.
struct AutomatonSVG {
  let automaton: ShownAutomaton
  let graph: LayeredGraph
  /// By arrow, the lines of its label.
  let labels: [[String]]
  /// By arrow, the whole label.
  let wholeLabels: [String]
  /// By state, the lines at the arrow that leads back to itself; none without one.
  private let loops: [[String]]
  private let wholeLoops: [String]
  /// Of each layer, from above.
  let tops: [Double]
  let heights: [Double]
  private let titles: [String]
  private let facts: [String]
  private let width: Double
  private let height: Double

  /// What a picture may have that people are to read.
  static let mostStates = 150
  static let mostArrows = 600

  private static let margin = 20.0
  private static let text = TextMeasure(fontSize: 12)
  private static let note = TextMeasure(fontSize: 11)
  static let lineHeight = 14.0
  static let boxHeight = 30.0
  private static let layerGap = 16.0
  /// Lines of a label.
  private static let mostLines = 8
  private static let loopRoom = 26.0

  /// Nil where it is too large for a picture.
  init?(_ automaton: ShownAutomaton) {
    guard automaton.states.count <= Self.mostStates else { return nil }
    self.automaton = automaton
    var arrows: [LayeredGraph.Arrow] = []
    var (labels, wholeLabels): ([[String]], [String]) = ([], [])
    var (loops, wholeLoops): ([[String]], [String]) = ([], [])
    for (number, state) in automaton.states.enumerated() {
      var loop: [String] = []
      for (next, events) in automaton.grouped(state) {
        let names = events.map { automaton.events[$0].name }
        if next == number {
          loop = names
          continue
        }
        let lines = Self.few(names)
        labels.append(lines)
        wholeLabels.append(names.joined(separator: ", "))
        arrows.append(
          LayeredGraph.Arrow(
            from: number, to: next, width: lines.map(Self.note.width).max() ?? 0,
            height: Double(lines.count) * Self.lineHeight))
      }
      loops.append(Self.few(loop))
      wholeLoops.append(loop.joined(separator: ", "))
    }
    guard arrows.count <= Self.mostArrows else { return nil }
    (self.labels, self.wholeLabels, self.loops, self.wholeLoops) = (
      labels, wholeLabels, loops, wholeLoops
    )
    let graph = LayeredGraph(
      states: automaton.states.indices.map { number in
        let half = Self.text.width(automaton.states[number].identifier) / 2 + 12
        let loop = loops[number].map(Self.note.width).max().map { $0 + Self.loopRoom } ?? 0
        let lines = Double(loops[number].count) * Self.lineHeight
        return (half, half + loop, max(Self.boxHeight, lines))
      }, arrows: arrows)
    self.graph = graph
    let drawn = graph.nodes.map { $0.x + $0.right }.max() ?? 0
    let width = max(420, drawn + 2 * Self.margin)
    titles = TextMeasure(fontSize: 15).wrapped(
      automaton.origin.model, width - 2 * Self.margin, lines: 2)
    var facts = automaton.origin.observed
    if !automaton.origin.constants.isEmpty {
      facts.append(
        automaton.origin.constants.map { "\($0.name)=\($0.value)" }.joined(separator: " "))
    }
    self.facts = facts.flatMap { Self.note.wrapped($0, width - 2 * Self.margin, lines: 3) }
    self.width = width
    var top = Self.margin + 20 * Double(titles.count) + 15 * Double(self.facts.count) + 34
    var tops: [Double] = []
    let heights = graph.layers.map { layer in layer.map { graph.nodes[$0].height }.max() ?? 0 }
    self.heights = heights
    for height in heights {
      tops.append(top)
      top += height + Self.layerGap
    }
    self.tops = tops
    height = top + Self.margin - Self.layerGap
  }

  private static func few(_ lines: [String]) -> [String] {
    lines.count <= mostLines
      ? lines : lines.prefix(mostLines - 1) + ["… and \(lines.count - mostLines + 1) more"]
  }

  var svg: String {
    var body = Markup()
    var y = Self.margin
    for title in titles {
      y += 20
      write(title, Self.margin, y - 4, size: 15, weight: "bold", in: &body)
    }
    for fact in facts {
      y += 15
      write(fact, Self.margin, y - 2, size: 11, style: "faint", in: &body)
    }
    body.lineBreak()
    for number in graph.arrows.indices {
      draw(arrow: number, in: &body)
      body.lineBreak()
    }
    for node in graph.nodes {
      if case .state(let state) = node.item {
        draw(state: state, node, in: &body)
        body.lineBreak()
      }
    }
    return SVGDocument(
      title: "\(automaton.origin.model): \(automaton.states.count) states", width: width,
      height: height, body: body
    ).text
  }

  // MARK: - States

  func x(_ node: LayeredGraph.Node) -> Double { Self.margin + node.x }

  /// The middle of a layer.
  func middle(_ layer: Int) -> Double { tops[layer] + heights[layer] / 2 }

  private func draw(state: Int, _ node: LayeredGraph.Node, in body: inout Markup) {
    let (x, y) = (x(node), middle(node.layer))
    let shown = automaton.states[state]
    body.element("g", ["class": "state"]) { group in
      group.element("title", text: shown.identifier + (shown.isFinal ? ", final" : ""))
      if state == 0 { start(x, y, in: &group) }
      box(x, y, node.left, Self.boxHeight / 2, in: &group)
      if automaton.hasFinals, shown.isFinal {
        box(x, y, node.left - 3, Self.boxHeight / 2 - 3, in: &group)
      }
      write(shown.identifier, x, y + 4, size: 12, anchor: "middle", in: &group)
      if !loops[state].isEmpty { loop(state, x + node.left, y, in: &group) }
    }
  }

  private func box(
    _ x: Double, _ y: Double, _ half: Double, _ halfHeight: Double, in body: inout Markup
  ) {
    body.element(
      "rect",
      [
        "class": "box", "x": Self.number(x - half), "y": Self.number(y - halfHeight),
        "width": Self.number(2 * half), "height": Self.number(2 * halfHeight), "rx": "9",
      ])
  }

  /// The arrow from nowhere.
  private func start(_ x: Double, _ y: Double, in body: inout Markup) {
    let top = y - Self.boxHeight / 2
    body.element(
      "circle", ["class": "head", "cx": Self.number(x), "cy": Self.number(top - 22), "r": "4"])
    line("M\(Self.number(x)) \(Self.number(top - 22))V\(Self.number(top - 6))", in: &body)
    head(x, top, down: true, in: &body)
  }

  /// The arrow that leads back to where it comes from, right of it.
  private func loop(_ state: Int, _ x: Double, _ y: Double, in body: inout Markup) {
    let far = x + 20
    line(
      "M\(Self.number(x)) \(Self.number(y - 7))C\(Self.number(far)) \(Self.number(y - 14))"
        + " \(Self.number(far)) \(Self.number(y + 14)) \(Self.number(x + 6)) \(Self.number(y + 7))",
      in: &body)
    body.element(
      "path",
      ["class": "head", "d": "M\(Self.number(x)) \(Self.number(y + 6))l7 -2l-2 7z"])
    label(loops[state], whole: wholeLoops[state], far + 2, y, in: &body)
  }

  // MARK: - Parts

  static func number(_ value: Double) -> String { SVGDocument.number(value) }

  func line(_ path: String, in body: inout Markup) {
    body.element("path", ["class": "arrow", "d": path])
  }

  func head(_ x: Double, _ y: Double, down: Bool, in body: inout Markup) {
    let back = down ? "-7" : "7"
    body.element(
      "path",
      ["class": "head", "d": "M\(Self.number(x)) \(Self.number(y))l-4 \(back)h8z"])
  }

  /// Lines around a height.
  func label(
    _ lines: [String], whole: String, _ x: Double, _ y: Double, in body: inout Markup
  ) {
    let first = y - Double(lines.count - 1) / 2 * Self.lineHeight + 4
    for (number, text) in lines.enumerated() {
      write(text, x, first + Double(number) * Self.lineHeight, size: 11, in: &body)
    }
  }

  private func write(
    _ text: String, _ x: Double, _ y: Double, size: Double, style: String = "plain",
    anchor: String = "start", weight: String = "normal", in body: inout Markup
  ) {
    body.element(
      "text",
      [
        "x": Self.number(x), "y": Self.number(y), "font-size": Self.number(size), "class": style,
        "text-anchor": anchor, "font-weight": weight,
      ], text: text)
  }
}

extension ShownAutomaton {
  /// The automaton as a picture; nil where it is too large for one.
  package var svg: String? { AutomatonSVG(self)?.svg }

  /// What a picture may have, in words.
  package static let pictureLimit =
    "a picture has at most \(AutomatonSVG.mostStates) states and \(AutomatonSVG.mostArrows) arrows"
}
