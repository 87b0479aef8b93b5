import Checking
import Conformance
import Diagnostics
import Evaluation
import Exploration
import Murphi
import NativeCode
import Randomness
import TestSupport
import Testing
import Trace
import TransitionSystem

/// Which states are possible behind the events of a log: by sets of states that are found once, and by hand.
@Suite struct ConformanceTests {
  private static func system(_ text: String) throws -> TransitionSystem {
    try #require(
      MurphiModel.load(SourceText(path: "test.m", text: text), dialect: .rumur).system)
  }

  private static func sets(
    _ system: TransitionSystem, unseen: [UnseenRule] = [], symmetric: Bool = false,
    executor: ExplorationOptions.Executor = .interpreter
  ) -> StateSets {
    var options = ExplorationOptions()
    options.executor = executor
    options.nativeEffort = .quick
    let space = SearchSpace(system, symmetry: symmetric ? .exact : .off)
    return StateSets(StepSource(space, options), judge: system, conditions: [], unseen: unseen)
  }

  private static func states(_ sets: StateSets, _ nodes: some Sequence<StateSets.Node>) -> Set<
    [Int64]
  > {
    var states: Set<[Int64]> = []
    for node in nodes { states.formUnion(sets.states(of: node).map { sets.states.slots(of: $0) }) }
    return states
  }

  /// What of a model is seen, and a log of it.
  private struct Question {
    var unseen: [UnseenRule] = []
    var events: [ObservedEvent] = []
  }

  /// A log of a walk, of which one event may be another one.
  private static func question(
    _ hand: LogByHand, _ random: inout SplitMix64, length: Int
  ) -> [ObservedEvent] {
    var events: [ObservedEvent] = []
    guard
      var state = hand.starts().sorted(by: { $0.lexicographicallyPrecedes($1) })
        .randomElement(using: &random)
    else { return [] }
    for _ in 0..<4 * length where events.count < length {
      guard let step = hand.steps(from: state).randomElement(using: &random) else { break }
      state = step.end
      if hand.unseen[step.instance.rule] != nil, random.chance(70) { continue }
      events.append(event(of: step.instance, &random))
    }
    if random.chance(50), let changed = events.indices.randomElement(using: &random) {
      let rule = random.integer(in: 0...hand.system.rules.count - 1)
      events[changed] = ObservedEvent(rules: [RulePattern(rule: rule)])
    }
    return events
  }

  /// What is seen of a step: its rule, or one of two, with some of its parameters.
  private static func event(
    of instance: RuleInstance, _ random: inout SplitMix64
  ) -> ObservedEvent {
    var bindings: [RulePattern.Binding] = []
    for (parameter, value) in instance.bindings.enumerated() where random.chance(60) {
      bindings.append(.init(parameter: parameter, value: value))
    }
    var rules = [RulePattern(rule: instance.rule, bindings: bindings)]
    if random.chance(20) { rules.append(RulePattern(rule: 0)) }
    return ObservedEvent(rules: rules, nothingWhere: random.chance(15) ? [] : nil)
  }

  private static func unseen(
    _ system: TransitionSystem, _ random: inout SplitMix64
  ) -> [UnseenRule] {
    system.rules.indices.compactMap { rule in
      guard random.chance(30) else { return nil }
      return UnseenRule(rule: rule, most: random.chance(40) ? random.integer(in: 1...2) : nil)
    }
  }

  @Test(arguments: 0..<150)
  func statesArePossibleAsByHand(seed: Int) throws {
    let text = RandomModel(seed: 610_000 + UInt64(seed), size: 1 + seed % 4).text
    let system = try Self.system(text)
    guard !system.rules.isEmpty else { return }
    var random = SplitMix64(seed: UInt64(seed))
    let unseen = Self.unseen(system, &random)
    let hand = LogByHand(system, unseen: unseen)
    let events = Self.question(hand, &random, length: 6)
    let isNative = seed % 15 == 0
    let sets = Self.sets(system, unseen: unseen, executor: isNative ? .native : .interpreter)
    let start = try sets.start([])
    guard !hand.starts().isEmpty else {
      #expect(start == nil)
      return
    }
    let first = try #require(start)
    #expect(Self.states(sets, [first]) == hand.starts())
    var alignment = LogAlignment(sets, start: first, window: 0, keepsHistory: true)
    var possible = hand.starts()
    guard possible.count < 500 else { return }
    for (number, event) in events.enumerated() {
      let reached = hand.follow(event, from: possible)
      let fits = try alignment.take(
        TimedEvent(line: number + 1, time: nil, lane: nil, label: sets.label(of: event)))
      #expect(fits == !reached.isEmpty, "event \(number) of\n\(text)")
      guard fits, !reached.isEmpty else { break }
      possible = reached
      #expect(Self.states(sets, alignment.cuts.values) == possible, "event \(number) of\n\(text)")
    }
    try Self.expectExplained(alignment, sets, hand, events)
  }

  /// That a run which explains a log is one: by the interpreter, with the events at their steps.
  private static func expectExplained(
    _ alignment: LogAlignment, _ sets: StateSets, _ hand: LogByHand, _ events: [ObservedEvent]
  ) throws {
    let history = try #require(alignment.history)
    let run = try #require(try ExplainingRun(history, sets, stop: StopCondition()))
    var state = try #require(run.execution.steps.first).slots
    #expect(hand.starts().contains(state))
    var explained: [Int] = []
    for (step, event) in zip(run.execution.steps.dropFirst(), run.events) {
      #expect(
        hand.steps(from: state).contains { $0.instance == step.instance && $0.end == step.slots })
      if let event {
        explained.append(event.line - 1)
        let patterns = events[event.line - 1].rules ?? []
        #expect(patterns.contains { $0.matches(step.instance) })
      } else {
        #expect(hand.unseen[step.instance.rule] != nil)
      }
      state = step.slots
    }
    // An event that may be nothing has no step where it is.
    let surely = events.indices.prefix(alignment.eventCount).filter {
      events[$0].nothingWhere == nil
    }
    #expect(explained.sorted() == explained)
    #expect(Set(explained).isSuperset(of: surely))
  }

  /// Two CPUs and a lock; which of their events came first is not told where they are close.
  private static let lock = """
    type cpu_t: 0 .. 1;
    var held: boolean; owner: cpu_t; count: 0 .. 3;
    startstate begin held := false; owner := 0; count := 0; end;
    ruleset c: cpu_t do
      rule "take" !held ==> begin held := true; owner := c; end;
      rule "give" held & owner = c & count < 3 ==> begin held := false; count := count + 1; end;
    end;
    rule "wrap" count = 3 ==> begin count := 0; end;
    """

  @Test(arguments: 0..<120)
  func eventsWithinAWindowHaveNoOrder(seed: Int) throws {
    let system = try Self.system(Self.lock)
    var random = SplitMix64(seed: UInt64(seed))
    let unseen = seed % 2 == 0 ? [UnseenRule(rule: 2, most: seed % 4 == 0 ? 1 : nil)] : []
    let hand = LogByHand(system, unseen: unseen)
    let window = Int64(random.integer(in: 1...30))
    var time: Int64 = 1_000
    var timed: [(event: ObservedEvent, lane: Int, time: Int64)] = []
    var holder: Int?
    for _ in 0..<7 {
      let lane =
        random.chance(85) ? (holder ?? random.integer(in: 0...1)) : random.integer(in: 0...1)
      let rule = holder == nil ? 0 : 1
      holder = holder == nil ? lane : nil
      time += Int64(random.integer(in: 1...20))
      timed.append(
        (
          ObservedEvent(
            rules: [
              RulePattern(rule: rule, bindings: [.init(parameter: 0, value: Int64(lane))])
            ]), lane, time + Int64(random.integer(in: 0...Int(window) / 2))
        ))
    }
    // Of one CPU the order of the times is that of the events.
    for lane in 0...1 {
      let numbers = timed.indices.filter { timed[$0].lane == lane }
      for (number, time) in zip(numbers, numbers.map { timed[$0].time }.sorted()) {
        timed[number].time = time
      }
    }
    let sorted = timed.indices.sorted { (timed[$0].time, $0) < (timed[$1].time, $1) }
      .map { timed[$0] }
    let possible = hand.follow(
      sorted.map(\.event),
      isBefore: { left, right in
        let (left, right) = (left, right)
        if sorted[left].lane == sorted[right].lane { return left < right }
        return sorted[left].time + window < sorted[right].time
      }, from: hand.starts())

    let sets = Self.sets(system, unseen: unseen)
    let start = try #require(try sets.start([]))
    var alignment = LogAlignment(sets, start: start, window: window, keepsHistory: true)
    // The file's order differs from that of the times by less than a window.
    var fits = true
    for (number, entry) in sorted.enumerated() where fits {
      fits = try alignment.take(
        TimedEvent(
          line: number + 1, time: entry.time, lane: entry.lane, label: sets.label(of: entry.event)))
    }
    if fits { fits = try alignment.finish() }
    #expect(fits == !possible.isEmpty)
    guard fits else { return }
    #expect(Self.states(sets, alignment.cuts.values) == possible)
    let history = try #require(alignment.history)
    let run = try #require(try ExplainingRun(history, sets, stop: StopCondition()))
    let lines = run.events.compactMap { $0?.line }
    #expect(lines.sorted() == Array(1...7))
    for (position, line) in lines.enumerated() {
      for later in lines[position...] {
        #expect(sorted[later - 1].time + window >= sorted[line - 1].time)
      }
    }
  }

  @Test func linesOutOfOrder() throws {
    let system = try Self.system(Self.lock)
    let sets = Self.sets(system)
    let start = try #require(try sets.start([]))
    var alignment = LogAlignment(sets, start: start, window: 10, keepsHistory: false)
    let take = sets.label(of: ObservedEvent(rules: [RulePattern(rule: 0)]))
    _ = try alignment.take(TimedEvent(line: 1, time: 100, lane: 0, label: take))
    _ = try alignment.take(TimedEvent(line: 2, time: 91, lane: 1, label: take))
    #expect(throws: LogOrderError.outOfOrder(line: 3, nanoseconds: 11)) {
      try alignment.take(TimedEvent(line: 3, time: 89, lane: 1, label: take))
    }
  }

  /// 40 CPUs that count at the same time: their orders are more than anybody can follow, their cuts too.
  @Test func moreAtOnceThanCanBeTold() throws {
    let system = try Self.system(
      """
      type cpu_t: 0 .. 69;
      var count: array [cpu_t] of 0 .. 1;
      startstate begin clear count; end;
      ruleset c: cpu_t do rule "count" count[c] = 0 ==> begin count[c] := 1; end; end;
      """)
    let sets = Self.sets(system)
    let start = try #require(try sets.start([]))
    var alignment = LogAlignment(sets, start: start, window: 1_000, keepsHistory: false)
    #expect(throws: LogOrderError.tooManyAtOnce(line: 65, limit: 64)) {
      for cpu in 0..<70 {
        let pattern = RulePattern(rule: 0, bindings: [.init(parameter: 0, value: Int64(cpu))])
        let label = sets.label(of: ObservedEvent(rules: [pattern]))
        _ = try alignment.take(
          TimedEvent(line: cpu + 1, time: Int64(cpu), lane: cpu, label: label))
      }
      _ = try alignment.finish()
    }
  }

  /// Forgetting what need not be known changes no answer.
  @Test func forgettingChangesNothing() throws {
    let system = try Self.system(Self.lock)
    let sets = Self.sets(system)
    let start = try #require(try sets.start([]))
    var alignment = LogAlignment(sets, start: start, window: 0, keepsHistory: true)
    func event(_ rule: Int) -> TimedEvent {
      TimedEvent(
        line: 1, time: nil, lane: nil,
        label: sets.label(of: ObservedEvent(rules: [RulePattern(rule: rule)])))
    }
    for round in 0..<30 {
      #expect(try alignment.take(event(0)))
      try alignment.forget()
      #expect(alignment.history == nil)
      #expect(sets.states.count <= 4)
      #expect(try alignment.take(event(1)))
      if round % 3 == 2 { #expect(try alignment.take(event(2))) }
    }
    try alignment.forget()
    #expect(try !alignment.take(event(1)))
    #expect(alignment.eventCount == 70)
  }

  /// Elements that no event tells apart are reduced, and the log fits as it does without.
  @Test(arguments: 0..<60)
  func reducedScalarsetsChangeNoAnswer(seed: Int) throws {
    let text = RandomModel(seed: 640_000 + UInt64(seed), size: 2 + seed % 4).text
    let system = try Self.system(text)
    guard !system.rules.isEmpty else { return }
    var random = SplitMix64(seed: UInt64(seed))
    let unseen = Self.unseen(system, &random)
    let hand = LogByHand(system, unseen: unseen)
    guard hand.starts().count < 200 else { return }
    let events = Self.question(hand, &random, length: 6).map { event in
      ObservedEvent(
        rules: event.rules?.map { RulePattern(rule: $0.rule) }, nothingWhere: event.nothingWhere)
    }
    var counts: [Int] = []
    for symmetric in [false, true] {
      let sets = Self.sets(system, unseen: unseen, symmetric: symmetric)
      guard let start = try sets.start([]) else { return }
      var alignment = LogAlignment(sets, start: start, window: 0, keepsHistory: true)
      for (number, event) in events.enumerated() {
        let label = sets.label(of: event)
        guard
          try alignment.take(TimedEvent(line: number + 1, time: nil, lane: nil, label: label))
        else { break }
      }
      counts.append(alignment.eventCount)
      try Self.expectExplained(alignment, sets, hand, events)
    }
    #expect(counts[0] == counts[1], "\(text)")
  }
}
