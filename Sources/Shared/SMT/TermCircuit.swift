package import SAT

/// Terms as a circuit: truth values are wires, and integers, whose unknowns have bounds, are as many
/// bits as what they may come to needs. The arithmetic is exact; nothing wraps around.
package struct TermCircuit {
  package private(set) var circuit = Circuit()
  private var unknownBits: [String: Bits] = [:]
  private var unknownWires: [String: Wire] = [:]
  private var bools: [ObjectIdentifier: Wire] = [:]
  private var numbers: [ObjectIdentifier: Bits] = [:]
  /// Terms whose wires are known, so that no other gets their identity.
  private var kept: [TermNode] = []

  package init() {}

  /// Gives an unknown truth value a wire.
  package mutating func declare(_ name: String) -> Wire {
    let wire = circuit.input()
    unknownWires[name] = wire
    return wire
  }

  /// Gives an unknown truth value a wire that there is.
  package mutating func declare(_ name: String, as wire: Wire) { unknownWires[name] = wire }

  /// Gives an unknown integer wires: in two's complement, the least bit first, and without a sign where
  /// it is not negative. They may say more values than the bounds allow.
  package mutating func declare(_ name: String, within bounds: ClosedRange<Int64>) -> [Wire] {
    let bits = Bits.width(of: Int128(bounds.lowerBound)...Int128(bounds.upperBound))
    let wires = (0..<bits).map { _ in circuit.input() }
    let isSigned = bounds.lowerBound < 0
    let greatest = Int128(1) << Int128(isSigned ? bits - 1 : bits)
    unknownBits[name] = Bits(
      wires: wires + (isSigned ? [] : [.falsehood]),
      range: (isSigned ? -greatest : 0)...(greatest - 1))
    return wires
  }

  /// What is there is changed by nobody but this.
  package mutating func input() -> Wire { circuit.input() }

  package mutating func and(_ first: Wire, _ second: Wire) -> Wire { circuit.and(first, second) }

  package mutating func all(_ wires: [Wire]) -> Wire { circuit.all(wires) }

  package mutating func any(_ wires: [Wire]) -> Wire { circuit.any(wires) }

  package mutating func choice(_ condition: Wire, _ then: Wire, _ otherwise: Wire) -> Wire {
    circuit.choice(condition, then, otherwise)
  }

  /// The wire of a formula.
  ///
  /// - Throws: `SMTError.valueTooLarge`, where a number on the way takes more than 120 bits;
  ///   `.unusableName` for an unknown that was not declared.
  package mutating func wire(_ term: BoolTerm) throws(SMTError) -> Wire {
    try lower(term.node)
    return bools[ObjectIdentifier(term.node)] ?? .falsehood
  }

  /// So many of the lowest wires of a number, in two's complement.
  ///
  /// - Throws: As for formulas.
  package mutating func wires(_ term: IntTerm, count: Int) throws(SMTError) -> [Wire] {
    try lower(term.node)
    let bits = numbers[ObjectIdentifier(term.node)] ?? .zero
    return (0..<count).map { bits[$0] }
  }

  private mutating func lower(_ root: TermNode) throws(SMTError) {
    var waiting = [(node: root, isExpanded: false)]
    while let (node, isExpanded) = waiting.popLast() {
      let key = ObjectIdentifier(node)
      if bools[key] != nil || numbers[key] != nil { continue }
      if isExpanded || node.operands.isEmpty {
        try lowerNode(node)
        kept.append(node)
      } else {
        waiting.append((node, true))
        for operand in node.operands { waiting.append((operand, false)) }
      }
    }
  }

  private func bool(_ node: TermNode) -> Wire { bools[ObjectIdentifier(node)] ?? .falsehood }

  private func number(_ node: TermNode) -> Bits { numbers[ObjectIdentifier(node)] ?? .zero }

  private mutating func lowerNode(_ node: TermNode) throws(SMTError) {
    let key = ObjectIdentifier(node)
    let operands = node.operands
    switch node.operation {
    case .bool(let value): bools[key] = Wire(value)
    case .integer(let value): numbers[key] = try Bits(Self.fitting(value))
    case .unknown(let name, .bool):
      guard let wire = unknownWires[name] else { throw .unusableName(name) }
      bools[key] = wire
    case .unknown(let name, .integer):
      guard let bits = unknownBits[name] else { throw .unusableName(name) }
      numbers[key] = bits
    case .not: bools[key] = !bool(operands[0])
    case .and: bools[key] = circuit.all(operands.map(bool))
    case .or: bools[key] = circuit.any(operands.map(bool))
    case .implies: bools[key] = circuit.or(!bool(operands[0]), bool(operands[1]))
    case .equal:
      bools[key] =
        operands[0].sort == .bool
        ? circuit.equal(bool(operands[0]), bool(operands[1]))
        : circuit.equal(number(operands[0]), number(operands[1]))
    case .ifThenElse where node.sort == .bool:
      bools[key] = circuit.choice(bool(operands[0]), bool(operands[1]), bool(operands[2]))
    case .ifThenElse:
      numbers[key] = circuit.choice(bool(operands[0]), number(operands[1]), number(operands[2]))
    case .less: bools[key] = circuit.less(number(operands[0]), number(operands[1]))
    case .lessOrEqual: bools[key] = !circuit.less(number(operands[1]), number(operands[0]))
    case .add:
      var sum = Bits.zero
      for operand in operands { sum = try circuit.sum(sum, number(operand)) }
      numbers[key] = sum
    case .negate: numbers[key] = try circuit.negated(number(operands[0]))
    case .multiply:
      numbers[key] = try circuit.product(try factor(operands[0]), number(operands[1]))
    case .divide:
      numbers[key] = try circuit.quotient(number(operands[0]), try factor(operands[1])).quotient
    case .modulo:
      numbers[key] = try circuit.quotient(number(operands[0]), try factor(operands[1])).rest
    }
  }

  private func factor(_ node: TermNode) throws(SMTError) -> Int128 {
    guard case .integer(let value) = node.operation else { throw .valueTooLarge }
    return try Self.fitting(value)
  }

  private static func fitting(_ value: IntegerValue) throws(SMTError) -> Int128 {
    guard let number = value.int128 else { throw .valueTooLarge }
    return number
  }
}
