public import TransitionSystem

/// A run of a transition system: a start state and what follows from it, step by step.
public struct Execution: Sendable, Hashable {
  /// The first is a start state.
  public let steps: [Step]
  /// The values of the elements of the symbolic constants, in order; none where the system has no
  /// such constants.
  public let valuation: [Int128]

  public init(steps: [Step], valuation: [Int128] = []) {
    self.steps = steps
    self.valuation = valuation
  }

  /// One step and the state that it leads to.
  public struct Step: Sendable, Hashable {
    /// An instance of `system.startStates` in the first step, of `system.rules` in all others.
    public let instance: RuleInstance
    /// The state behind the step, one value for each slot.
    public let slots: [Int64]
    /// What `put` printed.
    public let output: String

    public init(instance: RuleInstance, slots: [Int64], output: String = "") {
      self.instance = instance
      self.slots = slots
      self.output = output
    }
  }
}

/// Why a run is shown: what goes wrong at its end.
public struct Violation: Sendable, Hashable {
  public let kind: Kind
  /// The step that could not be taken to its end, for what goes wrong within a rule or start state;
  /// an instance of `system.startStates` if the run has no step yet.
  public let failedStep: RuleInstance?

  public init(_ kind: Kind, failedStep: RuleInstance? = nil) {
    self.kind = kind
    self.failedStep = failedStep
  }

  public enum Kind: Sendable, Hashable {
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
  public struct Failure: Sendable, Hashable {
    public let cause: Cause
    public let spanStart: Int
    public let spanEnd: Int
    public let place: Place

    public enum Cause: Sendable, Hashable {
      case assertion(String)
      case errorStatement(String)
      /// The message of the run-time error.
      case runtimeError(String)
    }

    public enum Place: Sendable, Hashable {
      case guardExpression(RuleInstance)
      case action
      case property(Int, bindings: [Int64])
    }

    public init(cause: Cause, spanStart: Int, spanEnd: Int, place: Place) {
      self.cause = cause
      self.spanStart = spanStart
      self.spanEnd = spanEnd
      self.place = place
    }
  }
}

/// A run together with what goes wrong at its end.
public struct Counterexample: Sendable, Hashable {
  public let execution: Execution
  public let violation: Violation

  public init(execution: Execution, violation: Violation) {
    self.execution = execution
    self.violation = violation
  }
}
