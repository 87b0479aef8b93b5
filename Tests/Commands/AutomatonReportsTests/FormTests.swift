import Automata
import AutomatonReports
import Diagnostics
import Foundation
import FoundationXML
import Randomness
import TestSupport
import Testing

/// The forms of an automaton, each read back by its own rules.
@Suite struct FormTests {
  private static let none = DeterministicAutomaton.none

  private static func shown(
    _ automaton: DeterministicAutomaton, _ names: [String], model: String = "m.m",
    violation: String? = nil
  ) -> ShownAutomaton {
    ShownAutomaton(
      automaton, names: names,
      origin: .init(
        model: model, constants: [("N", "2")], observed: ["rules"], setCount: 3, modelStateCount: 4,
        violation: violation))
  }

  private static func random(_ seed: Int) -> DeterministicAutomaton {
    var random = SplitMix64(seed: UInt64(seed))
    let (states, symbols) = (random.integer(in: 1...14), random.integer(in: 0...5))
    let share = random.integer(in: 0...100)
    let automaton = DeterministicAutomaton(
      symbolCount: symbols, isFinal: (0..<states).map { _ in random.chance(share) },
      table: (0..<states * symbols).map { _ in
        random.chance(60) ? none : Int32(random.integer(in: 0...states - 1))
      })
    return automaton.minimal() ?? automaton
  }

  private static let hostile = [
    "a b", "a_b", "int", "", "7", "x\"];\n}", "ellipse", "doublecircle", "start", "after_start",
    "state_max", String(repeating: "long name ", count: 9), "\u{1B}[31m", "ä\u{202E}", "label",
    "->", "__init_x", "\\n", "a;reset(b)", "<b>&amp;",
  ]

