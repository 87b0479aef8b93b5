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
  mutating func condition(_ syntax: ExpressionSyntax, of use: String) -> Expression? {
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
  mutating func number(
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
    return overflow || distance == Slot.undefined ? nil : distance
  }
}
