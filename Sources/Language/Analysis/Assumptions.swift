package import TransitionSystem

extension TransitionSystem {
  /// Whether an assumption, beside the rules or in a function, can discard a state that has been
  /// reached. One in the body of a rule discards the step and not its end.
  package var mayDiscardStates: Bool {
    properties.contains { $0.kind == .assumption } || functions.contains { $0.body.assume }
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
