package import SMT

/// A truth value that may be known while terms are built, so that what follows from constants never
/// becomes a term.
package enum Truth: Sendable {
  case known(Bool)
  case term(BoolTerm)

  package var asTerm: BoolTerm {
    switch self {
    case .known(let value): BoolTerm(value)
    case .term(let term): term
    }
  }

  static prefix func ! (operand: Truth) -> Truth {
    switch operand {
    case .known(let value): .known(!value)
    case .term(let term): .term(!term)
    }
  }

  static func & (left: Truth, right: Truth) -> Truth {
    switch (left, right) {
    case (.known(false), _), (_, .known(false)): .known(false)
    case (.known(true), let other), (let other, .known(true)): other
    case (.term(let first), .term(let second)): .term(first && second)
    }
  }

  static func | (left: Truth, right: Truth) -> Truth { !(!left & !right) }

  /// One of two, as a condition says.
  static func choice(_ condition: Truth, _ then: Truth, _ otherwise: Truth) -> Truth {
    switch (condition, then, otherwise) {
    case (.known(let value), _, _): value ? then : otherwise
    case (_, .known(let first), .known(let second)) where first == second: then
    case (_, .known(true), _): condition | otherwise
    case (_, .known(false), _): !condition & otherwise
    case (_, _, .known(true)): !condition | then
    case (_, _, .known(false)): condition & then
    default: .term(.ifThenElse(condition.asTerm, then.asTerm, otherwise.asTerm))
    }
  }
}

/// A single value of an expression: a number that is known, a truth value, or a term.
enum SymbolicValue: Sendable {
  case constant(Int64)
  case truth(BoolTerm)
  case number(IntTerm)

  init(_ truth: Truth) {
    switch truth {
    case .known(let value): self = .constant(value ? 1 : 0)
    case .term(let term): self = .truth(term)
    }
  }

  /// As a truth value: whether it is not 0.
  var isTrue: Truth {
    switch self {
    case .constant(let value): .known(value != 0)
    case .truth(let term): .term(term)
    case .number(let term): .term(term.differs(from: 0))
    }
  }

  var asNumber: IntTerm {
    switch self {
    case .constant(let value): IntTerm(value)
    case .truth(let term): .ifThenElse(term, 1, 0)
    case .number(let term): term
    }
  }

  /// One of two, as a condition says.
  static func choice(
    _ condition: Truth, _ then: SymbolicValue, _ otherwise: SymbolicValue
  ) -> SymbolicValue {
    switch (condition, then, otherwise) {
    case (.known(let value), _, _): return value ? then : otherwise
    case (_, .constant(let first), .constant(let second)) where first == second: return then
    case (_, .truth, .truth), (_, .truth, .constant(0...1)), (_, .constant(0...1), .truth):
      return SymbolicValue(Truth.choice(condition, then.isTrue, otherwise.isTrue))
    default:
      return .number(.ifThenElse(condition.asTerm, then.asNumber, otherwise.asNumber))
    }
  }
}

/// What a slot holds: a value, or nothing.
struct SymbolicSlot: Sendable {
  var value: SymbolicValue
  var isDefined: Truth

  static let undefined = SymbolicSlot(value: .constant(0), isDefined: .known(false))

  static func choice(
    _ condition: Truth, _ then: SymbolicSlot, _ otherwise: SymbolicSlot
  ) -> SymbolicSlot {
    if case .known(let value) = condition { return value ? then : otherwise }
    // What is undefined has no value that would matter.
    if case .known(false) = then.isDefined {
      return SymbolicSlot(
        value: otherwise.value, isDefined: !condition & otherwise.isDefined)
    }
    if case .known(false) = otherwise.isDefined {
      return SymbolicSlot(value: then.value, isDefined: condition & then.isDefined)
    }
    return SymbolicSlot(
      value: .choice(condition, then.value, otherwise.value),
      isDefined: .choice(condition, then.isDefined, otherwise.isDefined))
  }
}
