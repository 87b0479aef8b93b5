/// The type of a variable: a single value, or a tree of them laid out in consecutive slots.
///
/// Slots are in declaration order: a record's fields one after another, an array's elements from
/// the least index to the greatest, a multiset's places one after another, each an *occupied* slot
/// (0 or 1) followed by the slots of a member.
package indirect enum ValueType: Sendable, Hashable {
  case scalar(ScalarType)
  case array(index: ScalarType, element: ValueType)
  case record([RecordField])
  case multiset(capacity: Int, element: ValueType)

  /// A field of a record.
  package struct RecordField: Sendable, Hashable {
    package let name: String
    package let type: ValueType

    package init(name: String, type: ValueType) {
      self.name = name
      self.type = type
    }
  }

  /// The number of slots, saturating at `Int.max / 4`: a type so large that it cannot be held has
  /// a size all the same, so that a message can name it.
  package var slotCount: Int {
    switch self {
    case .scalar:
      return 1
    case .array(let index, let element):
      return Self.product(index.valueCount ?? Self.most, element.slotCount)
    case .record(let fields):
      return fields.reduce(0) { min(Self.most, $0 + $1.type.slotCount) }
    case .multiset(let capacity, let element):
      return Self.product(capacity, element.slotCount + 1)
    }
  }

  private static let most = Int.max / 4

  private static func product(_ count: Int, _ size: Int) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    return overflow ? most : min(most, product)
  }

  /// The scalar type, if this is one.
  package var asScalar: ScalarType? {
    if case .scalar(let type) = self { return type }
    return nil
  }

  /// The values of a scalar type; all numbers for an aggregate and for a type without values, to
  /// which nothing can be assigned anyway.
  package var bounds: ClosedRange<Int64> {
    guard case .scalar(let type) = self, type.lower <= type.upper else { return .min ... .max }
    return type.lower...type.upper
  }

  /// Calls `body` with the scalar type of each slot, in order; an *occupied* slot is a boolean.
  ///
  /// Complexity: O(`slotCount`).
  package func forEachSlot(_ body: (ScalarType) -> Void) {
    switch self {
    case .scalar(let type):
      body(type)
    case .array(let index, let element):
      for _ in 0..<(index.valueCount ?? 0) { element.forEachSlot(body) }
    case .record(let fields):
      for field in fields { field.type.forEachSlot(body) }
    case .multiset(let capacity, let element):
      for _ in 0..<capacity {
        body(.boolean)
        element.forEachSlot(body)
      }
    }
  }
}
