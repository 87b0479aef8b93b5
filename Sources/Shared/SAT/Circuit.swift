/// A wire of a circuit: an input or an and-gate, or its negation.
package struct Wire: Sendable, Hashable {
  /// Twice the node, and one more for its negation. Node 0 is false.
  let code: Int32

  package static let falsehood = Wire(code: 0)
  package static let truth = Wire(code: 1)

  package init(_ value: Bool) { code = value ? 1 : 0 }

  init(code: Int32) { self.code = code }

  /// Its value, where it is the same for all inputs by its form.
  package var constant: Bool? { code > 1 ? nil : code == 1 }

  package static prefix func ! (wire: Wire) -> Wire { Wire(code: wire.code ^ 1) }

  /// The input or gate.
  package var node: Int { Int(code >> 1) }
  package var isNegative: Bool { code & 1 == 1 }
}

/// And-gates and inverters over inputs (Kuehlmann, Krohm 1997): what is built alike is one wire, and
/// what follows from constants is no gate.
package struct Circuit: Sendable {
  /// For each node the codes of its operands; -1 for an input.
  private(set) var operands: [(left: Int32, right: Int32)] = [(-1, -1)]
  private var gates: [UInt64: Int32] = [:]

  package init() {}

  package var nodeCount: Int { operands.count }

  /// What a gate has to have both of; nil for an input, and for node 0, which is false.
  package func gate(_ node: Int) -> (Wire, Wire)? {
    let (left, right) = operands[node]
    return left < 0 ? nil : (Wire(code: left), Wire(code: right))
  }

  package mutating func input() -> Wire {
    operands.append((-1, -1))
    return Wire(code: Int32(operands.count - 1) << 1)
  }

  package mutating func and(_ first: Wire, _ second: Wire) -> Wire {
    let (left, right) =
      first.code < second.code ? (first.code, second.code) : (second.code, first.code)
    if left == 0 || left == right ^ 1 { return .falsehood }
    if left == 1 || left == right { return Wire(code: right) }
    let key = UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    if let node = gates[key] { return Wire(code: node << 1) }
    let node = Int32(operands.count)
    operands.append((left, right))
    gates[key] = node
    return Wire(code: node << 1)
  }

  package mutating func or(_ first: Wire, _ second: Wire) -> Wire { !and(!first, !second) }

  package mutating func choice(_ condition: Wire, _ then: Wire, _ otherwise: Wire) -> Wire {
    if then == otherwise { return then }
    if condition == .truth { return then }
    if condition == .falsehood { return otherwise }
    return !and(!and(condition, then), !and(!condition, otherwise))
  }

  package mutating func equal(_ first: Wire, _ second: Wire) -> Wire {
    choice(first, second, !second)
  }

  /// Balanced, so that a long list makes no deep circuit.
  package mutating func all(_ wires: [Wire]) -> Wire {
    var level = wires
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map { position in
        position + 1 < level.count ? and(level[position], level[position + 1]) : level[position]
      }
    }
    return level.first ?? .truth
  }

  package mutating func any(_ wires: [Wire]) -> Wire { !all(wires.map { !$0 }) }

  /// Wires of another circuit with what stands for its inputs.
  ///
  /// - Parameter known: For each node of the other circuit its wire here; what is found is noted.
  package mutating func copy(
    _ wires: [Wire], of other: Circuit, _ known: inout [Wire?]
  ) -> [Wire] {
    var waiting = wires.map(\.node)
    while let node = waiting.last {
      if known[node] != nil {
        waiting.removeLast()
        continue
      }
      let (left, right) = other.operands[node]
      precondition(left >= 0, "an input has to be known")
      let (first, second) = (Wire(code: left), Wire(code: right))
      guard let one = known[first.node], let two = known[second.node] else {
        if known[first.node] == nil { waiting.append(first.node) }
        if known[second.node] == nil { waiting.append(second.node) }
        continue
      }
      known[node] = and(first.isNegative ? !one : one, second.isNegative ? !two : two)
      waiting.removeLast()
    }
    return wires.map { wire in
      let found = known[wire.node] ?? .falsehood
      return wire.isNegative ? !found : found
    }
  }

  /// What copies begin with: that node 0 is false, and what stands for some inputs.
  package func knowing(_ inputs: [(Wire, Wire)]) -> [Wire?] {
    var known: [Wire?] = Array(repeating: nil, count: nodeCount)
    known[0] = .falsehood
    for (input, wire) in inputs { known[input.node] = input.isNegative ? !wire : wire }
    return known
  }
}
