import Analysis
import Diagnostics
import TransitionSystem

/// An element of a symbolic array as it stands in the text.
struct SymbolicAccess {
  /// What is indexed: the name, or an access itself.
  let base: SourceSpan
  /// The whole, up to the closing bracket.
  let span: SourceSpan
}

// Symbolic constants, and what is computed from them: expressions of type `address`.

extension Elaborator {
  // MARK: - Declarations

  mutating func elaborateSymbolic(_ declaration: VariableDeclaration, _ section: SourceSpan) {
    if !symbolicSections.contains(section) { symbolicSections.append(section) }
    let indices = elaborateSymbolicType(declaration.type)
    for name in declaration.names {
      guard let indices else {
        declare(name, as: .invalid)
        continue
      }
      let count = symbolicConstants.reduce(0) { $0 + $1.elementCount }
      let constant = SymbolicConstant(
        name: name.text, indices: indices, first: count, span: name.span)
      guard count + constant.elementCount <= Self.maximumSymbolicCount else {
        report(
          .stateTooLarge, "a model may have \(Self.maximumSymbolicCount) symbolic constants",
          at: name.span)
        declare(name, as: .invalid)
        continue
      }
      symbolicConstants.append(constant)
      declare(name, as: .symbolic(constant))
    }
  }

  private static let maximumSymbolicCount = 4096

  /// The types of the indices of an array of addresses; none for a single one, nil after a
  /// complaint.
  private mutating func elaborateSymbolicType(_ syntax: TypeSyntax) -> [ScalarType]? {
    if case .array(let index, let element) = syntax.kind {
      let type = elaborateScalar(index, for: "the index of an array")
      guard let rest = elaborateSymbolicType(element), let type else { return nil }
      switch type.kind {
      case .boolean, .range, .enumeration: break
      case .scalarset:
        report(
          .brokenSymmetry,
          "a symbolic array cannot be indexed by \(type.description): its elements would be told "
            + "apart by their values", at: index.span, hint: "a range or an enumeration can be used"
        )
        return nil
      case .union, .multisetIndex, .address:
        report(
          .notASimpleType,
          "a symbolic array is indexed by a range, an enumeration or a boolean", at: index.span)
        return nil
      }
      guard let count = type.valueCount, count <= Self.maximumSymbolicCount else {
        report(.stateTooLarge, "this array has too many elements", at: index.span)
        return nil
      }
      return [type] + rest
    }
    guard let type = elaborate(syntax) else { return nil }
    guard type == .scalar(.address) else {
      report(
        .typeMismatch,
        "a symbolic constant is an `address` or an array of them, and this is \(type.description)",
        at: syntax.span)
      return nil
    }
    return []
  }

  /// Complains about a type that has an address where none can be kept.
  mutating func isNoAddress(_ type: ValueType, in place: String, at span: SourceSpan) -> Bool {
    guard type == .scalar(.address) else { return true }
    report(
      .wrongOperandType, "\(place) cannot hold an `address`", at: span,
      hint:
        "addresses have no bounds: they live in symbolic constants, local variables, parameters "
        + "and results of functions")
    return false
  }

  /// Whether an assumption is about the layout alone: about symbolic constants, whatever the state.
  ///
  /// In a model with symbolic constants one about numbers is, too: where it is false, no layout
  /// keeps to it, and without any state nothing would be checked.
  func isAboutLayout(_ condition: Expression) -> Bool {
    let dependence = SymbolicDependence(functions.map(\.function))
    guard !dependence.readsState(condition) else { return false }
    return !symbolicConstants.isEmpty || dependence.usesAddresses(condition)
  }

  // MARK: - Elements

  func symbolicOperand(_ constant: SymbolicConstant, at span: SourceSpan) -> Operand {
    guard constant.indices.isEmpty else {
      return .symbolicArray(first: constant.first, [], rest: constant.indices)
    }
    return .scalar(Expression(.symbolic(.element(first: constant.first, [])), at: span), .address)
  }

