package import SAT

/// Circuits as formulas: an unknown for each input.
package struct CircuitFormulas {
  private var formulas: [BoolTerm?] = []

  package init() {}

  /// The formula of a wire. All wires are of the same circuit, which may grow.
  package mutating func formula(_ wire: Wire, _ circuit: Circuit) -> BoolTerm {
    if formulas.count < circuit.nodeCount {
      formulas += Array(repeating: nil, count: circuit.nodeCount - formulas.count)
    }
    var waiting = [wire.node]
    while let node = waiting.last {
      if formulas[node] != nil {
        waiting.removeLast()
        continue
      }
      guard let (first, second) = circuit.gate(node) else {
        formulas[node] = node == 0 ? false : BoolTerm(unknown: "w\(node)")
        continue
      }
      guard let one = formulas[first.node], let two = formulas[second.node] else {
        for operand in [first, second] where formulas[operand.node] == nil {
          waiting.append(operand.node)
        }
        continue
      }
      formulas[node] = (first.isNegative ? !one : one) && (second.isNegative ? !two : two)
    }
    let found = formulas[wire.node] ?? false
    return wire.isNegative ? !found : found
  }
}
