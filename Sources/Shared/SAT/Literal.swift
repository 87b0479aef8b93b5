/// A variable of a clause solver, or its negation.
package struct Literal: Sendable, Hashable {
  /// Twice the variable, and one more for its negation.
  let code: Int32

  init(code: Int32) { self.code = code }

  package init(variable: Int, isNegative: Bool = false) {
    code = Int32(variable) << 1 | (isNegative ? 1 : 0)
  }

  package var variable: Int { Int(code >> 1) }
  package var isNegative: Bool { code & 1 == 1 }

  package static prefix func ! (literal: Literal) -> Literal { Literal(code: literal.code ^ 1) }
}

/// What a clause solver says of its clauses.
package enum Satisfiability: Sendable, Hashable {
  case satisfiable
  case unsatisfiable
  /// It was told to end. Nothing follows from it.
  case stopped
}
