/// Why an arithmetic operation has no result.
package enum ArithmeticFailure: Error, Sendable {
  case divisionByZero
  /// The result is not in `-(2^63 - 1) ... 2^63 - 1`; -2^63 stands for *undefined*.
  case overflow
}

extension Expression.ArithmeticOperator {
  /// The one definition of arithmetic: constants are folded with it and the interpreter uses it.
  package func apply(_ left: Int64, _ right: Int64) -> Result<Int64, ArithmeticFailure> {
    switch self {
    case .add: return Self.checked(left.addingReportingOverflow(right))
    case .subtract: return Self.checked(left.subtractingReportingOverflow(right))
    case .multiply: return Self.checked(left.multipliedReportingOverflow(by: right))
    case .divide:
      return right == 0
        ? .failure(.divisionByZero) : Self.checked(left.dividedReportingOverflow(by: right))
    case .modulo:
      return right == 0
        ? .failure(.divisionByZero)
        : Self.checked(left.remainderReportingOverflow(dividingBy: right))
    case .bitAnd: return Self.checked((left & right, false))
    case .bitOr: return Self.checked((left | right, false))
    case .bitXor: return Self.checked((left ^ right, false))
    case .shiftLeft: return Self.shifted(left, leftBy: right)
    case .shiftRight: return Self.shifted(left, leftBy: right == .min ? .max : -right)
    }
  }

  static func shifted(_ value: Int64, leftBy distance: Int64) -> Result<Int64, ArithmeticFailure> {
    if distance >= 64 || distance <= -64 { return .success(0) }
    return checked((distance >= 0 ? value << distance : value >> -distance, false))
  }

  static func checked(
    _ result: (partialValue: Int64, overflow: Bool)
  ) -> Result<Int64, ArithmeticFailure> {
    result.overflow || result.partialValue == .min
      ? .failure(.overflow) : .success(result.partialValue)
  }
}

extension Expression.ComparisonOperator {
  /// Whether two values compare so.
  package func holds(_ left: Int64, _ right: Int64) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }

  /// The operator that holds where this one does not.
  package var negated: Self {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .greaterOrEqual: .less
    case .greater: .lessOrEqual
    case .lessOrEqual: .greater
    }
  }

  /// The operator with left and right exchanged.
  package var swapped: Self {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
