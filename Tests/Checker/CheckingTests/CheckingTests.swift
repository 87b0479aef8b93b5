import Checking
import Checkpoints
import Diagnostics
import Exploration
import Murphi
import PathConditions
import Testing
import Trace
import TransitionSystem

/// What is refused before a search, and what is looked at again behind it.
@Suite struct CheckingTests {
  private static func request(_ text: String) throws -> CheckRequest {
    CheckRequest(try #require(MurphiModel.load(SourceText(path: "m.m", text: text)).system))
  }

  private static func check(_ request: CheckRequest) throws(Objection) -> CheckOutcome {
    try Checking.check(request)
  }

  private static let counter = """
    var x: 0 .. 5;
    startstate begin x := 0; end;
    rule "up" x < 5 ==> begin x := x + 1; end;
    rule "stay" begin x := x; end;

    """

  // MARK: - Evidence

  @Test func aViolationIsReplayed() throws {
    let outcome = try Self.check(Self.request(Self.counter + "invariant \"small\" x < 3;"))
    guard case .violated(let counterexample) = outcome.verdict else {
      Issue.record("\(outcome.verdict)")
      return
    }
    #expect(counterexample.execution.steps.count == 4)
    #expect(outcome.evidence == .replayed)
  }

  /// From 3 on the counter is never below 3 again: 3, 4 and 5.
  @Test func whatFollowsIsLookedAtAgain() throws {
    var request = try Self.request(Self.counter + "liveness \"low\" x < 3;")
    request.options.deadlock = .off
    let outcome = try Self.check(request)
    guard case .violated = outcome.verdict else {
      Issue.record("\(outcome.verdict)")
      return
    }
    #expect(outcome.evidence == .closedSet(stateCount: 3))
  }

  /// 5 is left out by an assumption within a property, so that 3 and 4 are all that follows.
  @Test(arguments: ["invariant", "assume", "cover"])
  func whatAPropertyAssumesIsKeptTo(kind: String) throws {
    var request = try Self.request(
      """
      var x: 0 .. 5;
      function isKept(): boolean; begin assume x != 5; return true; end;
      startstate begin x := 0; end;
      rule "up" x < 5 ==> begin x := x + 1; end;
      rule "back" x = 5 ==> begin x := 0; end;
      \(kind) "kept" isKept();
      liveness "low" x < 3;
      """)
    request.options.deadlock = .off
    let outcome = try Self.check(request)
    guard case .violated = outcome.verdict else {
      Issue.record("\(outcome.verdict)")
      return
    }
    #expect(outcome.evidence == .closedSet(stateCount: 2))
  }

  private static let torus = """
    var x: 0 .. 400; y: 0 .. 400; isLow: boolean;
    startstate begin x := 0; y := 0; isLow := true; end;
    rule "leave" isLow ==> begin isLow := false; end;
    rule "right" !isLow ==> begin x := (x + 1) % 401; end;
    rule "up" !isLow ==> begin y := (y + 1) % 401; end;
    liveness "low" isLow;

    """

  /// Too many states to be looked at by the interpreter: a search of its own meets them. What is covered
  /// before the last state of the run only is not covered from there.
  @Test(
    arguments: [ExplorationOptions.Executor.interpreter, .native],
    ["", "cover \"low\" isLow;"])
  func whatIsLargeIsSearchedAgain(
    executor: ExplorationOptions.Executor, more: String
  ) throws {
    var request = try Self.request(Self.torus + "liveness \"right\" x >= 0;" + more)
    request.options.executor = executor
    let outcome = try Self.check(request)
    guard case .violated = outcome.verdict else {
      Issue.record("\(outcome.verdict)")
      return
    }
    #expect(outcome.evidence == .searchedAgain(stateCount: 401 * 401))
  }

  @Test func whatHoldsHasNoRun() throws {
    var request = try Self.request(Self.counter)
    request.options.deadlock = .off
    let outcome = try Self.check(request)
    guard case .holds = outcome.verdict else {
      Issue.record("\(outcome.verdict)")
      return
    }
    #expect(outcome.evidence == .none)
  }

  // MARK: - What an engine gets wrong

  /// Finds what another model's search finds.
  private struct WrongEngine: CheckEngine {
    let name = "wrong"
    let other: CheckPlan

    func run(_ plan: CheckPlan, _ watch: some CheckWatch) throws(Objection) -> CheckFinding {
      try BreadthFirstSearch().run(other, watch)
    }
  }

  @Test(arguments: [
    // The run is none, does not break the invariant, and something follows in which it holds again.
    ("invariant \"small\" x < 9;", "invariant \"small\" x < 3;", ""),
    ("liveness \"low\" x < 3;", "liveness \"low\" x < 3;", "rule \"down\" begin x := 0; end;"),
    // The run goes through a state that is left out.
    ("assume \"not 2\" x != 2; invariant \"small\" x < 3;", "invariant \"small\" x < 3;", ""),
  ])
  func whatIsNotSoIsNotShown(property: String, wrong: String, more: String) throws {
    let plan = try CheckPlan.make(try Self.request(Self.counter + more + property))
    let engine = WrongEngine(other: try CheckPlan.make(try Self.request(Self.counter + wrong)))
    #expect(throws: Objection.self) { try Checking.check(plan, by: engine) }
    do throws(Objection) {
      _ = try Checking.check(plan, by: engine)
    } catch {
      guard case .notConfirmed = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  // MARK: - Random walks

  private static func walk(_ text: String, _ steps: Int, seed: UInt64 = 1) throws -> CheckOutcome {
    var request = try request(text)
    request.engine = .randomWalk
    request.maximumStepCount = steps
    request.seed = seed
    return try Checking.check(request)
  }

  /// A walk that finds something has found it: with its run, which is replayed.
  @Test func aWalkIsReplayed() throws {
    let outcome = try Self.walk(Self.counter + "invariant \"small\" x < 3;", 1_000)
    guard case .violated(let counterexample) = outcome.verdict else {
      Issue.record("\(outcome.verdict)")
      return
    }
    #expect(counterexample.execution.steps.last?.slots == [3])
    #expect(outcome.evidence == .replayed)
    #expect(outcome.finding.scope == .run)
    #expect(outcome.finding[.states] == nil)
  }

  /// Nothing that a walk has seen says that all is well.
  /// A run is taken again in another version of the model, as far as it goes there.
  @Test(arguments: [
    (guardOfUp: "true", more: "", steps: 3 as Int?),
    // What is noticed earlier on the way counts.
    ("true", "invariant \"not two\" x != 2;", 2),
    ("x < 2", "", nil),
    // A rule that goes before leaves the run's no turn.
    ("true", "rule 1 \"first\" x = 1 ==> begin x := 0; end;", nil),
    // A state that is left out has none behind it.
    ("true", "assume x != 2;", nil),
  ])
  func aGivenRunIsTakenAgain(guardOfUp: String, more: String, steps: Int?) throws {
    func text(_ guardOfUp: String, _ more: String) -> String {
      """
      var x: 0..5;
      startstate begin x := 0; end;
      rule 2 "up" \(guardOfUp) ==> begin x := x + 1; end;
      rule 2 "down" x > 0 ==> begin x := x - 1; end;
      invariant "not three" x != 3;
      \(more)
      """
    }
    guard
      case .violated(let counterexample) = try Self.check(Self.request(text("true", ""))).verdict
    else {
      Issue.record("it is violated")
      return
    }
    let plan = try CheckPlan.make(Self.request(text(guardOfUp, more)))
    let outcome = try Checking.check(
      plan, by: GivenRun(counterexample.execution.steps.map(\.instance)))
    #expect(outcome.finding.scope == .run)
    switch outcome.verdict {
    case .violated(let again):
      #expect(outcome.evidence == .replayed)
      #expect(again.execution.steps.count == steps.map { $0 + 1 })
    case .inconclusive: #expect(steps == nil)
    case .holds: Issue.record("one run verifies nothing")
    }
  }

  @Test func aWalkVerifiesNothing() throws {
    let outcome = try Self.walk(Self.counter, 7)
    guard case .inconclusive(.steps(7)) = outcome.verdict else {
      Issue.record("\(outcome.verdict)")
      return
    }
    #expect(outcome.finding[.steps] == 7)
    #expect(outcome.finding.run?.steps.count == 8)
  }

  /// A rule that is enabled leads nowhere: a deadlock to a search, and to a walk.
  @Test func aWalkKnowsDeadlocksAsASearchDoes() throws {
    let text = """
      var x: 0 .. 5;
      startstate begin x := 0; end;
      rule "stay" begin x := x; end;

      """
    for engine in EngineName.allCases {
      var request = try Self.request(text)
      request.engine = engine
      guard case .violated(let counterexample) = try Checking.check(request).verdict else {
        Issue.record("\(engine)")
        continue
      }
      #expect(counterexample.violation.kind == .deadlock)
      request.options.deadlock = .stuck
      if case .violated = try Checking.check(request).verdict { Issue.record("\(engine)") }
    }
  }

  /// What an assumption keeps a rule from is no deadlock.
  @Test func whatIsLeftOutIsNoDeadlock() throws {
    let outcome = try Self.walk(
      """
      var x: 0 .. 5;
      startstate begin x := 0; end;
      rule "up" begin x := 1; end;
      assume "low" x = 0;
      """, 10)
    guard case .inconclusive(.stuck) = outcome.verdict else {
      Issue.record("\(outcome.verdict)")
      return
    }
  }

  /// A walk of a model with addresses is one with values for them.
  @Test func aWalkHasALayout() throws {
    let outcome = try Self.walk(
      "symbolic a: address; assume \"low\" a >= 0 & a < 5;\n" + Self.counter, 3)
    let value = try #require(outcome.finding.run?.valuation.first)
    #expect((0..<5).contains(value))
  }

  // MARK: - Objections

  private static func objection(_ request: CheckRequest) -> String {
    do throws(Objection) {
      _ = try check(request)
      return "none"
    } catch {
      switch error {
      case .reductionNeedsDepth: return "depth"
      case .disk(let failure): return "disk \(failure.kind)"
      case .engineLacks(_, let feature): return "\(feature)"
      case .symbolicNeedsExactStore: return "exact store"
      case .noSymbolicConstants: return "no symbolic constants"
      case .assumptions: return "assumptions"
      case .noStartState(let loss): return "no start state of \(loss.triedCount)"
      case .noStartStateForAnyLayout: return "no start state"
      case .checkpointsNeedExactStore: return "checkpoints: exact store"
      case .checkpointsOfSymbolicModel: return "checkpoints: no symbolic constants"
      case .clusterLacks(let lack): return "cluster: \(lack)"
      case .checkpoint: return "checkpoint"
      case .notConfirmed: return "not confirmed"
      }
    }
  }

  /// Nothing is opened for a search that cannot be kept.
  @Test func notEverySearchIsKept() throws {
    func kept(_ text: String) throws -> CheckRequest {
      var request = try Self.request(text)
      request.checkpoints = { () throws(CheckpointError) in
        Issue.record("a folder is opened")
        throw CheckpointError("", .missing)
      }
      return request
    }
    var request = try kept(Self.counter)
    request.options.store = .compact
    #expect(Self.objection(request) == "checkpoints: exact store")
    request.options.store = .exact
    request.engine = .randomWalk
    #expect(Self.objection(request) == "checkpoints")
    #expect(Self.objection(try kept(Self.symbolic)) == "checkpoints: no symbolic constants")
  }

  private static let symbolic = "symbolic a: address; assume \"low\" a < 5;\n" + counter

  /// What a walk would pass over in silence is refused.
  @Test func aWalkSaysWhatItLacks() throws {
    var request = try Self.request(Self.counter)
    request.engine = .randomWalk
    request.options.maximumDepth = 5
    #expect(Self.objection(request) == "depthLimit")
    request.options.maximumDepth = nil
    request.options.maximumStateCount = 5
    #expect(Self.objection(request) == "stateLimit")
    request.options.maximumStateCount = nil
    request.options.store = .compact
    #expect(Self.objection(request) == "lossyStore")
    request.options.store = .exact
    request.reduction = .por
    #expect(Self.objection(request) == "partialOrderReduction")
    request.reduction = .none
    #expect(Self.objection(request) == "none")
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    var request = try Self.request(Self.counter)
    request.reduction = .por
    request.options.store = .bitstate
    #expect(Self.objection(request) == "depth")

    request = try Self.request(Self.counter)
    request.facts = []
    #expect(Self.objection(request) == "no symbolic constants")

    request = try Self.request(Self.symbolic)
    request.options.store = .compact
    #expect(Self.objection(request) == "exact store")

    request = try Self.request(Self.symbolic + "assume \"high\" a > 7;")
    #expect(Self.objection(request) == "assumptions")

    request = try Self.request(Self.counter + "assume \"none\" x > 0;")
    #expect(Self.objection(request) == "no start state of 1")
  }
}
