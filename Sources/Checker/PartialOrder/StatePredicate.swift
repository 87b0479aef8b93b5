import Analysis
import TransitionSystem

/// A value that depends on the state alone: parameters are bound, calls are expanded.
indirect enum StateExpression: Hashable, Sendable {
  case constant(Int64)
  case slot(Int)
  /// An element whose indices are known at run time only.
  case element(start: Int, [Index])
  case arithmetic(Expression.ArithmeticOperator, StateExpression, StateExpression)

  struct Index: Hashable, Sendable {
    let value: StateExpression
    let lower: Int64
    let count: Int
    let stride: Int
  }
}

/// A condition that depends on the state alone, with negations pushed down to where they vanish.
/// Operands of `and` and `or` are evaluated in order, as the model says.
indirect enum StatePredicate: Hashable, Sendable {
  case constant(Bool)
  case compare(Expression.ComparisonOperator, StateExpression, StateExpression)
  case isUndefined(slot: Int, Bool)
  case and([StatePredicate])
  case or([StatePredicate])
  /// Not looked into: it depends on some slots.
  case opaque(SlotSet)
}

extension StateExpression {
  /// The value in a state; nil where something is undefined or wrong.
  func value(in slots: UnsafePointer<Int64>) -> Int64? {
    switch self {
    case .constant(let value):
      return value
    case .slot(let slot):
      return slots[slot] == Slot.undefined ? nil : slots[slot]
    case .element(var slot, let indices):
      for index in indices {
        guard let value = index.value.value(in: slots), value >= index.lower,
          case (let distance, let overflow) = value.subtractingReportingOverflow(index.lower),
          !overflow, distance < Int64(index.count)
        else { return nil }
        slot += Int(distance) * index.stride
      }
      return slots[slot] == Slot.undefined ? nil : slots[slot]
    case .arithmetic(let operation, let left, let right):
      guard let first = left.value(in: slots), let second = right.value(in: slots) else {
        return nil
      }
      return try? operation.apply(first, second).get()
    }
  }

  /// The slots that an element may be.
  static func slots(from start: Int, _ indices: [Index]) -> [Int] {
    Place.starts(from: start, indices.map { (0..<$0.count, $0.stride) })
  }

  func insertReads(into reads: inout SlotSet) {
    switch self {
    case .constant: break
    case .slot(let slot): reads.insert(slot..<slot + 1)
    case .element(let start, let indices):
      for slot in Self.slots(from: start, indices) { reads.insert(slot..<slot + 1) }
      for index in indices { index.value.insertReads(into: &reads) }
    case .arithmetic(_, let left, let right):
      left.insertReads(into: &reads)
      right.insertReads(into: &reads)
    }
  }
}

extension StatePredicate {
  /// Whether it holds in a state; nil where something is undefined or wrong, or not known.
  func holds(in slots: UnsafePointer<Int64>) -> Bool? {
    switch self {
    case .constant(let value):
      return value
    case .compare(let comparison, let left, let right):
      guard let first = left.value(in: slots), let second = right.value(in: slots) else {
        return nil
      }
      return comparison.holds(first, second)
    case .isUndefined(let slot, let expected):
      return (slots[slot] == Slot.undefined) == expected
    case .and(let operands):
      for operand in operands {
        guard let holds = operand.holds(in: slots) else { return nil }
        if !holds { return false }
      }
      return true
    case .or(let operands):
      for operand in operands {
        guard let holds = operand.holds(in: slots) else { return nil }
        if holds { return true }
      }
      return false
    case .opaque:
      return nil
    }
  }

  func insertReads(into reads: inout SlotSet) {
    switch self {
    case .constant: break
    case .compare(_, let left, let right):
      left.insertReads(into: &reads)
      right.insertReads(into: &reads)
    case .isUndefined(let slot, _): reads.insert(slot..<slot + 1)
    case .and(let operands), .or(let operands):
      for operand in operands { operand.insertReads(into: &reads) }
    case .opaque(let slots): reads.formUnion(slots)
    }
  }

  /// The operands of a tree of `and`, in order.
  var conjuncts: [StatePredicate] {
    switch self {
    case .and(let operands): operands.flatMap(\.conjuncts)
    case .constant(true): []
    default: [self]
    }
  }
}
