package import Trace

/// A way to a verdict.
///
/// There are a search among all states and a walk. Others find their place beside them: bounded model
/// checking unrolls the rules for a solver and returns a counterexample or the depth up to which
/// there is none (`Scope.depth`); property-directed reachability returns an invariant that a solver
/// has shown to be one; a search on several machines returns what one machine would. None of them
/// has to know states that are packed, a store, or how often a rule fired: what it cannot tell stays
/// nil in its `CheckFinding`, and its figures have the names that it gives them. What it found is
/// confirmed by `Confirmation`, and not by itself.
package protocol CheckEngine: Sendable {
  /// What it is called in reports.
  var name: String { get }

  /// What it cannot do of a plan; nil where it can do all of it.
  func objection(to plan: CheckPlan) -> Objection?

  /// Looks for a verdict, until it has one or the plan's `stop` is met.
  ///
  /// - Parameter watch: Told now and then where it stands.
  /// - Throws: Where it finds out only then that something cannot be done, such as to go on from a
  ///   checkpoint that is broken.
  func run(_ plan: CheckPlan, _ watch: some CheckWatch) throws(Objection) -> CheckFinding

  /// The same violation by a run that is easier to read; it is confirmed like any other.
  func easierRun(_ found: Counterexample, _ plan: CheckPlan) -> Counterexample
}

extension CheckEngine {
  package func objection(to plan: CheckPlan) -> Objection? { nil }

  package func easierRun(_ found: Counterexample, _ plan: CheckPlan) -> Counterexample { found }
}
