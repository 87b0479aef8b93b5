import Analysis
import Evaluation
import PathConditions
import TransitionSystem

/// Watches for invariants that hold because their left side is never true.
///
/// Cheap: a left side is evaluated in new states until it has been true once.
struct VacuityCheck {
  /// Left sides that have not been true yet, with their numbers among the antecedents.
  private var pending: [(antecedent: Int, condition: Property, bindings: [Int64])] = []
  /// For each antecedent, whether it has been true.
  private(set) var held: [Bool]

  init(_ system: TransitionSystem) {
    let antecedents = Antecedents(system).properties
    held = Array(repeating: false, count: antecedents.count)
    pending = antecedents.indices.flatMap { number in
      let condition = antecedents[number].condition
      return TransitionSystem.bindings(of: condition.parameters).map { (number, condition, $0) }
    }
  }

  /// Takes over what has been true elsewhere.
  mutating func note(held others: [Bool]) {
    for antecedent in others.indices where others[antecedent] { held[antecedent] = true }
    pending.removeAll { held[$0.antecedent] }
  }

  /// Evaluates what is still pending in the state that the interpreter holds.
  ///
  /// - Parameter path: The state's path condition, if there are any.
  mutating func check(
    with interpreter: Interpreter, _ paths: PathConditions? = nil, from path: Int = 0
  ) {
    guard !pending.isEmpty else { return }
    for entry in pending where !held[entry.antecedent] {
      paths.forEachOutcome(from: path) {
        // What goes wrong in a left side goes wrong in the invariant too, and is reported there.
        if let value = try? interpreter.evaluate(entry.condition, entry.bindings), value != 0 {
          held[entry.antecedent] = true
        }
      }
    }
    pending.removeAll { held[$0.antecedent] }
  }
}
