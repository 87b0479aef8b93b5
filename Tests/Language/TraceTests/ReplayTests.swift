import Diagnostics
import Murphi
import Testing
import Trace
import TransitionSystem

/// Replay repeats what was found and believes nothing.
@Suite struct ReplayTests {
  private func system() throws -> TransitionSystem {
    let text = """
      var n: 0..3;
      startstate n := 0; end;
      ruleset i: 1..2 do rule "add" n + i <= 3 ==> n := n + i; end; end;
      invariant "below three" n < 3;
      """
    return try #require(MurphiModel.load(SourceText(path: "m", text: text)).system)
  }

  private let start = RuleInstance(rule: 0, bindings: [])
  private func add(_ i: Int64) -> RuleInstance { RuleInstance(rule: 0, bindings: [i]) }

  @Test func stepsHaveTheirStates() throws {
    let run = try Replay(system: try system()).run(start: start, [add(2), add(1)])
    #expect(run.steps.map(\.slots) == [[0], [2], [3]])
  }

  @Test func aStepThatIsNotEnabledIsRefused() throws {
    let system = try system()
    #expect(throws: ReplayError.self) {
      try Replay(system: system).run(start: start, [add(2), add(2)])
    }
  }

  @Test func onlyWhatIsViolatedIsConfirmed() throws {
    let system = try system()
    let replay = Replay(system: system)
    let violation = Violation(.invariant(property: 0, bindings: []))
    let good = Counterexample(
      execution: try replay.run(start: start, [add(2), add(1)]), violation: violation)
    try replay.confirm(good, deadlock: .stuttering)
    let bad = Counterexample(
      execution: try replay.run(start: start, [add(2)]), violation: violation)
    #expect(throws: ReplayError.self) { try replay.confirm(bad, deadlock: .stuttering) }
    let noDeadlock = Counterexample(
      execution: try replay.run(start: start, [add(2)]), violation: Violation(.deadlock))
    #expect(throws: ReplayError.self) { try replay.confirm(noDeadlock, deadlock: .stuttering) }
    let deadlock = Counterexample(
      execution: try replay.run(start: start, [add(2), add(1)]), violation: Violation(.deadlock))
    try replay.confirm(deadlock, deadlock: .stuttering)
    #expect(throws: ReplayError.self) { try replay.confirm(deadlock, deadlock: .off) }
  }
}
