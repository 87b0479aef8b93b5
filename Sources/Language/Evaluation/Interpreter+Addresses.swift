import Diagnostics
package import TransitionSystem

/// Whoever knows, or assumes, what holds of the symbolic constants.
package protocol LiteralDecider: AnyObject {
  /// Whether a literal holds, from now on for the rest of the run.
  func holds(_ literal: TermTable.SignedLiteral) throws(Undecided) -> Bool
}

extension Interpreter {
  /// The value of an operation: a number of the table of terms, or a truth value.
  func evaluate(
    _ operation: SymbolicOperation, at span: SourceSpan
  ) throws(Interruption) -> Int64 {
    switch operation {
    case .element(var number, let indices):
      for index in indices { number += try distance(of: index) }
      return terms.element(number)
    case .number(let operand):
      return terms.number(Int128(try evaluate(operand)))
    case .sum(let left, let right):
      return try combine(left, right, at: span) { terms, left, right throws(Undecided) in
        try terms.sum(left, right)
      }
    case .difference(let left, let right):
      return try combine(left, right, at: span) { terms, left, right throws(Undecided) in
        try terms.difference(left, right)
      }
    case .product(let left, let right):
      return try combine(left, right, at: span) { terms, left, right throws(Undecided) in
        try terms.product(left, by: right)
      }
    case .quotient(let left, let right):
      return try divide(left, right, at: span) { terms, left, right throws(Undecided) in
        try terms.quotient(left, by: right)
      }
    case .remainder(let left, let right):
      return try divide(left, right, at: span) { terms, left, right throws(Undecided) in
        terms.remainder(left, by: right)
      }
    case .comparison(let comparison, let left, let right):
      let first = try evaluate(left)
      let second = try evaluate(right)
      do throws(Undecided) {
        switch try terms.truth(comparison, first, second) {
        case .known(let value): return value ? 1 : 0
        case .open(let literal):
          guard let decider else { throw .unasked }
          return try decider.holds(literal) ? 1 : 0
        }
      } catch {
        throw Interruption(.undecided(error), at: span)
      }
    }
  }

  private func combine(
    _ left: Expression, _ right: Expression, at span: SourceSpan,
    _ operation: (TermTable, Int64, Int64) throws(Undecided) -> Int64
  ) throws(Interruption) -> Int64 {
    let first = try evaluate(left)
    let second = try evaluate(right)
    do throws(Undecided) {
      return try operation(terms, first, second)
    } catch {
      throw Interruption(.undecided(error), at: span)
    }
  }

  private func divide(
    _ left: Expression, _ right: Expression, at span: SourceSpan,
    _ operation: (TermTable, Int64, Int64) throws(Undecided) -> Int64
  ) throws(Interruption) -> Int64 {
    try combine(left, right, at: span) { terms, left, right throws(Undecided) in
      // Asked for below, where it can be said what is wrong.
      right == 0 ? Int64.min : try operation(terms, left, right)
    }.orDivisionByZero(at: span)
  }

  /// The value of an address where the symbolic constants have values, as far as it is told apart.
  package func measured(_ address: Int64) -> Int64 {
    let value = terms.term(address).asNumber ?? 0
    return Int64(clamping: min(max(value, -Int128(Int64.max)), Int128(Int64.max)))
  }

  /// A value in the model's words; an address as a number, or as a sum of what it depends on.
  func describe(_ value: Int64, _ type: ScalarType) -> String {
    guard type.kind == .address else { return type.describe(value) }
    return terms.term(value).asNumber.map { "\($0)" } ?? "open"
  }
}

extension Int64 {
  fileprivate func orDivisionByZero(at span: SourceSpan) throws(Interruption) -> Int64 {
    if self == .min { throw Interruption(.runtimeError(.divisionByZero), at: span) }
    return self
  }
}

extension TermTable {
  /// What a comparison of two terms says.
  ///
  /// - Throws: `Undecided.tooLarge`.
  package func truth(
    _ comparison: Expression.ComparisonOperator, _ left: Handle, _ right: Handle
  ) throws(Undecided) -> Truth {
    switch comparison {
    case .equal:
      return try truth(kind: 0, left, right) { table throws(Undecided) in
        try table.isZero(left, minus: right)
      }
    case .notEqual:
      return try truth(.equal, left, right).negation
    case .lessOrEqual:
      return try truth(kind: 1, left, right) { table throws(Undecided) in
        try table.isNotPositive(left, minus: right)
      }
    case .less:
      return try truth(kind: 2, left, right) { table throws(Undecided) in
        try table.isNotPositive(left, minus: right, plus: 1)
      }
    case .greater: return try truth(.less, right, left)
    case .greaterOrEqual: return try truth(.lessOrEqual, right, left)
    }
  }

  /// What a comparison of two terms says, if that has been found out.
  package func knownTruth(
    _ comparison: Expression.ComparisonOperator, _ left: Handle, _ right: Handle
  ) -> Truth? {
    switch comparison {
    case .equal: knownTruth(kind: 0, left, right)
    case .notEqual: knownTruth(kind: 0, left, right)?.negation
    case .lessOrEqual: knownTruth(kind: 1, left, right)
    case .less: knownTruth(kind: 2, left, right)
    case .greater: knownTruth(kind: 2, right, left)
    case .greaterOrEqual: knownTruth(kind: 1, right, left)
    }
  }
}
