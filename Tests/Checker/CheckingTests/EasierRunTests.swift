import Checking
import Diagnostics
import Exploration
import Murphi
import Testing
import Trace
import TransitionSystem

/// Runs that people read are the easiest of their kind.
@Suite struct EasierRunTests {
  private static func system(_ text: String) throws -> TransitionSystem {
    let source = SourceText(path: "model.m", text: text)
    return try #require(MurphiModel.load(source).system)
  }

  /// Two actors do three things each, in any order; then both are done.
  private static let independent = """
    var a: 0..3; b: 0..3;
    startstate begin a := 0; b := 0; end;
    rule "first: go on" a < 3 ==> begin a := a + 1; end;
    rule "second: go on" b < 3 ==> begin b := b + 1; end;
    invariant "never both" !(a = 3 & b = 3);
    """

  private static func turns(_ execution: Execution, _ system: TransitionSystem) -> Int {
    let actors = execution.steps.dropFirst().map { system.rules[$0.instance.rule].actor }
    return zip(actors, actors.dropFirst()).count { $0 != $1 }
  }

  /// Of the twenty shortest runs two change who acts once.
  @Test func whoActsChangesAsSeldomAsCanBe() throws {
    let system = try Self.system(Self.independent)
    var request = CheckRequest(system)
    request.isRunRead = true
    guard case .violated(let counterexample) = try Checking.check(request).verdict else {
      Issue.record("not violated")
      return
    }
    #expect(counterexample.execution.steps.count == 7)
    #expect(Self.turns(counterexample.execution, system) == 1)
  }

  /// All shortest runs of random models are gone through: none has fewer turns.
  @Test func noShortestRunHasFewerTurns() throws {
    var violatedCount = 0
    for bound in 1...3 {
      for other in 1...3 {
        let text = """
          var a: 0..4; b: 0..4; c: 0..4;
          startstate begin a := 0; b := 0; c := 0; end;
          rule "first: up" a < \(bound) & c >= a - 1 ==> begin a := a + 1; end;
          rule "second: up" b < \(other) & a >= b ==> begin b := b + 1; end;
          rule "third: up" c < 2 & b >= c ==> begin c := c + 1; end;
          invariant "never all" !(a = \(bound) & b = \(other) & c = 2);
          """
        let system = try Self.system(text)
        var request = CheckRequest(system)
        request.options.deadlock = .off
        guard case .violated(let plain) = try Checking.check(request).verdict else { continue }
        request.isRunRead = true
        guard case .violated(let easy) = try Checking.check(request).verdict else {
          Issue.record("not violated")
          continue
        }
        let length = plain.execution.steps.count
        #expect(easy.execution.steps.count == length)
        let runs = Self.runs(
          of: system, length: length, to: [Int64(bound), Int64(other), 2])
        let states = easy.execution.steps.map(\.slots)
        #expect(runs.contains { $0.steps.map(\.slots) == states })
        let least = runs.map { Self.turns($0, system) }.min()
        #expect(Self.turns(easy.execution, system) == least)
        violatedCount += 1
      }
    }
    // `b` comes one further than `a` at most: not to 3 where `a` ends at 1. All else can be.
    #expect(violatedCount == 8)
  }

  /// All runs of a length to a state, rule by rule.
  private static func runs(
    of system: TransitionSystem, length: Int, to state: [Int64]
  ) -> [Execution] {
    var runs: [[RuleInstance]] = [[RuleInstance(rule: 0, bindings: [])]]
    let replay = Replay(system: system)
    func execution(_ run: [RuleInstance]) -> Execution? {
      try? replay.run(start: run[0], Array(run.dropFirst()))
    }
    for _ in 1..<length {
      runs = runs.flatMap { run in
        system.rules.indices.map { run + [RuleInstance(rule: $0, bindings: [])] }
      }.filter { execution($0) != nil }
    }
    return runs.compactMap(execution).filter { $0.steps.last?.slots == state }
  }

