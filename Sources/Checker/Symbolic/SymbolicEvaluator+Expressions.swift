import SMT
import TransitionSystem

extension SymbolicEvaluator {
  /// The value of an expression, where nothing goes wrong in it.
  mutating func evaluate(_ expression: Expression) throws(NotSymbolic) -> SymbolicValue {
    try countPart()
    switch expression.kind {
    case .literal(let value): return .constant(value)
    case .load(let place):
      let slot = try read(try addresses(of: place))
      fail(if: !slot.isDefined)
      return slot.value
    case .isUndefined(let place):
      return SymbolicValue(!(try read(try addresses(of: place))).isDefined)
    case .arithmetic(let operation, let left, let right):
      let first = try evaluate(left)
      return try arithmetic(operation, first, try evaluate(right))
    case .negate(let operand):
      return try arithmetic(.subtract, .constant(0), try evaluate(operand))
    case .bitNot(let operand):
      return try arithmetic(.bitXor, .constant(-1), try evaluate(operand))
    case .compare(let comparison, let left, let right):
      let first = try evaluate(left)
      return SymbolicValue(compare(comparison, first, try evaluate(right)))
    case .aggregatesEqual(.place(let left), .place(let right)):
      return SymbolicValue(try areEqual(left, right))
    case .not(let operand):
      return SymbolicValue(!(try evaluate(operand)).isTrue)
    case .and(let left, let right):
      let first = try evaluate(left).isTrue
      return SymbolicValue(first & (try truth(of: right, if: first)))
    case .or(let left, let right):
      let first = try evaluate(left).isTrue
      return SymbolicValue(first | (try truth(of: right, if: !first)))
    case .implies(let left, let right):
      let first = try evaluate(left).isTrue
      return SymbolicValue(!first | (try truth(of: right, if: first)))
    case .conditional(let condition, let then, let otherwise):
      return try choice(condition, then, otherwise)
    case .quantified(let quantifier, let loop, let body):
      return SymbolicValue(try quantified(quantifier, loop, body))
    case .call(let function, let arguments): return try call(function, arguments)
    case .aggregatesEqual, .handedOn, .isOccupied, .multisetCount, .symbolic: throw .unsupported
    }
  }

  /// What is false where the condition rules it out, and is not looked at there.
  private mutating func truth(
    of expression: Expression, if condition: Truth
  ) throws(NotSymbolic) -> Truth {
    if case .known(false) = condition { return .known(false) }
    return try under(condition) { evaluator throws(NotSymbolic) in
      try evaluator.evaluate(expression).isTrue
    }
  }

  private mutating func choice(
    _ condition: Expression, _ then: Expression, _ otherwise: Expression
  ) throws(NotSymbolic) -> SymbolicValue {
    let isFirst = try evaluate(condition).isTrue
    if case .known(let value) = isFirst { return try evaluate(value ? then : otherwise) }
    let first = try under(isFirst) { evaluator throws(NotSymbolic) in
      try evaluator.evaluate(then)
    }
    let second = try under(!isFirst) { evaluator throws(NotSymbolic) in
      try evaluator.evaluate(otherwise)
    }
    return .choice(isFirst, first, second)
  }

  /// `forall` stops at the first false value, `exists` at the first true one.
  private mutating func quantified(
    _ quantifier: Expression.Quantifier, _ loop: Loop, _ body: Expression
  ) throws(NotSymbolic) -> Truth {
    var goesOn = Truth.known(true)
    for value in try values(of: loop) {
      if case .known(false) = goesOn { break }
      memory[frameBase + loop.frameSlot] = SymbolicSlot(
        value: .constant(value), isDefined: .known(true))
      let isTrue = try truth(of: body, if: goesOn)
      goesOn = goesOn & (quantifier == .forall ? isTrue : !isTrue)
    }
    return quantifier == .forall ? goesOn : !goesOn
  }

