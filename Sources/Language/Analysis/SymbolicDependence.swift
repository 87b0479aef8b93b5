package import TransitionSystem

/// Which functions and expressions use addresses, and which read the state.
package struct SymbolicDependence {
  private let functionUsesAddresses: [Bool]
  private let functionReadsState: [Bool]

  package init(_ functions: [Function]) {
    var uses = Array(repeating: false, count: functions.count)
    var reads = Array(repeating: false, count: functions.count)
    var calls = Array(repeating: Set<Int>(), count: functions.count)
    for (number, function) in functions.enumerated() {
      function.body.forEachPart { part in
        if Self.usesAddresses(part) { uses[number] = true }
        if Self.readsState(part) { reads[number] = true }
        if case .call(let callee) = part { calls[number].insert(callee) }
      }
    }
    // Spread along calls until nothing changes.
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for number in functions.indices {
        for callee in calls[number] {
          if uses[callee], !uses[number] {
            uses[number] = true
            hasChanged = true
          }
          if reads[callee], !reads[number] {
            reads[number] = true
            hasChanged = true
          }
        }
      }
    }
    functionUsesAddresses = uses
    functionReadsState = reads
  }

  private static func usesAddresses(_ part: Part) -> Bool {
    if case .expression(let expression) = part, case .symbolic = expression.kind { return true }
    return false
  }

  private static func readsState(_ part: Part) -> Bool {
    // A reference may stand for a variable of the state.
    if case .place(let place, _) = part { return place.base != .frame }
    return false
  }

  /// Whether evaluating the expression may need the value of a symbolic constant.
  package func usesAddresses(_ expression: Expression) -> Bool {
    usesAddresses { expression.forEachPart($0) }
  }

  /// Whether passing the argument may need the value of a symbolic constant.
  package func usesAddresses(_ argument: Argument) -> Bool {
    usesAddresses { argument.forEachPart($0) }
  }

  /// Whether executing the statements may need the value of a symbolic constant.
  package func usesAddresses(_ statements: [Statement]) -> Bool {
    usesAddresses { statements.forEachPart($0) }
  }

  private func usesAddresses(_ forEachPart: ((Part) -> Void) -> Void) -> Bool {
    var found = false
    forEachPart { part in
      if Self.usesAddresses(part) { found = true }
      if case .call(let function) = part, functionUsesAddresses[function] { found = true }
    }
    return found
  }

  /// Whether the value may depend on the state.
  package func readsState(_ expression: Expression) -> Bool {
    var found = false
    expression.forEachPart { part in
      if Self.readsState(part) { found = true }
      if case .call(let function) = part, functionReadsState[function] { found = true }
    }
    return found
  }
}
