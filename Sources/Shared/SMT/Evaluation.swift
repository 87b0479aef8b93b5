/// The values of all nodes of one term under a model, without Z3.
struct Evaluation {
  private var integers: [ObjectIdentifier: Int128] = [:]
  private var bools: [ObjectIdentifier: Bool] = [:]

  /// - Throws: `SMTError.valueTooLarge`, `.nameOfTwoSorts`.
  init(_ model: Model, _ root: TermNode) throws(SMTError) {
    for node in root.postorder {
      let key = ObjectIdentifier(node)
      let operands = node.operands
      switch node.operation {
      case .bool(let value): bools[key] = value
      case .integer(let value): integers[key] = try Self.fitting(value)
      case .unknown(let name, let sort):
        switch (model.values[name], sort) {
        case (.bool(let value), .bool): bools[key] = value
        case (.integer(let value), .integer): integers[key] = try Self.fitting(value)
        case (nil, .bool): bools[key] = false
        case (nil, .integer): integers[key] = 0
        default: throw .nameOfTwoSorts(name)
        }
      case .not: bools[key] = !bool(operands[0])
      case .and: bools[key] = operands.allSatisfy { bool($0) }
      case .or: bools[key] = operands.contains { bool($0) }
      case .implies: bools[key] = !bool(operands[0]) || bool(operands[1])
      case .equal:
        bools[key] =
          operands[0].sort == .integer
          ? integer(operands[0]) == integer(operands[1])
          : bool(operands[0]) == bool(operands[1])
      case .ifThenElse:
        let chosen = bool(operands[0]) ? operands[1] : operands[2]
        bools[key] = bools[ObjectIdentifier(chosen)]
        integers[key] = integers[ObjectIdentifier(chosen)]
      case .less: bools[key] = integer(operands[0]) < integer(operands[1])
      case .lessOrEqual: bools[key] = integer(operands[0]) <= integer(operands[1])
      case .add:
        var sum: Int128 = 0
        for operand in operands {
          sum = try Self.fitting(sum.addingReportingOverflow(integer(operand)))
        }
        integers[key] = sum
      case .negate:
        integers[key] = try Self.fitting(
          (0 as Int128).subtractingReportingOverflow(integer(operands[0])))
      case .multiply:
        integers[key] = try Self.fitting(
          integer(operands[0]).multipliedReportingOverflow(by: integer(operands[1])))
      case .divide: integers[key] = Self.euclidean(integer(operands[0]), integer(operands[1])).0
      case .modulo: integers[key] = Self.euclidean(integer(operands[0]), integer(operands[1])).1
      }
    }
  }

  func integer(_ node: TermNode) -> Int128 {
    guard let value = integers[ObjectIdentifier(node)] else {
      preconditionFailure("a node's operands come before it, and have the sort that it needs")
    }
    return value
  }

  func bool(_ node: TermNode) -> Bool {
    guard let value = bools[ObjectIdentifier(node)] else {
      preconditionFailure("a node's operands come before it, and have the sort that it needs")
    }
    return value
  }

  /// The divisor is positive.
  private static func euclidean(_ value: Int128, _ divisor: Int128) -> (Int128, Int128) {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }

  private static func fitting(_ value: IntegerValue) throws(SMTError) -> Int128 {
    guard let fits = value.int128 else { throw .valueTooLarge }
    return fits
  }

  private static func fitting(
    _ result: (partialValue: Int128, overflow: Bool)
  ) throws(SMTError) -> Int128 {
    guard !result.overflow else { throw .valueTooLarge }
    return result.partialValue
  }
}
