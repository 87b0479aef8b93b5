import Checking
import Diagnostics
import Exploration
import Murphi
import Mutation
import MutationTesting
import Scenarios
import TestSupport
import Testing
import Trace

/// Properties that are suggested hold in the model, and notice what nothing noticed.
@Suite struct SuggestionTests {
  private static let counting = SourceText(
    path: "m.m",
    text: """
      const MOST: 3;
      var x: 0..MOST; busy: boolean;
      startstate begin x := 0; busy := false; end;
      rule "begin" !busy & x < MOST ==> begin busy := true; x := x + 1; end;
      rule "end" busy ==> begin busy := false; end;
      rule "reset" x = MOST & !busy ==> begin x := 0; end;
      cover "none" x = 0;
      """)

  private static let numbered = SourceText(
    path: "m.m",
    text: """
      type id_t: scalarset(2);
      var busy: array [id_t] of boolean; count: 0..2; flag: boolean; last: id_t;
      function is_busy(i: id_t): boolean; begin return busy[i] != false; end;
      startstate begin
        for i: id_t do busy[i] := false; end;
        count := 0; flag := false; undefine last;
      end;
      ruleset i: id_t do
        rule "begin" !is_busy(i) & count < 2 ==> begin
          busy[i] := true;
          count := count + 1;
          last := i;
        end;
        rule "end" busy[i] & count > 0 & !isundefined(last) ==> begin
          busy[i] := false;
          count := count - 1;
          if last = i then undefine last; end;
        end;
      end;
      rule "blink" begin flag := !flag; end;
      invariant "busy ones are counted" count = 0 -> forall i: id_t do !is_busy(i) end;
      invariant "the last is busy"
        forall i: id_t do !isundefined(last) & last = i -> busy[i] end;
      """)

  private static func report(_ source: SourceText, _ sizes: [MutationSize]) throws
    -> MutationReport
  {
    var plan = MutationPlan()
    plan.suggests = true
    return try MutationReport.of(source, sizes, plan: plan)
  }

  private static func size(_ keys: String) throws -> MutationSize {
    MutationSize(try ScenarioFile.scenario("    deadlock: off\n" + keys))
  }

  private static func verdict(
    _ source: SourceText, _ line: String, most: Int64?
  ) throws -> (holds: Bool, violated: Witness?) {
    let text = SourceText(path: "m.m", bytes: source.bytes + Array("\n\(line)\n".utf8))
    let system = try #require(
      MurphiModel.load(text, overrides: most.map { ["MOST": $0] } ?? [:]).system, "\(line)")
    var request = CheckRequest(system)
    request.options.executor = .interpreter
    request.options.deadlock = .off
    request.symmetry = .off
    switch try Checking.check(request).verdict {
    case .holds: return (true, nil)
    case .violated(let counterexample):
      let violation = counterexample.violation
      return (false, Witness(.violation(violation.category), name: violation.name(in: system)))
    case .inconclusive: return (false, nil)
    }
  }

  /// By another way: without symmetry, by the interpreter.
  @Test func whatIsSuggestedHoldsAndNotices() throws {
    for (source, sizes) in [
      (Self.counting, [Int64(2), 3] as [Int64?]), (Self.numbered, [nil]),
    ] {
      let report = try Self.report(
        source,
        try sizes.map { try Self.size($0.map { "    set: { MOST: \($0) }\n" } ?? "") })
      #expect(report.suggestions.count > 1)
      for (position, suggestion) in report.suggestions {
        let line = suggestion.text.replacing("…", with: "new")
        for size in sizes {
          #expect(try Self.verdict(source, line, most: size).holds, "\(line)")
        }
        let mutant = report.results[position].mutant
        let text = mutant.text(of: source)
        let witnesses = try sizes.map { try Self.verdict(text, line, most: $0).violated }
        #expect(witnesses.contains { $0?.name == "new" }, "\(mutant.question): \(line)")
        // It is for those that nothing notices.
        #expect(report.results[position].outcome?.word == "survived")
      }
    }
  }

  @Test func theShortestIsSuggested() throws {
    let report = try Self.report(
      Self.counting, [try Self.size("    set: { MOST: 2 }\n"), try Self.size("")])
    func suggestion(_ question: String, in rule: String) -> String? {
      let position = report.results.firstIndex {
        $0.mutant.question == question && $0.mutant.declaration.name == rule
      }
      return position.flatMap { report.suggestions[$0]?.text }
    }
    #expect(
      suggestion("`!busy` is not asked for", in: "reset") == "invariant \"…\" !(busy & x = 0);")
    #expect(suggestion("`x := 0` is left out", in: "reset") == nil)
  }

  /// What is reached no more is a cover.
  @Test func whatIsReachedNoMoreIsACover() throws {
    let keys = "    dead-rules: [reset, end]\n"
    let report = try Self.report(Self.counting, [try Self.size(keys)])
    let position = try #require(
      report.results.firstIndex {
        $0.mutant.kind == .dropRule && $0.mutant.declaration.name == "end"
      })
    #expect(report.suggestions[position]?.text == "cover \"…\" x = MOST;")
  }
}
