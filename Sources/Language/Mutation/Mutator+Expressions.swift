import Diagnostics
import Murphi

extension Mutator {
  /// Changes a condition: of a guard, an `if` or a loop.
  mutating func mutateCondition(_ condition: ExpressionSyntax) {
    negateConjuncts(of: condition)
    if case .binary(let operation, _, _) = condition.kind, operation.isAnd {
      // Its operands are left out one by one.
    } else {
      add(
        .dropConjunct, condition.span, replacedBy: "true",
        "\(words(condition.span)) is not asked for")
    }
    mutate(condition)
  }

  private mutating func negateConjuncts(of condition: ExpressionSyntax) {
    if case .binary(let operation, let left, let right) = condition.kind, operation.isAnd {
      negateConjuncts(of: left)
      negateConjuncts(of: right)
      return
    }
    add(
      .negateConjunct, condition.span, replacedBy: "!(\(source.text(of: condition.span)))",
      "\(words(condition.span)) is asked for the other way round")
  }

  /// Changes what is in an expression.
  mutating func mutate(_ expression: ExpressionSyntax) {
    switch expression.kind {
    case .number(let number): mutate(number, at: expression.span)
    case .name(let name): mutate(name, at: expression.span)
    case .undefined, .invalid: break
    case .field(let record, _): mutateIndices(of: record)
    case .element(let array, let index):
      mutateIndices(of: array)
      mutate(index)
    case .call(_, let arguments): for argument in arguments { mutate(argument) }
    case .unary(_, let operand): mutate(operand)
    case .binary(let operation, let left, let right):
      dropOperand(of: operation, left, right)
      mutateOperator(operation, left, right)
      mutate(left)
      mutate(right)
    case .conditional(let condition, let then, let otherwise):
      mutate(condition, then, otherwise, at: expression.span)
    case .quantified(let quantification, let quantifiers, let body):
      mutate(quantification, at: expression.span)
      let outer = scope
      for part in quantifiers.flatMap(\.parts) { mutate(part) }
      scope.bind(quantifiers)
      mutate(body)
      scope = outer
    case .isUndefined(let operand): mutateIndices(of: operand)
    case .isMember(let operand, _): mutate(operand)
    case .multisetCount(let name, let multiset, let predicate):
      mutateIndices(of: multiset)
      let outer = scope
      scope.bind(name, "")
      mutate(predicate)
      scope = outer
    }
  }

  /// Changes what chooses a part of a variable, and leaves the variable.
  mutating func mutateIndices(of designator: ExpressionSyntax) {
    switch designator.kind {
    case .field(let record, _): mutateIndices(of: record)
    case .element(let array, let index):
      mutateIndices(of: array)
      mutate(index)
    default: break
    }
  }

  private mutating func mutate(_ number: Int64, at span: SourceSpan) {
    guard number < .max else { return }
    // The text may have another base, or a unit.
    let text = source.text(of: span)
    for other in [number + 1, number - 1] where other >= 0 {
      add(.offByOne, span, replacedBy: String(other), "`\(text)` is `\(other)`")
    }
  }

  private mutating func mutate(_ name: String, at span: SourceSpan) {
    let text = source.text(of: span)
    if let other = scope.other(than: name) {
      add(.otherValue, span, replacedBy: other, "`\(text)` is `\(other)`\(place(of: span))")
    } else if scope.isConstant(name) {
      for change in ["+ 1", "- 1"] {
        add(
          .offByOne, span, replacedBy: "(\(text) \(change))",
          "`\(text)` is `\(text) \(change)`\(place(of: span))")
      }
    }
  }

  /// The line that a word stands in, where it alone says little.
  private func place(of span: SourceSpan) -> String {
    let line = source.lineRange(source.line(of: span.start))
    return " in \(words(SourceSpan(start: line.lowerBound, end: line.upperBound)))"
  }

  private mutating func dropOperand(
    of operation: BinaryOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax
  ) {
    guard operation.isAnd || operation.isOr else { return }
    let what = operation.isAnd ? "is not asked for" : "is not enough"
    // What is a chain itself loses its own operands.
    if !left.isChain(of: operation) {
      add(
        .dropConjunct, left.span,
        [TextEdit(SourceSpan(start: left.span.start, end: right.span.start), "")],
        "\(words(left.span)) \(what)")
    }
    if !right.isChain(of: operation) {
      add(
        .dropConjunct, right.span,
        [TextEdit(SourceSpan(start: left.span.end, end: right.span.end), "")],
        "\(words(right.span)) \(what)")
    }
  }

  /// A comparison that is off by one.
  private mutating func mutateOperator(
    _ operation: BinaryOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax
  ) {
    let other: BinaryOperator
    switch operation {
    case .less: other = .lessOrEqual
    case .lessOrEqual: other = .less
    case .greater: other = .greaterOrEqual
    case .greaterOrEqual: other = .greater
    default: return
    }
    guard let token = operatorToken(between: left, right) else { return }
    add(
      .offByOne, token.span, replacedBy: other.rawValue,
      "`\(operation.rawValue)` is `\(other.rawValue)`\(place(of: token.span))")
  }

  /// The word between two operands, behind the parentheses of the left one.
  private func operatorToken(between left: ExpressionSyntax, _ right: ExpressionSyntax) -> Token? {
    let token = tokens[index(of: left.span.end)]
    return token.span.end <= right.span.start ? token : nil
  }

  private mutating func mutate(
    _ condition: ExpressionSyntax, _ then: ExpressionSyntax, _ otherwise: ExpressionSyntax,
    at span: SourceSpan
  ) {
    // The expression may stand in parentheses, which stay.
    let inner = SourceSpan(start: condition.span.start, end: otherwise.span.end)
    for value in [then, otherwise] {
      add(
        .dropIf, inner, replacedBy: source.text(of: value.span),
        "it is \(words(value.span)) whatever \(words(condition.span)) is")
    }
    mutate(condition)
    mutate(then)
    mutate(otherwise)
  }

  private mutating func mutate(_ quantification: Quantification, at span: SourceSpan) {
    let opening = tokens[index(of: span.start)...].first {
      $0.kind == .keyword(.forall) || $0.kind == .keyword(.exists)
    }
    guard let opening, opening.span.end <= span.end else { return }
    let (old, new, long) =
      quantification == .forall
      ? ("forall", "exists", Keyword.endforall) : ("exists", "forall", .endexists)
    var edits = [TextEdit(opening.span, new)]
    let closing = tokens[..<index(of: span.end)].last { $0.kind != .symbol(.rightParenthesis) }
    if let closing, closing.kind == .keyword(long) {
      edits.append(TextEdit(closing.span, "end"))
    }
    add(.otherQuantifier, span, edits, "`\(old)` is `\(new)` in \(words(span))")
  }
}

extension BinaryOperator {
  /// Whether both operands are asked for, as far as they are no bits.
  var isAnd: Bool { self == .ampersand || self == .logicalAnd }
  var isOr: Bool { self == .pipe || self == .logicalOr }
}

extension ExpressionSyntax {
  /// Whether conditions are joined here.
  var isChain: Bool {
    if case .binary(let operation, _, _) = kind { operation.isAnd || operation.isOr } else { false }
  }

  func isChain(of operation: BinaryOperator) -> Bool {
    if case .binary(operation, _, _) = kind { true } else { false }
  }
}
