package import SMT
package import TransitionSystem

/// What has no term here.
package enum NotSymbolic: Error, Sendable, Hashable {
  /// Multisets, symbolic constants, values that are handed on undefined, loops without a known end,
  /// arithmetic that is not linear, and what a function does beside giving a value.
  case unsupported
  /// The term would have more parts than are worth it.
  case tooLarge
}

/// The value of a property in all typed states at once, as a term: what the interpreter does, with
/// unknowns in the state. Where the interpreter takes one way, both are taken, each under its
/// condition, and what they leave is chosen by it; loops are unrolled, and calls are gone into
/// (symbolic execution with merging, as in King 1976 and in bounded model checking of programs).
///
/// Memory is as the interpreter has it: the state's slots first, and frames above them.
package struct SymbolicEvaluator {
  let system: TransitionSystem
  var memory: [SymbolicSlot]
  var frameBase: Int
  /// What is the case where evaluation has come to.
  var path = Truth.known(true)
  /// Whether something has gone wrong.
  var hasFailed = Truth.known(false)
  private var partCount = 0
  private var depth = 0

  /// Parts that are evaluated for one property at most.
  private static let mostParts = 200_000
  /// Calls within calls at most.
  private static let mostCalls = 64
  /// Places that an index which is not known may lead to.
  private static let mostPlaces = 4_096

  private init(_ system: TransitionSystem, _ states: TypedStates) {
    self.system = system
    memory = states.slots
    frameBase = states.slots.count
  }

  /// Whether a property's expression is true, without anything going wrong.
  ///
  /// - Parameters:
  ///   - states: Those of a system with the same variables.
  ///   - bindings: Of the property's parameters.
  package static func truth(
    of property: Property, _ bindings: [Int64], in system: TransitionSystem, _ states: TypedStates
  ) throws(NotSymbolic) -> Truth {
    var evaluator = SymbolicEvaluator(system, states)
    evaluator.push(slotCount: property.frameSlotCount)
    for (position, value) in bindings.enumerated() {
      evaluator.memory[evaluator.frameBase + position] = SymbolicSlot(
        value: .constant(value), isDefined: .known(true))
    }
    let value = try evaluator.evaluate(property.expression)
    return value.isTrue & !evaluator.hasFailed
  }

  mutating func push(slotCount: Int) {
    frameBase = memory.count
    memory += Array(repeating: .undefined, count: slotCount)
  }

  mutating func fail(if condition: Truth) { hasFailed = hasFailed | (path & condition) }

  /// Evaluates under a further condition.
  mutating func under<Result>(
    _ condition: Truth, _ body: (inout Self) throws(NotSymbolic) -> Result
  ) throws(NotSymbolic) -> Result {
    let before = path
    path = path & condition
    defer { path = before }
    return try body(&self)
  }

  mutating func countPart() throws(NotSymbolic) {
    partCount += 1
    if partCount > Self.mostParts { throw .tooLarge }
  }

  // MARK: - Places

  /// The slots that a place may begin at, each with when it does. An index out of its range goes
  /// wrong, and leads nowhere.
  mutating func addresses(of place: Place) throws(NotSymbolic) -> [(slot: Int, when: Truth)] {
    var first = place.offset
    switch place.base {
    case .state: break
    case .frame: first += frameBase
    case .reference(let slot):
      guard case .constant(let address) = memory[frameBase + slot].value else { throw .unsupported }
      first += Int(address)
    }
    var found: [(slot: Int, when: Truth)] = [(first, .known(true))]
    for index in place.indices {
      let value = try evaluate(index.value)
      if case .constant(let position) = value {
        guard position >= index.lower, position - index.lower < Int64(index.count) else {
          fail(if: .known(true))
          return []
        }
        let distance = Int(position - index.lower) * index.stride
        found = found.map { ($0.slot + distance, $0.when) }
        continue
      }
      guard found.count * index.count <= Self.mostPlaces else { throw .tooLarge }
      let number = value.asNumber
      let upper = index.lower + Int64(index.count) - 1
      fail(if: .term(!(IntTerm(index.lower) <= number && number <= IntTerm(upper))))
      let before = found
      found = before.flatMap { place in
        (0..<index.count).map { position in
          (
            place.slot + position * index.stride,
            place.when & .term(number.equals(IntTerm(index.lower + Int64(position))))
          )
        }
      }
    }
    return found
  }

  /// What is at one of some places.
  mutating func read(
    _ addresses: [(slot: Int, when: Truth)], offset: Int = 0
  ) throws(NotSymbolic) -> SymbolicSlot {
    guard let last = addresses.last else { return .undefined }
    var slot = memory[last.slot + offset]
    for address in addresses.dropLast().reversed() {
      try countPart()
      slot = .choice(address.when, memory[address.slot + offset], slot)
    }
    return slot
  }

  /// Writes into the frame, where the path and the address say so.
  mutating func write(
    _ slot: SymbolicSlot, to addresses: [(slot: Int, when: Truth)]
  ) throws(NotSymbolic) {
    for address in addresses {
      guard address.slot >= frameBase else { throw .unsupported }
      memory[address.slot] = .choice(path & address.when, slot, memory[address.slot])
    }
  }

  // MARK: - Calls

  /// Calls a function that gives a single value.
  mutating func call(
    _ number: Int, _ arguments: [Argument]
  ) throws(NotSymbolic) -> SymbolicValue {
    let function = system.functions[number]
    guard depth < Self.mostCalls, function.resultSlotCount == 1 else { throw .unsupported }
    var handed: [(slot: Int, content: SymbolicSlot)] = []
    for (parameter, argument) in zip(function.parameters, arguments) {
      switch argument {
      case .value(let expression):
        let value = try evaluate(expression)
        fail(if: !contains(parameter.bounds, value))
        handed.append(
          (parameter.frameSlot, SymbolicSlot(value: value, isDefined: .known(true))))
      case .reference(let place):
        let addresses = try addresses(of: place)
        guard addresses.count == 1 else { throw .unsupported }
        handed.append(
          (
            parameter.frameSlot,
            SymbolicSlot(value: .constant(Int64(addresses[0].slot)), isDefined: .known(true))
          ))
      case .aggregate(.place(let place)):
        let addresses = try addresses(of: place)
        for offset in 0..<place.slotCount {
          handed.append((parameter.frameSlot + offset, try read(addresses, offset: offset)))
        }
      case .aggregate, .temporary: throw .unsupported
      }
    }
    let callerBase = frameBase
    let top = memory.count
    push(slotCount: function.frameSlotCount)
    for (slot, content) in handed { memory[frameBase + slot] = content }
    depth += 1
    // Only its own frame is written to, so that the path to the call need not be looked at within.
    let outside = (path: path, hasFailed: hasFailed)
    (path, hasFailed) = (.known(true), .known(false))
    var returned = Returned()
    try execute(function.body, &returned)
    fail(if: !returned.isDone)
    hasFailed = outside.hasFailed | (outside.path & hasFailed)
    path = outside.path
    depth -= 1
    frameBase = callerBase
    memory.removeSubrange(top...)
    return returned.value
  }

  /// Whether a value lies within bounds.
  func contains(_ bounds: ClosedRange<Int64>, _ value: SymbolicValue) -> Truth {
    switch value {
    case .constant(let value): return .known(bounds.contains(value))
    case .truth where bounds.contains(0) && bounds.contains(1): return .known(true)
    case .truth, .number:
      if bounds.lowerBound <= .min + 1, bounds.upperBound == .max { return .known(true) }
      let number = value.asNumber
      return .term(IntTerm(bounds.lowerBound) <= number && number <= IntTerm(bounds.upperBound))
    }
  }
}

/// What a function has given back, where it has.
struct Returned {
  var value = SymbolicValue.constant(0)
  var isDone = Truth.known(false)
}
