import Diagnostics
package import Evaluation

extension Violation.Failure {
  /// What an interruption amounts to; nil for a failed assumption, which is no violation, and for
  /// what is not decided.
  package init?(_ interruption: Interruption, in place: Place) {
    let cause: Cause
    switch interruption.cause {
    case .assumptionFailed, .undecided: return nil
    case .assertionFailed(let message): cause = .assertion(message)
    case .errorStatement(let message): cause = .errorStatement(message)
    case .runtimeError(let error): cause = .runtimeError(error.message)
    }
    self.init(
      cause: cause, span: interruption.span, place: place,
      calls: interruption.calls.map { .init(function: $0.function, span: $0.span) })
  }
}
