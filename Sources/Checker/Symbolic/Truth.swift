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

  package static prefix func ! (operand: Truth) -> Truth {
    switch operand {
    case .known(let value): .known(!value)
    case .term(let term): .term(!term)
    }
  }

  package static func & (left: Truth, right: Truth) -> Truth {
    switch (left, right) {
    case (.known(false), _), (_, .known(false)): .known(false)
    case (.known(true), let other), (let other, .known(true)): other
    case (.term(let first), .term(let second)): .term(first && second)
    }
  }

  package static func | (left: Truth, right: Truth) -> Truth { !(!left & !right) }

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
