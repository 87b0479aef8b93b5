package import TransitionSystem

extension TransitionSystem {
  /// Whether an assumption, beside the rules or in a function, can discard a state that has been
  /// reached. One in the body of a rule discards the step and not its end.
  package var mayDiscardStates: Bool {
    properties.contains { $0.kind == .assumption } || functions.contains { $0.body.assume }
  }

  /// Whether evaluating an expression may come to an assumption, in a function that it calls.
  package func mayAssume(in expression: Expression) -> Bool {
    Occurrence(in: functions, CallGraph(functions)) { part in
      if case .statement(let statement) = part, case .assumption = statement.kind { return true }
      return false
    }.isIn(expression)
  }
}

extension [Statement] {
  /// Whether there is an assumption among the statements and those within them.
  fileprivate var assume: Bool {
    var found = false
    forEachPart { part in
      if case .statement(let statement) = part, case .assumption = statement.kind { found = true }
    }
    return found
  }
}
