package import Diagnostics
package import TransitionSystem

/// What a rule does, for all states and parameters at once.
package struct SymbolicStep: Sendable {
  /// Where the guard holds, and nothing goes wrong in it.
  package let isEnabled: Truth
  /// Where something goes wrong in the guard.
  package let guardFails: Truth
  /// Where the guard holds and something goes wrong in the action.
  package let actionFails: Truth
  /// Where the guard holds and the action comes to its end.
  package let ends: Truth
  /// What is in the slots that it may change where it comes to its end.
  package let written: [(slot: Int, content: SymbolicSlot)]
}

/// What a property is, for all states and parameters at once.
package struct SymbolicOutcome: Sendable {
  package let isTrue: Truth
  package let hasFailed: Truth
  package let isDiscarded: Truth
  package let isUnfinished: Truth
}

extension SymbolicEvaluator {
  /// A rule or start state. What goes on longer than it is followed counts as gone wrong, so that
  /// whoever shows that nothing does has shown that it ends.
  ///
  /// - Parameters:
  ///   - parameters: The values of the rule's parameters.
  ///   - slots: The state, one for each slot.
  ///   - sizes: How many elements there are, where that is not said; parameters are elements that are.
  package static func step(
    of rule: Rule, _ parameters: [SymbolicValue], in system: TransitionSystem,
    from slots: [SymbolicSlot], _ sizes: OpenSizes = .none, stop: StopCondition? = nil
  ) throws(NotSymbolic) -> SymbolicStep {
    var evaluator = SymbolicEvaluator(system, slots, sizes, mayWriteState: true, stop: stop)
    evaluator.enter(parameters, frameSlotCount: rule.frameSlotCount)
    let holds = try rule.guardExpression.map { guardExpression throws(NotSymbolic) in
      try evaluator.evaluate(guardExpression).isTrue
    }
    let guardFails = evaluator.hasFailed | (evaluator.isUnfinished & !evaluator.isDiscarded)
    let isEnabled = (holds ?? .known(true)) & !guardFails & !evaluator.isDiscarded
    for slot in parameters.count..<max(parameters.count, rule.frameSlotCount) {
      evaluator.memory[evaluator.frameBase + slot] = .undefined
    }
    // The action is looked at as if the guard held: that it does is said once, at the end.
    (evaluator.hasFailed, evaluator.isDiscarded) = (.known(false), .known(false))
    evaluator.isUnfinished = .known(false)
    var returned = Returned(contents: [])
    try evaluator.execute(rule.body, &returned)
    try evaluator.sortMultisets()
    let fails = evaluator.hasFailed | (evaluator.isUnfinished & !evaluator.isDiscarded)
    let written = try evaluator.changes()
    return SymbolicStep(
      isEnabled: isEnabled, guardFails: guardFails, actionFails: isEnabled & fails,
      ends: isEnabled & !fails & !evaluator.isDiscarded, written: written)
  }

  /// A property.
  package static func outcome(
    of property: Property, _ parameters: [SymbolicValue], in system: TransitionSystem,
    _ slots: [SymbolicSlot], _ sizes: OpenSizes = .none, stop: StopCondition? = nil
  ) throws(NotSymbolic) -> SymbolicOutcome {
    var evaluator = SymbolicEvaluator(system, slots, sizes, mayWriteState: false, stop: stop)
    evaluator.enter(parameters, frameSlotCount: property.frameSlotCount)
    let value = try evaluator.evaluate(property.expression)
    return SymbolicOutcome(
      isTrue: value.isTrue, hasFailed: evaluator.hasFailed, isDiscarded: evaluator.isDiscarded,
      isUnfinished: evaluator.isUnfinished)
  }

  private mutating func enter(_ parameters: [SymbolicValue], frameSlotCount: Int) {
    push(slotCount: max(frameSlotCount, parameters.count))
    for (position, value) in parameters.enumerated() {
      memory[frameBase + position] = SymbolicSlot(value)
    }
  }

  /// What was written into the state. A value that its slot cannot hold would have gone wrong, but for
  /// copies between types that are not alike.
  private func changes() throws(NotSymbolic) -> [(slot: Int, content: SymbolicSlot)] {
    var found: [(slot: Int, content: SymbolicSlot)] = []
    var slot = 0
    var isHeld = true
    for variable in system.variables {
      variable.type.forEachSlot { type in
        if isWritten[slot] {
          let range = memory[slot].value.range
          let isUndefined = isNowhere(memory[slot].isDefined)
          isHeld =
            isHeld
            && (isUndefined || type.lower <= range.lowerBound && range.upperBound <= type.upper)
          found.append((slot, memory[slot]))
        }
        slot += 1
      }
    }
    guard isHeld else { throw .unsupported }
    return found
  }
}
