import Checking
import Comparison
import Diagnostics
import Exploration
import Murphi
import Randomness
import TestSupport
import Testing
import Trace
import TransitionSystem

/// Which runs one model has and another has not, by the product, by sets of states, and by
/// enumerating runs.
@Suite struct ComparisonTests {
  private static func model(_ text: String) -> ModelPair.Model? {
    let source = SourceText(path: "test.m", text: text)
    return MurphiModel.load(source, dialect: .rumur).system.map {
      ModelPair.Model(system: $0, source: source)
    }
  }

  private static func pair(
    _ base: String, _ head: String, renamed: [String: String] = [:]
  ) throws -> ModelPair {
    ModelPair(base: try #require(model(base)), head: try #require(model(head)), renamed: renamed)
  }

  private static func compare(
    _ pair: ModelPair, _ observation: Observation = Observation()
  ) throws -> BehaviourComparison {
    try #require(
      BehaviourComparison.compare(pair, observing: observation, CheckRequest(pair.base.system)))
  }

  /// Rules and parameters of the steps of a run, as `RunEnumeration` writes them.
  private static func words(
    _ answer: BehaviourComparison.Answer, _ system: TransitionSystem
  ) -> [String]? {
    guard case .run(let run) = answer else { return nil }
    func word(_ instance: RuleInstance, isStart: Bool) -> String {
      let rules = isStart ? system.startStates : system.rules
      return "\(rules[instance.rule].name) \(instance.bindings)"
    }
    var words = run.execution.steps.enumerated().map { word($1.instance, isStart: $0 == 0) }
    if let failure = run.failure { words.append(word(failure, isStart: words.isEmpty) + " fails") }
    return words
  }

  private static let counter = """
    var x: 0 .. 3; y: 0 .. 3;
    startstate "start" begin x := 0; y := 0; end;
    rule "up" x < 2 ==> begin x := x + 1; end;
    rule "both" x = 2 & y < 1 ==> begin y := y + 1; end;
    """

  /// A rule whose second half nobody sees, and what may come between.
  @Test func restingAtTheSameValues() throws {
    let whole = """
      var x: 0 .. 2; y: 0 .. 2; half: boolean;
      startstate begin x := 0; y := 0; half := false; end;
      rule "both" x = 0 ==> begin x := 1; y := x; end;
      """
    let split = whole.replacing(
      "x := 1; y := x;",
      with: "x := 1; half := true; end; rule \"rest\" half ==> begin y := x; half := false;"
    )
    func isSame(_ more: String, mostStates: Int? = nil) throws -> Bool? {
      let pair = try Self.pair(whole + more, split + more)
      var request = CheckRequest(pair.base.system)
      request.options.maximumStateCount = mostStates
      return BehaviourComparison.areSameAtRest(
        pair, observing: Observation(except: ["rest"]), request)
    }
    #expect(try isSame("") == true)
    #expect(try isSame("", mostStates: 1) == nil)
    // The same runs, after which y is another one.
    #expect(try isSame("rule \"up\" x = 1 ==> begin x := 2; end;") == false)
    // Other runs.
    #expect(try isSame("rule \"up\" x = 1 & y = 1 ==> begin y := 2; end;") == true)
    #expect(try isSame("rule \"up\" x = 1 & y = 0 ==> begin y := 2; end;") == false)
  }

  @Test func whatIsTheSameIsTheSame() throws {
    let comparison = try Self.compare(Self.pair(Self.counter, "-- A comment.\n" + Self.counter))
    #expect(comparison.isSame)
    #expect(comparison.method == .product)
  }

  /// A guard that lost a conjunct lets more happen, and nothing less.
  @Test func aWiderGuardAddsRuns() throws {
    let pair = try Self.pair(
      Self.counter, Self.counter.replacing("x = 2 & y < 1", with: "y < 1"))
    let comparison = try Self.compare(pair)
    #expect(Self.words(comparison.added, pair.head.system) == ["start []", "both []"])
    #expect(Self.words(comparison.removed, pair.base.system) == nil)
    #expect(comparison.values == nil)
    // The other way round.
    let back = try Self.compare(ModelPair(base: pair.head, head: pair.base))
    #expect(Self.words(back.removed, pair.head.system) == ["start []", "both []"])
    #expect(!back.added.isRun)
  }

