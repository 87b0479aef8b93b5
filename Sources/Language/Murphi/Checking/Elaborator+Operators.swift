import Diagnostics
import TransitionSystem

extension Elaborator {
  mutating func elaborateUnary(
    _ operation: UnaryOperator, _ syntax: ExpressionSyntax, at span: SourceSpan
  ) -> Operand {
    switch operation {
    case .not:
      guard let operand = condition(syntax, of: "the operand of `!`") else { return .invalid }
      return .scalar(Expression(.not(operand), at: span), .boolean)
    case .negate:
      let value = elaborate(syntax)
      if let address = symbolicNegation(of: value, at: span) { return address }
      guard let operand = number(value, syntax, of: "the operand of `-`") else { return .invalid }
      if case .literal(let value) = operand.kind {
        return .scalar(Expression(.literal(-value), at: span), .number)
      }
      return .scalar(Expression(.negate(operand), at: span), .number)
    case .plus:
      let value = elaborate(syntax)
      if value.type == .scalar(.address) { return value }
      return number(value, syntax, of: "the operand of `+`").map { .scalar($0, .number) }
        ?? .invalid
    case .bitNot:
      guard let operand = number(elaborate(syntax), syntax, of: "the operand of `~`") else {
        return .invalid
      }
      return .scalar(Expression(.bitNot(operand), at: span), .number)
    }
  }

  mutating func elaborateBinary(
    _ operation: BinaryOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax,
    at span: SourceSpan
  ) -> Operand {
    switch operation {
    case .implies: return elaborateLogic(left, right, "->", at: span) { .implies($0, $1) }
    case .logicalOr: return elaborateLogic(left, right, "||", at: span) { .or($0, $1) }
    case .logicalAnd: return elaborateLogic(left, right, "&&", at: span) { .and($0, $1) }
    case .equal, .notEqual:
      return elaborateEquality(left, right, isEqual: operation == .equal, at: span)
    case .less: return elaborateOrder(.less, left, right, at: span)
    case .lessOrEqual: return elaborateOrder(.lessOrEqual, left, right, at: span)
    case .greater: return elaborateOrder(.greater, left, right, at: span)
    case .greaterOrEqual: return elaborateOrder(.greaterOrEqual, left, right, at: span)
    case .ampersand: return elaborateLogicOrBits(left, right, isAnd: true, at: span)
    case .pipe: return elaborateLogicOrBits(left, right, isAnd: false, at: span)
    case .bitXor: return elaborateArithmetic(.bitXor, left, right, at: span)
    case .shiftLeft: return elaborateArithmetic(.shiftLeft, left, right, at: span)
    case .shiftRight: return elaborateArithmetic(.shiftRight, left, right, at: span)
    case .add: return elaborateArithmetic(.add, left, right, at: span)
    case .subtract: return elaborateArithmetic(.subtract, left, right, at: span)
    case .multiply: return elaborateArithmetic(.multiply, left, right, at: span)
    case .divide: return elaborateArithmetic(.divide, left, right, at: span)
    case .modulo: return elaborateArithmetic(.modulo, left, right, at: span)
    }
  }

  /// The values of two operands that have to be of one kind; nil after a complaint, which is one
  /// even where both are wrong.
  private mutating func elaborateOperands(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax, of symbol: String, _ wanted: String,
    _ isRight: (ScalarType) -> Bool
  ) -> (Expression, Expression)? {
    elaborateOperandsWithTypes(left, right, of: symbol, wanted, isRight).map { ($0.0.0, $0.1.0) }
  }

  /// As `elaborateOperands`, with the types of the two.
  private mutating func elaborateOperandsWithTypes(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax, of symbol: String, _ wanted: String,
    _ isRight: (ScalarType) -> Bool
  ) -> ((Expression, ScalarType), (Expression, ScalarType))? {
    let leftOperand = elaborate(left)
    let rightOperand = elaborate(right)
    let first = scalarValue(of: leftOperand, at: left.span)
    let second = scalarValue(of: rightOperand, at: right.span)
    for (operand, syntax) in [(first, left), (second, right)] {
      guard let (_, type) = operand, !isRight(type) else { continue }
      report(
        .typeMismatch,
        "an operand of `\(symbol)` has to be \(wanted), and this is \(type.description)",
        at: syntax.span)
      return nil
    }
    guard let first, let second else { return nil }
    return (first, second)
  }

