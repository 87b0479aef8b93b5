/// A sort as a type, so that an integer never stands where a truth value belongs.
package protocol TermSort: Sendable {
  static var sort: Sort { get }
}

/// The sort of truth values.
package enum BoolSort: TermSort { package static var sort: Sort { .bool } }

/// The sort of mathematical integers: no size, no overflow.
package enum IntSort: TermSort { package static var sort: Sort { .integer } }

/// A formula.
package typealias BoolTerm = Term<BoolSort>
/// A linear integer expression.
package typealias IntTerm = Term<IntSort>

/// An expression over unknowns: a value, built without Z3 and bound to no solver.
///
/// Since a term belongs to no context of Z3, terms of two contexts cannot be mixed: there are none.
/// Sorts cannot be mixed because they are types. A term may be used by several threads and solvers.
/// Two terms are equal if they are built alike; whether they mean the same is a question for a
/// solver.
///
/// What a term means is said by SMT-LIB, theories
/// [Core](https://smt-lib.org/theories-Core.shtml) and
/// [Ints](https://smt-lib.org/theories-Ints.shtml).
package struct Term<S: TermSort>: Sendable, Hashable {
  let node: TermNode

  init(_ node: TermNode) { self.node = node }

  init(_ operation: Operation, _ operands: TermNode...) {
    node = TermNode(operation, operands)
  }

  /// The unknown of this name and sort. The same name is the same unknown.
  ///
  /// Names are printable ASCII without `|` and `\`; others are refused by solvers and queries,
  /// with `SMTError.unusableName`.
  package init(unknown name: String) { self.init(.unknown(name, S.sort)) }

  /// Whether two terms have the same value, as a formula.
  package func equals(_ other: Self) -> BoolTerm { BoolTerm(.equal, node, other.node) }

  /// Whether two terms have different values, as a formula.
  package func differs(from other: Self) -> BoolTerm { !equals(other) }

  /// One of two terms, as a formula says.
  package static func ifThenElse(_ condition: BoolTerm, _ then: Self, _ otherwise: Self) -> Self {
    Self(.ifThenElse, condition.node, then.node, otherwise.node)
  }
}

// MARK: Truth values

extension Term: ExpressibleByBooleanLiteral where S == BoolSort {
  package init(booleanLiteral value: Bool) { self.init(.bool(value)) }
}

extension Term where S == BoolSort {
  package init(_ value: Bool) { self.init(.bool(value)) }

  package static prefix func ! (term: BoolTerm) -> BoolTerm {
    term.node.operation == .not ? BoolTerm(term.node.operands[0]) : BoolTerm(.not, term.node)
  }

  package static func && (left: BoolTerm, right: BoolTerm) -> BoolTerm { all([left, right]) }

  package static func || (left: BoolTerm, right: BoolTerm) -> BoolTerm { any([left, right]) }

  /// True where this is false or the other is true.
  package func implies(_ other: BoolTerm) -> BoolTerm { BoolTerm(.implies, node, other.node) }

  /// True where all are; `true` of none.
  package static func all(_ terms: [BoolTerm]) -> BoolTerm { joined(terms, .and, empty: true) }

  /// True where one is at least; `false` of none.
  package static func any(_ terms: [BoolTerm]) -> BoolTerm { joined(terms, .or, empty: false) }

  private static func joined(_ terms: [BoolTerm], _ operation: Operation, empty: Bool) -> BoolTerm {
    switch terms.count {
    case 0: BoolTerm(empty)
    case 1: terms[0]
    default: BoolTerm(TermNode(operation, terms.map(\.node)))
    }
  }
}

// MARK: Integers

extension Term: ExpressibleByIntegerLiteral where S == IntSort {
  package init(integerLiteral value: Int128) { self.init(IntegerValue(value)) }
}

extension Term where S == IntSort {
  package init(_ value: IntegerValue) { self.init(.integer(value)) }

  package init(_ value: some BinaryInteger) { self.init(IntegerValue(value)) }

  package static func + (left: IntTerm, right: IntTerm) -> IntTerm { sum([left, right]) }

  package static func - (left: IntTerm, right: IntTerm) -> IntTerm { sum([left, -right]) }

  package static prefix func - (term: IntTerm) -> IntTerm {
    term.node.operation == .negate ? IntTerm(term.node.operands[0]) : IntTerm(.negate, term.node)
  }

  /// The sum of all; 0 of none.
  package static func sum(_ terms: [IntTerm]) -> IntTerm {
    switch terms.count {
    case 0: 0
    case 1: terms[0]
    default: IntTerm(TermNode(.add, terms.map(\.node)))
    }
  }

  /// A product with a number. There is no product of two terms: terms are linear, so solvers always
  /// come to an answer if they are given the time.
  package static func * (factor: IntegerValue, term: IntTerm) -> IntTerm {
    IntTerm(.multiply, TermNode(.integer(factor)), term.node)
  }

  package static func * (term: IntTerm, factor: IntegerValue) -> IntTerm { factor * term }

  package static func < (left: IntTerm, right: IntTerm) -> BoolTerm {
    BoolTerm(.less, left.node, right.node)
  }

  package static func <= (left: IntTerm, right: IntTerm) -> BoolTerm {
    BoolTerm(.lessOrEqual, left.node, right.node)
  }

  package static func > (left: IntTerm, right: IntTerm) -> BoolTerm { right < left }

  package static func >= (left: IntTerm, right: IntTerm) -> BoolTerm { right <= left }
}
