package import TransitionSystem

extension ScalarType {
  /// The element of a scalarset that a value is, itself or as a member of a union; nil for any other value.
  package func element(at value: Int64) -> (set: ScalarType, element: Int64)? {
    switch kind {
    case .scalarset: return (self, value)
    case .union(let members):
      for member in members {
        let position = value - member.offset
        if position >= 0, position < Int64(member.type.valueCount ?? 0) {
          return member.type.element(at: position + member.type.lower)
        }
      }
      return nil
    case .boolean, .range, .enumeration, .multisetIndex, .address: return nil
    }
  }
}

extension ValueType {
  /// An array's index, which a slot is of.
  package typealias Index = (type: ScalarType, value: Int64)

  /// Calls `body` with the type of each slot, in order, and the indices of the arrays around it.
  package func forEachSlot(within indices: [Index], _ body: ([Index], ScalarType) -> Void) {
    switch self {
    case .scalar(let type): body(indices, type)
    case .array(let index, let element):
      for position in 0..<(index.valueCount ?? 0) {
        element.forEachSlot(within: indices + [(index, index.lower + Int64(position))], body)
      }
    case .record(let fields):
      for field in fields { field.type.forEachSlot(within: indices, body) }
    case .multiset(let capacity, let element):
      for _ in 0..<capacity {
        body(indices, .boolean)
        element.forEachSlot(within: indices, body)
      }
    }
  }
}
