/// Numbers of states, and what is kept of their transitions.
extension SeenSetInserter {
  func numberNew(_ batch: SuccessorBatch) {
    if newKeysHaveNumbers { return }
    let handle = handle
    let (isNew, numbers, places) = (batch.isNew, batch.numbers, batch.places)
    for position in 0..<batch.count where isNew[position] {
      let place = find(key(batch, position)) ?? -1
      places[position] = place
      handle.prefetchNumber(place)
    }
    for position in 0..<batch.count where isNew[position] {
      let number = nextNumber()
      numbers[position] = UInt32(truncatingIfNeeded: number)
      handle.setNumber(places[position], number)
    }
  }

  func number(_ batch: SuccessorBatch) {
    let handle = handle
    let (keys, numbers, places) = (batch.keys, batch.numbers, batch.places)
    let (homes, count) = (homes, batch.count)
    var asked = 0
    for position in 0..<count {
      while asked < min(count, position &+ Self.window) {
        homes[asked & Self.homeMask] = handle.prefetch(keys[asked])
        asked &+= 1
      }
      let home = homes[position & Self.homeMask]
      let place = handle.find(home, tail: tail(batch, position)) ?? -1
      places[position] = place
      handle.prefetchNumber(place)
    }
    for position in 0..<count { numbers[position] = handle.number(places[position]) }
  }

  func findLeads(
    _ batch: SuccessorBatch, of states: UnsafePointer<UInt64>,
    _ stateNumbers: UnsafePointer<UInt32>,
    stateCount: Int
  ) {
    let handle = handle
    let (isNew, numbers, ends) = (batch.isNew, batch.numbers, batch.ends)
    let (leads, places) = (batch.leads, batch.leadPlaces)
    var first = 0
    for state in 0..<stateCount {
      let end = ends[state]
      var found = first
      while found < end, !isNew[found] { found &+= 1 }
      var lead = 2 * state
      if found < end {
        (leads[lead], places[lead]) = (numbers[found], -1)
        lead += 1
      }
      // Spread over the successors as states come, so that no rule is always among those left out.
      var spread = UInt64(stateNumbers[state]) &* 0x9E37_79B9_7F4A_7C15
      let own = key(ofEntry: state, of: states)
      while lead < 2 * state + 2 {
        (leads[lead], places[lead]) = (0, -1)
        if let other = anyOther(of: first..<end, batch, than: own, spread) {
          if isNew[other] {
            leads[lead] = numbers[other]
          } else {
            places[lead] = find(key(batch, other)) ?? -1
            handle.prefetchNumber(places[lead])
          }
        }
        spread = spread &* 0xD134_2543_DE82_EF95 &+ 1
        lead += 1
      }
      first = end
    }
    for lead in 0..<2 * stateCount where places[lead] >= 0 {
      leads[lead] = handle.numberIfGiven(places[lead])
    }
  }

  /// A successor that is not the state which it follows; nil if there is none near the chosen place.
  private func anyOther(
    of successors: Range<Int>, _ batch: SuccessorBatch, than state: StateKey, _ spread: UInt64
  ) -> Int? {
    if successors.isEmpty { return nil }
    let count = UInt64(successors.count)
    for attempt in 0..<min(4, count) {
      let place = (spread >> 32 &+ attempt) % count
      let successor = successors.lowerBound + Int(place)
      if key(batch, successor) != state { return successor }
    }
    return nil
  }

  /// Gives a key that has been added its number.
  func numberNew(_ key: StateKey) -> UInt32 {
    guard let place = find(key) else { return 0 }
    let number = nextNumber()
    handle.setNumber(place, number)
    return UInt32(truncatingIfNeeded: number)
  }

  /// The number of a key; 0 if it is not in the set.
  @inline(__always)
  func number(of key: StateKey) -> UInt32 { find(key).map(handle.number) ?? 0 }

  func number(ofEntry entry: UnsafePointer<UInt64>) -> UInt32 { number(of: key(ofEntry: entry)) }

  @inline(__always)
  private func nextNumber() -> Int {
    if ownNumbers.isEmpty, let numbers { ownNumbers = numbers.takeBlock() }
    return ownNumbers.popFirst() ?? 0
  }
}
