import Diagnostics
import Evaluation
import Exploration
import Foundation
import Murphi
import TestSupport
import Testing
import Trace
import TransitionSystem

/// Whoever wants the end gets it: between states, within a step, and before the first state.
@Suite struct EndingTests {
  private static let executors = [ExplorationOptions.Executor.interpreter, .native]

  private func space(_ text: String, _ stop: StopCondition = .init()) throws -> SearchSpace {
    setenv("XDG_CACHE_HOME", NSTemporaryDirectory() + "swapcheck-tests-\(getpid())", 1)
    let loaded = MurphiModel.load(SourceText(path: "m", text: text))
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    return SearchSpace(
      try #require(system, "\(diagnostics.map(\.message))"), symmetry: .off, stop: stop)
  }

  private func explore(
    _ text: String, _ executor: ExplorationOptions.Executor, _ stop: StopCondition = .init(),
    _ change: (inout ExplorationOptions) -> Void = { _ in }
  ) throws -> ExplorationResult {
    var options = ExplorationOptions()
    options.executor = executor
    options.deadlock = .off
    change(&options)
    let result = Explorer.explore(try space(text, stop), options: options)
    #expect(result.compilationFailure == nil)
    return result
  }

  /// Has the rules of a model compiled, so that a search has them from its beginning.
  private func compile(_ text: String, _ executor: ExplorationOptions.Executor) throws {
    if executor == .native { _ = try explore(text, executor) { $0.maximumDepth = 0 } }
  }

  /// What takes long in one step, and would come to its end: each within the limit of rounds.
  private static let longSteps = [
    "loops": "rule \"long\" begin for i: 0..999 do for j: 0..8999 do y := j % 2; end; end; end;",
    "calls": "rule \"long\" begin y := twice(21); end;",
    "quantifiers": """
    rule "long" forall i: 0..199 do forall j: 0..199 do forall k: 0..199 do i + j + k >= 0 end
      end end ==> begin y := 1; end;
    """,
    "copies": "rule \"long\" begin for i: 0..2999 do wide := other; end; end;",
    "comparisons": """
    rule "long" begin for i: 0..2999 do if wide != other then y := 1; end; end; end;
    """,
    "instances": """
    ruleset i: 0..999; j: 0..999; k: 0..9 do
      rule "long" (i + j + k + y) % 7 = 8 ==> begin y := 1; end;
    end;
    rule "other" begin y := 1; end;
    """,
  ]

  private static let declarations = """
    var y: 0..1; wide: array [0..19999] of 0..1; other: array [0..19999] of 0..1;
    function twice(n: 0..30): 0..1;
    begin
      if n = 0 then return 0; end;
      return (twice(n - 1) + twice(n - 1)) % 2;
    end;
    startstate begin y := 0; clear wide; clear other; end;
    """

  @Test(arguments: longSteps.keys.sorted(), executors)
  func endsWithinAStep(_ name: String, executor: ExplorationOptions.Executor) throws {
    let text = Self.declarations + (Self.longSteps[name] ?? "")
    try compile(text, executor)
    // Asked a few times, far fewer than there is to do.
    let result = try explore(text, executor, .asked(times: 12))
    guard case .inconclusive(.cancelled) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(result.statistics.stateCount == 1)
    #expect(result.statistics.ruleFiringCount == 0)
  }

  @Test(arguments: executors)
  func timeEndsAStepToo(executor: ExplorationOptions.Executor) throws {
    let text = Self.declarations + (Self.longSteps["copies"] ?? "")
    try compile(text, executor)
    let result = try explore(text, executor, StopCondition(seconds: 0.01))
    guard case .inconclusive(.seconds(0.01)) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(result.statistics.ruleFiringCount == 0)
  }

  @Test(arguments: executors)
  func propertiesEndToo(executor: ExplorationOptions.Executor) throws {
    let text = """
      var y: 0..1;
      startstate begin y := 0; end;
      rule begin y := 1 - y; end;
      ruleset i: 0..999; j: 0..999 do invariant "far" i + j + y >= 0; end;
      """
    let result = try explore(text, executor, .asked(times: 12))
    guard case .inconclusive(.cancelled) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(result.statistics.stateCount <= 1)
  }

  @Test func startStatesEnd() throws {
    let text = """
      var y: 0..99999;
      ruleset i: 0..99999 do startstate begin y := i; end; end;
      rule begin end;
      """
    let stop = StopCondition.asked(times: 20)
    let space = try space(text, stop)
    #expect(stop.reason == .cancelled)
    let result = Explorer.explore(space)
    guard case .inconclusive(.cancelled) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(result.statistics.stateCount == 0)
  }

  // MARK: - Bounds

  /// Native code may not finish what the interpreter would not: rounds of the conjuncts of a guard
  /// add up, whatever parameter each depends on.
  @Test(arguments: executors)
  func roundsOfAGuardAddUp(executor: ExplorationOptions.Executor) throws {
    let text = """
      var y: 0..1;
      startstate begin y := 0; end;
      ruleset p: 0..1 do
        rule "long" forall i: 0..2999 do forall j: 0..1999 do i + j + y >= 0 end end
          & forall i: 0..2999 do forall j: 0..1999 do i + j + p >= 0 end end
        ==> begin y := 1; end;
      end;
      """
    let result = try explore(text, executor)
    guard case .inconclusive(.undecided(.tooManyRounds(limit: 10_000_000))) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
  }

  /// So does each member of a multiset that is looked at: here for each member of it, and so on, eight deep.
  @Test(arguments: executors)
  func membersWithinMembersAreRounds(executor: ExplorationOptions.Executor) throws {
    let inner = "abcdefgh".reduce("%") { text, name in
      text.replacing("%", with: "multisetcount(\(name): bag, %) = 1")
    }
    let text = """
      var bag: multiset [40] of 0..1; x: 0..1;
      startstate begin
        x := 0;
        undefine bag;
        for i: 0..39 do multisetadd(1, bag) end;
      end;
      rule "spin" \(inner.replacing("%", with: "bag[h] = 0")) ==> begin x := 1 - x end;
      """
    let verdict = try explore(text, executor).verdict
    guard case .inconclusive(.undecided(.tooManyRounds(limit: 10_000_000))) = verdict else {
      Issue.record("\(verdict)")
      return
    }
  }

  /// What takes so long that it may have no end is the model's mistake; a loop over values has one.
  @Test(
    arguments: executors,
    [
      ("while y = 0 do z := 1 - z; end", true),
      ("while y = 0 do for i: 0..99999 do z := 1 - z; end; end", true),
      ("calls(0)", true),
      ("loops()", false),
      ("for i: 0..10_000_000 do z := 1 - z; end", false),
      ("for i: 0..4 do while z < 1 do z := 1 end; for j: 0..3_000_000 do z := 0; end; end", false),
      ("for i: 0..6_000_000 do z := 0; while z < 1 do z := 1 end; end", false),
    ])
  func whatMayHaveNoEndIsAnError(
    executor: ExplorationOptions.Executor, _ action: (statements: String, isError: Bool)
  ) throws {
    let text = """
      var y: 0..1; z: 0..1;
      procedure calls(depth: 0..40);
      begin if depth < 40 then calls(depth + 1); calls(depth + 1); end; end;
      procedure loops(); begin for i: 0..10000000 do z := 1 - z; end; end;
      startstate begin y := 0; z := 0; end;
      rule "long" true ==> begin \(action.statements.replacing("_", with: "")); end;
      """
    let verdict = try explore(text, executor).verdict
    switch verdict {
    case .violated(let counterexample):
      #expect(action.isError)
      guard case .interruption(let failure) = counterexample.violation.kind else {
        Issue.record("\(verdict)")
        return
      }
      #expect(
        failure.cause
          == .runtimeError("the loops and calls of one step take more than 10000000 rounds"))
    case .inconclusive(.undecided(.tooManyRounds(limit: 10_000_000))): #expect(!action.isError)
    default: Issue.record("\(verdict)")
    }
  }