  /// Steps that lead nowhere are left out of a walk.
  @Test func aWalkIsShrunk() throws {
    let system = try Self.system(
      """
      var a: 0..3; noise: 0..9;
      startstate begin a := 0; noise := 0; end;
      rule "one: go on" a < 3 ==> begin a := a + 1; end;
      rule "two: make noise" true ==> begin noise := (noise + 1) % 10; end;
      rule "three: fail" a = 3 ==> begin error "it is three"; end;
      """)
    for seed in 1...20 as ClosedRange<UInt64> {
      var request = CheckRequest(system)
      request.engine = .randomWalk
      request.seed = seed
      request.isRunRead = true
      guard case .violated(let found) = try Checking.check(request).verdict else {
        Issue.record("not violated")
        continue
      }
      let names = found.execution.steps.dropFirst().map { system.rules[$0.instance.rule].name }
      #expect(names == ["one: go on", "one: go on", "one: go on"])
      #expect(found.violation.failedStep?.rule == 2)
    }
  }
}

/// Several violations, each of something else.
@Suite struct SeveralErrorsTests {
  private static let model = """
    var x: 0..9;
    startstate begin x := 0; end;
    rule "up" x < 9 ==> begin assert "up is below five" x < 5; x := x + 1; end;
    rule "down" x > 0 ==> begin assert "down is below four" x < 4; x := x - 1; end;
    invariant "small" x < 3;
    invariant "smaller" x < 2;
    liveness "even" x % 2 = 0;
    """

  /// The two invariants at depths 2 and 3, then the assertions at 4 and 5; and from 5 no step that does
  /// not fail leads on.
  @Test func eachIsOfSomethingElse() throws {
    let source = SourceText(path: "model.m", text: Self.model)
    let system = try #require(MurphiModel.load(source).system)
    for count in 1...6 {
      var request = CheckRequest(system)
      request.maximumErrorCount = count
      let outcome = try Checking.check(request)
      guard case .violated(let first) = outcome.verdict else {
        Issue.record("not violated")
        return
      }
      let names = ([first] + outcome.others).map { $0.violation.name(in: system) }
      let all = ["smaller", "small", "down is below four", "up is below five", "even"]
      #expect(names == Array(all.prefix(count)))
    }
  }

  /// Names of the last rules of so many violations.
  private static func lastRules(_ text: String, _ count: Int) throws -> [String] {
    let source = SourceText(path: "model.m", text: text)
    let system = try #require(MurphiModel.load(source).system)
    var request = CheckRequest(system)
    request.maximumErrorCount = count
    request.options.deadlock = .off
    let outcome = try Checking.check(request)
    guard case .violated(let first) = outcome.verdict else { return [] }
    let replay = Replay(system: system)
    return try ([first] + outcome.others).map { counterexample in
      // It is one of the model as it stands.
      try replay.confirm(counterexample, deadlock: .off)
      let steps = counterexample.execution.steps
      let rules = steps.count == 1 ? system.startStates : system.rules
      return rules[try #require(steps.last).instance.rule].name
    }
  }

  /// `x` becomes too large by one step from the start (`jump`), by two (`step` twice) or by three (`fall`
  /// behind `wait` twice); each rule is shown once.
  @Test func oneInvariantIsShownByEachLastRule() throws {
    let model = """
      var x: 0..9; y: 0..9;
      startstate "begin" begin x := 0; y := 0; end;
      rule "step" x < 2 ==> begin x := x + 1; end;
      ruleset k: 2..3 do
      rule "jump" x = 0 & y = 0 ==> begin x := k; end;
      end;
      rule "wait" x = 0 & y < 2 ==> begin y := y + 1; end;
      rule "fall" x = 0 & y = 2 ==> begin x := 9; end;
      ruleset i: 0..9 do
      invariant "small" x = i -> x < 2;
      end;

      """
    let all = ["jump", "step", "fall"]
    for count in 1...5 {
      #expect(try Self.lastRules(model, count) == Array(all.prefix(count)))
    }
    // A rule that may end early is not told from others, and a start state is.
    #expect(
      try Self.lastRules(
        model.replacing("x := k; end", with: "if k = 2 then x := 2; return; end; x := 3; end"), 5)
        == ["jump"])
    #expect(
      try Self.lastRules(
        "var x: 0..9; startstate \"bad\" begin x := 5; end;"
          + "startstate \"good\" begin x := 0; end; rule \"up\" x < 9 ==> begin x := x + 1; end;"
          + "invariant \"small\" x < 2;", 5) == ["bad", "up"])
  }
}
