import Analysis
package import Diagnostics
import Evaluation
package import NativeCode
package import Packing
package import PartialOrder
package import Symmetry
package import TransitionSystem

/// What has to be known of a system before it is searched: all rule instances and how
/// states are packed.
package struct SearchSpace: Sendable {
  package let system: TransitionSystem
  package let packing: StatePacking
  package let instances: RuleInstances
  package let startInstances: RuleInstances
  /// How states are reduced; empty where they are not.
  package let symmetry: SymmetryPlan
  /// What rules are left out by; nil where all are fired.
  package let stubbornSets: StubbornSets?
  /// Why partial-order reduction was asked for and is not made use of.
  package let reductionRefusal: ReductionRefusal?
  /// What the values are.
  package let domain: Domain
  /// When no more is wanted of a search. Where it is met before the first state, what is known of
  /// the system may not be all, and nothing is searched.
  package let stop: StopCondition

  /// What is made of the interchangeable elements of scalarsets.
  package enum Symmetry: String, Sendable, CaseIterable {
    /// One state stands for each orbit.
    case exact
    case off
  }

  /// Which of the rules that are enabled in a state are fired.
  package enum Reduction: String, Sendable, CaseIterable {
    /// All of them.
    case none
    /// A stubborn set, where one is enough for invariants, covers and deadlocks.
    case por
  }

  /// Why all enabled rules are fired although that was not asked for.
  package enum ReductionRefusal: Sendable, Hashable {
    /// What can still be reached from a state may be lost, and liveness asks for that: the number
    /// of the property.
    case liveness(property: Int)
    case stubbornSets(StubbornSetRefusal)
    /// What rules are independent of each other may depend on the symbolic constants.
    case symbolicConstants
  }

  /// Evaluates the start states, to learn what is defined in them.
  ///
  /// - Parameters:
  ///   - domain: Path conditions, if the system has symbolic constants and these have no values.
  ///     They have been assumed, and what is asked of them ends when `stop` is met.
  ///   - named: Identities of scalarsets that are not reduced, because somebody tells their elements
  ///     apart.
  ///   - stop: When no more is wanted.
  package init(
    _ system: TransitionSystem, symmetry: Symmetry = .exact, exceptNamed named: Set<Int> = [],
    reduction: Reduction = .none, domain: Domain = .plain, stop: StopCondition = .init()
  ) {
    self.system = system
    self.stop = stop
    self.domain = domain
    instances = TransitionSystem.instances(of: system.rules)
    startInstances = TransitionSystem.instances(of: system.startStates)
    let summary = Self.startSummary(of: system, startInstances, domain, stop)
    let mayBeUndefined = Definedness.mayBeUndefined(in: system, startStates: summary)
    self.symmetry =
      symmetry == .exact && !stop.isDue()
      ? SymmetryPlan(system, mayBeUndefined: mayBeUndefined, exceptNamed: named)
      : SymmetryPlan.none(system)
    packing = StatePacking(
      system: system, mayBeUndefined: mayBeUndefined, adjacentSlots: self.symmetry.adjacentSlots)
    let liveness = system.properties.firstIndex { $0.kind == .liveness }
    if reduction == .none {
      stubbornSets = nil
      reductionRefusal = nil
    } else if system.pathSlot != nil {
      stubbornSets = nil
      reductionRefusal = .symbolicConstants
    } else if let liveness {
      stubbornSets = nil
      reductionRefusal = .liveness(property: liveness)
    } else {
      let sets = StubbornSets(system, instances: instances, startStates: summary, stop: stop)
      stubbornSets = sets.refusal == nil ? sets : nil
      reductionRefusal = sets.refusal.map { .stubbornSets($0) }
    }
  }

  /// The rules as C.
  package func emittedRules() throws(NativeCodeError) -> EmittedRules {
    if system.pathSlot != nil, !domain.hasCases { throw .constantsHaveValues }
    return try CEmitter.rules(
      of: system, packing: packing, alike: alikeElements,
      successorRoom: SuccessorBatch.firstCapacity(wordCount: packing.wordCount))
  }

  /// Scalarsets of which elements that are alike are tried once. Stubborn sets are chosen among all
  /// instances.
  var alikeElements: AlikeElements {
    if stubbornSets != nil { return AlikeElements() }
    let canonicalizer = Canonicalizer(symmetry, packing: packing)
    return AlikeElements(offsets: canonicalizer.alikeOffsets, count: canonicalizer.alikeCount)
  }

  /// What is to be known of the start states that can be evaluated: a state that is undefined where
  /// one of them is. What goes wrong in the others the search will find.
  ///
  /// - Returns: One state; none if there are no start states.
  private static func startSummary(
    of system: TransitionSystem, _ instances: RuleInstances, _ domain: Domain,
    _ stop: StopCondition
  ) -> [[Int64]] {
    let cases = EvaluationCases(system, domain, stop: stop)
    let interpreter = cases.interpreter
    var summary: [Int64] = []
    for (number, instance) in instances.enumerated() {
      if number & 63 == 63, stop.isDue() { break }
      let rule = system.startStates[instance.rule]
      // What is not decided will be found by the search.
      try? cases.forEach(from: 0) {
        interpreter.reset()
        guard (try? interpreter.guardHolds(rule, instance.bindings)) == true,
          (try? interpreter.fire(rule)) != nil
        else { return }
        if summary.isEmpty { summary = Array(repeating: 0, count: system.slotCount) }
        for slot in summary.indices where interpreter.slots[slot] == Slot.undefined {
          summary[slot] = Slot.undefined
        }
      }
    }
    return summary.isEmpty ? [] : [summary]
  }
}
