import Analysis
import TransitionSystem

/// What is known of each slot: the values of its type, and whether it can be undefined. From these,
/// whether evaluating something can go wrong.
struct SlotKnowledge {
  let types: [ScalarType]
  let mayBeUndefined: [Bool]

  /// - Parameters:
  ///   - footprints: Of all rule instances.
  ///   - startStates: All start states, each one value for each slot.
  init(_ system: TransitionSystem, footprints: [Footprint], startStates: [[Int64]]) {
    var types: [ScalarType] = []
    for variable in system.variables { variable.type.forEachSlot { types.append($0) } }
    self.types = types
    var mayBeUndefined = Array(repeating: false, count: system.slotCount)
    for state in startStates {
      for slot in state.indices where state[slot] == Slot.undefined {
        mayBeUndefined[slot] = true
      }
    }
    for footprint in footprints {
      footprint.writes.forEach { slot in
        if slot < mayBeUndefined.count, footprint.mayUndefine(slot) { mayBeUndefined[slot] = true }
      }
    }
    self.mayBeUndefined = mayBeUndefined
  }

  /// Whether evaluating a condition can go wrong.
  func canFail(_ condition: StatePredicate) -> Bool {
    switch condition {
    case .constant, .isUndefined: false
    case .compare(_, let left, let right): range(of: left) == nil || range(of: right) == nil
    case .and(let operands), .or(let operands): operands.contains(where: canFail)
    case .opaque: true
    }
  }

  /// Bounds of a value; nil if evaluating it can go wrong.
  func range(of term: StateExpression) -> ClosedRange<Int64>? {
    switch term {
    case .constant(let value):
      return value...value
    case .slot(let slot):
      return range(ofSlot: slot)
    case .element(let start, let indices):
      for index in indices {
        guard let range = range(of: index.value), range.lowerBound >= index.lower,
          range.upperBound - index.lower < Int64(index.count)
        else { return nil }
      }
      var union: ClosedRange<Int64>?
      for slot in StateExpression.slots(from: start, indices) {
        guard let range = range(ofSlot: slot) else { return nil }
        union =
          union.map {
            min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound)
          } ?? range
      }
      return union
    case .arithmetic(let operation, let left, let right):
      guard let first = range(of: left), let second = range(of: right) else { return nil }
      return range(of: operation, first, second)
    }
  }

  private func range(ofSlot slot: Int) -> ClosedRange<Int64>? {
    guard !mayBeUndefined[slot], types[slot].lower <= types[slot].upper else { return nil }
    return types[slot].lower...types[slot].upper
  }

  private func range(
    of operation: Expression.ArithmeticOperator, _ left: ClosedRange<Int64>,
    _ right: ClosedRange<Int64>
  ) -> ClosedRange<Int64>? {
    switch operation {
    case .add, .subtract, .multiply:
      // Monotonous in each operand, so the corners bound it.
      var corners: [Int64] = []
      for first in [left.lowerBound, left.upperBound] {
        for second in [right.lowerBound, right.upperBound] {
          guard let corner = try? operation.apply(first, second).get() else { return nil }
          corners.append(corner)
        }
      }
      guard let least = corners.min(), let greatest = corners.max() else { return nil }
      return least...greatest
    default:
      return nil
    }
  }
}
