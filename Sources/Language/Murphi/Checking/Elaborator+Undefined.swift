import Diagnostics
import TransitionSystem

// What becomes of undefined values in CMurphi. Its variables are objects of C++, and the operators of
// their classes decide (`generate_decl` in src/cpp_code.cpp of 5.4.9): elements of scalarsets and
// unions are copied and compared as they are; members of enumerations are copied as they are between
// variables of one type; numbers and booleans are checked wherever they are read, but an assignment
// from a variable or parameter asks before whether it is undefined.

extension ScalarType {
  /// Whether CMurphi reads a value of the type without looking whether it is undefined.
  var isReadUnchecked: Bool {
    switch kind {
    case .scalarset, .union: true
    case .boolean, .range, .enumeration, .multisetIndex, .address: false
    }
  }

  /// Whether CMurphi copies a value of the type, from one variable to another of the same type,
  /// without looking whether it is undefined.
  var isCopiedUnchecked: Bool {
    if case .enumeration = kind { return true }
    return isReadUnchecked
  }
}

extension Elaborator {
  /// What takes a value.
  enum Taker {
    case assignment
    /// A parameter that is no `var`, or the result of a function.
    case parameter
  }

  /// The value of an operand for an assignment, a parameter or a result, converted to its type.
  ///
  /// - Parameter syntax: The operand's text, which says whether it is a variable.
  /// - Returns: nil if the types do not agree, or after a complaint.
  mutating func transferred(
    _ operand: Operand, _ syntax: ExpressionSyntax, to target: ScalarType, by taker: Taker
  ) -> Expression? {
    guard operand.type?.asScalar != nil,
      let (value, type) = scalarValue(of: operand, at: syntax.span)
    else { return nil }
    guard isHandedOnUndefined(value, type, syntax, to: target, by: taker),
      let distance = renumbering(from: type, to: target, at: syntax.span)?.distance
    else { return convert(value, from: type, to: target) }
    return Expression(.handedOn(value, plus: distance), at: value.span)
  }

  /// Whether CMurphi hands the value on where it is undefined.
  private func isHandedOnUndefined(
    _ value: Expression, _ type: ScalarType, _ syntax: ExpressionSyntax, to target: ScalarType,
    by taker: Taker
  ) -> Bool {
    guard dialect == .cmurphi, value.mayBeUndefined else { return false }
    if type.isReadUnchecked { return true }
    switch taker {
    case .assignment:
      return isVariable(syntax) || type.isCopiedUnchecked && type.isDeclaredAs(target)
    case .parameter: return type.isDeclaredAs(target)
    }
  }

  /// Whether the text names a variable, a parameter, or an alias of one: CMurphi asks of these whether
  /// they are undefined before it assigns them.
  func isVariable(_ syntax: ExpressionSyntax) -> Bool {
    guard case .name(let name) = syntax.kind, case .place = scopes.lookUp(name) else {
      return false
    }
    return !scopes.isAliasOfPart(name)
  }

  /// The value for a comparison with `=` or `!=`.
  func compared(
    _ value: Expression, _ type: ScalarType,
    _ renumbering: Renumbering = Renumbering(from: 0, to: 0)
  ) -> Expression {
    guard dialect == .cmurphi, type.isReadUnchecked, value.mayBeUndefined,
      let distance = renumbering.distance
    else { return value.renumbered(renumbering) }
    return Expression(.handedOn(value, plus: distance), at: value.span)
  }

  /// Notes that CMurphi would copy or compare what is read here even if it is undefined, for files
  /// that both tools read.
  mutating func noteUndefinedIsTaken(_ value: Expression) {
    guard dialect == .rumur, value.mayBeUndefined else { return }
    _ = remark(.undefinedIsTaken, at: value.span)
  }

  // MARK: - What is evaluated although nothing asks for it

  /// The condition of `? :`, behind all parts of both sides that CMurphi evaluates in any case:
  /// conditions that consist of several, and counts, are computed before the expression that they
  /// stand in (`boolexpr::generate_code` and others).
  mutating func hoisting(
    _ condition: Expression, before then: Expression, _ otherwise: Expression
  ) -> Expression {
    var (parts, others): ([Expression], [Expression]) = ([], [])
    then.collectHoisted(into: &parts)
    otherwise.collectHoisted(into: &others)
    if parts.isEmpty && others.isEmpty { return condition }
    guard dialect == .cmurphi else {
      computesAhead = true
      return notesDifferences ? notingParts(condition, before: parts, others) : condition
    }
    return (parts + others).reversed().reduce(condition) { condition, part in
      let span = part.span
      let evaluated = Expression(
        .compare(.equal, part, Expression(.literal(0), at: span)), at: span
      ).orTrue
      return Expression(.and(evaluated, condition), at: condition.span)
    }
  }
}

extension Expression {
  /// Whether the value is that of a place or a call, which may be undefined.
  fileprivate var mayBeUndefined: Bool {
    switch kind {
    case .load, .call: true
    case .conditional(_, let then, let otherwise): then.mayBeUndefined || otherwise.mayBeUndefined
    default: false
    }
  }

  /// `self | true`.
  var orTrue: Expression {
    Expression(.or(self, Expression(.literal(1), at: span)), at: span)
  }

  /// The outermost parts that CMurphi computes ahead. What calls a function is left out: it may have
  /// an effect, which would come twice.
  fileprivate func collectHoisted(into parts: inout [Expression]) {
    switch kind {
    case .and, .or, .implies, .quantified, .multisetCount:
      var calls = false
      forEachPart { if case .call = $0 { calls = true } }
      if !calls { parts.append(self) }
    case .arithmetic(_, let left, let right), .compare(_, let left, let right):
      left.collectHoisted(into: &parts)
      right.collectHoisted(into: &parts)
    case .negate(let operand), .bitNot(let operand), .not(let operand), .handedOn(let operand, _):
      operand.collectHoisted(into: &parts)
    case .load(let place), .isUndefined(let place):
      place.forEachIndex { $0.collectHoisted(into: &parts) }
    case .conditional(let condition, let then, let otherwise):
      condition.behindEvaluatedParts.collectHoisted(into: &parts)
      then.collectHoisted(into: &parts)
      otherwise.collectHoisted(into: &parts)
    case .literal, .aggregatesEqual, .call, .isOccupied, .symbolic:
      break
    }
  }

  /// The condition that `hoisting` has put parts before.
  private var behindEvaluatedParts: Expression {
    guard case .and(let first, let rest) = kind, case .or(_, let last) = first.kind,
      case .literal(1) = last.kind
    else { return self }
    return rest.behindEvaluatedParts
  }
}
