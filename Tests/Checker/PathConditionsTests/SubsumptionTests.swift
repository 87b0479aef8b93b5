import Diagnostics
import Exploration
import Foundation
import PathConditions
import TestSupport
import Testing
import Trace
import TransitionSystem

/// States that are left out for others with the same values and more layouts change counts, and
/// nothing that is said of the model.
@Suite struct SubsumptionTests {
  private static func explore(
    _ text: String, _ deadlock: DeadlockMode, expandsAll: Bool
  ) throws -> ExplorationResult? {
    let system = try InstantiationTests.system(text)
    let paths = PathConditions(system)
    do { try paths.assume() } catch { return nil }
    var options = ExplorationOptions()
    options.deadlock = deadlock
    options.expandsSubsumedStates = expandsAll
    return Explorer.explore(SearchSpace(system, domain: .layouts(paths)), options: options)
  }

  /// What is said of a model: the verdict, the length of the run, which covers are hit, and
  /// measures.
  private static func summary(_ result: ExplorationResult) -> String {
    let verdict: String
    switch result.verdict {
    case .holds: verdict = "holds"
    case .inconclusive(let limit): verdict = "inconclusive \(limit)"
    case .violated(let counterexample):
      let length =
        counterexample.execution.steps.count
        + (counterexample.violation.failedStep == nil ? 0 : 1)
      var kind = ""
      if case .uncovered = counterexample.violation.kind { kind = ", uncovered" }
      if case .liveness = counterexample.violation.kind { kind = ", liveness" }
      verdict = "violated, \(length)\(kind)"
    }
    let measures = result.measures.map {
      "\($0.property) \($0.least)...\($0.greatest) "
        + "\($0.leastExecution.steps.count) \($0.greatestExecution.steps.count)"
    }
    let unfired = result.coverage.ruleFirings.map { $0 == 0 }
    return "\(verdict) \(result.coverage.coverHits.map { $0 > 0 }) \(measures) \(unfired)"
  }

  @Test func randomModelsSayTheSame() throws {
    var (leftOut, compared, stranded, live) = (0, 0, 0, 0)
    for seed in 0..<400 {
      // What fails seldom, so that much is searched.
      let model = RandomSymbolicModel(seed: 7_000 + UInt64(seed)).text(
        .symbolic, measuresTerm: true
      )
      .split(separator: "\n").filter { !$0.hasPrefix("liveness") && !$0.hasPrefix("invariant") }
      .joined(separator: "\n")
      // Liveness is asked for when no cover is missing.
      let asked =
        seed % 2 == 0
        ? "cover \"three\" a = 3; cover \"small\" b & x < y;"
        : seed % 4 == 1
          ? "liveness \"a\" a = 0 | x > y;" : "liveness \"m\" m[0] = m[1] | need[0] <= \(seed % 3);"
      let text =
        model + """

          invariant "late" a < 3 | !m[1] | x + need[0] < \(2 + seed % 6);
          measure "a" a;
          measure "moved" (m[0] ? 1 : 0) + (need[1] > x ? 2 : 0);
          \(asked)
          """
      let deadlock = DeadlockMode.allCases[seed % 3]
      guard let all = try Self.explore(text, deadlock, expandsAll: true),
        let some = try Self.explore(text, deadlock, expandsAll: false)
      else { continue }
      #expect(all.symbolic?.subsumedStateCount == 0)
      #expect(Self.summary(some) == Self.summary(all), "\(deadlock)\n\(text)")
      #expect(some.statistics.stateCount <= all.statistics.stateCount, "\(text)")
      compared += 1
      guard some.symbolic?.subsumedStateCount ?? 0 > 0 else { continue }
      leftOut += 1
      if Self.summary(some).contains("liveness") { stranded += 1 }
      if seed % 2 == 1, case .holds = some.verdict { live += 1 }
    }
    #expect(compared > 200)
    // Else nothing would have been compared.
    #expect(leftOut > 40, "\(leftOut)")
    #expect(stranded > 5, "\(stranded)")
    #expect(live > 5, "\(live)")
  }

