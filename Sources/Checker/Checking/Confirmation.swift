import Diagnostics
import Evaluation
import Exploration
import Trace

/// Why what was found can be believed: not because an engine says so.
package enum Evidence: Sendable, Hashable {
  /// The reference interpreter took the run step by step, and what is said to go wrong at its end
  /// does.
  case replayed
  /// The same; and the interpreter has looked at all states that follow from the last one, this many
  /// with it: the liveness property holds in none of them.
  case closedSet(stateCount: Int)
  /// The run was replayed; and a second search, from its last state and without any reduction, has
  /// met this many states, in none of which the liveness property holds.
  case searchedAgain(stateCount: Int)
  /// The run was replayed, and of what follows from its end this many states were looked at: that
  /// the property holds in none of the others is the engine's word.
  case replayedUpTo(stateCount: Int)
  /// Nothing was to be confirmed by a run: all is well, a limit was reached, or a cover was not hit.
  case none
}

/// Looks at counterexamples again with the reference interpreter, which shares no code with compiled
/// rules, packed states or reductions.
struct Confirmation {
  let plan: CheckPlan

  func evidence(for counterexample: Counterexample) throws(Objection) -> Evidence {
    if case .uncovered = counterexample.violation.kind { return .none }
    let valuation = counterexample.execution.valuation
    do throws(ReplayError) {
      try Replay(system: plan.system, valuation: valuation)
        .confirm(counterexample, deadlock: plan.options.deadlock)
    } catch {
      throw .notConfirmed(error)
    }
    let following = FollowingStates(plan, valuation: valuation)
    guard following.keepsAssumptions(along: counterexample) else {
      throw .notConfirmed(.violationNotConfirmed)
    }
    guard case .liveness(let property, let bindings) = counterexample.violation.kind,
      let last = counterexample.execution.steps.last?.slots
    else { return .replayed }
    switch following.search(from: last, for: property, bindings) {
    case .found: throw .notConfirmed(.violationNotConfirmed)
    case .nowhere(let count): return .closedSet(stateCount: count)
    case .tooMany(let count):
      let second = SecondSearch(plan, from: last)
      switch second?.search(for: property, bindings) {
      case .found: throw .notConfirmed(.violationNotConfirmed)
      case .nowhere(let count): return .searchedAgain(stateCount: count)
      case .tooMany(let most): return .replayedUpTo(stateCount: max(count, most))
      case nil: return .replayedUpTo(stateCount: count)
      }
    }
  }
}
