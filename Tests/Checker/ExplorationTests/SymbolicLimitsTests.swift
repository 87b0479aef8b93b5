import Checking
import Diagnostics
import Evaluation
import Exploration
import Foundation
import Murphi
import PathConditions
import Report
import SMT
import TestSupport
import Testing
import Trace
import TransitionSystem

/// Where a question about symbolic constants is not decided, the search is inconclusive and shows
/// what it had found until then, whoever evaluates the rules.
@Suite struct SymbolicLimitsTests {
  private static let counter = """
    symbolic bound : address;
    assume "range" bound >= 2 & bound <= 8;
    var x : 0..9;
    startstate begin x := 0; end;
    rule "up" x < bound ==> begin x := x + 1; end;

    """

  private func explore(
    _ text: String, _ paths: (TransitionSystem) -> PathConditions,
    _ executor: ExplorationOptions.Executor
  ) throws -> ExplorationResult {
    setenv("XDG_CACHE_HOME", NSTemporaryDirectory() + "swapcheck-tests-\(getpid())", 1)
    let system = try #require(MurphiModel.load(SourceText(path: "m", text: text)).system)
    let paths = paths(system)
    try paths.assume()
    var options = ExplorationOptions()
    options.deadlock = .off
    options.executor = executor
    let result = Explorer.explore(SearchSpace(system, domain: .layouts(paths)), options: options)
    #expect(result.compilationFailure == nil)
    return result
  }

  @Test(arguments: [ExplorationOptions.Executor.interpreter, .native])
  func pathConditionsRunOut(executor: ExplorationOptions.Executor) throws {
    let text = Self.counter + "measure \"x\" x;"
    // Conditions: 0; bound > 2 is 1 and its opposite 2; then bound > 3 is 3, for x = 4.
    let result = try explore(text, { PathConditions($0, maximumPathCount: 3) }, executor)
    guard case .inconclusive(.undecided(let reason)) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(reason == .tooManyPaths(limit: 3))
    #expect(reason.message == "there are more than 3 path conditions")
    // 0 to 3.
    #expect(result.statistics.stateCount == 4)
    #expect(result.statistics.ruleFiringCount == 3)
    #expect(result.coverage.ruleFirings == [3])
    let enough = try explore(text, { PathConditions($0, maximumPathCount: 20) }, executor)
    guard case .holds = enough.verdict else {
      Issue.record("\(enough.verdict)")
      return
    }
    #expect(enough.statistics.stateCount == 9)
  }

  /// Many questions in one state: whoever wants the end gets it before they are all asked.
  @Test(arguments: [ExplorationOptions.Executor.interpreter, .native])
  func theEndIsWantedWithinAState(executor: ExplorationOptions.Executor) throws {
    let text = """
      symbolic t : address;
      assume "positive" t >= 1;
      var b : boolean;
      startstate begin b := false; end;
      rule "b" true ==> begin b := !b; end;
      function rounds(t : address) : boolean;
      var i : 0..1000;
      begin
        i := 0;
        while i < t do i := i + 1; end;
        return true;
      end;
      invariant "ends" rounds(t);
      """
    setenv("XDG_CACHE_HOME", NSTemporaryDirectory() + "swapcheck-tests-\(getpid())", 1)
    let system = try #require(MurphiModel.load(SourceText(path: "m", text: text)).system)
    let paths = PathConditions(system)
    try paths.assume()
    paths.stop = .asked(times: 40)
    var options = ExplorationOptions()
    options.executor = executor
    let result = Explorer.explore(
      SearchSpace(system, domain: .layouts(paths), stop: paths.stop), options: options)
    guard case .inconclusive(.cancelled) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(paths.count < 100)
  }

  /// What is wrong is shown, although the time is up before all else of its state is known.
  @Test func whatIsFoundBeforeTheEndIsShown() throws {
    let text = Self.counter + "invariant \"small\" x < 2;"
    let system = try #require(MurphiModel.load(SourceText(path: "m", text: text)).system)
    var verdicts: Set<String> = []
    for most in 0..<60 {
      let paths = PathConditions(system)
      try paths.assume()
      paths.stop = .asked(times: most)
      var options = ExplorationOptions()
      options.deadlock = .off
      let result = Explorer.explore(
        SearchSpace(system, domain: .layouts(paths), stop: paths.stop), options: options)
      switch result.verdict {
      case .inconclusive(.cancelled): verdicts.insert("cancelled")
      case .violated(let counterexample):
        verdicts.insert("violated")
        #expect(counterexample.execution.steps.count == 3)
      default: Issue.record("\(result.verdict)")
      }
    }
    #expect(verdicts == ["cancelled", "violated"])
  }

