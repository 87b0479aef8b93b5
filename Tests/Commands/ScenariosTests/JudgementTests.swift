import Checking
import Diagnostics
import Exploration
import Murphi
import Options
import Scenarios
import Testing
import TransitionSystem

/// What a scenario expects beside the verdict, compared with what comes out.
@Suite struct JudgementTests {
  /// `x` goes from 0 to TOP; what needs a fault never happens without one, and nothing calls.
  private static let model = """
    const TOP: 3; FAULTS: 0;
    type device: 0..1;
    var x: 0..TOP; faults: 0..FAULTS; busy: array [device] of 0..TOP; called: boolean;
    function faulty(): boolean; begin return FAULTS > 0; end;
    startstate begin x := 0; faults := 0; called := false;
      for d: device do busy[d] := d; end; end;
    rule "count" x < TOP ==> begin x := x + 1; end;
    rule "begin again" x = TOP ==> begin x := 0; end;
    rule "fault" x = 1 & faults < FAULTS ==> begin faults := faults + 1; end;
    rule "repair" faulty() & x = 0 ==> begin x := 1; end;
    rule "hear a call" called ==> begin x := 0; end;
    measure "counted" x;
    ruleset d: device do measure "work" busy[d] + x; end;
    invariant "counted up to the top" x <= TOP;
    """

  private static func surprises(
    _ keys: String, model: String = model, _ change: (inout CheckRequest) -> Void = { _ in }
  ) throws -> [String] {
    let file = "version: 1\nscenarios:\n  - name: a\n    model: a.m\n    expect: holds\n" + keys
    let scenario = try #require(try ScenarioFile.read(file).first)
    let source = SourceText(path: "a.m", bytes: Array(model.utf8))
    let loaded = MurphiModel.load(source, overrides: scenario.constants, stop: .init())
    let system = try #require(loaded.system).without(rulesNamed: Set(scenario.without))
    var request = scenario.settings.request(system, stop: .init())
    change(&request)
    let outcome = try Checking.check(request)
    return scenario.surprises(
      try #require(scenario.expectation), outcome.finding, of: system, verdict: "something else"
    ).map(\.sentence)
  }

  private static let called = "    dead-rules: hear a call\n"

  @Test func whatIsAsExpectedIsNoSurprise() throws {
    let keys = """
          states: 4
          measure: { counted: 0..3, work: 0..4 }
          dead-rules: [hear a call]

      """
    #expect(try Self.surprises(keys) == [])
  }

  @Test(arguments: [
    ("3..5", true), ("..4", true), ("4..", true), ("4", true), ("..3", false), ("5..", false),
    ("5..9", false), ("3", false),
  ])
  func statesHaveBounds(bounds: String, isMet: Bool) throws {
    let expected = isMet ? [] : ["expected \(bounds) states, and there are 4"]
    #expect(try Self.surprises(Self.called + "    states: \(bounds)\n") == expected)
  }

  @Test(arguments: [
    ("counted: 0..3", nil), ("counted: 0..", nil), ("counted: ..7", nil), ("work: 0..4", nil),
    ("counted: 0..2", "expected measure \"counted\": 0..2, and it is 0..3"),
    ("counted: 1..", "expected measure \"counted\": 1.., and it is 0..3"),
    ("counted: 3", "expected measure \"counted\": 3, and it is 0..3"),
    // One of the two goes from 0 to 3, and the other from 1 to 4.
    ("work: ..3", "expected measure \"work\": ..3, and it is 0..4"),
    (
      "counter: 0..3",
      "expected measure \"counter\": 0..3, and the model has no such measure; did you mean `counted`?"
    ),
  ])
  func measuresHaveBounds(measure: String, surprise: String?) throws {
    #expect(
      try Self.surprises(Self.called + "    measure: { \(measure) }\n")
        == (surprise.map { [$0] } ?? []))
  }

  @Test func aRuleThatNeverFiresIsASurprise() throws {
    #expect(
      try Self.surprises("")
        == ["rule \"hear a call\" never fires, and `dead-rules` does not list it"])
    #expect(try Self.surprises("    dead-rules: [hear a call, fault]\n") == [])
    #expect(
      try Self.surprises("    dead-rules: [hear a call, count, calls]\n") == [
        "rule \"count\" fires, 3 times, and `dead-rules` lists it",
        "`dead-rules` lists \"calls\", and the model has no such rule",
      ])
  }

  /// With faults nothing is switched off.
  @Test func constantsSwitchRulesOff() throws {
    #expect(try Self.surprises(Self.called + "    set: { FAULTS: 1 }\n") == [])
    #expect(
      try Self.surprises("    dead-rules: [hear a call, fault]\n    set: { FAULTS: 1 }\n")
        == ["rule \"fault\" fires, once, and `dead-rules` lists it"])
  }

  /// Where not all was seen, nobody knows what never fires.
  @Test func onlyASearchToItsEndSaysThatARuleIsDead() throws {
    let inconclusive = "    expect: inconclusive\n"
    func surprises(_ keys: String) throws -> [String] {
      let file = "version: 1\nscenarios:\n  - name: a\n    model: a.m\n" + inconclusive + keys
      let scenario = try #require(try ScenarioFile.read(file).first)
      let source = SourceText(path: "a.m", bytes: Array(Self.model.utf8))
      let system = try #require(
        MurphiModel.load(source, overrides: scenario.constants, stop: .init()).system)
      let outcome = try Checking.check(scenario.settings.request(system, stop: .init()))
      return scenario.surprises(.inconclusive, outcome.finding, of: system, verdict: "")
        .map(\.sentence)
    }
    #expect(try surprises("    max-depth: 1\n") == [])
    #expect(try surprises("    store: compact\n") == [])
    #expect(try surprises("    engine: random-walk\n") == [])
    #expect(try surprises("    max-depth: 1\n    dead-rules: count\n") == [])
    // What was seen was seen.
    #expect(
      try surprises("    max-depth: 1\n    measure: { counted: 0 }\n")
        == ["expected measure \"counted\": 0, and it is 0..1"])
    #expect(
      try surprises("    engine: random-walk\n    measure: { counted: 0..3 }\n")
        == ["expected measure \"counted\": 0..3, and nothing was measured"])
  }

  @Test func aReductionLeavesRulesOut() throws {
    #expect(try Self.surprises("    reduction: por\n") == [])
  }

  @Test func anotherVerdictIsAllThatIsSaid() throws {
    let broken = Self.model.replacing("x <= TOP", with: "x < TOP")
    #expect(
      try Self.surprises("    states: 1\n    measure: { counted: 9 }\n", model: broken)
        == ["expected holds, and it is something else"])
  }

  @Test func aModelIsCheckedWithoutRules() throws {
    let keys = "    without: [begin again]\n    deadlock: off\n"
    #expect(try Self.surprises(keys + Self.called + "    rules: 3\n") == [])
    let live = Self.model + "liveness \"back\" x = 0;\n"
    #expect(try Self.surprises(Self.called, model: live) == [])
    #expect(
      try Self.surprises(keys + Self.called, model: live)
        == ["expected holds, and it is something else"])
  }
}
