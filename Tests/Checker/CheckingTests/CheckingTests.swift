import Checking
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
    try Checking.check(try CheckPlan.make(request))
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
    guard case .violated(let counterexample) = outcome.result.verdict else {
      Issue.record("\(outcome.result.verdict)")
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
    guard case .violated = outcome.result.verdict else {
      Issue.record("\(outcome.result.verdict)")
      return
    }
    #expect(outcome.evidence == .closedSet(stateCount: 3))
  }

  /// Too many states to be looked at by the interpreter: it says how far it came.
  @Test func whatIsLargeIsLookedAtInPart() throws {
    var request = try Self.request(
      """
      var x: 0 .. 400; y: 0 .. 400; isLow: boolean;
      startstate begin x := 0; y := 0; isLow := true; end;
      rule "leave" isLow ==> begin isLow := false; end;
      rule "right" !isLow ==> begin x := (x + 1) % 401; end;
      rule "up" !isLow ==> begin y := (y + 1) % 401; end;
      liveness "low" isLow;
      """)
    request.options.executor = .native
    let outcome = try Self.check(request)
    guard case .violated = outcome.result.verdict,
      case .replayedUpTo(let count) = outcome.evidence
    else {
      Issue.record("\(outcome.result.verdict), \(outcome.evidence)")
      return
    }
    #expect(count > 10_000 && count < 401 * 401)
  }

  @Test func whatHoldsHasNoRun() throws {
    var request = try Self.request(Self.counter)
    request.options.deadlock = .off
    let outcome = try Self.check(request)
    guard case .holds = outcome.result.verdict else {
      Issue.record("\(outcome.result.verdict)")
      return
    }
    #expect(outcome.evidence == .none)
  }

  // MARK: - What an engine gets wrong

  /// Finds what another model's search finds.
  private struct WrongEngine: CheckEngine {
    static let name = "wrong"
    let other: CheckPlan

    static func objection(to plan: CheckPlan) -> Objection? { nil }

    func run(_ plan: CheckPlan, _ watch: some CheckWatch) -> ExplorationResult {
      BreadthFirstSearch().run(other, watch)
    }
  }

  @Test(arguments: [
    // The run is none, does not break the invariant, and something follows in which it holds again.
    ("invariant \"small\" x < 9;", "invariant \"small\" x < 3;", ""),
    ("liveness \"low\" x < 3;", "liveness \"low\" x < 3;", "rule \"down\" begin x := 0; end;"),
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

  // MARK: - Objections

  private static func objection(_ request: CheckRequest) -> String {
    do throws(Objection) {
      _ = try check(request)
      return "none"
    } catch {
      switch error {
      case .reductionNeedsDepth: return "depth"
      case .symbolicNeedsExactStore: return "exact store"
      case .noSymbolicConstants: return "no symbolic constants"
      case .layout: return "layout"
      case .noStartState(let loss): return "no start state of \(loss.triedCount)"
      case .noStartStateForAnyLayout: return "no start state"
      case .notConfirmed: return "not confirmed"
      }
    }
  }

  private static let symbolic = "symbolic a: address; assume \"low\" a < 5;\n" + counter

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
    #expect(Self.objection(request) == "layout")

    request = try Self.request(Self.counter + "assume \"none\" x > 0;")
    #expect(Self.objection(request) == "no start state of 1")
  }
}
