import Automata
import Conformance
import Diagnostics
import Evaluation
import Exploration
import Murphi
import Randomness
import TestSupport
import Testing
import TransitionSystem

/// Automata of what is observed of random models, against all their states by hand.
@Suite struct DeterminisationTests {
  private static func system(_ text: String) throws -> TransitionSystem {
    try #require(
      MurphiModel.load(SourceText(path: "test.m", text: text), dialect: .rumur).system)
  }

  private static func sets(_ system: TransitionSystem, _ alphabet: Alphabet) -> StateSets {
    var options = ExplorationOptions()
    options.executor = .interpreter
    let space = SearchSpace(system, exceptNamed: alphabet.named)
    return StateSets(
      StepSource(space, options), judge: system, conditions: [], unseen: alphabet.unseen)
  }

  /// Nil where the system has no start state.
  private static func automaton(
    _ sets: StateSets, _ alphabet: Alphabet, mostSets: Int = 2_000
  ) throws -> Determinisation.Outcome? {
    guard let start = try sets.start([]) else { return nil }
    var determinisation = Determinisation(
      sets, alphabet, limits: .init(setCount: mostSets, byteCount: 1 << 30))
    return determinisation.run(from: start)
  }

  /// Rules by their names, some of which are one symbol, some unseen, and some seen of one instance only.
  private static func alphabet(
    _ system: TransitionSystem, _ random: inout SplitMix64
  ) -> Alphabet {
    var unseen: [UnseenRule] = []
    var named: Set<Int> = []
    var seen: [(name: String, event: ObservedEvent, isHidden: Bool)] = []
    for (number, rule) in system.rules.enumerated() {
      if random.chance(25) {
        unseen.append(
          UnseenRule(rule: number, most: random.chance(40) ? random.integer(in: 1...2) : nil))
        if random.chance(80) { continue }
      }
      let name = random.chance(30) ? "event" : "rule \(number)"
      guard let parameter = rule.parameters.indices.first, random.chance(50) else {
        seen.append((name, ObservedEvent(rules: [RulePattern(rule: number)]), false))
        continue
      }
      // The view of one element: what others do is hidden, or cannot come.
      let type = rule.parameters[parameter].type
      if case .scalarset = type.kind { named.insert(type.identity) }
      for value in type.lower...max(type.lower, type.upper) {
        let pattern = RulePattern(
          rule: number, bindings: [.init(parameter: parameter, value: value)])
        let isHidden = value != type.lower
        if isHidden, random.chance(30) { continue }
        seen.append((name, ObservedEvent(rules: [pattern]), isHidden))
      }
    }
    var alphabet = Alphabet(unseen: unseen, named: named)
    for (name, event, isHidden) in seen {
      if isHidden { alphabet.hide(event) } else { alphabet.add(name, event) }
    }
    return alphabet
  }

  private static func model(_ seed: Int) -> String {
    RandomModel(seed: 720_000 + UInt64(seed), size: 1 + seed % 4).text
  }

  @Test(arguments: 0..<260)
  func automataHaveTheWordsOfTheModel(seed: Int) throws {
    let text = Self.model(seed)
    let system = try Self.system(text)
    var random = SplitMix64(seed: UInt64(seed))
    let alphabet =
      seed % 3 == 0
      ? try #require(Alphabet(of: .rules, in: system, hiding: []))
      : Self.alphabet(system, &random)
    guard let hand = ObservedByHand(system, alphabet, mostStates: 600) else { return }
    let sets = Self.sets(system, alphabet)
    guard let outcome = try Self.automaton(sets, alphabet) else {
      #expect(hand.starts.isEmpty)
      return
    }
    guard case .automaton(let automaton) = outcome else {
      guard case .tooManySets = outcome else {
        Issue.record("\(outcome)")
        return
      }
      return
    }
    let minimal = try #require(automaton.minimal())
    try Self.expectSameWords(minimal, hand, text)
    #expect(AutomatonByHand.reached(automaton).count == automaton.stateCount)
    if automaton.stateCount <= 150 {
      #expect(minimal.stateCount == AutomatonByHand.neededStates(automaton), "\(text)")
    }
    if minimal.stateCount <= 150 {
      let told = AutomatonByHand.areTold(minimal)
      for one in told.indices {
        for other in told.indices where one != other { #expect(told[one][other]) }
      }
    }
    try Self.expectJudgedAsLogs(minimal, sets, alphabet, hand, &random)
  }

  /// Goes through both at once: what is possible by hand, and a state of the automaton.
  private static func expectSameWords(
    _ automaton: DeterministicAutomaton, _ hand: ObservedByHand, _ text: String
  ) throws {
    struct Pair: Hashable {
      let states: Set<Int>
      let state: Int
    }
    var known: Set<Pair> = [Pair(states: hand.starts, state: 0)]
    var open = Array(known)
    while let pair = open.popLast(), known.count < 300 {
      for symbol in 0..<automaton.symbolCount {
        let reached = hand.follow(symbol, from: pair.states)
        let next = automaton.next(pair.state, symbol)
        guard reached.isEmpty == (next == nil) else {
          Issue.record("symbol \(symbol) of\n\(text)")
          return
        }
        guard let next else { continue }
        let behind = Pair(states: reached, state: next)
        if known.insert(behind).inserted { open.append(behind) }
      }
    }
  }

  /// Walks of the model are words, and what one changed event makes of them is as for a log.
  private static func expectJudgedAsLogs(
    _ automaton: DeterministicAutomaton, _ sets: StateSets, _ alphabet: Alphabet,
    _ hand: ObservedByHand, _ random: inout SplitMix64
  ) throws {
    guard automaton.symbolCount > 0 else { return }
    for _ in 0..<5 {
      var word = hand.walk({ random.integer(in: 0...$0 - 1) }, length: 12)
      #expect(automaton.state(behind: word) != nil)
      guard let changed = word.indices.randomElement(using: &random) else { continue }
      word[changed] = random.integer(in: 0...automaton.symbolCount - 1)
      #expect(
        try (automaton.state(behind: word) != nil) == isLog(word, sets, alphabet))
    }
  }

  private static func isLog(
    _ word: [Int], _ sets: StateSets, _ alphabet: Alphabet
  ) throws -> Bool {
    guard var node = try sets.start([]) else { return false }
    for symbol in word {
      let reached = try alphabet.symbols[symbol].events.flatMap { event in
        try sets.step(node, sets.label(of: event)).map { Array(sets.states(of: $0)) } ?? []
      }
      guard let next = sets.node(of: reached) else { return false }
      node = next
    }
    return true
  }

  /// What the random models are, so that the test above is of something.
  @Test func manyModelsAreCompared() throws {
    var (compared, smaller, unseen) = (0, 0, 0)
    for seed in 0..<260 {
      let system = try Self.system(Self.model(seed))
      var random = SplitMix64(seed: UInt64(seed))
      let alphabet =
        seed % 3 == 0
        ? try #require(Alphabet(of: .rules, in: system, hiding: []))
        : Self.alphabet(system, &random)
      guard let hand = ObservedByHand(system, alphabet, mostStates: 600), !hand.starts.isEmpty,
        case .automaton(let automaton)? = try Self.automaton(Self.sets(system, alphabet), alphabet)
      else { continue }
      compared += 1
      if let minimal = automaton.minimal(), minimal.stateCount < automaton.stateCount {
        smaller += 1
      }
      if !alphabet.unseen.isEmpty || !alphabet.hidden.isEmpty { unseen += 1 }
    }
    #expect(compared >= 200)
    #expect(smaller >= 40)
    #expect(unseen >= 80)
  }

  // MARK: - By reasoning

  private static let lock = """
    type cpu_t: scalarset (3);
    var held: boolean; owner: cpu_t;
    startstate begin held := false; undefine owner; end;
    ruleset c: cpu_t do
      rule "cpu: take" !held ==> begin held := true; owner := c; end;
      rule "cpu: give" held & owner = c ==> begin held := false; undefine owner; end;
    end;
    """

  private static func minimal(
    _ text: String, _ alphabet: (TransitionSystem) throws -> Alphabet
  ) throws -> (automaton: DeterministicAutomaton, names: [String]) {
    let system = try system(text)
    let alphabet = try alphabet(system)
    guard case .automaton(let automaton)? = try automaton(sets(system, alphabet), alphabet) else {
      throw Missing()
    }
    return (try #require(automaton.minimal()), alphabet.symbols.map(\.name))
  }

  private struct Missing: Error {}

  /// Who has a lock is seen by who is told the parameters; by who is not, it is taken and given.
  @Test func whatIsSeenOfALock() throws {
    let rules = try Self.minimal(Self.lock) {
      try #require(Alphabet(of: .rules, in: $0, hiding: []))
    }
    #expect(rules.automaton.stateCount == 4)
    #expect(rules.automaton.transitionCount == 6)
    let actors = try Self.minimal(Self.lock) {
      try #require(Alphabet(of: .actors, in: $0, hiding: []))
    }
    #expect(actors.names == ["cpu"])
    #expect(actors.automaton.stateCount == 1)
    let taken = try Self.minimal(Self.lock) {
      try #require(Alphabet(of: .rules, in: $0, hiding: ["cpu: give"]))
    }
    // Any CPU can take it next: it may have been given meanwhile.
    #expect(taken.automaton.stateCount == 1)
    #expect(taken.automaton.transitionCount == 3)
    let view = try Self.minimal(Self.lock) { system in
      let type = system.rules[0].parameters[0].type
      return try #require(
        Alphabet(
          of: .rules, in: system, hiding: [],
          view: .init(parameter: "c", value: type.lower + 1, scalarset: type.identity)))
    }
    #expect(view.names == ["cpu: take", "cpu: give"])
    #expect(
      view.automaton
        == DeterministicAutomaton(
          symbolCount: 2, isFinal: [true, true],
          table: [1, DeterministicAutomaton.none, DeterministicAutomaton.none, 0]))
  }

  /// The view of one element is that of any other.
  @Test(arguments: 0..<60)
  func viewsOfElementsAreAlike(seed: Int) throws {
    let system = try Self.system(Self.model(seed))
    guard
      let parameter = system.rules.flatMap(\.parameters).first(where: {
        if case .scalarset = $0.type.kind { ($0.type.valueCount ?? 0) > 1 } else { false }
      })
    else { return }
    let type = parameter.type
    var views: [DeterministicAutomaton] = []
    for value in type.lower...type.upper {
      let alphabet = try #require(
        Alphabet(
          of: .actors, in: system, hiding: [],
          view: .init(parameter: parameter.name, value: value, scalarset: type.identity)))
      guard
        case .automaton(let automaton)? = try Self.automaton(
          Self.sets(system, alphabet), alphabet, mostSets: 5_000)
      else { return }
      views.append(try #require(automaton.minimal()))
    }
    for view in views { #expect(view == views[0]) }
  }

  /// A binary counter of which the n-th bit from the end is seen needs 2^n sets (Meyer and Fischer 1971).
  private static func guesses(_ bits: Int) -> String {
    """
    var left: 0 .. \(bits);
    startstate begin left := 0; end;
    rule "zero" left = 0 ==> begin left := 0; end;
    rule "one" left = 0 ==> begin left := 0; end;
    rule "guess" left = 0 ==> begin left := \(bits); end;
    rule "more" left > 1 ==> begin left := left - 1; end;
    """
  }

  private static func guessing(_ system: TransitionSystem) -> Alphabet {
    var alphabet = Alphabet()
    func event(_ rules: [Int]) -> ObservedEvent {
      ObservedEvent(rules: rules.map { RulePattern(rule: $0) })
    }
    alphabet.add("zero", event([0, 3]))
    alphabet.add("one", event([1, 2, 3]))
    return alphabet
  }

  @Test func whatNeedsManySetsEndsWhereItIsTold() throws {
    let system = try Self.system(Self.guesses(12))
    let alphabet = Self.guessing(system)
    let sets = Self.sets(system, alphabet)
    let start = try #require(try sets.start([]))
    var bounded = Determinisation(sets, alphabet, limits: .init(setCount: 1_000, byteCount: .max))
    guard case .tooManySets = bounded.run(from: start) else {
      Issue.record("no end")
      return
    }
    #expect(bounded.figures.setCount > 1_000)
    #expect(bounded.figures.doneCount <= 1_000)
    var short = Determinisation(
      Self.sets(system, alphabet), alphabet, limits: .init(setCount: .max, byteCount: 100_000))
    let outcome = short.run(from: try #require(try short.sets.start([])))
    guard case .limited(.bytes(100_000)) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    var whole = Determinisation(
      Self.sets(system, alphabet), alphabet, limits: .init(setCount: .max, byteCount: .max))
    guard case .automaton(let automaton) = whole.run(from: try #require(try whole.sets.start([])))
    else {
      Issue.record("no automaton")
      return
    }
    // Whether a `one` was a guess is one bit for each of the last twelve.
    #expect(automaton.stateCount == 4_096)
  }

  @Test func anEndThatIsAskedForComes() throws {
    let system = try Self.system(Self.guesses(24))
    let alphabet = Self.guessing(system)
    var options = ExplorationOptions()
    options.executor = .interpreter
    let stop = StopCondition(seconds: 0.3)
    let sets = StateSets(
      StepSource(SearchSpace(system, stop: stop), options), judge: system, conditions: [],
      unseen: [])
    let start = try #require(try sets.start([]))
    var endless = Determinisation(sets, alphabet, limits: .init(setCount: .max, byteCount: .max))
    guard case .limited(.seconds) = endless.run(from: start) else {
      Issue.record("no end")
      return
    }
  }
}