  /// A condition that takes Z3 more work than the assumptions do.
  private static let hard = """
    symbolic a, b, c : address;
    assume "small" a >= 1 & b >= 1 & c >= 1;
    var x : 0..9;
    startstate begin x := 0; end;
    rule "up" x < 9 ==> begin x := x + 1; end;
    rule "ask" x = 4 & (a * 17 + b * 31) % 10007 = (c * 13 + a * 5) % 9973
      & (a * 3 + c * 91) % 997 > (b * 7) % 991 & (a / 7 + b / 11) % 13 = c % 17 ==> begin x := 0; end;

    """

  @Test func z3GivesUp() throws {
    var undecided = 0
    for exponent in 8..<17 {
      let limits = Limits(resourceUnits: 1 << UInt32(exponent))
      var found: [(states: Int, reason: Undecided)] = []
      for executor in [ExplorationOptions.Executor.interpreter, .native] {
        let result: ExplorationResult
        do {
          result = try explore(Self.hard, { PathConditions($0, limits: limits) }, executor)
        } catch is AssumptionError {
          // Too little for the assumptions.
          continue
        }
        guard case .inconclusive(.undecided(let reason)) = result.verdict else { continue }
        found.append((result.statistics.stateCount, reason))
      }
      guard let first = found.first else { continue }
      undecided += 1
      #expect(found.count == 2)
      #expect(found.allSatisfy { $0 == first })
      // 0 to 4: the state in which it was asked is not expanded.
      #expect(first.states == 5)
      guard case .solver = first.reason else {
        Issue.record("\(first.reason)")
        return
      }
    }
    #expect(undecided > 0)
  }

  @Test func whatIsFoundUntilAPropertyIsNotDecidedIsShown() throws {
    // Two states a step; the property of the second is too large, and all that follows is not seen.
    let text = """
      symbolic t : address;
      assume "positive" t >= 1;
      var x : 0..9; b : boolean;
      startstate begin x := 0; b := false; end;
      rule "up" x < 9 ==> begin x := x + 1; end;
      rule "b" true ==> begin b := !b; end;
      function power(n : 0..9) : address;
      var p : address;
      begin
        p := t;
        for i := 1 to n do p := p * 1TiB; end;
        return p;
      end;
      invariant "positive" power(x) > 0;
      measure "x" x;
      """
    var stateCounts: [Int] = []
    for executor in [ExplorationOptions.Executor.interpreter, .native] {
      let result = try explore(text, { PathConditions($0) }, executor)
      guard case .inconclusive(.undecided(.tooLarge)) = result.verdict else {
        Issue.record("\(result.verdict)")
        return
      }
      stateCounts.append(result.statistics.stateCount)
    }
    // 1 TiB is 2^40: the fourth power takes more than 128 bits. Until then 2 + 2 + 2 + 1 states,
    // with the one that it was asked of and what was found beside it.
    #expect(stateCounts[0] == stateCounts[1])
    #expect((6...9).contains(stateCounts[0]), "\(stateCounts)")
  }

  @Test func rulesAreTakenOverInTheMiddle() throws {
    setenv("XDG_CACHE_HOME", NSTemporaryDirectory() + "swapcheck-tests-\(getpid())", 1)
    let path = Repository.root.appendingPathComponent(
      "Models/regions.m")
    // Under a name that nobody has compiled: the search has begun when its rules are ready.
    let text = try String(contentsOf: path, encoding: .utf8).replacingOccurrences(
      of: "\"old: take memory\"", with: "\"old: take memory \(UUID().uuidString)\"")
    let source = SourceText(path: "m", text: text)
    let system = try #require(MurphiModel.load(source).system)
    var reports: [String] = []
    for executor in [ExplorationOptions.Executor.interpreter, .auto] {
      var options = ExplorationOptions()
      options.executor = executor
      let paths = PathConditions(system, limits: .none)
      try paths.assume()
      let result = Explorer.explore(
        SearchSpace(system, domain: .layouts(paths)), options: options)
      #expect(result.compilationFailure == nil)
      reports.append(
        CheckReport(
          system: system, source: source,
          outcome: CheckOutcome(engine: "", finding: CheckFinding(result))
        ).json.text
          .split(separator: "\n").filter {
            !$0.contains("\"seconds\":") && !$0.contains("\"rulesPerSecond\":")
          }.joined(separator: "\n"))
    }
    #expect(reports[0] == reports[1])
  }
}
