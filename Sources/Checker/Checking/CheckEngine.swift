package import Exploration
import PathConditions
import SMT

/// A way to a verdict.
///
/// There is breadth-first search over states. Others find their place beside it: bounded model
/// checking unrolls the rules for a solver and returns a counterexample or the depth up to which
/// there is none; property-directed reachability returns an invariant that a solver has shown to be
/// one; a search on several machines returns what one machine would. None of them has to know states
/// that are packed, a store, or how often a rule fired: coverage and figures are each engine's own,
/// and what it found is confirmed by `Confirmation`, and not by itself.
package protocol CheckEngine {
  /// What it is called in reports.
  static var name: String { get }

  /// What it cannot do of a plan; nil where it can do all of it.
  static func objection(to plan: CheckPlan) -> Objection?

  func run(_ plan: CheckPlan, _ watch: some CheckWatch) -> ExplorationResult
}

/// All reachable states, level by level.
package struct BreadthFirstSearch: CheckEngine {
  package static let name = "breadth-first search"

  package init() {}

  package static func objection(to plan: CheckPlan) -> Objection? { nil }

  package func run(_ plan: CheckPlan, _ watch: some CheckWatch) -> ExplorationResult {
    func explore() -> ExplorationResult {
      Explorer.explore(plan.space(), options: plan.options, report: watch.note)
    }
    guard let interrupter = plan.paths?.interrupter else { return explore() }
    return watch.listening({ interrupter.interrupt() }, explore)
  }
}
