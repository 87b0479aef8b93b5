package import Exploration
package import Proving
package import Trace
package import TransitionSystem

/// What an engine has found. What it does not know is nil or empty.
package struct CheckFinding: Sendable {
  package var verdict: ExplorationResult.Verdict
  package var scope: Scope
  /// Its figures, in the order in which they are shown.
  package var statistics: [Statistic] = []
  /// A run that is shown although nothing is wrong with it.
  package var run: Execution?
  package var coverage: ExplorationResult.Coverage?
  /// For each instance of a measure, the extremes of its value.
  package var measures: [ExplorationResult.MeasuredRange] = []
  /// By what states or rules were left out.
  package var reductions: Reductions?
  /// How much memory states have taken.
  package var memoryRate: MemoryRate?
  /// Of the set of all states that were looked at.
  package var digest: StateSetDigest?
  /// Of the set of all steps that were taken, where that was asked for.
  package var stepDigest: StateSetDigest?
  /// What it took to decide about symbolic constants.
  package var symbolic: ExplorationResult.SymbolicEffort?
  /// The system's remarks that have been met.
  package var remarks: [Remark] = []
  /// What went wrong with compiled rules that were wanted.
  package var compilationFailure: ExplorationResult.CompilationFailure?

  package init(_ verdict: ExplorationResult.Verdict, _ scope: Scope) {
    self.verdict = verdict
    self.scope = scope
  }

  /// Shows another run to the same violation.
  mutating func replaceRun(by counterexample: Counterexample) {
    verdict = .violated(counterexample)
    if run != nil { run = counterexample.execution }
  }

  /// A figure, where the engine names it and it is a number.
  package subscript(key: Statistic.Key) -> Int? {
    statistics.first { $0.key == key }?.count
  }
}

/// What a verdict is about.
package enum Scope: Sendable, Hashable {
  /// All states that are reached, of a model with symbolic constants in all layouts.
  case allStates
  /// Those that were looked at before a limit ended it.
  case states(Int)
  /// Those that so many steps lead to, and fewer.
  case depth(Int)
  /// The states of one run.
  case run
  /// All states that are reached, without looking at each: what can go wrong in a state or a step, and
  /// neither liveness nor covers.
  case proof(ProofMethod)
}
