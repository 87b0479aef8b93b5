import Analysis
import TransitionSystem

/// What one rule instance has to do with the state.
struct InstanceProfile {
  /// The operands of the guard's `&`, in the order in which they are evaluated.
  let conjuncts: [StatePredicate]
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
    _ instance: RuleInstance, _ stages: (guardExpression: Footprint, action: Footprint),
    _ footprint: Footprint, _ system: TransitionSystem, _ specializer: inout Specializer
  ) {
    let rule = system.rules[instance.rule]
    let knowledge = specializer.knowledge
    var actionReads = stages.action.reads
    if let condition = rule.guardExpression {
      // What a guard that changes the state reads later is not what the state was.
      conjuncts =
        stages.guardExpression.writes.isEmpty
        ? specializer.condition(condition, bindings: instance.bindings).conjuncts
        : [.opaque(stages.guardExpression.reads)]
    } else {
      conjuncts = []
    }
    if conjuncts.contains(where: knowledge.canFail) {
      actionReads.formUnion(stages.guardExpression.reads)
    }
    reads = footprint.reads
    writes = footprint.writes
    self.actionReads = actionReads
    enablingValues = SlotConstraints.values(conjuncts[...], knowledge)
    arousingValues = SlotConstraints.arousingValues(conjuncts, knowledge)
  }
}
