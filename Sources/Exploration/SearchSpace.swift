import Evaluation
import NativeCode
public import PartialOrder
public import Symmetry
public import TransitionSystem

/// What every engine needs to know of a system before it searches: all rule instances and how
/// states are packed.
public struct SearchSpace: Sendable {
  public let system: TransitionSystem
  public let layout: StateLayout
  public let instances: [RuleInstance]
  public let startInstances: [RuleInstance]
  /// How states are reduced; empty where they are not.
  public let symmetry: SymmetryPlan
  /// What rules are left out by; nil where all are fired.
  public let stubbornSets: StubbornSets?
  /// Why partial-order reduction was asked for and is not made use of.
  public let reductionRefusal: ReductionRefusal?

  /// What is made of the interchangeable elements of scalarsets.
  public enum Symmetry: String, Sendable, CaseIterable {
    /// One state stands for each orbit.
    case exact
    case off
  }

  /// Which of the rules that are enabled in a state are fired.
  public enum Reduction: String, Sendable, CaseIterable {
    /// All of them.
    case none
    /// A stubborn set, where one is enough for invariants, covers and deadlocks.
    case por
  }

  /// Why all enabled rules are fired although that was not asked for.
  public enum ReductionRefusal: Sendable, Hashable {
    /// What can still be reached from a state may be lost, and liveness asks for that: the number of
    /// the property.
    case liveness(property: Int)
    case stubbornSets(StubbornSetRefusal)
  }

  /// Evaluates the start states, to learn what is defined in them.
  public init(
    _ system: TransitionSystem, symmetry: Symmetry = .exact, reduction: Reduction = .none
  ) {
    self.system = system
    instances = TransitionSystem.instances(of: system.rules)
    startInstances = TransitionSystem.instances(of: system.startStates)
    let states = Self.startStates(of: system, startInstances)
    let mayBeUndefined = Definedness.mayBeUndefined(in: system, startStates: states)
    self.symmetry =
      symmetry == .exact
      ? SymmetryPlan(system, mayBeUndefined: mayBeUndefined) : SymmetryPlan.none(system)
    layout = StateLayout(
      system: system, mayBeUndefined: mayBeUndefined, adjacentSlots: self.symmetry.adjacentSlots)
    let liveness = system.properties.firstIndex { $0.kind == .liveness }
    if reduction == .none {
      stubbornSets = nil
      reductionRefusal = nil
    } else if let liveness {
      stubbornSets = nil
      reductionRefusal = .liveness(property: liveness)
    } else {
      let sets = StubbornSets(system, instances: instances, startStates: states)
      stubbornSets = sets.refusal == nil ? sets : nil
      reductionRefusal = sets.refusal.map { .stubbornSets($0) }
    }
  }

  /// The rules as C; nil where frames are too large for a C stack.
  public var nativeSource: String? {
    CEmitter.source(of: system, layout: layout, alike: alikeElements)
  }

  /// Scalarsets of which elements that are alike are tried once. Stubborn sets are chosen among all
  /// instances.
  var alikeElements: AlikeElements {
    if stubbornSets != nil { return AlikeElements() }
    let canonicalizer = Canonicalizer(symmetry, layout: layout)
    return AlikeElements(offsets: canonicalizer.alikeOffsets, count: canonicalizer.alikeCount)
  }

  /// The start states that can be evaluated; what goes wrong in the others the search will find.
  private static func startStates(
    of system: TransitionSystem, _ instances: [RuleInstance]
  ) -> [[Int64]] {
    let interpreter = Interpreter(system: system)
    return instances.compactMap { instance in
      let rule = system.startStates[instance.rule]
      interpreter.reset()
      guard (try? interpreter.guardHolds(rule, instance.bindings)) == true,
        (try? interpreter.fire(rule)) != nil
      else { return nil }
      return Array(UnsafeBufferPointer(start: interpreter.slots, count: system.slotCount))
    }
  }
}
