import Analysis
import Evaluation
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
  /// - Parameter path: The state's path condition.
  mutating func check(with cases: EvaluationCases, from path: Int) throws(Undecided) {
    guard !pending.isEmpty else { return }
    for entry in pending where !held[entry.antecedent] {
      var holds = false
      try cases.forEach(from: path) { () throws(Undecided) in
        do throws(Interruption) {
          if try cases.interpreter.evaluate(entry.condition, entry.bindings) != 0 { holds = true }
        } catch {
          // What goes wrong in a left side goes wrong in the invariant too, and is reported there.
          if case .undecided(let reason) = error.cause { throw reason }
        }
      }
      if holds { held[entry.antecedent] = true }
    }
    pending.removeAll { held[$0.antecedent] }
  }
}
