import Checking
package import Diagnostics
package import Exploration
package import Trace
import TransitionSystem

/// A shortest way to a state in which a condition holds: the run that violates its negation.
package enum ShortestWay: Sendable {
  /// The steps of it; the first is a start state, or the state that was begun in.
  case found(Execution)
  /// The condition holds in no state that is reached.
  case nowhere(stateCount: Int)
  /// On the way to what is asked for something fails: a search ends there.
  case blocked(Counterexample)
  /// A limit ended the search.
  case undecided(ExplorationLimit, stateCount: Int)
  /// There is nothing to search, in a sentence.
  case refused(String)

  /// What a search may take.
  package struct Limits: Sendable {
    package var options: ExplorationOptions
    package var stop: StopCondition

    package init(options: ExplorationOptions, stop: StopCondition) {
      self.options = options
      self.stop = stop
    }
  }

  /// States beyond which nobody waits for an answer.
  static let maximumStateCount = 20_000_000

  /// Searches for one.
  ///
  /// - Parameters:
  ///   - goal: An invariant that is violated in the states that are asked for.
  ///   - state: Where it begins; nil for the start states.
  static func find(
    violating goal: Property, in system: TransitionSystem, from state: [Int64]?, _ limits: Limits
  ) -> ShortestWay {
    var request = CheckRequest(
      TransitionSystem(
        variables: system.variables, functions: system.functions,
        startStates: state.map { [.start("the state of the walk", in: $0)] } ?? system.startStates,
        rules: system.rules,
        properties: system.properties.filter { $0.kind == .assumption } + [goal],
        covers: system.covers, constants: system.constants,
        scalarsetMixes: system.scalarsetMixes))
    request.options = limits.options
    request.options.deadlock = .off
    request.options.maximumStateCount = nil
    request.options.keepsCode = false
    // One state tells elements apart that are interchangeable from the start.
    request.symmetry = state == nil ? .exact : .off
    request.stop = limits.stop
    return way(of: request)
  }

  private static func way(of request: CheckRequest) -> ShortestWay {
    let outcome: CheckOutcome
    do throws(Objection) {
      outcome = try Checking.check(request)
    } catch {
      return .refused("no start state is left by the assumptions")
    }
    let stateCount = outcome.finding[.states] ?? 0
    switch outcome.verdict {
    case .holds: return .nowhere(stateCount: stateCount)
    case .inconclusive(let limit): return .undecided(limit, stateCount: stateCount)
    case .violated(let counterexample):
      switch counterexample.violation.kind {
      case .invariant: return .found(counterexample.execution)
      case .uncovered: return .nowhere(stateCount: stateCount)
      case .interruption(let failure):
        if case .property = failure.place {
          return .refused(
            "the condition cannot be evaluated in every state: " + words(failure.cause))
        }
        return .blocked(counterexample)
      case .liveness, .deadlock: return .blocked(counterexample)
      }
    }
  }

  private static func words(_ cause: Violation.Failure.Cause) -> String {
    switch cause {
    case .assertion(let message), .errorStatement(let message), .runtimeError(let message): message
    }
  }
}
