import Diagnostics
import Mutation
import MutationTesting
import Scenarios
import Testing

/// What a scenario expects beside the verdict notices mutants, too.
@Suite struct ExpectationTests {
  /// `x` goes to 3 and begins again; nothing is ever wrong with it.
  private static let text = """
    var x: 0..9; done: boolean;
    startstate begin x := 0; done := false; end;
    rule "step" x < 3 ==> begin x := x + 1; end;
    rule "finish" x = 3 & !done ==> begin done := true; end;
    rule "back" done ==> begin x := 0; done := false; end;
    rule "fault" x = 5 ==> begin x := 0; done := false; end;
    measure "reached" x;
    """
  private static let dead = "    dead-rules: fault\n"

  private static func report(_ keys: String, text: String = text) throws -> MutationReport {
    let scenario = try ScenarioFile.scenario("    deadlock: off\n" + keys)
    return try MutationReport.of(
      SourceText(path: "m.m", text: text), [MutationSize(scenario)])
  }

  @Test func rulesThatNeverFireNotice() throws {
    let report = try Self.report(Self.dead)
    func dropped(_ rule: String) -> MutantOutcome? {
      report.results.first {
        $0.mutant.kind == .dropRule && $0.mutant.declaration.name == rule
      }?.outcome
    }
    // What depends on the rule notices; that it is gone itself, nobody would.
    #expect(dropped("step")?.witness == Witness(.silentRule, name: "finish"))
    #expect(dropped("finish")?.witness == Witness(.silentRule, name: "back"))
    #expect(dropped("back") == .survived(neverFired: ["back"]))
    #expect(dropped("fault") == .equivalent)
    #expect(
      report.outcome("`done := true` is left out")?.witness == Witness(.silentRule, name: "back"))
    // A rule that is listed and fires.
    #expect(
      report.outcome("`x = 5` is asked for the other way round")?.witness
        == Witness(.firingRule, name: "fault"))
    // The second half of a rule that never fires is no rule that a scenario could know.
    let split = report.results.filter { $0.mutant.kind == .splitRule }
    #expect(split.map(\.mutant.declaration.name) == ["back", "fault"])
    #expect(split.allSatisfy { $0.outcome?.witness == nil })
  }

  /// A size that goes without a rule is one more way to notice, and its rules are known by their names.
  @Test func sizesWithoutARuleNotice() throws {
    let source = SourceText(path: "m.m", text: Self.text)
    let whole = MutationSize(try ScenarioFile.scenario("    deadlock: off\n" + Self.dead))
    let part = MutationSize(
      try ScenarioFile.scenario(
        "    deadlock: off\n    without: step\n    dead-rules: [finish, back, fault]\n"))
    let question = "`x = 3` is not asked for"
    let alone = try MutationReport.of(source, [whole])
    #expect(alone.outcome(question, in: "finish")?.witness == nil)
    let both = try MutationReport.of(source, [whole, part])
    // Without a step nothing is ever finished.
    #expect(both.outcome(question, in: "finish")?.witness == Witness(.firingRule, name: "finish"))
    // Of a rule that the smaller size has not, the larger one decides.
    for (mutant, other) in zip(both.results, alone.results)
    where mutant.mutant.declaration.name == "step" {
      #expect(mutant.outcome == other.outcome, "\(mutant.mutant.question)")
    }
    #expect(both.outcome("it never happens", in: "back") == .survived(neverFired: ["back"]))
    #expect(throws: MutationRun.SizeFailure.self) {
      let wrong = MutationSize(try ScenarioFile.scenario("    without: stop\n"))
      return try MutationReport.of(source, [whole, wrong])
    }
  }

  @Test func measuresNotice() throws {
    let question = "`3` is `4`"
    #expect(try Self.report(Self.dead).outcome(question)?.witness?.kind != .measure)
    let report = try Self.report(Self.dead + "    measure: { reached: 0..3 }\n")
    #expect(report.outcome(question)?.witness == Witness(.measure, name: "reached"))
    #expect(
      try Self.report(Self.dead + "    measure: { reached: 0..9 }\n")
        .outcome(question)?.witness?.kind != .measure)
  }

  /// What the model itself does not meet, no mutant is blamed for.
  @Test func whatTheModelDoesNotMeetNoticesNothing() throws {
    let report = try Self.report(Self.dead + "    measure: { reached: 7 }\n")
    #expect(!report.results.contains { $0.outcome?.witness?.kind == .measure })
    let unlisted = try Self.report("")
    #expect(
      !unlisted.results.contains {
        $0.outcome?.witness == Witness(.silentRule, name: "fault")
      })
  }

  /// With `done` left true there are 8 states in place of 5.
  @Test(arguments: [
    ("..6", true), ("..8", false), ("5", false), ("5..20", false), ("6..20", false),
  ])
  func boundsOfStatesNoticeAndNumbersDoNot(_ states: String, _ notice: Bool) throws {
    let report = try Self.report(Self.dead + "    states: \(states)\n")
    let outcome = report.outcome("`done := false` is left out", in: "back")
    #expect(outcome?.witness == (notice ? Witness(.stateCount) : nil))
  }

  /// A search that a limit ended has seen what it has seen.
  @Test func whatExplodesIsNoticedByWhatWasSeen() throws {
    let text = """
      var x: 0..1000000;
      startstate begin x := 0; end;
      rule "step" begin x := x < 5 ? x + 1 : 0; end;
      measure "reached" x;
      """
    func outcome(_ keys: String) throws -> MutantOutcome? {
      try Self.report(keys, text: text).results
        .first { $0.mutant.question.contains("whatever") }?.outcome
    }
    #expect(try outcome("")?.word == "undecided")
    #expect(try outcome("    states: ..5000\n")?.word == "undecided")
    #expect(try outcome("    states: ..50\n")?.witness == Witness(.stateCount))
    #expect(try outcome("    measure: { reached: 0..5 }\n")?.witness?.kind == .measure)
  }
}
