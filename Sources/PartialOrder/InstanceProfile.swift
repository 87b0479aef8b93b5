import TransitionSystem

/// What one rule instance has to do with the state.
struct InstanceProfile {
  /// The operands of the guard's `&`, in the order in which they are evaluated.
  let conjuncts: [Condition]
  /// What guard and action read.
  let reads: SlotSet
  let writes: SlotSet
  /// What has to stay as it is for the action to do the same, and for a guard that can go wrong to
  /// go wrong in the same way.
  let actionReads: SlotSet
  /// For some slots, the values with which the instance is enabled, as bits from the least value of
  /// the slot's type on.
  let enablingValues: [Int: UInt64]
  /// For some slots, the values with which its guard can be true or go wrong: what stands in the
  /// guard behind an operand that can go wrong says nothing of that.
  let arousingValues: [Int: UInt64]

  init(
    _ instance: RuleInstance, _ footprint: Footprint, _ system: TransitionSystem,
    _ specializer: inout Specializer
  ) {
    let rule = system.rules[instance.rule]
    let knowledge = specializer.knowledge
    let guardFootprint = Footprint(
      of: rule, bindings: instance.bindings, stage: .guardExpression, in: system)
    var actionReads = Footprint(
      of: rule, bindings: instance.bindings, stage: .action, in: system).reads
    if let condition = rule.guardExpression {
      // What a guard that changes the state reads later is not what the state was.
      conjuncts =
        guardFootprint.writes.isEmpty
        ? specializer.condition(condition, bindings: instance.bindings).conjuncts
        : [.opaque(guardFootprint.reads)]
    } else {
      conjuncts = []
    }
    if conjuncts.contains(where: knowledge.canFail) { actionReads.formUnion(guardFootprint.reads) }
    reads = footprint.reads
    writes = footprint.writes
    self.actionReads = actionReads
    enablingValues = Self.values(conjuncts[...], knowledge)
    let end = conjuncts.firstIndex(where: knowledge.canFail).map { $0 + 1 } ?? conjuncts.count
    arousingValues = Self.values(conjuncts[..<end], knowledge)
  }

  /// The values of slots that conditions on one slot each leave.
  private static func values(
    _ conjuncts: ArraySlice<Condition>, _ knowledge: SlotKnowledge
  ) -> [Int: UInt64] {
    var values: [Int: UInt64] = [:]
    for conjunct in conjuncts {
      guard let (slot, bits) = bits(conjunct, knowledge) else { continue }
      values[slot] = (values[slot] ?? .max) & bits
    }
    return values
  }

  private static func bits(
    _ condition: Condition, _ knowledge: SlotKnowledge
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
