/// What expressions of type `address` consist of, and how they give truth values. Their values are
/// mathematical integers: they never overflow.
package indirect enum SymbolicOperation: Sendable {
  /// An element of a symbolic constant: the first one, and the indices that lead on from there.
  case element(first: Int, [Place.Index])
  /// A number, as an address.
  case number(Expression)
  case sum(Expression, Expression)
  case difference(Expression, Expression)
  /// An address times a number.
  case product(Expression, by: Expression)
  /// An address by a number, rounded towards zero.
  case quotient(Expression, by: Expression)
  /// What is left of an address by a number; it has the sign of the address.
  case remainder(Expression, by: Expression)
  /// Of two addresses; a boolean.
  case comparison(Expression.ComparisonOperator, Expression, Expression)

  /// What is evaluated for it, in order.
  package var operands: [Expression] {
    switch self {
    case .element(_, let indices): indices.map(\.value)
    case .number(let operand): [operand]
    case .sum(let left, let right), .difference(let left, let right),
      .product(let left, by: let right), .quotient(let left, by: let right),
      .remainder(let left, by: let right), .comparison(_, let left, let right):
      [left, right]
    }
  }
}
