import TestSupport
import Testing

struct RumurOracleTests {
  /// A counter from 0 to 3 that starts again, and what else the test needs.
  private func counter(_ extra: String, step: String = "(x + 1) % 4") -> String {
    """
    var x: 0..3;
    startstate begin x := 0; end;
    rule begin x := \(step); end;
    \(extra)
    """
  }

  private func judge(
    _ text: String, _ deadlock: RumurOracle.Deadlock = .stuttering
  ) throws -> Judgement {
    try RumurOracle().check(text: text, deadlock: deadlock)
  }

  @Test func holds() throws {
    let judgement = try judge(counter("invariant x <= 3; cover \"full\" x = 3; liveness x = 0;"))
    #expect(judgement == Judgement(verdict: .holds, states: 4, rulesFired: 4))
  }

  @Test func violatedInvariant() throws {
    let judgement = try judge(counter("invariant \"a < b & \\\"c\\\"\" x < 2;"))
    guard case .violated(let message) = judgement.verdict else {
      Issue.record("\(judgement)")
      return
    }
    #expect(message.hasPrefix("invariant ") && message.contains("a < b &"))
  }

  @Test func violatedAssertion() throws {
    let judgement = try judge(counter("rule begin assert \"small\" x < 2; end;"))
    guard case .violated(let message) = judgement.verdict else {
      Issue.record("\(judgement)")
      return
    }
    #expect(message.hasPrefix("Assertion failed") && message.hasSuffix("small"))
  }

  @Test func errorStatement() throws {
    let judgement = try judge(counter("rule x = 2 ==> begin error \"two\"; end;"))
    #expect(judgement.verdict == .violated(message: "two"))
  }

  @Test(arguments: [
    (RumurOracle.Deadlock.off, Judgement.Verdict.holds), (.stuck, .holds),
    (.stuttering, .deadlock),
  ])
  func stutteringDeadlock(deadlock: RumurOracle.Deadlock, verdict: Judgement.Verdict) throws {
    #expect(try judge(counter("", step: "x"), deadlock).verdict == verdict)
  }

  @Test(arguments: [
    (RumurOracle.Deadlock.off, Judgement.Verdict.holds), (.stuck, .deadlock),
    (.stuttering, .deadlock),
  ])
  func stuckDeadlock(deadlock: RumurOracle.Deadlock, verdict: Judgement.Verdict) throws {
    let model = "var x: 0..3; startstate begin x := 0; end; rule x < 3 ==> begin x := x + 1; end;"
    #expect(try judge(model, deadlock).verdict == verdict)
  }

  @Test(arguments: [
    ("x + 1", "write of out-of-range value"), ("6 / x", "division by zero"),
    ("6 % x", "modulus by zero"), ("a[1]", "read of undefined value"), ("a[x + 3]", "out of range"),
  ])
  func runtimeError(step: String, reason: String) throws {
    let judgement = try judge("var a: array [1..2] of 0..3;\n" + counter("", step: step))
    guard case .runtimeError(let message) = judgement.verdict else {
      Issue.record("\(judgement)")
      return
    }
    #expect(message.contains(reason))
  }

  @Test func rejected() throws {
    guard case .rejected(let message) = try judge(counter("invariant y = 0;")).verdict else {
      Issue.record("accepted")
      return
    }
    #expect(message.hasPrefix("model.m:4"), "\(message)")
  }

  @Test func uncovered() throws {
    let model = counter("cover \"reached\" x = 3; cover \"never\" x > 3;")
    #expect(try judge(model).verdict == .uncovered(covers: ["never"]))
  }

  @Test func livenessFailed() throws {
    let model = counter("liveness \"back\" x = 0;", step: "x < 3 ? x + 1 : 3")
    #expect(try judge(model, .off).verdict == .livenessFailed(properties: ["back"]))
  }

  /// An intermediate result beyond every declared range is not cut off.
  @Test func computesInWideIntegers() throws {
    let model = counter("", step: "(x + 1000003 * 4001) % 4")
    #expect(try judge(model, .off).verdict == .holds)
  }

  @Test func missingCompilerNamesTheInstallCommand() {
    var oracle = RumurOracle()
    oracle.compilers = ["no-such-compiler"]
    let missing = OracleError.missing(command: "cc", install: "apt-get install gcc libc6-dev")
    #expect(throws: missing) { try oracle.check(text: counter("")) }
  }

  @Test func endlessModelTimesOut() {
    let model = counter("rule begin while true do x := x; end; end;")
    #expect(throws: OracleError.timedOut(.explore, seconds: 1)) {
      try RumurOracle(timeoutSeconds: 1).check(text: model)
    }
  }

  /// Also what the shrinker tries is accepted, not only what the generator makes.
  @Test func acceptsRandomModels() {
    let models = (1_000..<1_040).map { RandomModel(seed: $0) }
    let answers = RumurOracle().check(all: models.map(question))
    for (model, answer) in zip(models, answers) {
      expectAccepted(answer, model)
    }
  }

  @Test func acceptsSmallerModels() {
    var models: [RandomModel] = []
    for seed: UInt64 in 2_000..<2_004 {
      _ = RandomModel(seed: seed).shrink(limit: 10) { model in
        models.append(model)
        return models.count.isMultiple(of: 3)
      }
    }
    for (model, answer) in zip(models, RumurOracle().check(all: models.map(question))) {
      expectAccepted(answer, model)
    }
  }

  private func question(_ model: RandomModel) -> RumurOracle.Question {
    let deadlock = RumurOracle.Deadlock(rawValue: model.deadlock.rawValue) ?? .off
    return RumurOracle.Question(text: model.text, deadlock: deadlock)
  }

  private func expectAccepted(
    _ answer: Result<Judgement, OracleError>, _ model: RandomModel
  ) {
    switch answer {
    case .success(let judgement):
      if case .rejected(let message) = judgement.verdict {
        Issue.record("\(message)\n\(model.text)")
      }
    case .failure(let error): Issue.record("\(error)\n\(model.text)")
    }
  }
}
