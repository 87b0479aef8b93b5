import Checking
import Diagnostics
import Exploration
import Foundation
import Murphi
import Report
import TestSupport
import Testing
import Trace
import TransitionSystem

/// Rumur is the outside judge: random models have the same verdict and the same counts.
@Suite struct DifferentialTests {
  /// 100 in `make test`; `make fuzz N=…` asks for more.
  private static let count =
    ProcessInfo.processInfo.environment["SWAPCHECK_FUZZ_COUNT"].flatMap { Int($0) } ?? 100
  private static let firstSeed =
    ProcessInfo.processInfo.environment["SWAPCHECK_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

  @Test func randomModelsAgreeWithRumur() throws {
    let models = (0..<Self.count).map { offset in
      RandomModel(seed: Self.firstSeed + UInt64(offset), size: 2 + offset % 8)
    }
    let questions = try models.map { model in
      RumurOracle.Question(text: model.text, deadlock: try deadlock(of: model))
    }
    let answers = RumurOracle().check(all: questions)
    var holding = 0
    for (offset, (model, answer)) in zip(models, answers).enumerated() {
      let judgement = try answer.get()
      let disagreement = disagreement(model, judgement)
      if case .holds = judgement.verdict { holding += 1 }
      guard let disagreement else { continue }
      let small = model.shrink(limit: 200) { candidate in
        guard let deadlock = try? self.deadlock(of: candidate),
          let judgement = try? RumurOracle().check(text: candidate.text, deadlock: deadlock)
        else { return false }
        return self.disagreement(candidate, judgement) != nil
      }
      Issue.record(
        "seed \(Self.firstSeed + UInt64(offset)): \(disagreement)\n\(small.text)")
    }
    // A generator of broken models alone would compare next to nothing.
    #expect(holding * 4 >= Self.count)
  }

  private func deadlock(of model: RandomModel) throws -> RumurOracle.Deadlock {
    try #require(RumurOracle.Deadlock(rawValue: model.deadlock.rawValue))
  }

  /// What differs between our answer and Rumur's; nil where nothing does.
  private func disagreement(_ model: RandomModel, _ judgement: Judgement) -> String? {
    let source = SourceText(path: "random.m", text: model.text)
    let loaded = MurphiModel.load(source)
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    guard let system else {
      if case .rejected = judgement.verdict { return nil }
      return "refused:\n" + DiagnosticRenderer().render(diagnostics, of: source).description
    }
    var request = CheckRequest(system)
    request.options.deadlock = DeadlockMode(rawValue: model.deadlock.rawValue) ?? .stuttering
    request.symmetry = .off
    request.stop = StopCondition(seconds: 120)
    let outcome: CheckOutcome
    do throws(Objection) {
      outcome = try Checking.check(request)
    } catch {
      // All well, to Rumur; that nothing was looked at is no verdict to us.
      if case .noStartState = error, judgement.states == 0 { return nil }
      return "no verdict: \(error)"
    }
    let report = CheckReport(system: system, source: source, outcome: outcome)
    guard kind(of: report) == kind(of: judgement) else {
      return "\(report.headline) against \(judgement.verdict)"
    }
    guard kind(of: judgement) != "wrong" else { return nil }
    let (states, firings) = (outcome.finding[.states], outcome.finding[.rulesFired])
    if states != judgement.states || firings != judgement.rulesFired {
      return "\(states ?? 0) states and \(firings ?? 0) rules fired "
        + "against \(judgement.states) and \(judgement.rulesFired)"
    }
    return nil
  }

  /// Rumur reports what it comes across first, we the shortest: which of several violations is
  /// shown may differ, that there is one may not. Covers and liveness are decided at the end.
  private func kind(of report: CheckReport) -> String {
    switch report.outcome.verdict {
    case .holds: return "holds"
    case .inconclusive: return "inconclusive"
    case .violated(let counterexample):
      switch counterexample.violation.kind {
      case .uncovered: return "uncovered"
      case .liveness: return "liveness"
      default: return "wrong"
      }
    }
  }

  private func kind(of judgement: Judgement) -> String {
    switch judgement.verdict {
    case .holds: "holds"
    case .violated, .deadlock, .runtimeError: "wrong"
    case .rejected: "rejected"
    case .uncovered: "uncovered"
    case .livenessFailed: "liveness"
    }
  }
}
