import Options
import Testing

/// Which sizes `--sweep` stands for, and in which order.
@Suite struct SweepPlanTests {
  @Test func theSmallestComesFirst() throws {
    let plan = try SweepPlan(["A=1..3", "B=0,5"])
    #expect(plan.names == ["A", "B"])
    #expect(plan.sizes == [[1, 0], [1, 5], [2, 0], [2, 5], [3, 0], [3, 5]])
    let square = try SweepPlan(["A=1..3", "B=1..3"]).sizes
    // By their distance from the smallest.
    #expect(
      square == [[1, 1], [1, 2], [2, 1], [1, 3], [2, 2], [3, 1], [2, 3], [3, 2], [3, 3]])
    #expect(try SweepPlan(["A=-1..0"]).sizes == [[-1], [0]])
  }

  @Test(arguments: [
    (["A"], "--sweep takes NAME=1..8 or NAME=1,2,8, and not `A`"),
    (["=1"], "--sweep takes NAME=1..8 or NAME=1,2,8, and not `=1`"),
    (["A=1.."], "--sweep takes NAME=1..8 or NAME=1,2,8, and not `A=1..`"),
    (["A=1,,2"], "--sweep takes NAME=1..8 or NAME=1,2,8, and not `A=1,,2`"),
    (["A=1,1"], "--sweep: `1,1` has 1 twice"), (["A=3..1"], "--sweep: `3..1` is empty"),
    (["A=1..2", "A=3"], "--sweep names `A` twice"),
    (["A=1..1001"], "--sweep stands for more than 1000 sizes"),
    (["A=1..100", "B=1..11"], "--sweep stands for more than 1000 sizes"),
    (["A=-9223372036854775808..9223372036854775807"], "--sweep stands for more than 1000 sizes"),
  ])
  func whatIsAbsurdIsRefused(texts: [String], message: String) {
    let failure = #expect(throws: SweepPlan.Failure.self) { try SweepPlan(texts) }
    #expect(failure?.message == message)
  }

  @Test func sizesAreComparedByAllTheirConstants() {
    #expect(SweepPlan.isAtLeast([2, 2], [2, 1]))
    #expect(!SweepPlan.isAtLeast([3, 0], [2, 1]))
  }
}
