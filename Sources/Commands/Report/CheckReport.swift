package import Checking
package import Diagnostics
package import Exploration
import Trace
package import TransitionSystem

/// The result of checking one model, ready to be shown.
package struct CheckReport: Sendable {
  package let wording: Wording
  package let result: ExplorationResult
  /// Why what was found can be believed.
  package let evidence: Evidence
  /// What is violated, if something is.
  package let violation: ViolationText?
  /// Whose meaning the model has; nil where that is not known.
  let meaning: MeaningText?
  /// What a reader should know of the text, though it is no error.
  let warnings: [Diagnostic]

  package init(
    system: TransitionSystem, source: SourceText, outcome: CheckOutcome,
    meaning: MeaningText? = nil, warnings: [Diagnostic] = []
  ) {
    wording = Wording(system: system, source: source)
    result = outcome.result
    evidence = outcome.evidence
    self.meaning = meaning
    self.warnings = warnings
    if case .violated(let counterexample) = outcome.result.verdict {
      violation = ViolationText(counterexample, wording)
    } else {
      violation = nil
    }
  }

  /// `verified`, `violated` or `inconclusive`.
  package var verdictWord: String {
    switch result.verdict {
    case .holds: "verified"
    case .violated: "violated"
    case .inconclusive: "inconclusive"
    }
  }

  /// The verdict with its reason.
  package var headline: String {
    switch result.verdict {
    case .holds: "verified"
    case .violated: "violated: \(violation?.title ?? "")"
    case .inconclusive(let limit): "inconclusive: \(Wording.limit(limit))"
    }
  }

  /// Rules that never fired, by number; of interest where all states have been seen.
  package var deadRules: [Int] {
    result.coverage.ruleFirings.indices.filter { result.coverage.ruleFirings[$0] == 0 }
  }

  var rulesPerSecond: Int {
    let seconds = max(result.statistics.seconds, 1e-6)
    return Int(Double(result.statistics.ruleFiringCount) / seconds)
  }
}
