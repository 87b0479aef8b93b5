import Analysis
import TransitionSystem

/// A condition whose reachability has to be preserved: that an invariant does not hold, that a
/// cover is hit, that what liveness asks for is reached, that a measure has a value.
struct Goal: Sendable {
  /// The condition, or one operand of its `or`. Operands are told apart because what makes one
  /// false need not touch the others.
  let condition: Int
  /// The whole condition: where it holds, it has been reached.
  let whole: Int
  /// The values of slots that it needs, or with which it goes wrong.
  let values: [Int: UInt64]
}

/// The goals of a system, and the slots that assumptions read.
struct Goals {
  private(set) var all: [Goal] = []
  private(set) var assumptionReads: SlotSet
  /// Something against the reduction.
  private(set) var refusal: StubbornSetRefusal?

  init(
    _ system: TransitionSystem, _ instances: [RuleInstance], _ specializer: inout Specializer,
    _ table: inout PredicateTable
  ) {
    assumptionReads = SlotSet(slotCount: system.slotCount)
    let calls = CallGraph(system.functions)
    let assumptions = Occurrence(in: system.functions, calls, of: \.isAssumption)
    let covers = Occurrence(in: system.functions, calls, of: \.isCover)
    insertGuards(of: system, instances, with: covers, specializer.knowledge, &table)
    for property in system.properties {
      let mayAssume = assumptions.isIn(property.expression)
      let mayCover = covers.isIn(property.expression)
      var hits: [StatePredicate] = []
      for bindings in TransitionSystem.bindings(of: property.parameters) {
        let footprint = Footprint(of: property, bindings: bindings, in: system)
        if !footprint.writes.isEmpty {
          refusal = StubbornSetRefusal(reason: .propertyChangesState, span: property.span)
          return
        }
        if mayCover { insert(.opaque(footprint.reads), specializer.knowledge, &table) }
        if mayAssume { assumptionReads.formUnion(footprint.reads) }
        switch property.kind {
        case .assumption:
          assumptionReads.formUnion(footprint.reads)
        case .measure:
          insert(.opaque(footprint.reads), specializer.knowledge, &table)
        case .invariant, .liveness:
          let condition = specializer.condition(
            property.expression, bindings: bindings, isNegated: property.kind == .invariant)
          insert(condition, specializer.knowledge, &table)
          insertFailures(of: condition, footprint.reads, specializer.knowledge, &table)
        case .cover:
          // Hit where it holds for one binding: the others do not matter then.
          let condition = specializer.condition(property.expression, bindings: bindings)
          hits.append(condition)
          insertFailures(of: condition, footprint.reads, specializer.knowledge, &table)
        }
      }
      if !hits.isEmpty { insert(.or(hits), specializer.knowledge, &table) }
    }
  }

  /// A cover in a function that a guard calls is hit in states in which the rule is not enabled, so
  /// what the guard reads is watched like a measure.
  private mutating func insertGuards(
    of system: TransitionSystem, _ instances: [RuleInstance], with covers: Occurrence,
    _ knowledge: SlotKnowledge, _ table: inout PredicateTable
  ) {
    let covering = system.rules.map { $0.guardExpression.map(covers.isIn) ?? false }
    for instance in instances where covering[instance.rule] {
      let stages = Footprint.stages(
        of: system.rules[instance.rule], bindings: instance.bindings, in: system)
      insert(.opaque(stages.guardExpression.reads), knowledge, &table)
    }
  }

  /// That evaluating a property goes wrong is looked for as well, and not reached where it holds.
  private mutating func insertFailures(
    of condition: StatePredicate, _ reads: SlotSet, _ knowledge: SlotKnowledge,
    _ table: inout PredicateTable
  ) {
    guard let failures = condition.failures(knowledge) else {
      insert(.opaque(reads), knowledge, &table)
      return
    }
    for failure in failures { insert(failure, knowledge, &table) }
  }

  private mutating func insert(
    _ condition: StatePredicate, _ knowledge: SlotKnowledge, _ table: inout PredicateTable
  ) {
    let whole = table.insert(condition, knowledge)
    for part in condition.disjuncts(knowledge) {
      all.append(
        Goal(
          condition: table.insert(part, knowledge), whole: whole,
          values: SlotConstraints.arousingValues(part.conjuncts, knowledge)))
    }
  }
}

extension StatePredicate {
  /// The operands of a tree of `or`, but for those that are on one slot.
  fileprivate func disjuncts(_ knowledge: SlotKnowledge) -> [StatePredicate] {
    if case .or(let operands) = self, SlotConstraints.bits(self, knowledge) == nil {
      return operands.flatMap { $0.disjuncts(knowledge) }
    }
    return [self]
  }
}

extension Part {
  fileprivate var isAssumption: Bool {
    if case .statement(let statement) = self, case .assumption = statement.kind { return true }
    return false
  }

  fileprivate var isCover: Bool {
    if case .statement(let statement) = self, case .cover = statement.kind { return true }
    return false
  }
}
