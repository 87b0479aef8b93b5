import TransitionSystem

extension SymbolicEvaluator {
  /// Calls within calls that are followed.
  private static let mostCalls = 64

  /// Calls a function or procedure.
  ///
  /// - Returns: The slots of its result.
  mutating func call(
    _ number: Int, _ arguments: [Argument]
  ) throws(NotSymbolic) -> [SymbolicSlot] {
    try countPart()
    let function = system.functions[number]
    guard depth < Self.mostCalls else {
      leaveUnfinished()
      return Array(repeating: .undefined, count: function.resultSlotCount)
    }
    var handed: [(slot: Int, contents: [SymbolicSlot])] = []
    for (parameter, argument) in zip(function.parameters, arguments) {
      handed.append(
        (parameter.frameSlot, try contents(of: argument, within: parameter.bounds)))
    }
    let caller = (base: frameBase, path: path, callPath: callPath)
    let top = memory.count
    push(slotCount: function.frameSlotCount)
    for (slot, contents) in handed {
      for (offset, content) in contents.enumerated() { memory[frameBase + slot + offset] = content }
    }
    depth += 1
    callPath = callPath & path
    path = .known(true)
    var returned = Returned(
      contents: Array(repeating: .undefined, count: function.resultSlotCount))
    try execute(function.body, &returned)
    if function.resultSlotCount > 0 { fail(if: !returned.isDone) }
    (frameBase, path, callPath) = caller
    depth -= 1
    memory.removeSubrange(top...)
    return returned.contents
  }

  /// What the slots of a parameter, or of a member of a multiset, get.
  mutating func contents(
    of argument: Argument, within bounds: ClosedRange<Int64>
  ) throws(NotSymbolic) -> [SymbolicSlot] {
    switch argument {
    case .value(let expression): return [try content(of: expression, within: bounds)]
    case .aggregate(let aggregate): return try contents(of: aggregate)
    case .reference(let place): return [SymbolicSlot(.places(try addresses(of: place)))]
    case .temporary(let place, let argument):
      let addresses = try addresses(of: place)
      try write(try contents(of: argument, within: place.bounds), to: addresses)
      return [SymbolicSlot(.places(addresses))]
    }
  }

  /// What a place of some bounds gets of an expression's value.
  mutating func content(
    of expression: Expression, within bounds: ClosedRange<Int64>
  ) throws(NotSymbolic) -> SymbolicSlot {
    var content = try content(of: expression)
    fail(if: content.isDefined & !contains(bounds, content.value))
    content.value = content.value.narrowed(to: bounds)
    return content
  }
}
