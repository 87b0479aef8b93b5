import SAT
import SMT
import Testing

/// Circuits against plain arithmetic: the wires of a term have the bits of its value.
@Suite struct TermCircuitTests {
  @Test func randomTermsAgree() throws {
    var terms = RandomTerm(seed: 11)
    var count = 0
    for _ in 0..<150 {
      let formula = terms.formula(depth: 4)
      var lowered = TermCircuit()
      var wires: [String: [Wire]] = [:]
      for name in RandomTerm.integers { wires[name] = lowered.declare(name, within: -6...5) }
      for name in RandomTerm.bools { wires[name] = [lowered.declare(name)] }
      let root = try lowered.wire(formula)
      var solver = ClauseSolver()
      var clauses = CircuitClauses()
      let literal = clauses.literal(root, lowered.circuit, &solver)
      for _ in 0..<10 {
        var values: [String: Value] = [:]
        var assumed: [Literal] = []
        for (name, bits) in wires {
          let isNumber = RandomTerm.integers.contains(name)
          let value = Int.random(in: isNumber ? -6...5 : 0...1, using: &terms.random)
          values[name] = isNumber ? .integer(IntegerValue(value)) : .bool(value == 1)
          for (position, wire) in bits.enumerated() {
            let bit = clauses.literal(wire, lowered.circuit, &solver)
            assumed.append(value >> position & 1 == 1 ? bit : !bit)
          }
        }
        let expected = try Model(values: values).value(of: formula)
        let answer = solver.solve(assuming: assumed)
        #expect(answer == .satisfiable)
        let found = solver.isTrue(literal)
        #expect(found == expected)
        count += 1
      }
    }
    #expect(count == 1_500)
  }
}