  /// The same on two kernels in one memory, where there are more than a thousand path conditions.
  @Test(arguments: [
    RepositoryModel("Models/regions.m"),
    RepositoryModel("Models/regions.m", patch: "Models/regions/grow-blindly.patch"),
    RepositoryModel("Models/regions.m", patch: "Models/regions/past-the-end.patch"),
  ])
  func regionsSayTheSame(model: RepositoryModel) throws {
    let text = String(decoding: try model.source().bytes, as: UTF8.self)
    let all = try #require(try Self.explore(text, .stuttering, expandsAll: true))
    let some = try #require(try Self.explore(text, .stuttering, expandsAll: false))
    #expect(Self.summary(some) == Self.summary(all))
    #expect(some.statistics.stateCount < all.statistics.stateCount)
  }

  /// Three steps; the first is also taken, to the same values, where the bound is above 5.
  private static func steps(first: String) -> String {
    """
    symbolic bound : address;
    assume "range" bound >= 0 & bound <= 10;
    var step : 0..3;
    startstate begin step := 0; end;
    rule "ask" step = 0 & bound > 5 ==> begin step := \(first); end;
    rule "go" step < 3 ==> begin step := step + 1; end;

    """
  }

  @Test func aWeakerOneOfTheSameDepthIsEnough() throws {
    // Without it: 0; 1, 2 and 3, each for all bounds and for those above 5. From 0 two steps lead
    // to 1; one each leads on from 1 and from 2.
    let text = Self.steps(first: "1")
    let all = try #require(try Self.explore(text, .off, expandsAll: true))
    #expect(all.statistics.stateCount == 7)
    #expect(all.statistics.ruleFiringCount == 6)
    // With it: 1 for bounds above 5 is found and goes no further.
    let some = try #require(try Self.explore(text, .off, expandsAll: false))
    #expect(some.statistics.stateCount == 5)
    #expect(some.statistics.ruleFiringCount == 4)
    #expect(some.symbolic?.subsumedStateCount == 1)
  }

  @Test func aWeakerOneFoundLaterIsNot() throws {
    // 2 for bounds above 5 after one step, for all after two; then the same of 3.
    let text = Self.steps(first: "2") + "invariant \"not three\" step < 3;"
    for expandsAll in [true, false] {
      let result = try #require(try Self.explore(text, .off, expandsAll: expandsAll))
      guard case .violated(let counterexample) = result.verdict else {
        Issue.record("\(result.verdict)")
        return
      }
      #expect(counterexample.execution.steps.count == 3)
      #expect(counterexample.execution.valuation == [6])
      #expect(result.symbolic?.subsumedStateCount == 0)
    }
  }

  @Test func aWeakerOneFoundEarlierIsEnough() throws {
    // "ask" comes back to 1 for bounds above 5, where 1 was one step away for all.
    let text = """
      symbolic bound : address;
      assume "range" bound >= 0 & bound <= 10;
      var step : 0..3;
      startstate begin step := 0; end;
      rule "go" step < 2 ==> begin step := step + 1; end;
      rule "back" step = 2 & bound > 5 ==> begin step := 1; end;
      rule "end" step = 1 & bound > 7 ==> begin step := 3; end;
      """
    // 0; 1; 2 and, above 7, 3; then 1 above 5, from which 2 above 5 and 3 above 7 follow.
    let all = try #require(try Self.explore(text, .off, expandsAll: true))
    #expect(all.statistics.stateCount == 6)
    let some = try #require(try Self.explore(text, .off, expandsAll: false))
    #expect(some.statistics.stateCount == 5)
    #expect(some.symbolic?.subsumedStateCount == 1)
    #expect(some.statistics.depth == 3)
  }

  @Test func livenessOfAStateThatIsLeftOutIsThatOfTheOther() throws {
    // The way back from 3 is open below 8 alone, whichever way 1 was come to.
    let text =
      Self.steps(first: "1") + "rule \"home\" step = 3 & bound < 8 ==> begin step := 0; end;\n"
    let home = try #require(
      try Self.explore(text + "liveness \"home\" step = 0;", .off, expandsAll: false))
    guard case .violated(let counterexample) = home.verdict else {
      Issue.record("\(home.verdict)")
      return
    }
    #expect(counterexample.violation.kind == .liveness(property: 0, bindings: []))
    // From 1 on already.
    #expect(counterexample.execution.steps.count == 2)
    #expect(counterexample.execution.valuation == [8])
    let end = try #require(
      try Self.explore(text + "liveness \"end\" step = 3;", .off, expandsAll: false))
    guard case .holds = end.verdict else {
      Issue.record("\(end.verdict)")
      return
    }
    #expect(end.symbolic?.subsumedStateCount ?? 0 > 0)
  }
}
