import CIntrinsics
import Diagnostics
import TransitionSystem

extension Interpreter {
  /// Where a place is in the memory.
  func address(of place: Place) throws(Interruption) -> Int {
    var address = place.offset
    switch place.base {
    case .state: break
    case .frame: address += frameBase
    case .reference(let slot): address += Int(memory[frameBase + slot])
    }
    for index in place.indices {
      address += try distance(of: index)
    }
    return address
  }

  /// The slots that an index is worth.
  func distance(of index: Place.Index) throws(Interruption) -> Int {
    let position = try evaluate(index.value)
    let distance = position &- index.lower
    // Safe: a distance that wraps around is negative or too large.
    if position < index.lower || distance < 0 || distance >= Int64(index.count) {
      throw Interruption(
        .runtimeError(
          .indexOutOfRange(
            value: position, lower: index.lower, upper: index.lower + Int64(index.count) - 1)),
        at: index.span)
    }
    return Int(distance) * index.stride
  }

  /// Where the slots of an aggregate are, and how many. What a function returns lies above the
  /// frames until the next call.
  func materialize(_ aggregate: Aggregate) throws(Interruption) -> (address: Int, count: Int) {
    switch aggregate {
    case .place(let place):
      return (try address(of: place), place.slotCount)
    case .call(let function, let arguments, let span):
      let address = try call(function, arguments, at: span)
      return (address, system.functions[function].resultSlotCount)
    case .conditional(let condition, let then, let otherwise):
      return try materialize(try evaluate(condition) != 0 ? then : otherwise)
    }
  }

  // MARK: - Calls

  /// Bytes of stack that one level of a function's tree takes at most.
  private static let stackOfLevel = 2_600
  /// Bytes of stack for what is called within a level.
  private static let stackReserve = 1 << 16

  /// Calls a function. A single value is left in `returnedValue`.
  ///
  /// - Returns: Where an aggregate result lies: above the frames, until the next call.
  func call(
    _ index: Int, _ arguments: [Argument], at span: SourceSpan
  ) throws(Interruption) -> Int {
    let function = system.functions[index]
    let base = stackTop
    let needed = max(function.frameSlotCount, function.resultSlotCount)
    if callDepth >= ExecutionLimits.callDepth || base + needed > memorySlotCount
      || nesting + function.height > ExecutionLimits.nesting
    {
      throw Interruption(
        .runtimeError(.recursionTooDeep(limit: min(callDepth, ExecutionLimits.callDepth))), at: span
      )
    }
    try countRound(at: span)
    try expect(slotCount: needed)
    if stack_bytes_left() < Self.stackReserve + function.height * Self.stackOfLevel {
      throw Interruption(.undecided(.stackTooSmall(callDepth: callDepth)), at: span)
    }
    nesting += function.height
    // Arguments belong to the caller's frame and may themselves call, above the new frame.
    stackTop = base + needed
    (memory + base).update(repeating: Slot.undefined, count: needed)
    for position in arguments.indices {
      let slot = base + function.parameters[position].frameSlot
      try pass(arguments[position], within: function.parameters[position].bounds, at: slot)
    }
    let callerBase = frameBase
    frameBase = base
    callDepth += 1
    let firstRound = rounds
    do throws(Interruption) {
      let flow = try execute(function.body)
      if flow == .next, function.resultSlotCount > 0 {
        throw Interruption(.runtimeError(.missingReturn), at: function.span)
      }
    } catch {
      throw error.passed(
        through: .init(function: index, span: span), rounds: rounds - firstRound)
    }
    if let remark = function.resultRemark, let bounds = function.result?.bounds,
      !bounds.contains(returnedValue)
    {
      remarksMet[remark] = true
    }
    callDepth -= 1
    nesting -= function.height
    frameBase = callerBase
    stackTop = base
    return base
  }

  /// Puts an argument where a parameter, or a member of a multiset, has its slots.
  func pass(
    _ argument: Argument, within bounds: ClosedRange<Int64>, at destination: Int
  ) throws(Interruption) {
    switch argument {
    case .value(let expression):
      let value = try evaluate(expression)
      if value < bounds.lowerBound || value > bounds.upperBound,
        value != Slot.undefined
      {
        throw Interruption(
          .runtimeError(
            .argumentOutOfRange(
              value: value, lower: bounds.lowerBound, upper: bounds.upperBound)),
          at: expression.span)
      }
      memory[destination] = value
    case .aggregate(let aggregate):
      let (source, count) = try materialize(aggregate)
      try expect(slotCount: count)
      (memory + destination).update(from: memory + source, count: count)
    case .reference(let place):
      memory[destination] = Int64(try address(of: place))
    case .temporary(let place, let argument):
      let address = try address(of: place)
      try pass(argument, within: place.bounds, at: address)
      memory[destination] = Int64(address)
    }
  }

  // MARK: - Multisets

  func isOccupied(_ place: Place, _ position: Int64) throws(Interruption) -> Bool {
    guard case .multiset(let capacity, let element) = place.type else { return false }
    guard position >= 0, position < Int64(capacity) else { return false }
    return memory[try address(of: place) + Int(position) * (element.slotCount + 1)] == 1
  }

  /// Runs `body` with the slot at the position of each member.
  func forEachMember(
    of place: Place, _ slot: Int, at span: SourceSpan,
    _ body: (Int) throws(Interruption) -> Void
  ) throws(Interruption) {
    guard case .multiset(let capacity, let element) = place.type else { return }
    let base = try address(of: place)
    try expect(slotCount: capacity)
    for position in 0..<capacity {
      let member = base + position * (element.slotCount + 1)
      guard memory[member] == 1 else { continue }
      try countRound(at: span)
      memory[frameBase + slot] = Int64(position)
      try body(member)
    }
  }

  func count(
    in place: Place, _ slot: Int, where predicate: Expression
  ) throws(Interruption) -> Int64 {
    var count: Int64 = 0
    try forEachMember(of: place, slot, at: predicate.span) { _ throws(Interruption) in
      if try self.evaluate(predicate) != 0 { count += 1 }
    }
    return count
  }
}
