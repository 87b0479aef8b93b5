import Checking
import Diagnostics
import Murphi
import Proving
import SMT
import TestSupport
import Testing
import Trace
import TransitionSystem

/// What a solver is asked of a step, and what the interpreter finds in all typed states, is the same.
@Suite struct TypedInductionTests {
  private static func system(_ text: String, _ sizes: [String: Int64]) throws -> TransitionSystem {
    let source = SourceText(path: "test.m", bytes: Array(text.utf8))
    let loaded = MurphiModel.load(source, overrides: sizes)
    return try #require(
      loaded.system, "\(loaded.diagnostics.map(\.message).joined(separator: "\n")) in\n\(text)")
  }

  private static func isInductive(_ system: TransitionSystem) throws -> Bool {
    let finite = try Encoding.make(system, deadlock: .off, .init())
    let found = LemmaProof.obstacles(finite, judge: Judge(.none, Interrupter()), ProofLimits())
    #expect(found.refusal == nil)
    return found.obstacles.isEmpty
  }

  @Test func theInterpreterAndTheSolverAgreeOnRandomModels() throws {
    var (inductive, broken) = (0, 0)
    for seed in 1...100 as ClosedRange<UInt64> {
      var random = RandomElements(seed: seed)
      let text = random.text()
      let system = try Self.system(text, ["N": seed % 3 == 0 ? 2 : 1, "M": seed % 5 == 0 ? 2 : 1])
      let found = TypedInduction.check(system, most: 20_000, stop: StopCondition())
      switch found {
      case .inductive:
        inductive += 1
        #expect(try Self.isInductive(system), "seed \(seed)\n\(text)")
      case .broken:
        broken += 1
        #expect(try !Self.isInductive(system), "seed \(seed)\n\(text)")
      case .tooMany: continue
      case .unsuitable, .stopped: Issue.record("seed \(seed): \(found)")
      }
    }
    #expect(inductive > 5 && broken > 20, "\(inductive) \(broken)")
  }

  private static let counter = """
    var x: 0 .. 9; y: 0 .. 3;
    startstate begin x := 0; undefine y; end;
    rule "up" x < 9 ==> begin x := x + 2; y := 1; end;
    """

  /// By hand: of ten times five states those hold in which `x` is even, and from 8 the step fails.
  @Test func whatIsBrokenIsFound() throws {
    func check(_ more: String, most: Int = 1_000) throws -> TypedInduction.Outcome {
      TypedInduction.check(
        try Self.system(Self.counter + more, [:]), most: most, stop: StopCondition())
    }
    #expect(try check("invariant \"even\" x % 2 = 0;") == .broken([8, 0]))
    #expect(try check("invariant \"even\" x % 2 = 0; invariant \"l\" x != 8;") == .broken([6, 0]))
    #expect(
      try check("invariant \"even\" x % 2 = 0; invariant \"small\" x < 9 & x / 2 = 0 | x = 9;")
        == .broken([0, 0]))
    #expect(try check("invariant \"never\" x > 0;") == .broken([0, Slot.undefined]))
    #expect(try check("", most: 49) == .tooMany)
    let stuck = Self.counter.replacing("x < 9", with: "x = 9")
    let system = try Self.system(stuck + "invariant \"not there\" x < 9;", [:])
    // Ten values and five.
    #expect(
      TypedInduction.check(system, most: 50, stop: StopCondition())
        == .inductive(typed: 50, good: 45))
  }

  @Test func multisetsAreLeftOut() throws {
    let text = """
      var m: multiset [2] of boolean;
      startstate begin undefine m; end;
      rule "add" multisetcount(e: m, true) < 2 ==> begin multisetadd(true, m); end;
      """
    #expect(
      TypedInduction.check(try Self.system(text, [:]), most: 50, stop: StopCondition())
        == .unsuitable)
  }

  /// What is ended anywhere says that, and nothing of states that it was not done with.
  @Test(arguments: ["x >= 0", "x % 2 = 0", "x <= 3"])
  func whatIsEndedSaysSo(invariant: String) throws {
    // The step and the invariant ask several times whether they are to end.
    let system = try Self.system(
      """
      var x: 0 .. 9; y: 0 .. 1;
      function long(): boolean; begin
        for i: 0..15000 do if i > 15000 then return false; end; end; return true;
      end;
      startstate begin x := 0; y := 0; end;
      rule "up" x < 8 ==> begin for i: 0..15000 do y := 1 - y; end; x := x + 2; end;
      invariant "\(invariant)" long() & \(invariant);
      """, [:])
    var endedCount = 0
    for looks in 0..<300 {
      let stop = StopCondition.asked(times: looks)
      let found = TypedInduction.check(system, most: 1_000, stop: stop)
      if stop.reason == nil { break }
      endedCount += 1
      #expect(found == .stopped, "after \(looks)")
    }
    #expect(10..<300 ~= endedCount, "\(endedCount)")
  }
}
