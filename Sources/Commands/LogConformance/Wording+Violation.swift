import Diagnostics
package import Report
package import Trace

extension Wording {
  /// What goes wrong in a state, as a clause.
  package func violation(_ kind: Violation.Kind) -> String {
    switch kind {
    case .invariant(let property, let bindings):
      "invariant \"\(self.property(property, bindings))\" does not hold"
    case .interruption(let failure):
      switch failure.cause {
      case .assertion(let message): "assertion \"\(message)\" does not hold"
      case .errorStatement(let message): "error \"\(message)\""
      case .runtimeError(let message): "run-time error: \(message)"
      }
    case .liveness, .deadlock, .uncovered: "a property does not hold"
    }
  }
}
