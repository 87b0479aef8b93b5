import Diagnostics
import Evaluation
import Exploration
import Foundation
import Murphi
import PathConditions
import SMT
import TestSupport
import Testing
import Trace
import TransitionSystem

/// What a search over symbolic constants finds, on models small enough to be worked out by hand.
@Suite struct SymbolicSearchTests {
  private func result(
    _ text: String, deadlock: DeadlockMode = .off, limits: Limits = Limits()
  ) throws -> ExplorationResult {
    let system = try InstantiationTests.system(text)
    let paths = PathConditions(system, limits: limits)
    try paths.assume()
    var options = ExplorationOptions()
    options.deadlock = deadlock
    return Explorer.explore(SearchSpace(system, domain: .layouts(paths)), options: options)
  }

  /// Counts up to a symbolic bound: the guard is true for some bounds and false for others.
  private static let counter = """
    symbolic bound : address;
    assume "range" bound >= 2 & bound <= 4;
    var x : 0..9;
    startstate begin x := 0; end;
    rule "up" x < bound ==> begin x := x + 1; end;

    """

  @Test func aBoundIsReachedForSomeLayout() throws {
    let result = try result(Self.counter + "invariant \"below four\" x < 4;")
    guard case .violated(let counterexample) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(counterexample.execution.valuation == [4])
    #expect(counterexample.execution.steps.map { $0.slots[0] } == [0, 1, 2, 3, 4])
  }

  @Test func aBoundIsKeptForAllLayouts() throws {
    let result = try result(Self.counter + "invariant \"bounded\" x <= bound;")
    guard case .holds = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    // x = 0, 1, 2 for every bound; 3 where it is 3 or more; 4 where it is 4.
    #expect(result.statistics.stateCount == 5)
    #expect(result.statistics.ruleFiringCount == 4)
  }

  @Test func aDeadlockIsOfSomeLayout() throws {
    let result = try result(Self.counter, deadlock: .stuttering)
    guard case .violated(let counterexample) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(counterexample.violation.kind == .deadlock)
    #expect(counterexample.execution.valuation == [2])
    #expect(counterexample.execution.steps.count == 3)
  }

  @Test func measuresAndCoversAreOverAllLayouts() throws {
    let result = try result(
      Self.counter + """
        measure "greatest" x;
        measure "above the least" (bound > 3 ? x : 0);
        cover "four" x = 4;
        """)
    guard case .holds = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(result.measures.map(\.least) == [0, 0])
    #expect(result.measures.map(\.greatest) == [4, 4])
    #expect(result.measures[1].greatestExecution.valuation == [4])
    #expect(result.coverage.coverHits == [1])
    let missed = try self.result(Self.counter + "cover \"five\" x = 5;")
    guard case .violated(let counterexample) = missed.verdict else {
      Issue.record("\(missed.verdict)")
      return
    }
    #expect(counterexample.violation.kind == .uncovered(cover: 0))
  }

  /// Where an element can have one value alone, what depends on it is computed: one question finds
  /// a layout, one another `c`, one that nothing else can be different.
  @Test func whatIsFixedIsNotAskedFor() throws {
    let model = """
      symbolic a, b, c : address;
      assume "fixed" 2 * a = 10 & a + b = 12;
      assume "open" c >= 0 & c <= 1;
      var x : 0..3;
      startstate x := 0; end;
      rule "up" x < 3 ==> x := x + 1; end;
      rule "down" x = 3 ==> x := 0; end;
      invariant "remainder" (a + x * 4) % 4 = 1;
      invariant "quotient" (b + 16 * x) / 8 = 2 * x;
      invariant "sum" 3 * b + x < 7 * a - 10;
      """
    let result = try result(model)
    guard case .holds = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(result.symbolic?.pathCount == 1)
    #expect(result.symbolic?.solverCallCount == 3)
    let open = try self.result(model + "invariant \"both\" b + c < 8 | x = 0;")
    guard case .violated(let counterexample) = open.verdict else {
      Issue.record("\(open.verdict)")
      return
    }
    #expect(counterexample.execution.valuation == [5, 7, 1])
  }

