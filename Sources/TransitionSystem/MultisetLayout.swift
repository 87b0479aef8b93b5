/// Where a multiset of the state lies.
public struct MultisetLayout: Sendable {
  /// Its first slot.
  public let slot: Int
  public let capacity: Int
  /// Slots from one place to the next: the *occupied* slot and the member's.
  public let stride: Int

  /// All multisets of the state, inner ones before those that hold them.
  public static func all(in system: TransitionSystem) -> [MultisetLayout] {
    var layouts: [MultisetLayout] = []
    for variable in system.variables {
      variable.type.forEachMultiset(from: variable.slot) { layouts.append($0) }
    }
    return layouts
  }

  /// Makes it empty: no place occupied, all members undefined.
  public func clear(in memory: UnsafeMutablePointer<Int64>) {
    for place in 0..<capacity {
      let base = slot + place * stride
      memory[base] = 0
      (memory + base + 1).update(repeating: TransitionSystem.undefined, count: stride - 1)
    }
  }

  /// Sorts the members and closes the gaps, so that equal multisets are equal slots.
  public func normalize(in memory: UnsafeMutablePointer<Int64>) {
    // Insertion sort: capacities are small and members mostly in order already.
    for place in 1..<max(1, capacity) {
      var position = place
      while position > 0, precedes(position, position - 1, in: memory) {
        swapPlaces(position, position - 1, in: memory)
        position -= 1
      }
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
  public func forEachMultiset(from slot: Int, _ body: (MultisetLayout) -> Void) {
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
      body(MultisetLayout(slot: slot, capacity: capacity, stride: stride))
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