  /// No step tells of `y`, once "both" has been taken.
  @Test func aValueIsFoundThatNoStepTellsOf() throws {
    let pair = try Self.pair(
      Self.counter, Self.counter.replacing("y := y + 1", with: "y := y + 2"))
    let comparison = try Self.compare(pair)
    #expect(!comparison.added.isRun && !comparison.removed.isRun && !comparison.isSame)
    guard case .different(let difference)? = comparison.values else {
      Issue.record("\(String(describing: comparison.values))")
      return
    }
    #expect(difference.base.steps.map(\.slots.last) == [0, 0, 0, 1])
    #expect(difference.head.steps.map(\.slots.last) == [0, 0, 0, 2])
    #expect(pair.base.system.variables[difference.variable.base].name == "y")
  }

  /// A step that fails on the same level as a difference ends the shorter run.
  @Test func whatFailsFirstIsFoundFirst() throws {
    let base = """
      var x: 0 .. 3; y: 0 .. 1;
      startstate "start" begin x := 0; y := 0; end;
      rule "up" x < 3 ==> begin x := x + 1; end;
      rule "side" x = 1 ==> begin y := 1 - y; end;
      rule "late" x = 2 & y = 0 ==> begin y := 1; end;
      """
    let head = base.replacing("y := 1 - y", with: "y := 2 - y")
      .replacing("x = 2 & y = 0", with: "x = 2 & y = 1")
    let pair = try Self.pair(base, head)
    let comparison = try Self.compare(pair)
    #expect(
      Self.words(comparison.added, pair.head.system) == ["start []", "up []", "side [] fails"])
    #expect(Self.words(comparison.removed, pair.base.system) == ["start []", "up []", "side []"])
  }

  @Test func aRuleThatFailsIsAnotherRun() throws {
    let pair = try Self.pair(
      Self.counter, Self.counter.replacing("y := y + 1", with: "y := y + 4"))
    let comparison = try Self.compare(pair)
    #expect(comparison.method == .stateSets(.product(.interrupted)))
    let start = ["start []", "up []", "up []"]
    #expect(Self.words(comparison.added, pair.head.system) == start + ["both [] fails"])
    #expect(Self.words(comparison.removed, pair.base.system) == start + ["both []"])
  }

  /// A rule with another name and the same text is guessed to be the same; another one can be given.
  @Test func renamedRulesAreTheSame() throws {
    let renamed = try Self.pair(Self.counter, Self.counter.replacing("\"both\"", with: "\"two\""))
    #expect(renamed.rules.guessed.map { [$0.base, $0.head] } == [[1, 1]])
    #expect(try Self.compare(renamed).isSame)
    let head = Self.counter.replacing("\"both\" x = 2", with: "\"two\" x = 1 + 1")
    #expect(try !Self.compare(Self.pair(Self.counter, head)).isSame)
    let given = try Self.pair(Self.counter, head, renamed: ["both": "two"])
    #expect(given.rules.guessed.isEmpty)
    #expect(try Self.compare(given).isSame)
  }

  /// A rule that was split in two looks the same to who does not see the first half.
  @Test func whatIsHiddenIsNotSeen() throws {
    let head =
      Self.counter
      .replacing("y: 0 .. 3;", with: "y: 0 .. 3; ready: boolean;")
      .replacing("y := 0;", with: "y := 0; ready := false;")
      .replacing("x = 2 & y < 1 ==>", with: "ready & x = 2 & y < 1 ==>")
      + "rule \"prepare\" x = 2 & !ready ==> begin ready := true; end;"
    let pair = try Self.pair(Self.counter, head)
    let seen = try Self.compare(pair)
    #expect(
      Self.words(seen.added, pair.head.system) == ["start []", "up []", "up []", "prepare []"])
    let hidden = try Self.compare(pair, Observation(except: ["prepare"]))
    #expect(!hidden.added.isRun && !hidden.removed.isRun)
  }

  // MARK: - What values become

  /// What is seen is `y` alone: how often `x` goes up first does not matter, what `y` becomes does.
  @Test func valuesAreSeenWhereTheyChange() throws {
    let base = """
      var x: 0 .. 3; y: 0 .. 3;
      startstate "start" begin x := 0; y := 0; end;
      rule "up" x < 2 ==> begin x := x + 1; end;
      rule "note" x = 2 & y < 2 ==> begin y := y + 1; end;
      """
    func compared(_ head: String) throws -> (ModelPair, BehaviourComparison) {
      let pair = try Self.pair(base, head)
      let values = try #require(ObservedValues(variables: ["y"], of: pair))
      return (pair, try Self.compare(pair, Observation(of: .values(values))))
    }
    let longer = try compared(
      base.replacing("x < 2", with: "x < 3").replacing("x = 2", with: "x = 3"))
    #expect(!longer.1.added.isRun && !longer.1.removed.isRun)
    #expect(longer.1.method == .stateSets(.observation))
    let further = try compared(base.replacing("y < 2", with: "y < 3"))
    #expect(
      Self.words(further.1.added, further.0.head.system)
        == ["start []", "up []", "up []", "note []", "note []", "note []"])
    #expect(!further.1.removed.isRun)
    // A step that fails is seen.
    let failing = try compared(base.replacing("y := y + 1", with: "y := y + 4"))
    #expect(
      Self.words(failing.1.added, failing.0.head.system) == [
        "start []", "up []", "up []", "note [] fails",
      ])
  }

  @Test func messagesAreFoundByTypeAndName() throws {
    let text = """
      type word_t: enum { NONE, HELLO }; msg_t: enum { ASK, TELL };
      var queue: array [0 .. 1] of word_t; state: word_t; sent: msg_t; bag: multiset [1] of 0 .. 1;
      startstate begin clear queue; state := NONE; sent := ASK; undefine bag; end;
      rule begin state := HELLO; end;
      """
    let pair = try Self.pair(text, text)
    #expect(ObservedValues(messagesOf: pair)?.names == ["queue", "sent", "bag"])
    let none = "var x: boolean; startstate begin x := false; end; rule begin x := !x; end;"
    #expect(try ObservedValues(messagesOf: Self.pair(none, none)) == nil)
    // Another type is no common variable.
    let other = text.replacing("array [0 .. 1] of word_t", with: "array [0 .. 2] of word_t")
    #expect(try ObservedValues(variables: ["queue"], of: Self.pair(text, other)) == nil)
  }

  /// Where all steps are the same and lead to the same values, nothing else that can be seen differs.
  @Test(arguments: 0..<100) func whatIsTheSameLooksTheSame(seed: Int) throws {
    var draws = SplitMix64(seed: UInt64(seed + 1_000))
    let base = RandomModel(seed: UInt64(seed), size: 1 + seed % 3).text
    let first = try #require(Self.model(base))
    let head = Self.changed(base, &draws).flatMap { Self.model($0) == nil ? nil : $0 } ?? base
    let pair = ModelPair(base: first, head: try #require(Self.model(head)))
    let names = first.system.variables.map(\.name)
    guard let values = ObservedValues(variables: names, of: pair) else { return }
    let seen = BehaviourComparison.compareByStateSets(
      pair, observing: Observation(of: .values(values)), CheckRequest(first.system))
    let comparison = try Self.compare(pair)
    if base == head || comparison.isSame { #expect(!seen.added.isRun && !seen.removed.isRun) }
    // A run that looks otherwise is one of another step, or of the same with another value.
    if seen.added.isRun || seen.removed.isRun { #expect(!comparison.isSame) }
  }

  // MARK: - Symbolic constants

  /// The product of two models with symbolic constants finds for which of their values a run differs.
  @Test func symbolicModelsAreCompared() throws {
    let base = """
      symbolic gap, size: address;
      assume gap >= 0 & size >= 1;
      var laid: 0 .. 3;
      startstate "start" begin laid := 0; end;
      rule "lay one" laid < 3 & size * (laid + 1) < gap ==> begin laid := laid + 1; end;
      """
    let head = base.replacing("(laid + 1) < gap", with: "(laid + 1) <= gap")
    let pair = try Self.pair(base, head)
    let comparison = try Self.compare(pair)
    #expect(comparison.method == .product)
    #expect(!comparison.removed.isRun)
    guard case .run(let run) = comparison.added else {
      Issue.record("no run is new")
      return
    }
    #expect(run.execution.valuation.count == 2)
    #expect(run.execution.valuation[0] == run.execution.valuation[1])
    // The instances for these values differ by the same run.
    let instances = try [base, head].map { text in
      try #require(
        MurphiModel.plain(
          of: SourceText(path: "", text: text), valuation: run.execution.valuation)
      ).text
    }
    let plain = try Self.pair(instances[0], instances[1])
    #expect(
      Self.words(try Self.compare(plain).added, plain.head.system)
        == Self.words(comparison.added, pair.head.system))
    #expect(try Self.compare(Self.pair(base, base)).isSame)
    // Other assumptions are other layouts.
    let assumed = try Self.pair(base, base.replacing("size >= 1", with: "size >= 2"))
    #expect(BehaviourComparison.compare(assumed, CheckRequest(assumed.base.system)) == nil)
  }

  /// Two start states that have no partners.
  @Test func startStatesAreSteps() throws {
    let head = Self.counter + "startstate \"other\" begin x := 2; y := 0; end;"
    let pair = try Self.pair(Self.counter, head)
    let comparison = try Self.compare(pair)
    #expect(Self.words(comparison.added, pair.head.system) == ["other []"])
    guard case .run(let run) = comparison.added else { return }
    #expect(run.isStart && run.other.steps.isEmpty)
  }

  /// Nothing in common.
  @Test func twoModelsWithoutARuleInCommon() throws {
    let pair = try Self.pair(
      Self.counter,
      "var z: boolean; startstate \"start\" begin z := false; end;"
        + "rule \"flip\" begin z := !z; end;")
    let comparison = try Self.compare(pair)
    #expect(Self.words(comparison.added, pair.head.system) == ["start []", "flip []"])
    #expect(Self.words(comparison.removed, pair.base.system) == ["start []", "up []"])
  }

  // MARK: - By enumeration

  private static let depth = 5

  /// A text with one small change; nil where the draw changes nothing.
  private static func changed(_ text: String, _ draws: inout SplitMix64) -> String? {
    let choices: [(String, [String])] = [
      (" = ", [" != "]), (" != ", [" = "]), (" < ", [" <= "]), (" & ", [" | "]), (" | ", [" & "]),
      ("true", ["false"]), ("false", ["true"]), ("0", ["1"]), ("1", ["0", "2"]), ("2", ["1"]),
      (" + ", [" - "]), ("forall", ["exists"]), ("if ", ["if !"]),
    ]
    let behind = text.firstRange(of: "startstate")?.lowerBound ?? text.startIndex
    guard let (old, news) = draws.pick(choices) else { return nil }
    // A rule with another name would be guessed to be the same, and not be for who looks at names.
    let places = text[behind...].ranges(of: old).filter { place in
      text[..<place.lowerBound].count { $0 == "\"" } % 2 == 0
    }
    guard let place = draws.pick(Array(places)), let new = draws.pick(news) else { return nil }
    return text[..<place.lowerBound] + new + text[place.upperBound...]
  }

  /// Names are in order of their rules: what has none would be another rule after a change.
  @Test(arguments: 0..<300) func shortestRunsAreFound(seed: Int) throws {
    var draws = SplitMix64(seed: UInt64(seed))
    let base = RandomModel(seed: UInt64(seed), size: 1 + seed % 4).text
    let first = try #require(Self.model(base))
    var head = base
    for _ in 0..<(seed % 10 == 0 ? 0 : 40) {
      guard let text = Self.changed(base, &draws), Self.model(text) != nil else { continue }
      head = text
      break
    }
    let second = try #require(Self.model(head))
    let pair = ModelPair(base: first, head: second)
    // A rule with other parameters is another rule, which names do not tell.
    let names = Set(second.system.rules.map(\.name) + second.system.startStates.map(\.name))
    for (matching, rules) in [
      (pair.rules, first.system.rules), (pair.startStates, first.system.startStates),
    ] {
      for (number, partner) in matching.headOfBase.enumerated() where partner == nil {
        if names.contains(rules[number].name) { return }
      }
    }
    guard let baseRuns = RunEnumeration(first.system).runs(upTo: Self.depth, limit: 20_000),
      let headRuns = RunEnumeration(second.system).runs(upTo: Self.depth, limit: 20_000)
    else { return }
    let comparison = try Self.compare(pair)
    let bySets = BehaviourComparison.compareByStateSets(pair, CheckRequest(first.system))
    for (name, found) in [("\(comparison.method)", comparison), ("sets", bySets)] {
      expect(found.added, of: second.system, among: headRuns, without: baseRuns, "\(name) added")
      expect(
        found.removed, of: first.system, among: baseRuns, without: headRuns, "\(name) removed")
    }
    // Sets of states have no values.
    if base == head, comparison.method == .product { #expect(comparison.isSame) }
  }

  private func expect(
    _ answer: BehaviourComparison.Answer, of system: TransitionSystem,
    among runs: [Set<RunEnumeration.Run>], without others: [Set<RunEnumeration.Run>],
    _ name: String
  ) {
    let own = zip(runs, others).map { $0.subtracting($1) }
    let shortest = own.firstIndex { !$0.isEmpty }
    switch answer {
    case .none: #expect(shortest == nil, "\(name): \(own)")
    case .undecided(let limit): Issue.record("\(name): \(limit)")
    case .run:
      let words = Self.words(answer, system) ?? []
      guard let shortest else {
        #expect(words.count > Self.depth, "\(name): \(words)")
        return
      }
      #expect(words.count == shortest + 1, "\(name): \(words)")
      #expect(own[shortest].contains(words), "\(name): \(words)")
    }
  }
}
