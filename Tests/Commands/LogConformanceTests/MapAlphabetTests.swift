import Automata
import Conformance
import Diagnostics
import EventLogs
import Exploration
import LogConformance
import Murphi
import Randomness
import Report
import Testing
import TransitionSystem

/// Automata of the events of a map, against logs under the same map.
@Suite struct MapAlphabetTests {
  private static let model = lockedNodes

  private static let map = """
    version: 1
    fields: {node: node_t}
    events:
      - {event: on, rule: switch on, with: {n: node}}
      - {event: take, rule: take, with: {n: node}}
      - {event: give, rule: give, with: {n: node}}
      - {event: look, holds: "done = 2"}
      - {event: gone, rule: give, with: {n: node}, before: "first = $node", after: "mode[$node] = ON"}
    unseen: [{rule: work, most: 2}]
    end: isundefined(holder)
    """

  private static func meaning(_ map: String = map) throws -> MapInModel {
    let source = SourceText(path: "lock.m", text: model)
    let system = try #require(MurphiModel.load(source).system)
    return try MapInModel(
      try EventMapFile.read(map),
      in: ModelText(system, source, overrides: [:], dialect: .rumur))
  }

  private static var options: ExplorationOptions {
    var options = ExplorationOptions()
    options.executor = .interpreter
    return options
  }

  private struct Made {
    let automaton: DeterministicAutomaton
    let names: [String]

    func word(_ names: [String]) -> [Int]? {
      let numbers = names.compactMap { self.names.firstIndex(of: $0) }
      return numbers.count == names.count ? numbers : nil
    }
  }

  private static func made(
    _ map: String = map, values: Bool = false, view: MapAlphabet.FieldView? = nil,
    hiding: Set<String> = []
  ) throws -> Made {
    let meaning = try meaning(map)
    let alphabet = try MapAlphabet(meaning, keepsValues: values, view: view, hiding: hiding)
    let space = SearchSpace(meaning.model.system, exceptNamed: alphabet.alphabet.named)
    let sets = meaning.stateSets(alphabet, options, space)
    let start = try #require(try sets.start(alphabet.start))
    var determinisation = Determinisation(
      sets, alphabet.alphabet, end: alphabet.end,
      limits: .init(setCount: 10_000, byteCount: .max))
    guard case .automaton(let automaton) = determinisation.run(from: start) else {
      throw TooLarge()
    }
    return Made(
      automaton: try #require(automaton.minimal()),
      names: alphabet.alphabet.symbols.map(\.name))
  }

  private struct TooLarge: Error {}

  /// What conform says of a log.
  private static func word(
    of events: [(name: String, node: Int?)], _ map: String = map
  ) throws -> String {
    var run = try LogRun(
      try meaning(map), names: [:], options, stop: StopCondition()
    ) { (file: String, line: Int) throws(LogError) -> FieldNames in
      throw LogError(line: line, "no \(file)")
    }
    let log = events.enumerated().map { number, event in
      "a-1 [000] \(number + 1).0: \(event.name):\(event.node.map { " node=\($0)" } ?? "")\n"
    }.joined()
    _ = try Array(log.utf8).withUnsafeBufferPointer { try run.read($0) }
    return ConformanceReport(try run.finish(), log: "log", stop: StopCondition()).word
  }