  // MARK: - Many instances

  /// 11^7 instances and more: what the first parameters decide is decided once for all of the others.
  @Test(arguments: executors, [1, 2])
  func instancesThatAreNotEnabledCostNothing(
    executor: ExplorationOptions.Executor, threadCount: Int
  ) throws {
    let text = """
      type ten: 0..10; far: 0..99;
      var y: 0..20; set: array [ten] of boolean;
      startstate begin y := 0; for i: ten do set[i] := i = 3; end; end;
      ruleset a: ten; b: ten; c: far; d: far; e: far; f: far; g := 10 to 1 by -3 do
        rule "one" y < 20 & set[a] & b = y % 11 & c = 99 & d = 98 & e = 7 & f = a & g = 4
        ==> begin y := y + 1; end;
      end;
      """
    let result = try explore(text, executor) { $0.threadCount = threadCount }
    guard case .holds = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(result.statistics.stateCount == 21)
    #expect(result.coverage.ruleFirings == [20])
  }

  private static func take(_ store: StoreKind, _ options: inout ExplorationOptions) {
    options.store = store
    if store == .disk {
      options.disk = DiskOptions(folder: NSTemporaryDirectory() + "swapcheck-\(UUID().uuidString)")
    }
  }

  /// More successors than there is room for at first, of states of one word and of many.
  @Test(arguments: executors, [1, 200])
  func successorsTakeTheRoomTheyNeed(executor: ExplorationOptions.Executor, width: Int) throws {
    let text = """
      var a: array [1..\(width)] of 0..9999; y: 0..2;
      startstate begin clear a; y := 0; end;
      ruleset i: 0..9999 do
        rule "spread" y = 0 ==> begin a[\(width)] := i; y := 1; end;
      end;
      rule "end" y = 1 ==> begin clear a; y := 2; end;
      """
    for store in StoreKind.allCases where store != .bitstate {
      let result = try explore(text, executor) { Self.take(store, &$0) }
      #expect(result.statistics.stateCount == 10_002, "\(store)")
      #expect(result.coverage.ruleFirings == [10_000, 10_000], "\(store)")
    }
  }

