package import Diagnostics

/// An expression that yields a single value, with all names resolved and all types checked.
///
/// Booleans are 0 and 1. Arithmetic is on 64 bits; a result that they do not hold is a run-time
/// error. `&`, `|`, `->`, `? :` and quantifiers evaluate from left to right and stop as soon as the
/// result is known.
package final class Expression: Sendable {
  package let kind: Kind
  /// What to underline, and to quote in an explanation.
  package let span: SourceSpan
  /// A quick way to the value, where there is one.
  package let shortcut: Shortcut
  /// Expressions in the tree, this one included: as many as a walk meets, however often the same one;
  /// saturating.
  package let partCount: Int

  package init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
    shortcut = Shortcut(kind)
    partCount = 1.saturatingSum(kind.partCount)
  }

  /// Small, for the interpreter's sake: no case holds more than three words.
  package enum Kind: Sendable {
    case literal(Int64)
    /// The value of a scalar place. Reading an undefined one is a run-time error.
    case load(Place)
    case arithmetic(ArithmeticOperator, Expression, Expression)
    case negate(Expression)
    case bitNot(Expression)
    case compare(ComparisonOperator, Expression, Expression)
    /// Whether two aggregates hold the same in all of their slots, undefined ones included.
    case aggregatesEqual(Aggregate, Aggregate)
    case not(Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case implies(Expression, Expression)
    case conditional(Expression, then: Expression, otherwise: Expression)
    case quantified(Quantifier, Loop, Expression)
    case isUndefined(Place)
    /// A function that returns a single value. An undefined one is a run-time error.
    case call(function: Int, [Argument])
    /// The value of a place, a call, or a choice of these, plus a distance. What is undefined stays
    /// undefined, which is no error: whoever handles the value may compare it, assign it, hand it to
    /// a parameter or return it. CMurphi so copies and compares values of some types.
    case handedOn(Expression, plus: Int64)
    /// Whether the multiset's place of this number holds a member.
    case isOccupied(Place, position: Expression)
    /// The number of members for which the predicate holds; `frameSlot` runs over their positions.
    case multisetCount(Place, frameSlot: Int, predicate: Expression)
    /// Arithmetic on addresses, and what is asked about them.
    case symbolic(SymbolicOperation)
  }

  package enum ArithmeticOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    /// Rounds towards zero.
    case divide = "/"
    /// Has the sign of the left operand.
    case modulo = "%"
    case bitAnd = "&"
    case bitOr = "|"
    case bitXor = "^"
    /// A negative distance shifts the other way; 64 and more gives 0.
    case shiftLeft = "<<"
    /// Arithmetic; a negative distance shifts the other way; 64 and more gives 0.
    case shiftRight = ">>"
  }

  package enum ComparisonOperator: String, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  package enum Quantifier: Sendable {
    case forall
    case exists
  }
}

extension Expression {
  /// The operands of a tree of `&`, in the order in which they are evaluated.
  package var conjuncts: [Expression] {
    guard case .and(let left, let right) = kind else { return [self] }
    return left.conjuncts + right.conjuncts
  }
}

/// What a loop or quantifier variable runs over; the variable is a slot of the frame.
///
/// A class, as places are: within expressions and statements a reference is small, and a kind that is
/// small is looked at without being copied.
package final class Loop: Sendable {
  package let frameSlot: Int
  /// The type of the variable.
  package let type: ScalarType
  package let domain: Domain
  /// What becomes of a stepped loop whose step leads away from its end.
  package let crossing: Crossing
  package let span: SourceSpan

  package enum Domain: Sendable {
    /// All values from the first to the second.
    case values(Int64, Int64)
    /// `from to to by step`. The bounds are evaluated once, before the first round. Without a step
    /// it is 1. A step of 0 is a run-time error.
    case stepped(from: Expression, to: Expression, by: Expression?)
  }

  package enum Crossing: Sendable, Hashable {
    /// Without a step the loop counts down, and the remark of this number is met, if there is one;
    /// a step that leads away is a run-time error. Rumur's loops.
    case countsDown(remark: Int?)
    /// There is no round. CMurphi's loops.
    case noRound
  }

  package init(
    frameSlot: Int, type: ScalarType, domain: Domain, crossing: Crossing = .countsDown(remark: nil),
    span: SourceSpan
  ) {
    self.frameSlot = frameSlot
    self.type = type
    self.domain = domain
    self.crossing = crossing
    self.span = span
  }

  /// The step of a stepped loop that has none in the text.
  package func impliedStep(from first: Int64, to last: Int64) -> Int64 {
    crossing == .noRound || first <= last ? 1 : -1
  }
}

/// The slots of a place or result as a value, undefined ones included: arrays, records and
/// multisets, and single values that are handed on without being read.
package indirect enum Aggregate: Sendable {
  case place(Place)
  /// A function that returns an aggregate.
  case call(function: Int, [Argument], SourceSpan)
  case conditional(Expression, then: Aggregate, otherwise: Aggregate)
}

/// What is handed to a parameter.
package indirect enum Argument: Sendable {
  /// A single value, checked against the parameter's type.
  case value(Expression)
  /// A copy of slots, undefined ones included and unchecked.
  case aggregate(Aggregate)
  /// The place itself, for a `var` parameter.
  case reference(Place)
  /// A place of the caller's frame that is given a value first: for a parameter that is a reference,
  /// where there is no variable that it could stand for.
  case temporary(Place, Argument)
}