  /// Logs are words, and those that end in the middle are no whole ones; what is refused is none.
  @Test(arguments: 0..<250) func logsAreWords(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let valued = try Self.made(values: true)
    // Events that are likely to fit, of which some do not.
    var (holder, on): (Int?, Set<Int>) = (nil, [])
    var events: [(name: String, node: Int?)] = []
    func draw(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    for _ in 0..<1 + draw(6) {
      let node = draw(3)
      switch draw(10) {
      case 0: events.append(("look", nil))
      case 1: events.append((["on", "take", "give", "gone"][draw(4)], node))
      case _ where holder != nil:
        events.append((draw(3) == 0 ? "gone" : "give", holder))
        holder = nil
      case 2...4 where !on.isEmpty, _ where on.count == 3:
        holder = on.sorted()[draw(on.count)]
        events.append(("take", holder))
      default:
        guard !on.contains(node) else { continue }
        on.insert(node)
        events.append(("on", node))
      }
    }
    guard !events.isEmpty else { return }
    let said = try Self.word(of: events)
    // Names are given in the order in which they come.
    var names: [Int: Int] = [:]
    let symbols = events.map { event in
      guard let node = event.node else { return event.name }
      if names[node] == nil { names[node] = names.count }
      return "\(event.name) node_t_\(names[node] ?? 0)"
    }
    let state = try valued.automaton.state(behind: #require(valued.word(symbols)))
    let expected = state.map { valued.automaton.isFinal[$0] ? "conforms" : "ends in the middle" }
    #expect(said == expected ?? "refused", "\(symbols)")
    let plain = try Self.made()
    if said != "refused" {
      let behind = try plain.automaton.state(behind: #require(plain.word(events.map(\.name))))
      let reached = try #require(behind)
      if said == "conforms" { #expect(plain.automaton.isFinal[reached]) }
      for node in 0...2 {
        // What one node's monitor sees.
        let seen = events.filter { ($0.node ?? node) == node }.map(\.name)
        let view = try Self.made(view: .init(field: "node", value: nil))
        let behind = try view.automaton.state(behind: #require(view.word(seen)))
        #expect(behind != nil)
      }
    }
  }

  /// A view, and an automaton without values, are the one with values in which some symbols are not seen or
  /// not told apart; made of it by the definition.
  @Test(arguments: [nil, "node_t_0", "node_t_1"] as [String?])
  func whatIsNotSeenCanBeAnything(node: String?) throws {
    let valued = try Self.made(values: true)
    let other = try Self.made(view: node.map { .init(field: "node", value: $0) })
    /// Where a symbol of the other one can lead in this one; nil for what is not seen.
    func name(_ symbol: Int) -> String? {
      let words = valued.names[symbol].split(separator: " ").map(String.init)
      if let node, words.count > 1, words[1] != node { return nil }
      return words[0]
    }
    func closed(_ states: Set<Int>) -> Set<Int> {
      var all = states
      var open = Array(states)
      while let state = open.popLast() {
        for (symbol, next) in valued.automaton.transitions(from: state)
        where name(symbol) == nil && all.insert(next).inserted {
          open.append(next)
        }
      }
      return all
    }
    var known: Set<[Int]> = []
    var open: [(states: Set<Int>, state: Int)] = [(closed([0]), 0)]
    while let (states, state) = open.popLast() {
      guard known.insert(states.sorted() + [-1, state]).inserted else { continue }
      #expect(
        other.automaton.isFinal[state] == states.contains { valued.automaton.isFinal[$0] })
      for (symbol, event) in other.names.enumerated() {
        var reached: Set<Int> = []
        for state in states {
          for (own, next) in valued.automaton.transitions(from: state) where name(own) == event {
            reached.insert(next)
          }
        }
        let next = other.automaton.next(state, symbol)
        #expect(reached.isEmpty == (next == nil))
        if let next, !reached.isEmpty { open.append((closed(reached), next)) }
      }
    }
    #expect(known.count > 5)
  }

  @Test func namesOfSymbols() throws {
    let map = Self.map.replacing("{event: give,", with: "{event: [give, back], as: put,")
      .replacing("{event: on,", with: "{event: [on, up],")
    #expect(try Self.made(map).names == ["on", "up", "take", "put", "look", "gone"])
    #expect(try Self.made(hiding: ["look", "gone"]).names == ["on", "take", "give"])
  }

  /// Asked for what is not there.
  @Test(
    arguments: [
      (map, "cpu", nil, Set<String>(), "no entry of the map makes use of a field `cpu`"),
      (map, "node", "x", [], "`x` is no value of field `node`"),
      (map, nil, nil, ["work"], "no event of the map is called `work`, so that it could be hidden"),
      (
        map.replacing("event: on", with: "event: o*"), nil, nil, [],
        "`o*` stands for several events"
      ),
      (
        map.replacing("node: node_t}", with: "node: node_t, n: 0 .. 3}")
          .replacing("done = 2", with: "done = $n"), "n", nil, [],
        "values of field `n` are not interchangeable, so it matters whose view it is"
      ),
      (
        map.replacing("node: node_t}", with: "node: node_t, n: 0 .. 70000}")
          .replacing("done = 2", with: "done = $n"), nil, nil, [],
        "the fields of the entry have more than 65536 values together, `n` among them"
      ),
    ] as [(String, String?, String?, Set<String>, String)])
  func whatCannotBeAsked(
    _ map: String, field: String?, value: String?, hidden: Set<String>, message: String
  ) throws {
    let meaning = try Self.meaning(map)
    let error = #expect(throws: MapError.self) {
      try MapAlphabet(
        meaning, keepsValues: false, view: field.map { .init(field: $0, value: value) },
        hiding: hidden)
    }
    #expect(error?.message == message)
  }

  /// Who is named at the start is no longer like the others.
  @Test func aNamedElementIsNotTaken() throws {
    let map = """
      version: 1
      fields: {node: node_t}
      start: {holds: [{expression: first = $node, node: 5}]}
      events:
        - {event: on, rule: switch on, with: {n: node}, before: first = $node}
      unseen: all others
      """
    let any = try Self.made(map, view: .init(field: "node", value: nil))
    #expect(any.automaton.transitionCount == 0)
    let named = try Self.made(map, view: .init(field: "node", value: "5"))
    #expect(named.automaton.transitionCount == 1)
  }
}
