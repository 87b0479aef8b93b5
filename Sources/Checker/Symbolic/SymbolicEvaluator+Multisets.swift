import TransitionSystem

extension SymbolicEvaluator {
  private func isOccupied(_ slot: SymbolicSlot) -> Truth { slot.isDefined & equals(slot.value, 1) }

  /// Whether the place of a multiset at a position holds a member.
  mutating func isOccupied(_ place: Place, _ position: SymbolicValue) throws(NotSymbolic) -> Truth {
    guard case .multiset(let capacity, let element) = place.type else { return .known(false) }
    // Where there is no such position, the place is not looked at.
    let exists = capacity > 0 ? contains(0...Int64(capacity - 1), position) : .known(false)
    if isNowhere(exists) { return .known(false) }
    let addresses = try under(exists) { evaluator throws(NotSymbolic) in
      try evaluator.addresses(of: place)
    }
    var isFound = Truth.known(false)
    for number in 0..<capacity {
      let isHere = equals(position, Int64(number))
      if isNowhere(isHere) { continue }
      let content = try read(addresses, offset: number * (element.slotCount + 1))
      isFound = isFound | (isHere & isOccupied(content))
    }
    return exists & isFound
  }

  mutating func add(_ argument: Argument, to place: Place) throws(NotSymbolic) {
    guard case .multiset(let capacity, let element) = place.type else { return }
    let addresses = try addresses(of: place)
    let stride = element.slotCount + 1
    var isTaken: [Truth] = []
    for number in 0..<capacity {
      isTaken.append(isOccupied(try read(addresses, offset: number * stride)))
    }
    fail(if: isTaken.reduce(.known(true)) { $0 & $1 })
    let contents =
      [SymbolicSlot(.constant(1))] + (try contents(of: argument, within: element.bounds))
    var before = Truth.known(true)
    for number in 0..<capacity {
      try write(
        contents,
        to: addresses.map { SymbolicAddress(slot: $0.slot + number * stride, when: $0.when) },
        if: before & !isTaken[number])
      before = before & isTaken[number]
    }
  }

  mutating func remove(at position: Expression, from place: Place) throws(NotSymbolic) {
    guard case .multiset(let capacity, let element) = place.type else { return }
    let number = try evaluate(position)
    fail(if: !(try isOccupied(place, number)))
    let addresses = try addresses(of: place)
    for candidate in 0..<capacity {
      try removeMember(
        candidate, slotCount: element.slotCount, from: addresses,
        if: equals(number, Int64(candidate)))
    }
  }

  private mutating func removeMember(
    _ number: Int, slotCount: Int, from addresses: [SymbolicAddress], if condition: Truth
  ) throws(NotSymbolic) {
    if isNowhere(condition) { return }
    let contents =
      [SymbolicSlot(.constant(0))] + Array(repeating: .undefined, count: slotCount)
    let member = addresses.map {
      SymbolicAddress(slot: $0.slot + number * (slotCount + 1), when: $0.when)
    }
    try write(contents, to: member, if: condition)
  }

  mutating func removeMembers(
    of place: Place, _ slot: Int, where predicate: Expression
  ) throws(NotSymbolic) {
    guard case .multiset(_, let element) = place.type else { return }
    let addresses = try addresses(of: place)
    try forEachMember(of: place, addresses, slot) {
      evaluator, number, isMember throws(NotSymbolic) in
      let isChosen = try evaluator.evaluate(predicate).isTrue
      try evaluator.removeMember(
        number, slotCount: element.slotCount, from: addresses, if: isMember & isChosen)
    }
  }

  mutating func count(
    in place: Place, _ slot: Int, where predicate: Expression
  ) throws(NotSymbolic) -> SymbolicValue {
    var count = SymbolicValue.constant(0)
    let addresses = try addresses(of: place)
    try forEachMember(of: place, addresses, slot) { evaluator, _, isMember throws(NotSymbolic) in
      let isCounted = isMember & (try evaluator.evaluate(predicate)).isTrue
      count = evaluator.sum(count, SymbolicValue(isCounted))
    }
    return count
  }

  /// Calls `body` for each place of a multiset, under the condition that it holds a member, with its
  /// number and that condition.
  private mutating func forEachMember(
    of place: Place, _ addresses: [SymbolicAddress], _ slot: Int,
    _ body: (inout Self, Int, Truth) throws(NotSymbolic) -> Void
  ) throws(NotSymbolic) {
    guard case .multiset(let capacity, let element) = place.type else { return }
    for number in 0..<capacity {
      let isMember = isOccupied(try read(addresses, offset: number * (element.slotCount + 1)))
      if isNowhere(isMember) { continue }
      memory[frameBase + slot] = SymbolicSlot(.constant(Int64(number)))
      try under(isMember) { evaluator throws(NotSymbolic) in
        try body(&evaluator, number, isMember)
      }
    }
  }

  // MARK: - Order

  /// Sorts the members of the multisets that were written to, as the interpreter does behind a rule: of
  /// places that are alike any order is the same, so any way of sorting will do.
  mutating func sortMultisets() throws(NotSymbolic) {
    for multiset in MultisetSlots.all(in: system) {
      let slots = multiset.slot..<multiset.slot + multiset.capacity * multiset.stride
      guard isWritten[slots].contains(true) else { continue }
      for slot in slots { isWritten[slot] = true }
      for end in (1..<max(1, multiset.capacity)).reversed() {
        for number in 0..<end { try exchange(number, number + 1, of: multiset) }
      }
    }
  }

  private mutating func exchange(
    _ left: Int, _ right: Int, of multiset: MultisetSlots
  ) throws(NotSymbolic) {
    let first = multiset.slot + left * multiset.stride
    let second = multiset.slot + right * multiset.stride
    try countParts(multiset.stride)
    var precedes = Truth.known(false)
    for offset in (1..<multiset.stride).reversed() {
      let (one, other) = (memory[first + offset], memory[second + offset])
      precedes = isBelow(other, one) | (areSame(one, other) & precedes)
    }
    // Occupied places come first.
    precedes =
      isBelow(memory[first], memory[second]) | (areSame(memory[first], memory[second]) & precedes)
    if isNowhere(precedes) { return }
    for offset in 0..<multiset.stride {
      let (one, other) = (memory[first + offset], memory[second + offset])
      memory[first + offset] = .choice(precedes, other, one)
      memory[second + offset] = .choice(precedes, one, other)
    }
  }

  /// Undefined is below all numbers.
  private func isBelow(_ left: SymbolicSlot, _ right: SymbolicSlot) -> Truth {
    right.isDefined & (!left.isDefined | compare(.less, left.value, right.value))
  }

  func areSame(_ left: SymbolicSlot, _ right: SymbolicSlot) -> Truth {
    .choice(
      left.isDefined, right.isDefined & compare(.equal, left.value, right.value),
      !right.isDefined)
  }
}
