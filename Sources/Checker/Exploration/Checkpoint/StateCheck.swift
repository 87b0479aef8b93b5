import Packing
import TransitionSystem

/// Whether words that were read can be a state: compiled rules take it for granted that each slot is
/// within its type.
final class StateCheck {
  private let packing: StatePacking
  private let bounds: [(lower: Int64, upper: Int64)]
  private let slots: UnsafeMutablePointer<Int64>
  private let again: UnsafeMutablePointer<UInt64>

  init(_ space: SearchSpace) {
    packing = space.packing
    var bounds: [(Int64, Int64)] = []
    for variable in space.system.variables {
      variable.type.forEachSlot { bounds.append(($0.lower, $0.upper)) }
    }
    self.bounds = bounds
    slots = .allocate(capacity: max(1, packing.fields.count))
    again = .allocate(capacity: packing.wordCount)
  }

  deinit {
    slots.deallocate()
    again.deallocate()
  }

  func canBe(_ state: UnsafePointer<UInt64>) -> Bool {
    packing.decode(state, into: slots)
    for slot in bounds.indices {
      let value = slots[slot]
      if value == Slot.undefined {
        guard packing.fields[slot].mayBeUndefined else { return false }
      } else if value < bounds[slot].lower || value > bounds[slot].upper {
        return false
      }
    }
    // What no field has is 0.
    packing.encode(slots, into: again)
    for word in 0..<packing.wordCount where again[word] != state[word] { return false }
    return true
  }
}
