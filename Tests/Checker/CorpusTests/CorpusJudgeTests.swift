import TestSupport
import Testing

/// The expectations of the corpus are Rumur's, for all models that Rumur reads.
@Suite struct CorpusJudgeTests {
  @Test func rumurAgreesWithTheHeaders() throws {
    let models = CorpusModel.all.filter { $0.isJudgedByRumur && $0.options.allSatisfy(isKnown) }
    #expect(models.count >= 150)
    let answers = RumurOracle().check(
      all: models.map { .init(text: $0.text, deadlock: deadlock(of: $0)) })
    for (model, answer) in zip(models, answers) {
      guard case .success(let judgement) = answer else {
        Issue.record("\(model.name): \(answer)")
        continue
      }
      #expect(word(judgement.verdict) == expectedWord(model), "\(model.name): \(judgement)")
      guard model.expectation == "holds" else { continue }
      if let states = model.states { #expect(judgement.states == states, "\(model.name)") }
      if let rules = model.rules { #expect(judgement.rulesFired == rules, "\(model.name)") }
    }
  }

  private func isKnown(_ option: String) -> Bool { option.hasPrefix("--deadlock ") }

  private func deadlock(of model: CorpusModel) -> RumurOracle.Deadlock {
    model.options.compactMap {
      RumurOracle.Deadlock(rawValue: String($0.dropFirst("--deadlock ".count)))
    }.first ?? .stuttering
  }

  private func expectedWord(_ model: CorpusModel) -> String {
    String(model.expectation.prefix { $0 != " " })
  }

  private func word(_ verdict: Judgement.Verdict) -> String {
    switch verdict {
    case .holds: "holds"
    case .violated, .uncovered, .livenessFailed: "violated"
    case .deadlock: "deadlock"
    case .runtimeError: "error"
    case .rejected: "rejected"
    }
  }
}
