import Analysis
package import Diagnostics
package import TransitionSystem

/// Partial-order reduction by stubborn sets: which of the enabled rule instances of a state are
/// enough to explore.
///
/// A set T of instances, some of them enabled in a state s, is *stubborn* if for all sequences of
/// instances that are not in T:
///
/// - **D1**: what is reached by such a sequence and then an instance of T is reached by that
///   instance and then the sequence.
/// - **D2**: an enabled instance of T stays enabled after such a sequence.
///
/// Firing the enabled instances of T alone, in each state, preserves that a deadlock is reachable,
/// and here also what the properties ask for, under two further rules.
///
/// - **Goals**: a condition whose reachability matters (that an invariant fails, a cover is hit, a
///   liveness condition holds, a measure has a value), and that does not hold in s, is either not
///   made false by any enabled instance of T, or T has an instance of every sequence from s that
///   makes it true.
/// - **The proviso**: a proper subset of the enabled instances of a state of depth d leads to a
///   state of depth d + 1. The search has to be breadth-first, level by level, and to say which
///   successors are not found yet or of depth d + 1.
///
/// With both, a reduced search has the verdict of the full one for invariants, assertions, errors,
/// covers (also those in bodies), deadlock of both kinds, and liveness (AG EF); the ranges of
/// measures, and which rules can be fired, are the same as well. A counterexample need not be a
/// shortest one. `docs/internals/partial-order.md` has the proofs.
///
/// D1 and D2 come from what instances read and write: an enabled instance of T takes in all that do
/// not accord with it, a disabled one all that could make one false part of its guard true, found
/// in the current state. Methods: A. Valmari, "Stubborn sets for reduced state space generation"
/// (1989) and "Stop it, and be stubborn!" (2015); P. Godefroid, "Partial-order methods for the
/// verification of concurrent systems" (1996); A. Laarman, E. Pater, J. van de Pol, H. Hansen,
/// "Guard-based partial-order reduction" (2014); L. Kristensen, K. Schmidt, A. Valmari,
/// "Question-guided stubborn set methods for state properties" (2006) for the second way to keep a
/// goal. The proviso: D. Bošnački, S. Leue, A. Lluch Lafuente, "Partial-order reduction for general
/// state exploring algorithms" (2006). With symmetry: E. A. Emerson, S. Jha, D. Peled, "Combining
/// partial order and symmetry reductions" (1997).
///
/// Complexity: building takes time and memory in proportion to the square of the number of
/// instances; `refusal` says where that is too much.
package struct StubbornSets: Sendable {
  /// Why the reduction cannot be used; nil where it can.
  package let refusal: StubbornSetRefusal?
  private let tables: DependenceTables?

  /// Instances of rules at most: a table of one bit for each pair is then 8 MiB.
  package static let maximumInstanceCount = 8_192
  /// Bytes of all tables at most.
  package static let maximumByteCount = 256 << 20

  /// Computes what depends on what.
  ///
  /// - Parameters:
  ///   - instances: All rule instances; they are then known by their positions.
  ///   - startStates: All start states that can be evaluated, each one value for each slot. They
  ///     say what is never undefined.
  package init(
    _ system: TransitionSystem, instances all: some Collection<RuleInstance>,
    startStates: [[Int64]], stop: StopCondition = .init()
  ) {
    guard all.count <= Self.maximumInstanceCount else {
      self.init(
        .tooManyInstances(count: all.count, limit: Self.maximumInstanceCount))
      return
    }
    if system.hasPriorities {
      self.init(.rulesHavePriorities)
      return
    }
    let instances = Array(all)
    var stages: [(guardExpression: Footprint, action: Footprint)] = []
    for instance in instances where !stop.isDue() {
      stages.append(
        Footprint.stages(of: system.rules[instance.rule], bindings: instance.bindings, in: system))
    }
    guard stages.count == instances.count else {
      // Nothing is searched then, and it is all the same what the tables say.
      self.init(.tooManyBytes(limit: Self.maximumByteCount))
      return
    }
    let footprints = stages.map { $0.guardExpression.union($0.action) }
    let knowledge = SlotKnowledge(system, footprints: footprints, startStates: startStates)
    var specializer = Specializer(system, knowledge)
    let profiles = instances.indices.map {
      InstanceProfile(instances[$0], stages[$0], footprints[$0], system, &specializer)
    }
    var table = PredicateTable()
    let goals = Goals(system, instances, &specializer, &table)
    if let refusal = goals.refusal {
      self.init(refusal.reason, at: refusal.span)
      return
    }
    let rowByteCount = (instances.count + 63) / 64 * 8
    let rowCount = 3 * (table.nodes.count + profiles.reduce(0) { $0 + $1.conjuncts.count })
    guard
      (rowCount + 2 * (instances.count + system.slotCount)) * rowByteCount
        <= Self.maximumByteCount
    else {
      self.init(.tooManyBytes(limit: Self.maximumByteCount))
      return
    }
    self.init(
      DependenceTables(
        profiles, footprints, slotCount: system.slotCount, table: table, goals: goals,
        knowledge: knowledge))
  }

  private init(_ tables: DependenceTables) {
    refusal = nil
    self.tables = tables
  }

  private init(_ reason: StubbornSetRefusal.Reason, at span: SourceSpan? = nil) {
    refusal = StubbornSetRefusal(reason: reason, span: span)
    tables = nil
  }

  /// Something to choose sets with, for one thread; nil where there is a refusal.
  package func makeSelector() -> StubbornSetSelector? { tables.map(StubbornSetSelector.init) }
}