  private mutating func elaborateLogic(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax, _ symbol: String, at span: SourceSpan,
    _ make: (Expression, Expression) -> Expression.Kind
  ) -> Operand {
    guard
      let (first, second) = elaborateOperands(
        left, right, of: symbol, "boolean", { $0.isBoolean })
    else { return .invalid }
    return .scalar(Expression(make(first, second), at: span), .boolean)
  }

  private mutating func elaborateArithmetic(
    _ operation: Expression.ArithmeticOperator, _ left: ExpressionSyntax,
    _ right: ExpressionSyntax, at span: SourceSpan
  ) -> Operand {
    guard
      let (first, second) = elaborateOperandsWithTypes(
        left, right, of: operation.rawValue, "a number", { $0.isNumber || $0.isAddress })
    else { return .invalid }
    if first.1.isAddress || second.1.isAddress {
      return elaborateSymbolicArithmetic(operation, first, second, at: span)
    }
    return .scalar(Expression(.arithmetic(operation, first.0, second.0), at: span), .number)
  }

  /// `&` and `|` are logic on booleans and bitwise on numbers.
  private mutating func elaborateLogicOrBits(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax, isAnd: Bool, at span: SourceSpan
  ) -> Operand {
    let leftOperand = elaborate(left)
    let rightOperand = elaborate(right)
    let first = scalarValue(of: leftOperand, at: left.span)
    let second = scalarValue(of: rightOperand, at: right.span)
    guard let (firstValue, firstType) = first, let (secondValue, secondType) = second else {
      return .invalid
    }
    if firstType.isBoolean, secondType.isBoolean {
      let kind: Expression.Kind =
        isAnd ? .and(firstValue, secondValue) : .or(firstValue, secondValue)
      return .scalar(Expression(kind, at: span), .boolean)
    }
    if firstType.isNumber, secondType.isNumber {
      let kind = Expression.Kind.arithmetic(isAnd ? .bitAnd : .bitOr, firstValue, secondValue)
      return .scalar(Expression(kind, at: span), .number)
    }
    report(
      .typeMismatch,
      "`\(isAnd ? "&" : "|")` needs two booleans or two numbers, and these are "
        + "\(firstType.description) and \(secondType.description)", at: span)
    return .invalid
  }

  private mutating func elaborateOrder(
    _ comparison: Expression.ComparisonOperator, _ left: ExpressionSyntax,
    _ right: ExpressionSyntax, at span: SourceSpan
  ) -> Operand {
    guard
      let (first, second) = elaborateOperandsWithTypes(
        left, right, of: comparison.rawValue, "a number", { $0.isNumber || $0.isAddress }),
      let (one, other) = unify(first.0, first.1, second.0, second.1)
    else { return .invalid }
    return .scalar(
      self.comparison(comparison, one, other, first.1, second.1, at: span), .boolean)
  }

  private mutating func elaborateEquality(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax, isEqual: Bool, at span: SourceSpan
  ) -> Operand {
    let leftOperand = elaborate(left)
    let rightOperand = elaborate(right)
    guard let leftType = leftOperand.type, let rightType = rightOperand.type else {
      if case .undefined = leftOperand { _ = scalarValue(of: leftOperand, at: left.span) }
      if case .undefined = rightOperand { _ = scalarValue(of: rightOperand, at: right.span) }
      return .invalid
    }
    if leftType.asScalar == nil, rightType.asScalar == nil,
      let first = aggregateValue(of: leftOperand), let second = aggregateValue(of: rightOperand),
      leftType.hasSameStructure(as: rightType, in: dialect)
    {
      mixes.note(leftType, rightType, at: span)
      let equal = Expression(.aggregatesEqual(first, second), at: span)
      return .scalar(isEqual ? equal : Expression(.not(equal), at: span), .boolean)
    }
    if leftType.asScalar != nil, rightType.asScalar != nil,
      let (first, firstType) = scalarValue(of: leftOperand, at: left.span),
      let (second, secondType) = scalarValue(of: rightOperand, at: right.span),
      let (one, other) = unifyForEquality(first, firstType, second, secondType)
    {
      return .scalar(
        comparison(isEqual ? .equal : .notEqual, one, other, firstType, secondType, at: span),
        .boolean)
    }
    report(
      .typeMismatch,
      "\(leftType.description) cannot be compared with \(rightType.description)", at: span)
    return .invalid
  }
}
