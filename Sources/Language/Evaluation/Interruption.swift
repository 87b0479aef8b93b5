package import Diagnostics

/// Why a rule, guard or property could not be evaluated to its end.
package struct Interruption: Error, Sendable, Equatable {
  package let cause: Cause
  /// What to underline.
  package let span: SourceSpan
  /// The calls that were being executed, innermost first: of many, the innermost.
  package private(set) var calls: [Call] = []

  /// A call that led to an interruption.
  package struct Call: Sendable, Hashable {
    /// The number of the function that is called.
    package let function: Int
    /// Where it is called.
    package let span: SourceSpan
  }

  /// A function that calls itself without an end would bring thousands.
  private static let maximumCallCount = 32

  package init(_ cause: Cause, at span: SourceSpan) {
    self.cause = cause
    self.span = span
  }

  /// The interruption of the caller.
  ///
  /// - Parameter rounds: Those since the call.
  func passed(through call: Call, rounds: Int) -> Interruption {
    let isRecursive = calls.contains { $0.function == call.function }
    var passed = isRecursive ? ofWhatMayNotEnd(rounds: rounds) : self
    if calls.count < Self.maximumCallCount { passed.calls.append(call) }
    return passed
  }

  /// The same in a loop that nothing bounds, or in calls that lead to one another: where most rounds are theirs, it
  /// is the model's mistake that there are too many, and no limit of ours.
  func ofWhatMayNotEnd(rounds: Int) -> Interruption {
    guard case .undecided(.tooManyRounds(let limit)) = cause, rounds > limit / 2 else {
      return self
    }
    var interruption = Interruption(.runtimeError(.tooManyRounds(limit: limit)), at: span)
    interruption.calls = calls
    return interruption
  }

  package enum Cause: Sendable, Equatable {
    /// An assumption in a body failed: what the rule was about to reach is discarded.
    case assumptionFailed
    /// An assertion in a body failed.
    case assertionFailed(String)
    /// An `error` statement was executed.
    case errorStatement(String)
    case runtimeError(RuntimeError)
    /// It depends on symbolic constants, and nobody can say how; or it takes more than there is.
    case undecided(Undecided)
  }
}

/// Why a question has no answer, most often one about symbolic constants. It is no violation: nothing is known.
package enum Undecided: Error, Sendable, Hashable {
  /// There is no one to ask.
  case unasked
  /// The search was told to end meanwhile.
  case stopped
  /// The solver does not say; its reason.
  case solver(String)
  /// A value has more than 128 bits on its way.
  case tooLarge
  /// A condition falls into more cases than that.
  case tooManyCases(limit: Int)
  /// More path conditions than a state has numbers for.
  case tooManyPaths(limit: Int)
  /// The system gives so little stack that calls do not nest as deep as they may.
  case stackTooSmall(callDepth: Int)
  /// Loops that come to an end take longer than anybody waits.
  case tooManyRounds(limit: Int)
  /// Liveness is asked for, and what is known of the symbolic constants has more cases than that.
  case tooManyCells(limit: Int)

  /// The reason as a clause.
  package var message: String {
    switch self {
    case .unasked: "it depends on symbolic constants"
    case .stopped: "the search was ended within one state"
    case .solver(let reason): "Z3 did not answer a question about the symbolic constants: \(reason)"
    case .tooLarge: "an address takes more than 128 bits"
    case .tooManyCases(let limit):
      "a condition on symbolic constants has more than \(limit) cases"
    case .stackTooSmall(let callDepth):
      "calls that are nested \(callDepth) deep take more stack than the system gives"
    case .tooManyRounds(let limit):
      "the loops of one step take more than \(limit) rounds; smaller sizes take fewer"
    case .tooManyPaths(let limit): "there are more than \(limit) path conditions"
    case .tooManyCells(let limit):
      "all states found are well; liveness falls into more than \(limit) cases of symbolic constants"
    }
  }
}

/// What the meaning of a model does not define. Found while evaluating, it is a violation.
package enum RuntimeError: Error, Sendable, Equatable {
  case undefinedRead
  case indexOutOfRange(value: Int64, lower: Int64, upper: Int64)
  case assignmentOutOfRange(value: Int64, lower: Int64, upper: Int64)
  case argumentOutOfRange(value: Int64, lower: Int64, upper: Int64)
  case divisionByZero
  case overflow
  case recursionTooDeep(limit: Int)
  case tooManyRounds(limit: Int)
  case stepIsZero
  case stepLeadsAway
  case missingReturn
  case multisetFull(capacity: Int)
  case noMultisetMember(position: Int64)

  /// The error in plain words.
  package var message: String {
    switch self {
    case .undefinedRead:
      "an undefined value is read"
    case .indexOutOfRange(let value, let lower, let upper):
      "the index \(value) is out of range \(lower)..\(upper)"
    case .assignmentOutOfRange(let value, let lower, let upper):
      "the value \(value) is assigned, out of range \(lower)..\(upper)"
    case .argumentOutOfRange(let value, let lower, let upper):
      "the argument \(value) is out of range \(lower)..\(upper)"
    case .divisionByZero:
      "division by zero"
    case .overflow:
      "the result does not fit into 64 bits"
    case .recursionTooDeep(let limit):
      "calls are nested more than \(limit) deep"
    case .tooManyRounds(let limit):
      "the loops and calls of one step take more than \(limit) rounds"
    case .stepIsZero:
      "the step of the loop is 0"
    case .stepLeadsAway:
      "the step of the loop leads away from its end"
    case .missingReturn:
      "the function ends without a `return`"
    case .multisetFull(let capacity):
      "the multiset is full: it holds \(capacity)"
    case .noMultisetMember(let position):
      "the multiset has no member at place \(position)"
    }
  }
}