  mutating func elaborateSymbolicElement(
    of array: ExpressionSyntax, first: Int, _ indices: [Place.Index], _ rest: [ScalarType],
    index: ExpressionSyntax, _ indexOperand: Operand, at span: SourceSpan
  ) -> Operand {
    guard let type = rest.first,
      let (value, valueType) = scalarValue(of: indexOperand, at: index.span)
    else { return .invalid }
    guard let position = convert(value, from: valueType, to: type) else {
      report(
        .typeMismatch,
        "the array is indexed by \(type.description), and this is \(valueType.description)",
        at: index.span)
      return .invalid
    }
    let access = SymbolicAccess(base: array.span, span: span)
    if !symbolicAccesses.contains(where: { $0.span == access.span }) {
      symbolicAccesses.append(access)
    }
    let inner = rest.dropFirst()
    let stride = inner.reduce(1) { $0 * ($1.valueCount ?? 0) }
    let next = Place.Index(
      value: position, lower: type.lower, count: type.valueCount ?? 0, stride: stride,
      span: index.span)
    if inner.isEmpty {
      return .scalar(
        Expression(.symbolic(.element(first: first, indices + [next])), at: span), .address)
    }
    return .symbolicArray(first: first, indices + [next], rest: Array(inner))
  }

  // MARK: - Operators

  /// `-` before an address; nil before anything else.
  mutating func symbolicNegation(of operand: Operand, at span: SourceSpan) -> Operand? {
    guard operand.type == .scalar(.address), let (value, _) = scalarValue(of: operand, at: span)
    else { return nil }
    let zero = Expression(.symbolic(.number(Expression(.literal(0), at: span))), at: span)
    return .scalar(Expression(.symbolic(.difference(zero, value)), at: span), .address)
  }

  mutating func elaborateSymbolicArithmetic(
    _ operation: Expression.ArithmeticOperator, _ left: (Expression, ScalarType),
    _ right: (Expression, ScalarType), at span: SourceSpan
  ) -> Operand {
    usesAddresses = true
    let made: SymbolicOperation
    switch operation {
    case .add, .subtract:
      guard let (one, other) = unify(left.0, left.1, right.0, right.1) else { return .invalid }
      made = operation == .add ? .sum(one, other) : .difference(one, other)
    case .multiply where !right.1.isAddress: made = .product(left.0, by: right.0)
    case .multiply where !left.1.isAddress: made = .product(right.0, by: left.0)
    case .divide where !right.1.isAddress: made = .quotient(left.0, by: right.0)
    case .modulo where !right.1.isAddress: made = .remainder(left.0, by: right.0)
    case .multiply:
      report(
        .wrongOperandType, "an address cannot be multiplied by an address, only by a number",
        at: span, hint: "products of unknowns are beyond what Z3 can always decide")
      return .invalid
    case .divide, .modulo:
      report(
        .wrongOperandType, "nothing can be divided by an address, only by a number",
        at: right.0.span, hint: "quotients of unknowns are beyond what Z3 can always decide")
      return .invalid
    case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight:
      report(
        .wrongOperandType, "an address has no bits: `\(operation.rawValue)` needs numbers",
        at: span,
        hint: "use `*`, `/` and `%`")
      return .invalid
    }
    return .scalar(Expression(.symbolic(made), at: span), .address)
  }

  /// A comparison of two values that have been brought to one type.
  mutating func comparison(
    _ comparison: Expression.ComparisonOperator, _ left: Expression, _ right: Expression,
    _ leftType: ScalarType, _ rightType: ScalarType, at span: SourceSpan
  ) -> Expression {
    guard leftType.isAddress || rightType.isAddress else {
      return Expression(.compare(comparison, left, right), at: span)
    }
    return Expression(.symbolic(.comparison(comparison, left, right)), at: span)
  }

  // MARK: - Statements

  mutating func elaborateClear(_ syntax: ExpressionSyntax) -> Statement.Kind? {
    guard let place = elaborateTarget(syntax, of: "cleared") else { return nil }
    guard place.type != .scalar(.address) else {
      report(
        .wrongOperandType, "an `address` cannot be cleared: it has no least value", at: syntax.span)
      return nil
    }
    return .clear(place)
  }
}
