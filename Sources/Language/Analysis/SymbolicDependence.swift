package import TransitionSystem

/// Which functions and expressions use addresses, and which read the state.
package struct SymbolicDependence: Sendable {
  private let addresses: Occurrence
  private let state: Occurrence

  /// - Parameter calls: The call graph of the functions; it is made where none is given.
  package init(_ functions: [Function], _ calls: CallGraph? = nil) {
    let calls = calls ?? CallGraph(functions)
    addresses = Occurrence(in: functions, calls) { part in
      if case .expression(let expression) = part, case .symbolic = expression.kind { return true }
      return false
    }
    state = Occurrence(in: functions, calls) { part in
      // A reference may stand for a variable of the state.
      if case .place(let place, _) = part { return place.base != .frame }
      return false
    }
  }

  /// Whether evaluating the expression may need the value of a symbolic constant.
  package func usesAddresses(_ expression: Expression) -> Bool { addresses.isIn(expression) }

  /// Whether passing the argument may need the value of a symbolic constant.
  package func usesAddresses(_ argument: Argument) -> Bool { addresses.isIn(argument) }

  /// Whether executing the statements may need the value of a symbolic constant.
  package func usesAddresses(_ statements: [Statement]) -> Bool { addresses.isIn(statements) }

  /// Whether the value may depend on the state.
  package func readsState(_ expression: Expression) -> Bool { state.isIn(expression) }
}
