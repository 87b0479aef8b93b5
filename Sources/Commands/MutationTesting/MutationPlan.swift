package import Diagnostics

/// How the mutants of a model are tried.
package struct MutationPlan: Sendable {
  /// When no more is wanted.
  package var stop = StopCondition()
  package var threadCount = 1
  /// Whether what is known from earlier is made use of, and kept.
  package var usesCache = true
  /// A part of what outcomes are kept under: those of another program are not ours.
  package var programVersion = ""
  /// Whether properties are looked for that would notice what nothing notices.
  package var suggests = false
  /// Seconds for a mutant at one size: only what is far off needs so many.
  package var trialSeconds = 60.0

  /// States of a size beyond which nobody waits for the interpreter to look at each of them.
  package var mostInterpretedStates = 50_000
  /// Seconds for comparing the runs of a mutant that nothing notices with the model's, at all sizes.
  package var comparisonSeconds = 20.0
  /// States of the model at a size, not one for each orbit, beyond which the interpreter does not compare
  /// runs. The mutant may have three times as many.
  static let mostComparedStates = 30_000

  /// Seconds for looking at the states of a mutant that nothing notices, at one size.
  package var suggestionSeconds = 10.0

  package init() {}

  /// When a mutant is given up at a size.
  func stopOfTrial() -> StopCondition { stopOfSearch(seconds: trialSeconds) }

  /// When it is given up to find out whether a mutant is the model again.
  func stopOfComparison() -> StopCondition { stopOfSearch(seconds: comparisonSeconds) }

  /// Met where no more is wanted at all, too. A search has it to itself: to show what it has found, it
  /// has its condition suspended.
  func stopOfSearch(seconds: Double? = nil) -> StopCondition {
    let all = stop
    return StopCondition(seconds: seconds, isCancelled: { all.isDue() })
  }
}
