package import TransitionSystem

/// Which functions may write to what outlives them: the state, or what a `var` parameter stands
/// for. A guard that calls none of them needs no copy of the state.
package struct Purity {
  /// For each function, whether a call may change something outside of its frame.
  private let writes: [Bool]
  /// Whether there is a function among them that an expression can call. Mostly there is none, and
  /// then no expression has to be walked through, which for each operand of a long one takes
  /// quadratic time.
  private let expressionsMayWrite: Bool

  package init(_ system: TransitionSystem) {
    var writes = Array(repeating: false, count: system.functions.count)
    var calls = Array(repeating: Set<Int>(), count: system.functions.count)
    for (position, function) in system.functions.enumerated() {
      function.body.forEachPart { part in
        switch part {
        case .place(let place, let use):
          if use == .write || use == .update, place.base != .frame { writes[position] = true }
        case .call(let function): calls[position].insert(function)
        case .expression, .statement: break
        }
      }
    }
    // Spread along calls until nothing changes.
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for function in calls.indices where !writes[function] {
        if calls[function].contains(where: { writes[$0] }) {
          writes[function] = true
          calls[function] = []
          hasChanged = true
        }
      }
    }
    self.writes = writes
    expressionsMayWrite = system.functions.indices.contains {
      writes[$0] && system.functions[$0].result != nil
    }
  }

  /// Whether evaluating the expression leaves the state as it is.
  package func isPure(_ expression: Expression) -> Bool {
    isPure { expression.forEachPart($0) }
  }

  /// Whether evaluating the argument leaves the state as it is.
  package func isPure(_ argument: Argument) -> Bool {
    isPure { argument.forEachPart($0) }
  }

  private func isPure(_ forEachPart: ((Part) -> Void) -> Void) -> Bool {
    guard expressionsMayWrite else { return true }
    var isPure = true
    forEachPart { part in
      if case .call(let function) = part, writes[function] { isPure = false }
    }
    return isPure
  }
}
