package import Checking
import Diagnostics
package import Exploration
package import Trace
package import TransitionSystem

/// Which runs one of two models has and the other has not.
///
/// A run is a start state and the instances of rules that fire, in order; what fails in one model and
/// does not in the other is another run. Properties do not matter for it.
package struct BehaviourComparison: Sendable {
  /// The shortest run of the head that the base has not.
  package let added: Answer
  /// The shortest run of the base that the head has not.
  package let removed: Answer
  /// Where all runs are the same: the shortest after which a variable has another value. Nil where
  /// that was not asked, because the runs differ.
  package let values: ValueAnswer?
  package let method: Method

  package enum Answer: Sendable {
    case none
    case run(DistinguishingRun)
    case undecided(ExplorationLimit)

    package var isRun: Bool { if case .run = self { true } else { false } }
  }

  package enum ValueAnswer: Sendable {
    case same
    case different(ValueDifference)
    case undecided(ExplorationLimit)
    /// Sets of states have been compared, which have no values.
    case notCompared
  }

  package enum Method: Sendable, Hashable {
    /// The product of both systems, searched as any model is.
    case product
    /// Sets of states that the same steps lead to, by the reference interpreter.
    case stateSets(Reason)
  }

  /// Why sets of states are compared.
  package enum Reason: Sendable, Hashable {
    /// Not all of a step is looked at.
    case observation
    /// A product gives no answer.
    case product(ProductFailure)
    /// Whoever asked wants it so.
    case wanted
  }

  /// Whether nothing that can be observed has changed: the same runs, to the same values.
  package var isSame: Bool {
    guard case .none = added, case .none = removed, case .same? = values else { return false }
    return true
  }

  /// A run that both have, and a step that only one of them takes.
  package struct DistinguishingRun: Sendable {
    /// The run of the model that has it, with the last step. Where that step fails, it has no state.
    package let execution: Execution
    /// The last step, where it fails.
    package let failure: RuleInstance?
    /// The run of the other model, without the last step.
    package let other: Execution
    /// The step of the run that the other does not take; nil where it is the start.
    package let step: RuleInstance
    /// Whether the step is a start state.
    package let isStart: Bool
  }

  package struct ValueDifference: Sendable {
    package let base: Execution
    package let head: Execution
    /// The first variable with another value, by its numbers.
    package let variable: (base: Int, head: Int)
  }

  /// Compares two models.
  ///
  /// - Parameters:
  ///   - observation: What is looked at of a step.
  ///   - request: How the product is searched; its system does not matter.
  /// - Returns: Nil for models with symbolic constants that a product does not compare.
  package static func compare(
    _ pair: ModelPair, observing observation: Observation = Observation(), _ request: CheckRequest,
    _ watch: some CheckWatch = NoWatch()
  ) -> BehaviourComparison? {
    var reason = Reason.observation
    if observation.isOfAllRules {
      do throws(ProductFailure) {
        return try ProductComparison(pair, request).compare(watch)
      } catch {
        reason = .product(error)
      }
    }
    if pair.isSymbolic { return nil }
    return compareByStateSets(pair, observing: observation, request, because: reason)
  }

  /// The same without a product, whatever is looked at. The models have no symbolic constants.
  package static func compareByStateSets(
    _ pair: ModelPair, observing observation: Observation = Observation(), _ request: CheckRequest,
    because reason: Reason = .wanted
  ) -> BehaviourComparison {
    StateSetComparison(pair, observing: observation, request).compare(because: reason)
  }

  /// Whether two models have the same runs to an onlooker, and after each of them can rest with the same
  /// values of the base's variables: in states from which no step leads on that nobody sees.
  ///
  /// The reference interpreter takes all steps, of states as they are, without one for each orbit.
  ///
  /// - Parameter request: Of it the states that may be looked at, and when no more is wanted.
  /// - Returns: Nil where that was not found out, as for models with symbolic constants.
  package static func areSameAtRest(
    _ pair: ModelPair, observing observation: Observation, _ request: CheckRequest
  ) -> Bool? {
    pair.isSymbolic ? nil : StateSetComparison(pair, observing: observation, request).isSameAtRest()
  }
}
