package import Diagnostics
package import TransitionSystem

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
    package let span: SourceSpan
    package let place: Place
    /// The calls that led there, innermost first: of many, the innermost.
    package let calls: [Call]

    /// A call that was being executed.
    package struct Call: Sendable, Hashable {
      /// The number of the function that is called.
      package let function: Int
      /// Where it is called.
      package let span: SourceSpan

      package init(function: Int, span: SourceSpan) {
        self.function = function
        self.span = span
      }
    }

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

    package init(cause: Cause, span: SourceSpan, place: Place, calls: [Call] = []) {
      self.cause = cause
      self.span = span
      self.place = place
      self.calls = calls
    }
  }
}

extension Violation {
  /// What kind of thing goes wrong, by the word that reports and expectations have for it.
  package enum Category: String, Sendable, CaseIterable {
    case invariant
    case liveness
    case cover
    case assertion
    case error
    case deadlock
    case runtimeError = "run-time error"
  }

  package var category: Category {
    switch kind {
    case .invariant: .invariant
    case .liveness: .liveness
    case .deadlock: .deadlock
    case .uncovered: .cover
    case .interruption(let failure):
      switch failure.cause {
      case .assertion: .assertion
      case .errorStatement: .error
      case .runtimeError: .runtimeError
      }
    }
  }

  /// What is violated, by its name in the text; nil for what has none.
  package func name(in system: TransitionSystem) -> String? {
    switch kind {
    case .invariant(let property, _), .liveness(let property, _): system.properties[property].name
    case .uncovered(let cover): system.covers[cover].name
    case .deadlock: nil
    case .interruption(let failure):
      switch failure.cause {
      case .assertion(let message), .errorStatement(let message): message
      case .runtimeError: nil
      }
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
