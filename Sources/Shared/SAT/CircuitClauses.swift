/// The literals of a solver that stand for wires of a circuit: a variable for each gate that was asked
/// for, with the clauses that make it what the gate is (Tseitin 1968).
package struct CircuitClauses {
  /// By node.
  private var literals: [Literal?] = []

  package init() {}

  /// The literal of a wire; its gates are added to the solver where they are not there yet.
  package mutating func literal(
    _ wire: Wire, _ circuit: Circuit, _ solver: inout ClauseSolver
  ) -> Literal {
    if literals.count < circuit.nodeCount {
      literals += Array(repeating: nil, count: circuit.nodeCount - literals.count)
    }
    var waiting = [wire.node]
    while let node = waiting.last {
      if literals[node] != nil {
        waiting.removeLast()
        continue
      }
      let (left, right) = circuit.operands[node]
      if left < 0 {
        let literal = solver.addVariable()
        if node == 0 { solver.add([!literal]) }
        literals[node] = literal
        continue
      }
      let (first, second) = (Wire(code: left), Wire(code: right))
      guard let one = literals[first.node], let two = literals[second.node] else {
        if literals[first.node] == nil { waiting.append(first.node) }
        if literals[second.node] == nil { waiting.append(second.node) }
        continue
      }
      let (a, b) = (first.isNegative ? !one : one, second.isNegative ? !two : two)
      let gate = solver.addVariable()
      solver.add([!gate, a])
      solver.add([!gate, b])
      solver.add([gate, !a, !b])
      literals[node] = gate
    }
    guard let found = literals[wire.node] else { preconditionFailure("the loop gives it one") }
    return wire.isNegative ? !found : found
  }

  /// The literal of a wire that has one.
  package func known(_ wire: Wire) -> Literal? {
    guard wire.node < literals.count, let found = literals[wire.node] else { return nil }
    return wire.isNegative ? !found : found
  }
}
