import Runs
import Testing

@Suite struct RunDivergenceTests {
  @Test func aRunDoesNotPartFromItself() {
    let divergence = RunDivergence(SampleRun.run, SampleRun.run)
    #expect(divergence.isNone && divergence.commonCount == 3)
  }

  @Test func anotherRuleIsWhereTheyPart() {
    var other = SampleRun.run
    other.steps[2].rule = "new: leave it"
    let divergence = RunDivergence(SampleRun.run, other)
    #expect(divergence.commonCount == 2)
    #expect(divergence.next?.rule == "new: take it")
    #expect(divergence.otherNext?.rule == "new: leave it")
    #expect(divergence.differences.isEmpty)
  }

  /// The same step that comes to something else.
  @Test func otherValuesAreWhereTheyPart() {
    var other = SampleRun.run
    other.steps[1].changes[0] = .init(place: 2, old: "RUNS_OLD", new: "WAITS")
    let divergence = RunDivergence(SampleRun.run, other)
    #expect(divergence.commonCount == 1)
    #expect(divergence.differences.map(\.place) == ["exec[cpu_t_1]"])
    #expect(divergence.differences.map(\.value) == ["RUNS_NEW"])
    #expect(divergence.differences.map(\.other) == ["WAITS"])
  }

  @Test func theShorterRunEnds() {
    var other = SampleRun.run
    other.steps.removeLast()
    let divergence = RunDivergence(SampleRun.run, other)
    #expect(divergence.commonCount == 2)
    #expect(divergence.next?.fails == true && divergence.otherNext == nil)
  }
}
