import Proving
import SAT
import SMT
import Testing

/// The second solver says no where something does not follow, and where it does not know.
@Suite struct JudgeTests {
  private static let judge = Judge(.init(), Interrupter())

  @Test func whatDoesNotFollowIsRefused() throws {
    var circuit = Circuit()
    let (first, second) = (circuit.input(), circuit.input())
    let both = circuit.and(first, second)
    #expect(Self.judge.refusal([both, !first], circuit) == nil)
    #expect(Self.judge.refusal([.falsehood], circuit) == nil)
    let refusal = try #require(Self.judge.refusal([!both, first], circuit))
    #expect(refusal.contains("does not follow"))
    #expect(Self.judge.refusal([], circuit) != nil)
  }
}
