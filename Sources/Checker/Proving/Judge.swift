package import SAT
package import SMT

/// Another solver, which has to agree before anything is called proved: Z3, on the same circuits as
/// formulas.
package struct Judge: Sendable {
  private let limits: Limits
  private let interrupter: Interrupter

  package init(_ limits: Limits, _ interrupter: Interrupter) {
    (self.limits, self.interrupter) = (limits, interrupter)
  }

  /// Why it does not agree that wires cannot all be true; nil where it does.
  package func refusal(_ wires: [Wire], _ circuit: Circuit) -> String? {
    var formulas = CircuitFormulas()
    do throws(SMTError) {
      let solver = try Solver(limits: limits, interrupter: interrupter)
      for wire in wires { try solver.assert(formulas.formula(wire, circuit)) }
      switch try solver.check() {
      case .unsatisfiable: return nil
      case .satisfiable: return "Z3 says that it does not follow"
      case .unknown(let reason): return "Z3, asked to confirm the proof: \(reason)"
      }
    } catch {
      return error.description
    }
  }
}
