import Checking
import Diagnostics
import Exploration
import Murphi
import Mutation
import MutationTesting
import NativeCode
import Synchronization
import TestSupport
import Testing
import Trace
import TransitionSystem

/// What becomes of mutants is so by other ways, too.
@Suite struct MutationRunTests {
  private static func system(_ source: SourceText) throws -> TransitionSystem {
    try #require(MurphiModel.load(source).system)
  }

  private static func report(_ source: SourceText, _ plan: MutationPlan) throws -> MutationReport {
    try MutationReport.of(source, [MutationSize(name: "size")], plan: plan)
  }

  private static func outcome(
    _ system: TransitionSystem, _ executor: ExplorationOptions.Executor,
    symmetry: SearchSpace.Symmetry = .exact
  ) throws -> CheckOutcome {
    var request = CheckRequest(system)
    request.options.executor = executor
    request.options.nativeEffort = .quick
    request.options.maximumStateCount = 50_000
    request.symmetry = symmetry
    return try Checking.check(request)
  }

  private static let models = [
    "Models/degradation.m", "Models/classics/mcs.m", "Models/classics/dekker.m",
  ]

  /// The killed ones are violated, and the others not, by the interpreter and by native code, with
  /// reduction and without.
  @Test(arguments: models)
  func otherWaysAgree(_ path: String) throws {
    let source = try RepositoryModel(path).source()
    let report = try Self.report(source, MutationPlan())
    #expect(report.score.killed > 0)
    for (number, result) in report.results.enumerated() where number % 9 == 0 {
      guard let system = MurphiModel.load(result.mutant.text(of: source)).system else {
        guard case .invalid = result.outcome else {
          Issue.record("\(result)")
          continue
        }
        continue
      }
      let unreduced = try Self.outcome(system, .interpreter, symmetry: .off).verdict
      let native = try Self.outcome(system, .native).verdict
      switch (result.outcome, unreduced, native) {
      case (.killed(let notice), .violated, .violated(let other)):
        let violation = other.violation
        #expect(
          notice.witness
            == Witness(.violation(violation.category), name: violation.name(in: system)))
      case (.survived, .holds, .holds), (.equivalent, .holds, .holds): break
      case (.undecided, _, _): break
      default:
        Issue.record("\(result.mutant.question): \(String(describing: result.outcome))")
      }
    }
  }

  /// Those that are said to be the model again have its states; where a rule is split there are states
  /// between. Rules of theirs may fire that change nothing.
  @Test(arguments: models)
  func equivalentOnesHaveTheModelsCounts(_ path: String) throws {
    let source = try RepositoryModel(path).source()
    let report = try Self.report(source, MutationPlan())
    let model = try Self.outcome(try Self.system(source), .interpreter, symmetry: .off).finding
    for result in report.results
    where result.outcome == .equivalent && result.mutant.secondHalf == nil {
      let text = result.mutant.text(of: source)
      let mutant = try Self.outcome(try Self.system(text), .interpreter, symmetry: .off).finding
      #expect(mutant[.states] == model[.states], "\(result.mutant.question)")
      #expect(mutant.coverage?.coverHits == model.coverage?.coverHits)
    }
  }

  private static let small = SourceText(
    path: "m.m",
    text: """
      type id_t: scalarset(2);
      var busy: array [id_t] of boolean; count: 0..2; flag: boolean;
      function is_busy(i: id_t): boolean; begin return busy[i] != false; end;
      startstate begin for i: id_t do busy[i] := false; end; count := 0; flag := false; end;
      ruleset i: id_t do
        rule "begin" !is_busy(i) & count < 2 ==> begin
          busy[i] := true;
          count := count + 1;
          cover "begun" count = 1;
        end;
        rule "end" busy[i] & count > 0 ==> begin busy[i] := false; count := count - 1; end;
      end;
      rule "blink" begin flag := !flag; end;
      invariant "busy ones are counted" count = 0 -> forall i: id_t do !is_busy(i) end;
      """)

  @Test func outcomesOfASmallModel() throws {
    let report = try Self.report(Self.small, MutationPlan())
    func outcomes(_ question: String) -> [String] {
      report.results.filter { $0.mutant.question == question }.map { $0.outcome?.word ?? "" }
    }
    // Two are never more than two.
    #expect(outcomes("`count < 2` is not asked for") == ["equivalent"])
    #expect(outcomes("`count > 0` is not asked for") == ["equivalent"])
    #expect(outcomes("`busy[i]` is not asked for") == ["killed"])
    // No property asks whether anything ever ends.
    #expect(outcomes("`busy[i] := true` is left out") == ["survived"])
    // The properties' function changes with the rule's.
    let ofFunction = report.results.filter { $0.mutant.declaration.name == "is_busy" }
    #expect(!ofFunction.isEmpty && !ofFunction.contains { !$0.mutant.isOfProperties })
    #expect(outcomes("it never happens") == ["killed", "survived", "survived"])
    let dead = report.results.compactMap { result -> [String]? in
      if case .survived(let rules) = result.outcome { rules } else { nil }
    }
    #expect(dead.contains(["end"]))
  }

  @Test func whatExplodesIsUndecided() throws {
    let source = SourceText(
      path: "m.m",
      text: """
        var x: 0..1000000;
        startstate begin x := 0; end;
        rule "step" begin x := x < 5 ? x + 1 : 0; end;
        """)
    let report = try Self.report(source, MutationPlan())
    let without = report.results.first { $0.mutant.question.contains("whatever") }
    guard case .undecided(let why) = without?.outcome else {
      Issue.record("\(report.results.map { ($0.mutant.question, $0.outcome) })")
      return
    }
    #expect(why.contains("the limit of 2000 states was reached"))
    #expect(report.score.isBelow(percent: 100))
  }

  @Test func nothingIsTriedWhenTheEndIsWanted() throws {
    var plan = MutationPlan()
    plan.stop = StopCondition(isCancelled: { true })
    #expect(throws: MutationRun.SizeFailure.self) { try Self.report(Self.small, plan) }
  }

  /// Whoever asks before the end is told what is known then.
  @Test func whatIsKnownCanBeAskedForAtAnyTime() throws {
    var plan = MutationPlan()
    plan.usesCache = false
    let progress = MutationProgress()
    #expect(progress.report(.cancelled, seconds: 0) == nil)
    let run = try MutationRun(
      Self.small, [MutationSize(name: "size")], plan, telling: progress
    ) { constants, _ in
      (try #require(MurphiModel.load(Self.small, overrides: constants).system), .rumur)
    }
    let begun = try #require(progress.report(.cancelled, seconds: 0))
    #expect(begun.score.untried == begun.results.count && begun.results.count > 20)
    let counts = Mutex<[Int]>([])
    let whole = try run.report { _ in
      let known = progress.report(.cancelled, seconds: 0)
      counts.withLock { $0.append(known?.score.untried ?? -1) }
    }
    // One less each time, until the witnesses are looked at without.
    #expect(
      counts.withLock { $0 }.prefix(begun.results.count)
        == Array((0..<begun.results.count).reversed())[...])
    #expect(progress.report(.cancelled, seconds: 0)?.score == whole.score)
  }

  @Test func aModelThatDoesNotHoldIsRefused() throws {
    let source = SourceText(
      path: "m.m",
      text: "var x: 0..1; startstate begin x := 0; end; rule begin x := 1; end; invariant x = 0;")
    #expect(throws: MutationRun.SizeFailure.self) { try Self.report(source, MutationPlan()) }
  }
}
