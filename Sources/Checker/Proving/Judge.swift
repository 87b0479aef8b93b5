package import SAT
package import SMT

/// Another solver, which has to agree before anything is called proved: Z3, on the same circuits as
/// formulas.
package struct Judge: Sendable {
  private let limits: Limits
  private let interrupter: Interrupter
  /// Told what it is asked of a proof by induction.
  private let record: (@Sendable (InductionObligations) -> Void)?

  package init(
    _ limits: Limits, _ interrupter: Interrupter,
    record: (@Sendable (InductionObligations) -> Void)? = nil
  ) {
    (self.limits, self.interrupter, self.record) = (limits, interrupter, record)
  }

  /// Tells whoever wants to know what it is asked, or would be if nothing were found before.
  func note(
    _ questions: [InductionObligations.Question], _ circuit: Circuit, of finite: FiniteSystem
  ) {
    record?(InductionObligations(questions, circuit, of: finite))
  }

  /// Why it does not agree that of some questions each has the answer no; nil where it does.
  func refusal(
    ofAny questions: [InductionObligations.Question], _ circuit: Circuit
  ) -> String? {
    var circuit = circuit
    // All at once: what is the same in them is looked at once, too.
    var wires: [Wire] = []
    for question in questions { wires.append(circuit.all(question.wires)) }
    return refusal([circuit.any(wires)], circuit)
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
