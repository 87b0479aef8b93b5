import Diagnostics
import TransitionSystem

extension Elaborator {
  mutating func elaborate(_ syntax: ExpressionSyntax) -> Operand {
    if isStopped() { return .invalid }
    let span = syntax.span
    switch syntax.kind {
    case .number(let value):
      return .scalar(Expression(.literal(value), at: span), .number)
    case .name(let name):
      return elaborateName(name, at: span)
    case .undefined:
      return .undefined
    case .field(let record, let field):
      return elaborateField(of: record, field, at: span)
    case .element(let array, let index):
      return elaborateElement(of: array, index: index, at: span)
    case .call(let name, let arguments):
      return elaborateCall(name, arguments, at: span)
    case .unary(let operation, let operand):
      return elaborateUnary(operation, operand, at: span)
    case .binary(let operation, let left, let right):
      return elaborateBinary(operation, left, right, at: span)
    case .conditional(let condition, let then, let otherwise):
      return elaborateConditional(condition, then, otherwise, at: span)
    case .quantified(let quantification, let quantifiers, let body):
      return elaborateQuantified(quantification, quantifiers[...], body, at: span)
    case .isUndefined(let operand):
      return elaborateIsUndefined(operand, at: span)
    case .isMember(let operand, let type):
      return elaborateIsMember(operand, type, at: span)
    case .multisetCount(let name, let multiset, let predicate):
      return elaborateMultisetCount(name, multiset, predicate, at: span)
    case .invalid:
      return .invalid
    }
  }

  // MARK: - Values of operands

  /// The value of an operand that has to be scalar; nil after a complaint.
  mutating func scalarValue(
    of operand: Operand, at span: SourceSpan
  ) -> (Expression, ScalarType)? {
    switch operand {
    case .scalar(let expression, let type):
      return (expression, type)
    case .place(let place, _):
      if let type = place.type.asScalar {
        return (loaded(place), type)
      }
      report(
        .wrongOperandType, "a single value is needed here, and this is \(place.type.description)",
        at: span)
      return nil
    case .aggregate, .symbolicArray:
      report(
        .wrongOperandType,
        "a single value is needed here, and this is \(operand.type?.description ?? "none")",
        at: span)
      return nil
    case .undefined:
      report(
        .wrongOperandType, "`undefined` can only be assigned or handed to a parameter", at: span)
      return nil
    case .invalid:
      return nil
    }
  }

  /// Elaborates an expression that has to be boolean. After a complaint it is `true`.
  mutating func elaborateCondition(_ syntax: ExpressionSyntax, of use: String) -> Expression {
    condition(syntax, of: use) ?? Expression(.literal(1), at: syntax.span)
  }

  /// Elaborates an expression that has to be boolean; nil after a complaint.
  private mutating func condition(_ syntax: ExpressionSyntax, of use: String) -> Expression? {
    let operand = elaborate(syntax)
    guard let (value, type) = scalarValue(of: operand, at: syntax.span) else { return nil }
    guard type.isBoolean else {
      report(
        .typeMismatch, "\(use) has to be boolean, and this is \(type.description)", at: syntax.span)
      return nil
    }
    return value
  }

  /// The value of an operand that has to be a number; nil after a complaint.
  private mutating func number(
    _ operand: Operand, _ syntax: ExpressionSyntax, of use: String
  ) -> Expression? {
    guard let (value, type) = scalarValue(of: operand, at: syntax.span) else { return nil }
    guard type.isNumber else {
      report(
        .typeMismatch, "\(use) has to be a number, and this is \(type.description)",
        at: syntax.span)
      return nil
    }
    return value
  }

  /// The value of an operand that has to be constant; nil after a complaint.
  mutating func constantValue(
    of operand: Operand, at span: SourceSpan
  ) -> (value: Int64, type: ScalarType)? {
    guard let (expression, type) = scalarValue(of: operand, at: span) else { return nil }
    switch expression.foldedAsConstant {
    case .value(let value):
      return (value, type)
    case .notConstant:
      report(.notConstant, "this has to be constant", at: span)
      return nil
    case .failure(let reason):
      report(.constantArithmetic, reason, at: span)
      return nil
    }
  }

  /// The value as one of another type: the same, or renumbered into or out of a union. Whether it
  /// is in range is checked where it is used.
  ///
  /// - Returns: nil if the types do not agree.
  mutating func convert(
    _ value: Expression, from: ScalarType, to: ScalarType
  ) -> Expression? {
    if to.isAddress, from.isNumber {
      usesAddresses = true
      return Expression(.symbolic(.number(value)), at: value.span)
    }
    return renumbering(from: from, to: to, at: value.span).map { value.renumbered($0) }
  }

