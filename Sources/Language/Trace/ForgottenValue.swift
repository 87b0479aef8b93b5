import Analysis
import Diagnostics
import Evaluation
package import TransitionSystem

extension Violation.Failure {
  /// The variable that is read without a value, where no start state gives a value to what is read of
  /// it: to any of its elements, where an index is known only at run time. Nil if that is not so, and
  /// where what is read is not of the state.
  package func variableWithoutStartValue(in system: TransitionSystem) -> StateVariable? {
    guard cause == .runtimeError(RuntimeError.undefinedRead.message),
      let place = system.place(readAt: span)
    else { return nil }
    let slots = place.slots(inStateOf: system.slotCount, knowing: { _ in nil })
    var hasValue = false
    for start in system.startStates where !hasValue {
      let footprint = Footprint(of: start, in: system)
      slots.forEach { slot in
        hasValue = hasValue || footprint.valuesWritten(to: slot) != []
      }
    }
    if hasValue { return nil }
    return system.variables.last { $0.slot <= place.offset }
  }
}

extension TransitionSystem {
  /// The part of the state that the expression at this place reads.
  fileprivate func place(readAt span: SourceSpan) -> Place? {
    var found: Place?
    forEachPart { part in
      guard case .expression(let expression) = part, expression.span == span,
        case .load(let place) = expression.kind, place.base == .state
      else { return }
      found = place
    }
    return found
  }
}
