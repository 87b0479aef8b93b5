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
      // In two's complement.
      return try arithmetic(.subtract, .constant(-1), try evaluate(operand))
    case .compare(let comparison, let left, let right):
      return SymbolicValue(try compare(comparison, left, right))
    case .aggregatesEqual(let left, let right):
      let first = try contents(of: left)
      let second = try contents(of: right)
      return SymbolicValue(areEqual(first, second, of: try type(of: left)))
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
      let isFirst = try evaluate(condition).isTrue
      if case .known(let value) = isFirst { return try evaluate(value ? then : otherwise) }
      let first = try under(isFirst) { evaluator throws(NotSymbolic) in
        try evaluator.evaluate(then)
      }
      let second = try under(!isFirst) { evaluator throws(NotSymbolic) in
        try evaluator.evaluate(otherwise)
      }
      return .choice(isFirst, first, second)
    case .quantified(let quantifier, let loop, let body):
      return SymbolicValue(try quantified(quantifier, loop, body))
    case .call(let function, let arguments):
      guard let slot = try call(function, arguments).first else { throw .unsupported }
      fail(if: !slot.isDefined)
      return slot.value
    case .isOccupied(let place, let position):
      return SymbolicValue(try isOccupied(place, try evaluate(position)))
    case .multisetCount(let place, let slot, let predicate):
      return try count(in: place, slot, where: predicate)
    case .handedOn, .symbolic: throw .unsupported
    }
  }

  /// What is false where the condition rules it out, and is not looked at there.
  private mutating func truth(
    of expression: Expression, if condition: Truth
  ) throws(NotSymbolic) -> Truth {
    if isNowhere(condition) { return .known(false) }
    return try under(condition) { evaluator throws(NotSymbolic) in
      try evaluator.evaluate(expression).isTrue
    }
  }

  // MARK: - What may be undefined

  /// The value of an expression that is handed on, which may be undefined.
  mutating func content(of expression: Expression) throws(NotSymbolic) -> SymbolicSlot {
    switch expression.kind {
    case .handedOn(let operand, let distance):
      var content = try contentOrUndefined(of: operand)
      content.value = sum(content.value, .constant(distance))
      return content
    case .conditional(let condition, let then, let otherwise):
      return try choice(condition, then, otherwise) { evaluator, part throws(NotSymbolic) in
        try evaluator.content(of: part)
      }
    default: return SymbolicSlot(try evaluate(expression))
    }
  }

  private mutating func contentOrUndefined(
    of expression: Expression
  ) throws(NotSymbolic) -> SymbolicSlot {
    switch expression.kind {
    case .load(let place): return try read(try addresses(of: place))
    case .call(let function, let arguments):
      return try call(function, arguments).first ?? .undefined
    case .conditional(let condition, let then, let otherwise):
      return try choice(condition, then, otherwise) { evaluator, part throws(NotSymbolic) in
        try evaluator.contentOrUndefined(of: part)
      }
    default: return try content(of: expression)
    }
  }

  private mutating func choice(
    _ condition: Expression, _ then: Expression, _ otherwise: Expression,
    _ content: (inout Self, Expression) throws(NotSymbolic) -> SymbolicSlot
  ) throws(NotSymbolic) -> SymbolicSlot {
    let isFirst = try evaluate(condition).isTrue
    if case .known(let value) = isFirst { return try content(&self, value ? then : otherwise) }
    let first = try under(isFirst) { evaluator throws(NotSymbolic) in
      try content(&evaluator, then)
    }
    let second = try under(!isFirst) { evaluator throws(NotSymbolic) in
      try content(&evaluator, otherwise)
    }
    return .choice(isFirst, first, second)
  }

  // MARK: - Comparisons

  /// `forall` stops at the first false value, `exists` at the first true one.
  private mutating func quantified(
    _ quantifier: Expression.Quantifier, _ loop: Loop, _ body: Expression
  ) throws(NotSymbolic) -> Truth {
    var goesOn = Truth.known(true)
    for (value, when) in try values(of: loop) {
      if isNowhere(goesOn) { break }
      memory[frameBase + loop.frameSlot] = SymbolicSlot(.constant(value))
      let isTrue = try truth(of: body, if: goesOn & when)
      goesOn = goesOn & (!when | (quantifier == .forall ? isTrue : !isTrue))
    }
    return quantifier == .forall ? goesOn : !goesOn
  }

  /// Whether two aggregates are the same, for the elements that are there.
  private func areEqual(
    _ first: [SymbolicSlot], _ second: [SymbolicSlot], of type: ValueType
  ) -> Truth {
    var areEqual = Truth.known(true)
    for (isThere, (one, other)) in zip(sizes.presence(ofSlotsOf: type), zip(first, second)) {
      areEqual = areEqual & (!isThere | areSame(one, other))
    }
    return areEqual
  }

  private mutating func compare(
    _ comparison: Expression.ComparisonOperator, _ left: Expression, _ right: Expression
  ) throws(NotSymbolic) -> Truth {
    let first = try content(of: left)
    let second = try content(of: right)
    if case (.known(true), .known(true)) = (first.isDefined, second.isDefined) {
      return compare(comparison, first.value, second.value)
    }
    switch comparison {
    case .equal: return areSame(first, second)
    case .notEqual: return !areSame(first, second)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: throw .unsupported
    }
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
    let (one, other) = (left.range, right.range)
    if one.upperBound < other.lowerBound || one.lowerBound > other.upperBound {
      return .known(comparison.holds(one.lowerBound, other.lowerBound))
    }
    let (first, second) = (left.asNumber, right.asNumber)
    return switch comparison {
    case .equal: .term(first.equals(second))
    case .notEqual: .term(first.differs(from: second))
    case .less: one.lowerBound >= other.upperBound ? .known(false) : .term(first < second)
    case .lessOrEqual:
      one.upperBound <= other.lowerBound ? .known(true) : .term(first <= second)
    case .greater: one.upperBound <= other.lowerBound ? .known(false) : .term(first > second)
    case .greaterOrEqual:
      one.lowerBound >= other.upperBound ? .known(true) : .term(first >= second)
    }
  }
}