  @Test(arguments: 0..<80) func theGeneratorReadsWhatIsMeant(seed: Int) throws {
    let automaton = Self.random(seed)
    let names = (0..<automaton.symbolCount).map {
      Self.hostile[(seed + 3 * $0) % Self.hostile.count]
    }
    let shown = Self.shown(automaton, names)
    let read = try MonitorReader(shown.dot)
    let identifiers = shown.states.map(\.identifier)
    #expect(read.states.count == automaton.stateCount)
    #expect(Set(read.states) == Set(identifiers))
    #expect(read.initial == identifiers[0])
    let finals = identifiers.indices.filter { automaton.isFinal[$0] }.map { identifiers[$0] }
    // Where none is, the generator takes the initial one: a remark says so.
    #expect(Set(read.finals) == Set(finals.isEmpty ? [identifiers[0]] : finals))
    #expect(finals.isEmpty == shown.remarks.contains { $0.hasPrefix("no state is final") })
    for state in 0..<automaton.stateCount {
      for symbol in 0..<automaton.symbolCount {
        #expect(
          read.function[identifiers[state]]?[shown.events[symbol].identifier]
            == automaton.next(state, symbol).map { identifiers[$0] })
      }
    }
  }

  @Test func namesAreThoseOfC() throws {
    let count = Self.hostile.count
    let automaton = DeterministicAutomaton(
      symbolCount: count, isFinal: Array(repeating: true, count: count + 1),
      table: (0..<count).map { Int32($0 + 1) }
        + Array(repeating: Self.none, count: count * count))
    let shown = Self.shown(automaton, Self.hostile)
    let names = shown.events.map(\.identifier) + shown.states.map(\.identifier)
    #expect(Set(names).count == names.count)
    let keywords = ["int", "state_max", "event_max", "INVALID_STATE"]
    for name in names {
      #expect(name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]{0,30}/) != nil, "\(name)")
      #expect(!keywords.contains(name))
      #expect(!name.contains("ellipse") && !name.contains("doublecircle"))
    }
    #expect(shown.events[0].identifier == "a_b")
    #expect(shown.events[1].identifier == "a_b_2")
  }

  /// What the kernel's own generator made of an automaton, and what is made of it here.
  @Test func theGoldenMonitor() throws {
    // Down and up again, as a CPU goes, with what cannot be told after that.
    let names = ["take_down", "tasks_leave", "takedown", "bring_up", "up"]
    let automaton = DeterministicAutomaton(
      symbolCount: 5, isFinal: [true, false, false, true, false],
      table: [
        1, Self.none, Self.none, Self.none, Self.none,
        Self.none, 2, Self.none, Self.none, 0,
        Self.none, Self.none, 3, Self.none, Self.none,
        3, Self.none, Self.none, 4, Self.none,
        Self.none, Self.none, Self.none, Self.none, 0,
      ])
    let shown = Self.shown(automaton, names, model: "cpu.m")
    let folder = Repository.root.appendingPathComponent(
      "Tests/Commands/AutomatonReportsTests/Golden")
    let dot = try String(contentsOf: folder.appendingPathComponent("cpu.dot"), encoding: .utf8)
    #expect(shown.dot == dot)
    let golden = try String(
      contentsOf: folder.appendingPathComponent("cpu.rvgen-7.2.13.txt"), encoding: .utf8)
    #expect(try MonitorReader(dot).text == golden)
  }

  // MARK: - Pictures

  /// The elements of a picture by their names, with attributes and the text in them.
  private final class Elements: NSObject, XMLParserDelegate {
    struct Element {
      let name: String
      let attributes: [String: String]
      /// Of the element around it.
      let group: String
      var text = ""

      func number(_ key: String) -> Double { Double(attributes[key] ?? "") ?? -.infinity }
    }

    private(set) var all: [Element] = []
    private var open: [Int] = []

    static func all(of svg: String) throws -> [Element] {
      let elements = Elements()
      let parser = XMLParser(data: Data(svg.utf8))
      parser.delegate = elements
      try #require(parser.parse())
      return elements.all
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String] = [:]
    ) {
      let group = open.last.flatMap { all[$0].attributes["class"] } ?? ""
      open.append(all.count)
      all.append(Element(name: name, attributes: attributes, group: group))
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) { open.removeLast() }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if let last = open.last { all[last].text += text }
    }
  }

  /// Of each state, its box; the inner one of a final state is lower.
  private static func boxes(_ elements: [Elements.Element]) -> [CGRect] {
    elements.filter { $0.group == "state" && $0.name == "rect" && $0.number("height") == 30 }.map {
      CGRect(
        x: $0.number("x"), y: $0.number("y"), width: $0.number("width"),
        height: $0.number("height"))
    }
  }

  @Test(arguments: 0..<80) func statesDoNotLieOnEachOther(seed: Int) throws {
    let automaton = Self.random(seed)
    let shown = Self.shown(automaton, Array(Self.hostile.prefix(automaton.symbolCount)))
    let elements = try Elements.all(of: #require(shown.svg))
    let boxes = Self.boxes(elements)
    #expect(boxes.count == automaton.stateCount)
    for (number, box) in boxes.enumerated() {
      for other in boxes[..<number] {
        #expect(!box.insetBy(dx: -4, dy: -4).intersects(other))
      }
    }
    // Each pair of states with something between them has one arrow, and nothing is drawn outside.
    let pairs = (0..<automaton.stateCount).flatMap { state in
      Set(automaton.transitions(from: state).map(\.next)).subtracting([state]).map { (state, $0) }
    }
    #expect(elements.filter { $0.attributes["class"] == "transition" }.count == pairs.count)
    let (width, height) = (elements[0].number("width"), elements[0].number("height"))
    for text in elements where text.name == "text" {
      #expect(text.number("x") >= 0 && text.number("x") < width)
      #expect(text.number("y") > 0 && text.number("y") < height)
    }
    for box in boxes { #expect(box.minX >= 0 && box.maxX <= width && box.maxY <= height) }
  }

  /// Between two layers, labels have their own place: they neither meet boxes nor each other.
  @Test(arguments: 0..<80) func labelsStandBesideTheirArrows(seed: Int) throws {
    let automaton = Self.random(seed)
    let names = ["go", "stop", "a & b", "<x>", "five"]
    let shown = Self.shown(automaton, Array(names.prefix(automaton.symbolCount)))
    let elements = try Elements.all(of: #require(shown.svg))
    let labels = elements.filter { $0.name == "text" && $0.number("font-size") == 11 }
      .filter { names.contains($0.text) }
    // Each transition has its name somewhere.
    #expect(labels.count == automaton.transitionCount)
    let places = labels.map { label in
      CGRect(
        x: label.number("x"), y: label.number("y") - 9, width: Double(label.text.count) * 6.6,
        height: 11)
    }
    let boxes = Self.boxes(elements)
    for (number, place) in places.enumerated() {
      for other in places[..<number] { #expect(!place.intersects(other)) }
      for box in boxes { #expect(!place.intersects(box)) }
    }
  }

  @Test func whatIsTooLargeIsNoPicture() throws {
    let count = 151
    let automaton = DeterministicAutomaton(
      symbolCount: 1, isFinal: Array(repeating: true, count: count),
      table: (0..<count).map { Int32(($0 + 1) % count) })
    #expect(Self.shown(automaton, ["tick"]).svg == nil)
    let chain = DeterministicAutomaton(
      symbolCount: 1, isFinal: Array(repeating: true, count: 150),
      table: (0..<150).map { Int32(($0 + 1) % 150) })
    #expect(Self.shown(chain, ["tick"]).svg != nil)
  }

  // MARK: - Text

  @Test func theTextSaysAll() {
    let automaton = DeterministicAutomaton(
      symbolCount: 2, isFinal: [true, false], table: [1, Self.none, 0, Self.none])
    let text = Self.shown(
      automaton, ["press", "pull"], model: "lamp.m", violation: "invariant \"lit\" does not hold"
    ).text(isWhole: true).description
    #expect(
      text == """
        lamp.m: 2 states, 2 events, 2 transitions
          of 4 states of the model in 3 sets
          rules
        note: in the model invariant "lit" does not hold; the automaton has the runs behind that, too
        note: `pull` never comes

        start (initial, final)
          press -> after_press

        after_press
          press -> start

        """)
  }

  @Test func aLongTextIsCut() {
    let count = 60
    let automaton = DeterministicAutomaton(
      symbolCount: 1, isFinal: Array(repeating: true, count: count),
      table: (0..<count).map { Int32(($0 + 1) % count) })
    let shown = Self.shown(automaton, ["tick"])
    #expect(
      shown.text(isWhole: false).description.hasSuffix("… and 20 states more: --verbose has all\n"))
    #expect(shown.text(isWhole: true).description.contains("after_tick_59\n"))
  }
}
