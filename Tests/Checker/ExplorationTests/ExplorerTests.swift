import Diagnostics
import Exploration
import Murphi
import Testing
import Trace
import TransitionSystem

/// Limits, shortest runs, deadlock modes, measures, liveness.
@Suite struct ExplorerTests {
  private func explore(
    _ text: String, seconds: Double? = nil,
    _ change: (inout ExplorationOptions) -> Void = { _ in }
  ) throws -> (result: ExplorationResult, system: TransitionSystem) {
    let system = try #require(MurphiModel.load(SourceText(path: "m", text: text)).system)
    var options = ExplorationOptions()
    change(&options)
    let space = SearchSpace(system, symmetry: .off, stop: StopCondition(seconds: seconds))
    return (Explorer.explore(space, options: options), system)
  }

  private static let counter = """
    var x: 0..99;
    startstate begin x := 0; end;
    rule "up" x < 99 ==> begin x := x + 1; end;
    rule "reset" x = 99 ==> begin x := 0; end;
    """

  @Test func countsAndDepth() throws {
    let (result, _) = try explore(Self.counter)
    guard case .holds = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(result.statistics.stateCount == 100)
    #expect(result.statistics.ruleFiringCount == 100)
    #expect(result.statistics.depth == 99)
    #expect(result.statistics.stateBitCount == 7)
  }

  @Test func limitsAreInconclusive() throws {
    let changes: [(inout ExplorationOptions) -> Void] = [
      { $0.maximumStateCount = 10 }, { $0.maximumDepth = 10 }, { $0.memoryByteCount = 1_000 },
      { _ in },
    ]
    for (number, change) in changes.enumerated() {
      let (result, _) = try explore(Self.counter, seconds: number == 3 ? 1e-9 : nil, change)
      guard case .inconclusive = result.verdict else {
        Issue.record("\(result.verdict)")
        return
      }
      #expect(result.statistics.stateCount < 100)
    }
  }

  @Test func theShortestRunIsShown() throws {
    // The long way is found first; the deadlock in the middle is nearer than both violations.
    let (result, system) = try explore(
      """
      var x: 0..9;
      startstate begin x := 0; end;
      rule "one" x = 0 ==> begin x := 1; end;
      rule "two" x = 0 ==> begin x := 2; end;
      rule "bad" x = 1 ==> begin x := 9; end;
      invariant "never nine" x != 9;
      """)
    guard case .violated(let counterexample) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(counterexample.violation.kind == .deadlock)
    #expect(counterexample.execution.steps.map(\.slots) == [[0], [2]])
    try Replay(system: system).confirm(counterexample, deadlock: .stuttering)
  }

  @Test func deadlockModesDiffer() throws {
    let idle = """
      var x: 0..1; startstate begin x := 0; end; rule "idle" begin x := 0; end;
      """
    for (mode, isDeadlock) in [(DeadlockMode.stuttering, true), (.stuck, false), (.off, false)] {
      let (result, _) = try explore(idle) { $0.deadlock = mode }
      if case .violated = result.verdict { #expect(isDeadlock) } else { #expect(!isDeadlock) }
    }
  }

  @Test func measuresHaveExtremesWithRuns() throws {
    let (result, _) = try explore(Self.counter + "\nmeasure \"minus\" 0 - x;")
    let measure = try #require(result.measures.first)
    #expect(measure.least == -99)
    #expect(measure.greatest == 0)
    #expect(measure.leastExecution.steps.count == 100)
    #expect(measure.greatestExecution.steps.count == 1)
  }

  @Test func livenessFindsTheNearestTrap() throws {
    let (result, _) = try explore(
      """
      var x: 0..5; startstate begin x := 0; end;
      rule "step" x < 3 ==> begin x := x + 1; end;
      rule "back" x < 3 & x > 0 ==> begin x := 0; end;
      rule "spin" x >= 3 ==> begin x := x = 3 ? 4 : 3; end;
      liveness "home" x = 0;
      """)
    guard case .violated(let counterexample) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(counterexample.violation.kind == .liveness(property: 0, bindings: []))
    #expect(counterexample.execution.steps.last?.slots == [3])
  }

  @Test func digestDependsOnTheSetAlone() throws {
    let (up, _) = try explore(Self.counter)
    let (down, _) = try explore(
      """
      var x: 0..99; startstate begin x := 50; end;
      rule "down" begin x := (x + 99) % 100; end;
      """)
    let (fewer, _) = try explore(Self.counter) { $0.maximumStateCount = 99 }
    #expect(up.digest == down.digest)
    #expect(up.digest != fewer.digest)
  }

  @Test func vacuousInvariantsAndDeadRulesAreNamed() throws {
    let (result, _) = try explore(
      Self.counter + """

        rule "never" x > 99 ==> begin x := 0; end;
        invariant "vacuous" forall i: 0..1 do x > 200 + i -> false end;
        invariant "not vacuous" x > 50 -> x > 49;
        """)
    #expect(result.coverage.ruleFirings == [99, 1, 0])
    #expect(result.coverage.vacuousInvariants == [0])
  }

  @Test func endlessRecursionAndLoopsAreErrors() throws {
    for body in ["x := f(x);", "while true do x := 1; end;"] {
      let (result, _) = try explore(
        """
        var x: 0..5;
        function f(n: 0..5): 0..5; begin return f(n); end;
        startstate begin x := 0; end;
        rule "r" begin \(body) end;
        """)
      guard case .violated(let counterexample) = result.verdict,
        case .interruption = counterexample.violation.kind
      else {
        Issue.record("\(result.verdict)")
        return
      }
    }
  }

  @Test func equalMultisetsAreOneState() throws {
    // Two members out of three kinds, in either order: 1 empty + 3 of one + 6 of two.
    let (result, _) = try explore(
      """
      type t: 0..2;
      var m: multiset [2] of t;
      startstate begin undefine m; end;
      ruleset i: t do
        rule "add" multisetcount(k: m, true) < 2 ==> begin multisetadd(i, m); end;
      end;
      choose k: m do rule "take" begin multisetremove(k, m); end; end;
      """)
    guard case .holds = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(result.statistics.stateCount == 10)
  }
}
