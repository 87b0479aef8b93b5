package import TransitionSystem

/// Which functions may write to what outlives them: the state, or what a `var` parameter stands
/// for. A guard that calls none of them needs no copy of the state.
package struct Purity: Sendable {
  private let writes: Occurrence
  /// Whether there is a function among them that an expression can call. Mostly there is none, and
  /// then no expression has to be walked through, which for each operand of a long one takes
  /// quadratic time.
  private let expressionsMayWrite: Bool

  /// - Parameter calls: The call graph of the system's functions; it is made where none is given.
  package init(_ system: TransitionSystem, _ calls: CallGraph? = nil) {
    let functions = system.functions
    let writes = Occurrence(in: functions, calls ?? CallGraph(functions)) { part in
      // An expression itself writes to no more than its own frame.
      guard case .place(let place, let use) = part else { return false }
      return (use == .write || use == .update) && place.base != .frame
    }
    self.writes = writes
    expressionsMayWrite = functions.indices.contains {
      writes.inFunctions[$0] && functions[$0].result != nil
    }
  }

  /// Whether evaluating the expression leaves the state as it is.
  package func isPure(_ expression: Expression) -> Bool {
    !expressionsMayWrite || !writes.isIn(expression)
  }

  /// Whether evaluating the argument leaves the state as it is.
  package func isPure(_ argument: Argument) -> Bool {
    !expressionsMayWrite || !writes.isIn(argument)
  }
}
