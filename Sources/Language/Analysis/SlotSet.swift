/// A set of slots of a state, held as one bit a slot.
package struct SlotSet: Sendable, Hashable {
  private var words: [UInt64]

  /// An empty set of slots of a state of `slotCount` slots.
  package init(slotCount: Int) { words = Array(repeating: 0, count: (slotCount + 63) / 64) }

  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  package func contains(_ slot: Int) -> Bool {
    words[slot / 64] & (1 << UInt64(slot % 64)) != 0
  }

  /// Adds slots; those outside of the state are passed over.
  package mutating func insert(_ range: Range<Int>) {
    for slot in range.clamped(to: 0..<words.count * 64) {
      words[slot / 64] |= 1 << UInt64(slot % 64)
    }
  }

  package mutating func formUnion(_ other: SlotSet) {
    for word in words.indices { words[word] |= other.words[word] }
  }

  /// Whether the two have no slot in common.
  package func isDisjoint(with other: SlotSet) -> Bool {
    zip(words, other.words).allSatisfy { $0 & $1 == 0 }
  }

  /// Calls `body` with each slot, in ascending order.
  package func forEach(_ body: (Int) -> Void) {
    for (position, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(position * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
