package import SMT

/// A single value of an expression: a number that is known, a truth value, a term, or where a place is.
package enum SymbolicValue: Sendable {
  case constant(Int64)
  case truth(BoolTerm)
  /// With bounds that it keeps to wherever nothing has gone wrong.
  case number(IntTerm, ClosedRange<Int64>)
  /// What a `var` parameter or an alias stands for.
  case places([SymbolicAddress])

  init(_ truth: Truth) {
    switch truth {
    case .known(let value): self = .constant(value ? 1 : 0)
    case .term(let term): self = .truth(term)
    }
  }

  /// As a truth value: whether it is not 0.
  package var isTrue: Truth {
    switch self {
    case .constant(let value): .known(value != 0)
    case .truth(let term): .term(term)
    case .number(let term, let range):
      range.contains(0) ? .term(term.differs(from: 0)) : .known(true)
    case .places: .known(true)
    }
  }

  package var asNumber: IntTerm {
    switch self {
    case .constant(let value): IntTerm(value)
    case .truth(let term): .ifThenElse(term, 1, 0)
    case .number(let term, _): term
    case .places: 0
    }
  }

  /// What it lies in wherever nothing has gone wrong.
  package var range: ClosedRange<Int64> {
    switch self {
    case .constant(let value): value...value
    case .truth: 0...1
    case .number(_, let range): range
    case .places: 0...0
    }
  }

  /// The same where it is known to keep to bounds: any other value has gone wrong.
  func narrowed(to bounds: ClosedRange<Int64>) -> SymbolicValue {
    let range = self.range
    if bounds.lowerBound <= range.lowerBound, range.upperBound <= bounds.upperBound { return self }
    guard range.overlaps(bounds) else { return .constant(bounds.lowerBound) }
    let common = range.clamped(to: bounds)
    return common.lowerBound == common.upperBound
      ? .constant(common.lowerBound) : .number(asNumber, common)
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
    // A place is bound where it is made use of, and nowhere else.
    case (_, .places, _): return then
    case (_, _, .places): return otherwise
    default:
      let (first, second) = (then.range, otherwise.range)
      let range =
        min(first.lowerBound, second.lowerBound)...max(first.upperBound, second.upperBound)
      return .number(.ifThenElse(condition.asTerm, then.asNumber, otherwise.asNumber), range)
    }
  }
}

/// A slot that a place may begin at, and when it does.
package struct SymbolicAddress: Sendable {
  let slot: Int
  let when: Truth
}

/// What a slot holds: a value, or nothing.
package struct SymbolicSlot: Sendable {
  package var value: SymbolicValue
  package var isDefined: Truth

  package static let undefined = SymbolicSlot(value: .constant(0), isDefined: .known(false))

  init(value: SymbolicValue, isDefined: Truth) {
    (self.value, self.isDefined) = (value, isDefined)
  }

  package init(_ value: SymbolicValue) { self.init(value: value, isDefined: .known(true)) }

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