  /// The values that a loop's variable takes; its ends have to be known.
  mutating func values(of loop: Loop) throws(NotSymbolic) -> [Int64] {
    switch loop.domain {
    case .values(let lower, let upper):
      guard lower <= upper else { return [] }
      guard upper.subtractingReportingOverflow(lower).partialValue < 1 << 16 else {
        throw .tooLarge
      }
      return Array(lower...upper)
    case .stepped: throw .unsupported
    }
  }

  private mutating func areEqual(_ left: Place, _ right: Place) throws(NotSymbolic) -> Truth {
    guard !left.type.hasMultiset, !right.type.hasMultiset else { throw .unsupported }
    let (first, second) = (try addresses(of: left), try addresses(of: right))
    var areEqual = Truth.known(true)
    for offset in 0..<left.slotCount {
      let (one, other) = (try read(first, offset: offset), try read(second, offset: offset))
      let sameValue = compare(.equal, one.value, other.value)
      areEqual =
        areEqual & .choice(one.isDefined, other.isDefined & sameValue, !other.isDefined)
    }
    return areEqual
  }

  func compare(
    _ comparison: Expression.ComparisonOperator, _ left: SymbolicValue, _ right: SymbolicValue
  ) -> Truth {
    switch (comparison, left, right) {
    case (_, .constant(let first), .constant(let second)):
      return .known(comparison.holds(first, second))
    case (.equal, .truth(let first), .truth(let second)): return .term(first.equals(second))
    case (.notEqual, .truth(let first), .truth(let second)):
      return .term(first.differs(from: second))
    case (.equal, .truth, .constant(0...1)), (.equal, .constant(0...1), .truth):
      return .choice(left.isTrue, right.isTrue, !right.isTrue)
    case (.notEqual, .truth, .constant(0...1)), (.notEqual, .constant(0...1), .truth):
      return .choice(left.isTrue, !right.isTrue, right.isTrue)
    default: break
    }
    let (first, second) = (left.asNumber, right.asNumber)
    return switch comparison {
    case .equal: .term(first.equals(second))
    case .notEqual: .term(first.differs(from: second))
    case .less: .term(first < second)
    case .lessOrEqual: .term(first <= second)
    case .greater: .term(first > second)
    case .greaterOrEqual: .term(first >= second)
    }
  }

  private mutating func arithmetic(
    _ operation: Expression.ArithmeticOperator, _ left: SymbolicValue, _ right: SymbolicValue
  ) throws(NotSymbolic) -> SymbolicValue {
    if case .constant(let first) = left, case .constant(let second) = right {
      switch operation.apply(first, second) {
      case .success(let value): return .constant(value)
      case .failure:
        fail(if: .known(true))
        return .constant(0)
      }
    }
    let term: IntTerm
    switch (operation, left, right) {
    case (.add, _, _): term = left.asNumber + right.asNumber
    case (.subtract, _, _): term = left.asNumber - right.asNumber
    case (.multiply, .constant(let factor), let other),
      (.multiply, let other, .constant(let factor)):
      term = IntegerValue(factor) * other.asNumber
    case (.divide, _, .constant(let divisor)) where divisor != 0:
      guard let divisor = Divisor(IntegerValue(divisor)) else { throw .unsupported }
      term = left.asNumber / divisor
    case (.modulo, _, .constant(let divisor)) where divisor != 0:
      guard let divisor = Divisor(IntegerValue(divisor)) else { throw .unsupported }
      term = left.asNumber % divisor
    default: throw .unsupported
    }
    // Numbers have 64 bits, and the least one is no number.
    fail(if: .term(!(IntTerm(Int64.min + 1) <= term && term <= IntTerm(Int64.max))))
    return .number(term)
  }
}

extension ValueType {
  fileprivate var hasMultiset: Bool {
    switch self {
    case .scalar: false
    case .array(_, let element): element.hasMultiset
    case .record(let fields): fields.contains { $0.type.hasMultiset }
    case .multiset: true
    }
  }
}
