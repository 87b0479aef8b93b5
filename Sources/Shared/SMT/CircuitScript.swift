import Diagnostics
package import SAT

/// That none of some wires of a circuit can be true, as SMT-LIB 2.6: inputs are unknown truth values,
/// and gates are definitions, each once, so that the text is as long as the circuit.
package struct CircuitScript {
  /// What must not be so.
  package struct Case {
    let comment: String
    /// All of them together are the case.
    let wires: [Wire]

    package init(_ comment: String, _ wires: [Wire]) {
      (self.comment, self.wires) = (comment, wires)
    }
  }

  /// The script. Its answer has to be `unsat`.
  ///
  /// - Parameters:
  ///   - comment: Stands above all; may have several lines.
  ///   - inputs: What inputs are, by their nodes.
  package static func text(
    _ cases: [Case], of circuit: Circuit, comment: String, inputs: [Int: String]
  ) -> String {
    var text = Query.comment(comment)
    // Without arithmetic and quantifiers; there are no sorts and functions but truth values.
    text += "(set-info :smt-lib-version 2.6)\n(set-info :status unsat)\n(set-logic QF_UF)\n\n"
    let nodes = cone(of: cases.flatMap(\.wires), circuit)
    for node in nodes where node > 0 && circuit.gate(node) == nil {
      let declared = "(declare-const w\(node) Bool)"
      text += inputs[node].map { declared + " ; \(DisplayText($0))\n" } ?? declared + "\n"
    }
    for node in nodes {
      guard let (first, second) = circuit.gate(node) else { continue }
      text += "(define-fun w\(node) () Bool (and \(symbol(first)) \(symbol(second))))\n"
    }
    for (number, each) in cases.enumerated() {
      text += "\n" + Query.comment(each.comment)
      let all = each.wires.map(symbol)
      let term =
        all.isEmpty ? "true" : all.count == 1 ? all[0] : "(and \(all.joined(separator: " ")))"
      text += "(define-fun case\(number + 1) () Bool \(term))\n"
    }
    let names = cases.indices.map { "case\($0 + 1)" }
    let any =
      names.isEmpty ? "false" : names.count == 1 ? names[0] : "(or \(names.joined(separator: " ")))"
    return text + "\n(assert \(any))\n\n(check-sat)\n"
  }

  private static func symbol(_ wire: Wire) -> String {
    if let constant = wire.constant { return constant ? "true" : "false" }
    return wire.isNegative ? "(not w\(wire.node))" : "w\(wire.node)"
  }

  /// What wires depend on, operands first: a gate has a larger number than its operands.
  private static func cone(of wires: [Wire], _ circuit: Circuit) -> [Int] {
    var known: Set<Int> = []
    var waiting = wires.map(\.node)
    while let node = waiting.popLast() {
      guard known.insert(node).inserted, let (first, second) = circuit.gate(node) else { continue }
      waiting += [first.node, second.node]
    }
    return known.sorted()
  }
}