  /// The ends of addresses: exact, below 0, with a layout for each, and where there is no end.
  @Test func measuresOfAddressesAreOverAllLayouts() throws {
    let result = try result(
      """
      symbolic
        size : address;
        need : array [0..1] of address;
      assume "pages" size % 4KiB = 0 & size >= 8KiB;
      ruleset i : 0..1 do assume "small" need[i] > i * 10 & need[i] < 1000; end;
      var moved : array [0..1] of boolean;
      startstate begin moved[0] := false; moved[1] := false; end;
      ruleset i : 0..1 do
        rule "move" !moved[i] & (moved[1 - i] -> need[0] + need[1] <= 1500) ==>
        begin moved[i] := true; end;
        measure "bytes" (moved[i] ? need[i] : 5);
      end;
      function sum() : address;
      begin return (moved[0] ? need[0] : 0) + (moved[1] ? need[1] : 0); end;
      measure "sum" sum();
      measure "left" 1MiB - size - sum();
      measure "odd" (need[0] - 2 * need[1]) / 3;
      """)
    guard case .holds = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(result.measures.map(\.least) == [1, 5, 0, -Int64.max, -665])
    // 1 MiB less 8 KiB; 999 - 22 by 3.
    #expect(result.measures.map(\.greatest) == [999, 999, 1500, 1_040_384, 325])
    let sum = result.measures[2].greatestExecution
    #expect(sum.steps.count == 3)
    #expect(sum.valuation.dropFirst().reduce(0, +) == 1500)
    let left = result.measures[3]
    #expect((left.leastExecution.valuation.first ?? 0) >= Int128(Int64.max) + 1 << 20)
    #expect(left.greatestExecution.valuation.first == 8 << 10)
    let odd = result.measures[4].leastExecution.valuation
    #expect(odd[1] - 2 * odd[2] <= -1995)
  }

  /// The way back is open to the layouts below 3 alone, the way to the bound to all.
  @Test func livenessIsAskedForEachLayout() throws {
    let model = """
      symbolic bound : address;
      assume "small" 0 <= bound & bound <= 4;
      var x : 0..4; tick : boolean;
      startstate begin x := 0; tick := false; end;
      rule "tick" true ==> begin tick := !tick; end;
      rule "up" x < 4 & x < bound ==> begin x := x + 1; end;
      rule "down" x > 0 & bound < LIMIT ==> begin x := x - 1; end;

      """
    let closed = try result(
      model.replacingOccurrences(of: "LIMIT", with: "3") + "liveness \"home\" x = 0;")
    guard case .violated(let counterexample) = closed.verdict else {
      Issue.record("\(closed.verdict)")
      return
    }
    #expect(counterexample.violation.kind == .liveness(property: 0, bindings: []))
    #expect(counterexample.execution.valuation == [3])
    #expect(counterexample.execution.steps.count == 2)
    let open = try result(
      model.replacingOccurrences(of: "LIMIT", with: "5") + "liveness \"home\" x = 0;")
    guard case .holds = open.verdict else {
      Issue.record("\(open.verdict)")
      return
    }
    // A property that depends on the layout itself.
    let once = try result(
      model.replacingOccurrences(of: "LIMIT", with: "0") + "liveness \"bound\" x = bound;")
    guard case .holds = once.verdict else {
      Issue.record("\(once.verdict)")
      return
    }
  }

  @Test func anAnswerThatIsNotFoundIsInconclusive() throws {
    // One unit of work is too little for anything.
    let system = try InstantiationTests.system(
      Self.counter.replacingOccurrences(
        of: "bound <= 4", with: "bound <= 4 & bound % 7 = bound % 5")
        + "invariant \"one\" (x * 3 + bound * 5) % 11 != 7;")
    let paths = PathConditions(system, limits: Limits(resourceUnits: 1))
    #expect(throws: AssumptionError.self) { try paths.assume() }
    let result = Explorer.explore(SearchSpace(system, domain: .layouts(paths)))
    guard case .inconclusive(.undecided(.solver)) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
  }

  @Test func contradictoryAssumptionsAreAnErrorWithTheCore() throws {
    let system = try InstantiationTests.system(
      """
      symbolic x : address;
      assume "large" x > 5;
      assume "even" x % 2 = 0;
      assume "small" x < 3;
      var v : boolean;
      startstate begin v := false; end;
      """)
    let paths = PathConditions(system)
    do {
      try paths.assume()
      Issue.record("a contradiction is not found")
    } catch {
      guard case .contradictory(let core, isMinimal: true) = error else { throw error }
      #expect(core.map(\.text) == ["large", "small"])
    }
  }

  @Test func factsOfALayoutAreAssumed() throws {
    let system = try InstantiationTests.system(Self.counter + "invariant \"below four\" x < 4;")
    let paths = PathConditions(
      system, facts: [LayoutFact(IntTerm(unknown: "bound") <= 3, "layout")])
    try paths.assume()
    var options = ExplorationOptions()
    options.deadlock = .off
    let result = Explorer.explore(SearchSpace(system, domain: .layouts(paths)), options: options)
    guard case .holds = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
  }

