import SMT
import TransitionSystem

extension SymbolicEvaluator {
  /// Places that an index which is not known may lead to.
  private static let mostPlaces = 1 << 16

  /// The slots that a place may begin at, each with when it does. An index out of its range goes
  /// wrong, and leads nowhere.
  mutating func addresses(of place: Place) throws(NotSymbolic) -> [SymbolicAddress] {
    var found: [SymbolicAddress]
    switch place.base {
    case .state: found = [SymbolicAddress(slot: place.offset, when: .known(true))]
    case .frame: found = [SymbolicAddress(slot: frameBase + place.offset, when: .known(true))]
    case .reference(let slot):
      guard case .places(let places) = memory[frameBase + slot].value else { throw .unsupported }
      found = places.map { SymbolicAddress(slot: $0.slot + place.offset, when: $0.when) }
    }
    for index in place.indices {
      let value = try evaluate(index.value)
      let upper = index.lower + Int64(index.count) - 1
      guard index.count > 0 else {
        fail(if: .known(true))
        return []
      }
      let inRange = contains(index.lower...upper, value)
      fail(if: !inRange)
      if isNowhere(inRange) { return [] }
      let positions = value.range.clamped(to: index.lower...upper)
      guard found.count * positions.count <= Self.mostPlaces else { throw .tooLarge }
      try countParts(found.count * positions.count)
      let choices = positions.map { (Int($0 - index.lower) * index.stride, equals(value, $0)) }
      found = found.flatMap { place in
        choices.map { SymbolicAddress(slot: place.slot + $0.0, when: place.when & $0.1) }
      }
    }
    return found
  }

  func equals(_ value: SymbolicValue, _ number: Int64) -> Truth {
    compare(.equal, value, .constant(number))
  }

  /// What is at one of some places.
  mutating func read(
    _ addresses: [SymbolicAddress], offset: Int = 0
  ) throws(NotSymbolic) -> SymbolicSlot {
    guard let last = addresses.last else { return .undefined }
    var slot = memory[last.slot + offset]
    try countParts(addresses.count)
    for address in addresses.dropLast().reversed() {
      slot = .choice(address.when, memory[address.slot + offset], slot)
    }
    return slot
  }

  /// All slots of what is at one of some places.
  mutating func read(
    _ addresses: [SymbolicAddress], count: Int
  ) throws(NotSymbolic) -> [SymbolicSlot] {
    var contents: [SymbolicSlot] = []
    for offset in 0..<count { contents.append(try read(addresses, offset: offset)) }
    return contents
  }

  /// Writes where the path and the address say so, and a further condition.
  mutating func write(
    _ slot: SymbolicSlot, to addresses: [SymbolicAddress], offset: Int = 0,
    if condition: Truth = .known(true)
  ) throws(NotSymbolic) {
    try countParts(addresses.count)
    for address in addresses {
      let position = address.slot + offset
      let isOwn = position >= frameBase
      if position < isWritten.count {
        guard mayWriteState else { throw .unsupported }
        isWritten[position] = true
      }
      let when = (isOwn ? path : callPath & path) & address.when & condition
      memory[position] = .choice(when, slot, memory[position])
    }
  }

  mutating func write(
    _ contents: [SymbolicSlot], to addresses: [SymbolicAddress], if condition: Truth = .known(true)
  ) throws(NotSymbolic) {
    for (offset, content) in contents.enumerated() {
      try write(content, to: addresses, offset: offset, if: condition)
    }
  }

  /// The slots of an aggregate.
  mutating func contents(of aggregate: Aggregate) throws(NotSymbolic) -> [SymbolicSlot] {
    switch aggregate {
    case .place(let place):
      return try read(try addresses(of: place), count: place.slotCount)
    case .call(let function, let arguments, _): return try call(function, arguments)
    case .conditional(let condition, let then, let otherwise):
      let isFirst = try evaluate(condition).isTrue
      if case .known(let value) = isFirst { return try contents(of: value ? then : otherwise) }
      let first = try under(isFirst) { evaluator throws(NotSymbolic) in
        try evaluator.contents(of: then)
      }
      let second = try under(!isFirst) { evaluator throws(NotSymbolic) in
        try evaluator.contents(of: otherwise)
      }
      return zip(first, second).map { .choice(isFirst, $0, $1) }
    }
  }
  func type(of aggregate: Aggregate) throws(NotSymbolic) -> ValueType {
    switch aggregate {
    case .place(let place): return place.type
    case .call(let function, _, _):
      guard let type = system.functions[function].result else { throw .unsupported }
      return type
    case .conditional(_, let then, _): return try type(of: then)
    }
  }
}
