import TransitionSystem

/// What conditions say of single slots: the values that are left, as bits from the least value of
/// the slot's type on.
enum SlotConstraints {
  /// The values with which all conditions can hold.
  static func values(
    _ conjuncts: ArraySlice<StatePredicate>, _ knowledge: SlotKnowledge
  ) -> [Int: UInt64] {
    var values: [Int: UInt64] = [:]
    for conjunct in conjuncts {
      guard let (slot, bits) = bits(conjunct, knowledge) else { continue }
      values[slot] = (values[slot] ?? .max) & bits
    }
    return values
  }

  /// The values with which all of them can hold, or one go wrong that is evaluated before any is
  /// false: what stands behind a condition that can go wrong says nothing of that.
  static func arousingValues(
    _ conjuncts: [StatePredicate], _ knowledge: SlotKnowledge
  ) -> [Int: UInt64] {
    let end = conjuncts.firstIndex(where: knowledge.canFail).map { $0 + 1 } ?? conjuncts.count
    return values(conjuncts[..<end], knowledge)
  }

  /// Whether both cannot be: some slot would have to have two values.
  static func exclude(_ first: [Int: UInt64], _ second: [Int: UInt64]) -> Bool {
    first.contains { slot, bits in second[slot].map { $0 & bits == 0 } ?? false }
  }

  /// The values with which a condition on one slot holds; nil if it is on something else. Where the
  /// slot is undefined it goes wrong.
  static func bits(
    _ condition: StatePredicate, _ knowledge: SlotKnowledge
  ) -> (slot: Int, bits: UInt64)? {
    switch condition {
    case .compare(let comparison, .slot(let slot), .constant(let constant)):
      return bits(of: slot, knowledge) { comparison.holds($0, constant) }
    case .compare(let comparison, .constant(let constant), .slot(let slot)):
      return bits(of: slot, knowledge) { comparison.holds(constant, $0) }
    case .or(let operands):
      var union: (slot: Int, bits: UInt64)?
      for operand in operands {
        guard let part = bits(operand, knowledge) else { return nil }
        if let known = union, known.slot != part.slot { return nil }
        union = (part.slot, part.bits | (union?.bits ?? 0))
      }
      return union
    default:
      return nil
    }
  }

  private static func bits(
    of slot: Int, _ knowledge: SlotKnowledge, where holds: (Int64) -> Bool
  ) -> (slot: Int, bits: UInt64)? {
    let type = knowledge.types[slot]
    guard let count = type.valueCount, count <= 64 else { return nil }
    var bits: UInt64 = 0
    for position in 0..<count where holds(type.lower + Int64(position)) { bits |= 1 << position }
    return (slot, bits)
  }
}
