package import Checking
package import Diagnostics
package import Exploration
package import Runs
import Trace
package import TransitionSystem

/// The result of checking one model, ready to be shown.
package struct CheckReport: Sendable {
  package let wording: Wording
  package let outcome: CheckOutcome
  /// What is violated, if something is.
  package let violation: ViolationText?
  /// Whose meaning the model has; nil where that is not known.
  let meaning: MeaningText?
  /// What a reader should know of the text, though it is no error.
  let warnings: [Diagnostic]
  /// Names of rules that the model was checked without.
  let absentRules: [String]

  package init(
    system: TransitionSystem, source: SourceText, outcome: CheckOutcome,
    meaning: MeaningText? = nil, warnings: [Diagnostic] = [], absentRules: [String] = []
  ) {
    wording = Wording(system: system, source: source)
    self.outcome = outcome
    self.meaning = meaning
    self.warnings = warnings
    self.absentRules = absentRules
    if case .violated(let counterexample) = outcome.verdict {
      violation = ViolationText(counterexample, wording)
    } else {
      violation = nil
    }
  }

  /// What the engine found.
  package var finding: CheckFinding { outcome.finding }

  /// What a file claims to prove of the model beyond what was looked at; nil where there is none.
  package var proof: ProofClaim?

  /// How runs of the model are drawn; nil leaves it to a guess.
  package var picture: Picture?

  /// Makes runs of the model into what is shown of them.
  package var shown: ShownRuns {
    var shown = ShownRuns(wording)
    shown.absentRules = absentRules
    shown.picture = picture
    return shown
  }

  /// The run to what is violated; nil where nothing is.
  package var counterexampleRun: ShownRun? {
    guard let violation, case .violated(let counterexample) = outcome.verdict else { return nil }
    return shown.run(counterexample, violation)
  }

  /// The runs to all that is violated, the verdict's first.
  package var counterexampleRuns: [ShownRun] {
    guard let first = counterexampleRun else { return [] }
    return [first] + outcome.others.map { shown.run($0, ViolationText($0, wording)) }
  }

  package var isVerified: Bool { if case .holds = outcome.verdict { true } else { false } }

  /// The verdict in one word.
  package var verdictWord: String { outcome.verdict.word }

  /// The verdict with its reason.
  package var headline: String {
    switch outcome.verdict {
    case .holds: verdictWord
    case .violated: "\(verdictWord): \(violation?.title ?? "")"
    case .inconclusive(let limit): Wording.inconclusive(limit)
    }
  }

  /// Rules that never fired, by number; of interest where all states have been seen.
  package var deadRules: [Int] {
    let firings = finding.coverage?.ruleFirings ?? []
    return firings.indices.filter { firings[$0] == 0 }
  }
}

extension ExplorationResult.Verdict {
  /// `verified`, `violated` or `inconclusive`.
  package var word: String {
    switch self {
    case .holds: "verified"
    case .violated: "violated"
    case .inconclusive: "inconclusive"
    }
  }
}
