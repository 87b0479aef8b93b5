/// Where a multiset of the state lies.
package struct MultisetSlots: Sendable {
  /// Its first slot.
  package let slot: Int
  package let capacity: Int
  /// Slots from one place to the next: the *occupied* slot and the member's.
  package let stride: Int

  /// All multisets of the state, inner ones before those that hold them.
  package static func all(in system: TransitionSystem) -> [MultisetSlots] {
    var layouts: [MultisetSlots] = []
    for variable in system.variables {
      variable.type.forEachMultiset(from: variable.slot) { layouts.append($0) }
    }
    return layouts
  }

  /// Makes it empty: no place occupied, all members undefined.
  package func clear(in memory: UnsafeMutablePointer<Int64>) {
    for place in 0..<capacity {
      let base = slot + place * stride
      memory[base] = 0
      (memory + base + 1).update(repeating: Slot.undefined, count: stride - 1)
    }
  }

  /// Sorts the members and closes the gaps, so that equal multisets are equal slots.
  package func normalize(in memory: UnsafeMutablePointer<Int64>) {
    // Insertion sort: members are mostly in order already.
    var exchangesLeft = capacity * Self.exchangesOfAPlace
    for place in 1..<max(1, capacity) {
      var position = place
      while position > 0, precedes(position, position - 1, in: memory) {
        swapPlaces(position, position - 1, in: memory)
        position -= 1
      }
      exchangesLeft -= place - position
      if exchangesLeft < 0 { return sortAsHeap(in: memory) }
    }
  }

  /// What insertion sort may take for each place before heap sort is the quicker one.
  package static let exchangesOfAPlace = 16

  /// Whether insertion sort may take more than that.
  package var mayNeedHeap: Bool { (capacity - 1) / 2 >= Self.exchangesOfAPlace }

  /// Heap sort: not quadratic whatever the order, and without memory of its own. Of places that are
  /// alike any order is the same.
  private func sortAsHeap(in memory: UnsafeMutablePointer<Int64>) {
    for root in (0..<capacity / 2).reversed() { sink(root, of: capacity, in: memory) }
    for end in (1..<capacity).reversed() {
      swapPlaces(0, end, in: memory)
      sink(0, of: end, in: memory)
    }
  }

  /// Exchanges a place of a heap of so many with places below it until none of these is greater.
  private func sink(_ place: Int, of count: Int, in memory: UnsafeMutablePointer<Int64>) {
    var place = place
    while 2 * place + 1 < count {
      var below = 2 * place + 1
      if below + 1 < count, precedes(below, below + 1, in: memory) { below += 1 }
      guard precedes(place, below, in: memory) else { return }
      swapPlaces(place, below, in: memory)
      place = below
    }
  }

  /// Occupied places come first, then members in lexicographic order.
  private func precedes(
    _ left: Int, _ right: Int, in memory: UnsafeMutablePointer<Int64>
  ) -> Bool {
    let first = slot + left * stride
    let second = slot + right * stride
    if memory[first] != memory[second] { return memory[first] > memory[second] }
    for offset in 1..<stride where memory[first + offset] != memory[second + offset] {
      return memory[first + offset] < memory[second + offset]
    }
    return false
  }

  private func swapPlaces(
    _ left: Int, _ right: Int, in memory: UnsafeMutablePointer<Int64>
  ) {
    for offset in 0..<stride {
      let first = slot + left * stride + offset
      let second = slot + right * stride + offset
      (memory[first], memory[second]) = (memory[second], memory[first])
    }
  }
}

extension ValueType {
  /// Calls `body` with each multiset of a value whose first slot is `slot`, inner ones first.
  package func forEachMultiset(from slot: Int, _ body: (MultisetSlots) -> Void) {
    switch self {
    case .scalar:
      break
    case .array(let index, let element):
      guard element.holdsMultiset else { return }
      for position in 0..<(index.valueCount ?? 0) {
        element.forEachMultiset(from: slot + position * element.slotCount, body)
      }
    case .record(let fields):
      var offset = slot
      for field in fields {
        field.type.forEachMultiset(from: offset, body)
        offset += field.type.slotCount
      }
    case .multiset(let capacity, let element):
      let stride = element.slotCount + 1
      if element.holdsMultiset {
        for position in 0..<capacity {
          element.forEachMultiset(from: slot + position * stride + 1, body)
        }
      }
      body(MultisetSlots(slot: slot, capacity: capacity, stride: stride))
    }
  }

  private var holdsMultiset: Bool {
    switch self {
    case .scalar: false
    case .array(_, let element): element.holdsMultiset
    case .record(let fields): fields.contains { $0.type.holdsMultiset }
    case .multiset: true
    }
  }
}