  /// Neither verified nor violated, and no layout is made up.
  @Test func withoutAssumptionsNothingIsDecided() throws {
    let system = try InstantiationTests.system(Self.counter + "invariant \"below four\" x < 4;")
    for domain in [Domain.plain, .layouts(PathConditions(system))] {
      let result = Explorer.explore(SearchSpace(system, domain: domain))
      guard case .inconclusive(.undecided(.unasked)) = result.verdict else {
        Issue.record("\(result.verdict)")
        continue
      }
    }
    let contradictory = try InstantiationTests.system(
      Self.counter + "assume \"none\" bound > 5; invariant \"never\" x > bound;")
    let paths = PathConditions(contradictory)
    #expect(throws: AssumptionError.self) { try paths.assume() }
    let result = Explorer.explore(SearchSpace(contradictory, domain: .layouts(paths)))
    guard case .inconclusive(.undecided) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
  }

  @Test func everyQuestionIsWrittenWithItsAnswer() throws {
    let system = try InstantiationTests.system(Self.counter + "invariant \"below four\" x < 4;")
    let paths = PathConditions(system)
    var queries: [Query] = []
    paths.record = { queries.append($0) }
    try paths.assume()
    _ = Explorer.explore(SearchSpace(system, domain: .layouts(paths)))
    #expect(queries.count == paths.solverCallCount)
    for query in queries {
      let answer = try query.decide()
      #expect(answer == (query.expectation == .satisfiable ? .satisfiable : .unsatisfiable))
    }
  }

  @Test(arguments: [
    ("var a : address; startstate begin end;", "the state cannot hold an `address`"),
    (
      "type s : scalarset(2); symbolic n : array [s] of address; startstate begin end;",
      "a symbolic array cannot be indexed by `s`: its elements would be told apart by their values"
    ),
    (
      "symbolic x, y : address; var v : boolean; startstate begin v := x * y > 3; end;",
      "an address cannot be multiplied by an address, only by a number"
    ),
    (
      "symbolic x : address; var v : boolean; startstate begin v := 7 / x > 3; end;",
      "nothing can be divided by an address, only by a number"
    ),
    (
      "symbolic x : address; var v : 0..3; startstate begin v := x; end;",
      "`address` cannot be assigned to the range `0..3`"
    ),
    (
      "symbolic x : boolean; startstate begin end;",
      "a symbolic constant is an `address` or an array of them, and this is `boolean`"
    ),
  ])
  func whatIsRefused(text: String, message: String) throws {
    let loaded = MurphiModel.load(SourceText(path: "m", text: text))
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    #expect(system == nil)
    #expect(diagnostics.contains { $0.message == message }, "\(diagnostics.map(\.message))")
  }

  @Test func oldModelsMayUseTheWords() throws {
    _ = try InstantiationTests.system(
      """
      type address : 0..3;
      var symbolic : address; x : array [address] of address;
      startstate begin symbolic := 1; for i : address do x[i] := i; end; end;
      rule true ==> begin symbolic := (symbolic + 1) % 4; end;
      """)
  }

  @Test func rumurFindsTheViolationOfTheInstance() throws {
    let text = """
      type proc_t : 1..2; kind_t : enum {low, high};
      symbolic
        size : address;
        need : array [proc_t] of array [kind_t] of address;
      assume "size" size >= 1MiB & size % 4KiB = 0;
      ruleset p : proc_t do
        assume "need" need[p][low] >= 4KiB & need[p][high] = need[p][low] * 2;
      end;
      var moved : array [proc_t] of boolean;
      function bytes() : address;
      var sum : address;
      begin
        sum := 0;
        for p : proc_t do
          if moved[p] then sum := sum + need[p][p = 1 ? low : high] end;
        end;
        return sum;
      end;
      startstate begin for p : proc_t do moved[p] := false; end; end;
      ruleset p : proc_t do
        rule "move" !moved[p] ==> begin moved[p] := true; end;
      end;
      measure "bytes" bytes();
      ruleset p : proc_t do measure "need" need[p][low] end;
      ruleset p : proc_t do
        measure "moved" moved[p];
        invariant "fits" bytes() <= size;
        measure "twice" 2 * need[p][high];
      end;
      """
    let result = try result(text)
    guard case .violated(let counterexample) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    let source = SourceText(path: "m", text: text)
    let instance = try #require(
      MurphiModel.plain(of: source, valuation: counterexample.execution.valuation)
    ).text
    let plain = try #require(MurphiModel.load(SourceText(path: "i", text: instance)).system)
    #expect(plain.pathSlot == nil)
    let warnings = Linter.lint(SourceText(path: "i", text: instance), plain)
    #expect(!warnings.contains { $0.code == .notInRumur }, "\(warnings)")
    let judgement = try RumurOracle().check(text: instance, deadlock: .off)
    guard case .violated = judgement.verdict else {
      Issue.record("\(judgement.verdict)\n\(instance)")
      return
    }
  }
}
