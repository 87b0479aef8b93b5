/// What a term is divided by: a number that is not 0.
///
/// SMT-LIB gives division by 0 any value that suits the solver, so it cannot be said here.
package struct Divisor: Sendable, Hashable, ExpressibleByIntegerLiteral {
  let isNegative: Bool
  let magnitude: IntegerValue

  /// Nil for 0.
  package init?(_ value: IntegerValue) {
    guard value != 0, let magnitude = IntegerValue(decimal: value.magnitude) else { return nil }
    self.magnitude = magnitude
    isNegative = value.isNegative
  }

  /// - Precondition: The literal is not 0.
  package init(integerLiteral value: Int128) {
    guard let divisor = Divisor(IntegerValue(value)) else {
      preconditionFailure("a term is divided by the literal 0")
    }
    self = divisor
  }
}

/// Which whole number a quotient is rounded to. The remainder is always `x - divisor * quotient`.
///
/// |   x, d | towardZero | down  | euclidean |
/// | -----: | ---------: | ----: | --------: |
/// |   7, 2 |       3, 1 |  3, 1 |      3, 1 |
/// |  -7, 2 |     -3, -1 | -4, 1 |     -4, 1 |
/// |  7, -2 |      -3, 1 | -4,-1 |     -3, 1 |
/// | -7, -2 |      3, -1 |  3,-1 |      4, 1 |
package enum Rounding: Sendable, CaseIterable {
  /// As C, Swift and Murphi do: the remainder has the sign of what is divided.
  case towardZero
  /// To the next lower whole number: the remainder has the sign of the divisor.
  case down
  /// So that the remainder is never negative: SMT-LIB's `div` and `mod`.
  case euclidean
}

extension Term where S == IntSort {
  /// The quotient, rounded towards 0 as C and Murphi do.
  package static func / (term: IntTerm, divisor: Divisor) -> IntTerm { term.divided(by: divisor) }

  /// The remainder of division rounded towards 0: it has the sign of `term`.
  package static func % (term: IntTerm, divisor: Divisor) -> IntTerm { term.remainder(by: divisor) }

  /// The quotient. Where a term is known not to be negative and the divisor is positive, all
  /// roundings agree, and `euclidean` is the least work for a solver.
  package func divided(by divisor: Divisor, rounding: Rounding = .towardZero) -> IntTerm {
    let isNegative = divisor.isNegative
    switch rounding {
    case .euclidean:
      return isNegative ? -quotient(divisor) : quotient(divisor)
    case .down:
      return isNegative ? (-self).quotient(divisor) : quotient(divisor)
    case .towardZero:
      let magnitude = IntTerm.ifThenElse(
        0 <= self, quotient(divisor), -(-self).quotient(divisor))
      return isNegative ? -magnitude : magnitude
    }
  }

  /// The remainder.
  package func remainder(by divisor: Divisor, rounding: Rounding = .towardZero) -> IntTerm {
    switch rounding {
    case .euclidean:
      rest(divisor)
    case .down:
      divisor.isNegative ? -(-self).rest(divisor) : rest(divisor)
    case .towardZero:
      .ifThenElse(0 <= self, rest(divisor), -(-self).rest(divisor))
    }
  }

  /// Euclidean, by the divisor's magnitude.
  private func quotient(_ divisor: Divisor) -> IntTerm {
    IntTerm(.divide, node, TermNode(.integer(divisor.magnitude)))
  }

  /// Euclidean, by the divisor's magnitude.
  private func rest(_ divisor: Divisor) -> IntTerm {
    IntTerm(.modulo, node, TermNode(.integer(divisor.magnitude)))
  }
}
