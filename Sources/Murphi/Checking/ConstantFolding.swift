import TransitionSystem

/// The value of an expression that depends on nothing.
enum Folded {
  case value(Int64)
  /// It depends on something that is known only at run time.
  case notConstant
  /// It has no value; the text says why.
  case failure(String)
}

extension Expression {
  /// Evaluates the expression, as far as it consists of literals and operators.
  var folded: Folded {
    switch kind {
    case .literal(let value):
      return .value(value)
    case .negate(let operand):
      return operand.folded.map { Self.checked(Int64(0).subtractingReportingOverflow($0)) }
    case .bitNot(let operand):
      return operand.folded.map { Self.checked((~$0, false)) }
    case .not(let operand):
      return operand.folded.map { .value(1 - $0) }
    case .arithmetic(let operation, let left, let right):
      return left.folded.map { left in
        right.folded.map { Self.apply(operation, left, $0) }
      }
    case .compare(let comparison, let left, let right):
      return left.folded.map { left in
        right.folded.map { .value(comparison.holds(left, $0) ? 1 : 0) }
      }
    case .and(let left, let right):
      return left.folded.map { $0 == 0 ? .value(0) : right.folded }
    case .or(let left, let right):
      return left.folded.map { $0 != 0 ? .value(1) : right.folded }
    case .implies(let left, let right):
      return left.folded.map { $0 == 0 ? .value(1) : right.folded }
    case .conditional(let condition, let then, let otherwise):
      return condition.folded.map { $0 != 0 ? then.folded : otherwise.folded }
    case .load, .aggregatesEqual, .quantified, .isUndefined, .call, .isOccupied, .multisetCount,
      .symbolic, .handedOn:
      return .notConstant
    }
  }

  private static func apply(
    _ operation: ArithmeticOperator, _ left: Int64, _ right: Int64
  ) -> Folded {
    switch operation.apply(left, right) {
    case .success(let value): .value(value)
    case .failure(.divisionByZero): .failure("this divides by zero")
    case .failure(.overflow): .failure("this overflows 64 bits")
    }
  }

  private static func checked(_ result: (partialValue: Int64, overflow: Bool)) -> Folded {
    result.overflow || result.partialValue == TransitionSystem.undefined
      ? .failure("this overflows 64 bits") : .value(result.partialValue)
  }
}

extension Folded {
  /// Goes on with the value, if there is one.
  func map(_ transform: (Int64) -> Folded) -> Folded {
    if case .value(let value) = self { return transform(value) }
    return self
  }
}
