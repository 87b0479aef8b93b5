import Evaluation
import TransitionSystem

/// Watches for invariants that hold because their left side is never true.
///
/// Cheap: a left side is evaluated in new states until it has been true once.
struct VacuityCheck {
  /// Left sides that have not been true yet, with the invariant that each belongs to.
  private var pending: [(invariant: Int, condition: Property, bindings: [Int64])] = []
  private var isTrue: Set<Int> = []
  private let invariants: [Int]
  private let interpreter: Interpreter

  init(_ system: TransitionSystem) {
    let antecedents = Antecedents(system).properties
    interpreter = Interpreter(system: system)
    invariants = antecedents.map(\.invariant)
    pending = antecedents.flatMap { invariant, condition in
      TransitionSystem.bindings(of: condition.parameters).map { (invariant, condition, $0) }
    }
  }

  /// Evaluates what is still pending in a new state.
  mutating func check(_ state: UnsafePointer<UInt64>, _ layout: StateLayout) {
    guard !pending.isEmpty else { return }
    layout.decode(state, into: interpreter.slots)
    for entry in pending where !isTrue.contains(entry.invariant) {
      // What goes wrong in a left side goes wrong in the invariant too, and is reported there.
      if let value = try? interpreter.evaluate(entry.condition, entry.bindings), value != 0 {
        isTrue.insert(entry.invariant)
      }
    }
    pending.removeAll { isTrue.contains($0.invariant) }
  }

  /// Invariants, by number of property, whose left side was never true.
  var neverTrue: [Int] { invariants.filter { !isTrue.contains($0) } }
}
