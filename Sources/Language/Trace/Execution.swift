package import TransitionSystem

/// A run of a transition system: a start state and what follows from it, step by step.
package struct Execution: Sendable, Hashable {
  /// The first is a start state.
  package let steps: [Step]
  /// The values of the elements of the symbolic constants, in order; none where the system has no
  /// such constants.
  package let valuation: [Int128]

  package init(steps: [Step], valuation: [Int128] = []) {
    self.steps = steps
    self.valuation = valuation
  }

  /// One step and the state that it leads to.
  package struct Step: Sendable, Hashable {
    /// An instance of `system.startStates` in the first step, of `system.rules` in all others.
    package let instance: RuleInstance
    /// The state behind the step, one value for each slot.
    package let slots: [Int64]
    /// What `put` printed.
    package let output: String

    package init(instance: RuleInstance, slots: [Int64], output: String = "") {
      self.instance = instance
      self.slots = slots
      self.output = output
    }
  }
}

/// Why a run is shown: what goes wrong at its end.
package struct Violation: Sendable, Hashable {
  package let kind: Kind
  /// The step that could not be taken to its end, for what goes wrong within a rule or start state;
  /// an instance of `system.startStates` if the run has no step yet.
  package let failedStep: RuleInstance?

  package init(_ kind: Kind, failedStep: RuleInstance? = nil) {
    self.kind = kind
    self.failedStep = failedStep
  }

  package enum Kind: Sendable, Hashable {
    /// The property of this number does not hold in the last state, for these parameters.
    case invariant(property: Int, bindings: [Int64])
    /// No state in which the liveness property holds can be reached from the last one.
    case liveness(property: Int, bindings: [Int64])
    case deadlock
    /// Evaluating was interrupted: by an assertion, `error`, or a run-time error.
    case interruption(Failure)
    /// A cover that no reachable state or step hits; there is no run to show.
    case uncovered(cover: Int)
  }

  /// What interrupted, and while what was evaluated.
  package struct Failure: Sendable, Hashable {
    package let cause: Cause
    package let spanStart: Int
    package let spanEnd: Int
    package let place: Place

    package enum Cause: Sendable, Hashable {
      case assertion(String)
      case errorStatement(String)
      /// The message of the run-time error.
      case runtimeError(String)
    }

    package enum Place: Sendable, Hashable {
      case guardExpression(RuleInstance)
      case action
      case property(Int, bindings: [Int64])
    }

    package init(cause: Cause, spanStart: Int, spanEnd: Int, place: Place) {
      self.cause = cause
      self.spanStart = spanStart
      self.spanEnd = spanEnd
      self.place = place
    }
  }
}

/// A run together with what goes wrong at its end.
package struct Counterexample: Sendable, Hashable {
  package let execution: Execution
  package let violation: Violation

  package init(execution: Execution, violation: Violation) {
    self.execution = execution
    self.violation = violation
  }
}