  /// A run through instances that lie behind the room of the first ones.
  @Test(arguments: executors, StoreKind.allCases)
  func runsLeadThroughLateInstances(executor: ExplorationOptions.Executor, store: StoreKind) throws
  {
    let text = """
      var x: 0..9999; y: 0..9999;
      ruleset i: 0..9999 do startstate begin x := i; y := 0; end; end;
      ruleset i: 0..9999 do rule "pick" x = 9998 & i > 0 ==> begin y := i; x := 9999; end; end;
      invariant "not so" y < 9997;
      """
    let result = try explore(text, executor) { Self.take(store, &$0) }
    guard case .violated(let counterexample) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(counterexample.execution.steps.map(\.instance.bindings) == [[9998], [9997]])
    #expect(counterexample.execution.steps.last?.slots == [9999, 9997])
  }

  /// What goes wrong for the first parameters goes wrong for each instance; the first is shown.
  @Test(arguments: executors)
  func errorsOfManyInstancesAreOne(executor: ExplorationOptions.Executor) throws {
    let text = """
      var x: 0..3; a: array [0..1] of 0..3;
      startstate begin x := 0; clear a; end;
      ruleset i: 0..3; j: 0..9999 do
        rule "late" i > 1 & a[i] = 0 & j > 7 ==> begin x := 1; end;
      end;
      """
    let result = try explore(text, executor)
    guard case .violated(let counterexample) = result.verdict,
      case .interruption(let failure) = counterexample.violation.kind
    else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(failure.place == .guardExpression(RuleInstance(rule: 0, bindings: [2, 0])))
  }

  /// Memory that successors take counts.
  @Test(arguments: executors)
  func successorsKeepToTheMemory(executor: ExplorationOptions.Executor) throws {
    let text = """
      var a: array [1..400] of 0..1000000000; y: 0..1;
      startstate begin clear a; y := 0; end;
      ruleset i: 0..999999 do rule "spread" y = 0 ==> begin a[400] := i; y := 1; end; end;
      """
    let result = try explore(text, executor) { $0.memoryByteCount = 64 << 20 }
    guard case .inconclusive(let limit) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(limit == .bytes(64 << 20) || limit == .noMemory)
    #expect(result.statistics.byteCount <= 64 << 20)
  }
}
