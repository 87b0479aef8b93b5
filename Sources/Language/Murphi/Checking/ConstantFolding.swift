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
  var folded: Folded { fold(skipsFactorsOfZero: false) }

  /// As `folded`, where a constant is needed: Rumur (since 2025.08) takes 0 times, divided by, or
  /// shifted by anything for the constant 0, and does not evaluate what 0 is combined with.
  var foldedAsConstant: Folded { fold(skipsFactorsOfZero: true) }

  private func fold(skipsFactorsOfZero: Bool) -> Folded {
    func folded(_ operand: Expression) -> Folded {
      operand.fold(skipsFactorsOfZero: skipsFactorsOfZero)
    }
    switch kind {
    case .literal(let value):
      return .value(value)
    case .negate(let operand):
      return folded(operand).map { Self.checked(Int64(0).subtractingReportingOverflow($0)) }
    case .bitNot(let operand):
      return folded(operand).map { Self.checked((~$0, false)) }
    case .not(let operand):
      return folded(operand).map { .value(1 - $0) }
    case .arithmetic(let operation, let left, let right):
      return folded(left).map { left in
        let second = folded(right)
        if case .notConstant = second, skipsFactorsOfZero, left == 0, operation.isZeroForZero {
          return .value(0)
        }
        return second.map { Self.apply(operation, left, $0) }
      }
    case .compare(let comparison, let left, let right):
      return folded(left).map { left in
        folded(right).map { .value(comparison.holds(left, $0) ? 1 : 0) }
      }
    case .and(let left, let right):
      return folded(left).map { $0 == 0 ? .value(0) : folded(right) }
    case .or(let left, let right):
      return folded(left).map { $0 != 0 ? .value(1) : folded(right) }
    case .implies(let left, let right):
      return folded(left).map { $0 == 0 ? .value(1) : folded(right) }
    case .conditional(let condition, let then, let otherwise):
      return folded(condition).map { $0 != 0 ? folded(then) : folded(otherwise) }
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
    result.overflow || result.partialValue == Slot.undefined
      ? .failure("this overflows 64 bits") : .value(result.partialValue)
  }
}

extension Expression.ArithmeticOperator {
  /// Whether the result is 0 if the left operand is, whatever the right one.
  fileprivate var isZeroForZero: Bool {
    switch self {
    case .multiply, .divide, .modulo, .shiftLeft, .shiftRight, .bitAnd: true
    default: false
    }
  }
}

extension Folded {
  /// Goes on with the value, if there is one.
  func map(_ transform: (Int64) -> Folded) -> Folded {
    if case .value(let value) = self { return transform(value) }
    return self
  }
}