  /// How a value becomes one of another type: as it is, or renumbered into or out of a union.
  ///
  /// - Returns: nil if the types do not agree.
  mutating func renumbering(
    from: ScalarType, to: ScalarType, at span: SourceSpan
  ) -> Renumbering? {
    if from.agrees(with: to, in: dialect) {
      mixes.note(from, to, at: span)
      return Renumbering(from: 0, to: 0)
    }
    if case .union(let members) = to.kind,
      let member = members.first(where: { $0.type.agrees(with: from, in: dialect) })
    {
      mixes.note(from, member.type, at: span)
      return Renumbering(from: member.type.lower, to: member.offset)
    }
    if case .union(let members) = from.kind,
      let member = members.first(where: { $0.type.agrees(with: to, in: dialect) })
    {
      mixes.note(to, member.type, at: span)
      return Renumbering(from: member.offset, to: member.type.lower)
    }
    return nil
  }

  // MARK: - Operators

  private mutating func elaborateUnary(
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

  private mutating func elaborateBinary(
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

  /// Two values in one numbering, to be compared with `=` or `!=`.
  mutating func unifyForEquality(
    _ first: Expression, _ firstType: ScalarType, _ second: Expression, _ secondType: ScalarType
  ) -> (Expression, Expression)? {
    if firstType.isAddress || secondType.isAddress {
      return unify(first, firstType, second, secondType)
    }
    if firstType.isReadUnchecked, secondType.isReadUnchecked {
      noteUndefinedIsTaken(first)
      noteUndefinedIsTaken(second)
    }
    if secondType.isUnion {
      return renumbering(from: firstType, to: secondType, at: first.span).map {
        (compared(first, firstType, $0), compared(second, secondType))
      }
    }
    return renumbering(from: secondType, to: firstType, at: second.span).map {
      (compared(first, firstType), compared(second, secondType, $0))
    }
  }

  /// Two values in one numbering: the union's, if one of them is of a union.
  mutating func unify(
    _ first: Expression, _ firstType: ScalarType, _ second: Expression, _ secondType: ScalarType
  ) -> (Expression, Expression)? {
    if secondType.isUnion || secondType.isAddress {
      return convert(first, from: firstType, to: secondType).map { ($0, second) }
    }
    return convert(second, from: secondType, to: firstType).map { (first, $0) }
  }

  private mutating func elaborateConditional(
    _ condition: ExpressionSyntax, _ then: ExpressionSyntax, _ otherwise: ExpressionSyntax,
    at span: SourceSpan
  ) -> Operand {
    let test = self.condition(condition, of: "what stands before `?`")
    let first = elaborate(then)
    let second = elaborate(otherwise)
    guard let firstType = first.type, let secondType = second.type else {
      if case .undefined = first { _ = scalarValue(of: first, at: then.span) }
      if case .undefined = second { _ = scalarValue(of: second, at: otherwise.span) }
      return .invalid
    }
    guard let test else { return .invalid }
    if firstType.asScalar == nil, firstType.hasSameStructure(as: secondType, in: dialect),
      let one = aggregateValue(of: first), let other = aggregateValue(of: second)
    {
      mixes.note(firstType, secondType, at: span)
      return .aggregate(.conditional(test, then: one, otherwise: other), firstType)
    }
    if firstType.asScalar != nil, secondType.asScalar != nil,
      let (one, oneType) = scalarValue(of: first, at: then.span),
      let (other, otherType) = scalarValue(of: second, at: otherwise.span),
      let (left, right) = unify(one, oneType, other, otherType)
    {
      let kind = Expression.Kind.conditional(
        hoisting(test, before: left, right), then: left, otherwise: right)
      let type =
        otherType.isUnion || otherType.isAddress
        ? otherType : (oneType.isNumber ? ScalarType.number : oneType)
      return .scalar(Expression(kind, at: span), type)
    }
    report(
      .typeMismatch,
      "the two sides of `:` are \(firstType.description) and "
        + "\(secondType.description)", at: span)
    return .invalid
  }

  /// The operand as something that can be copied; nil for `undefined` and what is invalid.
  mutating func aggregateValue(of operand: Operand) -> Aggregate? {
    switch operand {
    case .place(let place, _): copied(place)
    case .aggregate(let aggregate, _): aggregate
    case .scalar, .symbolicArray, .undefined, .invalid: nil
    }
  }
}

extension Expression {
  /// The value counted from another first one.
  func renumbered(_ renumbering: Renumbering) -> Expression {
    guard renumbering.from != renumbering.to else { return self }
    guard let distance = renumbering.distance else {
      return combined(.subtract, with: renumbering.from).combined(.add, with: renumbering.to)
    }
    return combined(.add, with: distance)
  }

  private func combined(_ operation: ArithmeticOperator, with number: Int64) -> Expression {
    Expression(.arithmetic(operation, self, Expression(.literal(number), at: span)), at: span)
  }
}

/// The first value of a type in its own numbering, and in another.
struct Renumbering {
  let from: Int64
  let to: Int64

  /// What is to be added to a value; nil where 64 bits do not hold it.
  var distance: Int64? {
    let (distance, overflow) = to.subtractingReportingOverflow(from)
    return overflow || distance == TransitionSystem.undefined ? nil : distance
  }
}
