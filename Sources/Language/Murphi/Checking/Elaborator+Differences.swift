import Diagnostics
import TransitionSystem

// What a run in Rumur's meaning has to look at to tell that CMurphi's would go another way. A file that
// CMurphi does not read, or in which nothing of the kind can happen, is elaborated without it.

/// What a copy was made of: a variable, or a part of one, that CMurphi would hand on itself.
struct CopiedVariable {
  /// The slots of the copy, from its base.
  let base: Place.Base
  let slots: Range<Int>
  /// The slot of the frame that holds where the variable is.
  let original: Int
}

extension Elaborator {
  /// `true`, which meets a remark where the condition holds: of a loop that counts down.
  private mutating func noting(
    _ kind: Remark.Kind, where condition: Expression, at span: SourceSpan
  ) -> Expression {
    func number(_ value: Int64) -> Expression { Expression(.literal(value), at: span) }
    let start = Expression.Kind.conditional(condition, then: number(1), otherwise: number(0))
    let loop = Loop(
      frameSlot: frame.allocate(1), type: ScalarType(kind: .range, lower: 0, upper: 1),
      domain: .stepped(from: Expression(start, at: span), to: number(0), by: nil),
      crossing: .countsDown(remark: remark(kind, at: span)), span: span)
    return Expression(.quantified(.forall, loop, number(1)), at: span)
  }

  // MARK: - Parameters that CMurphi hands on by reference

  /// The variable of which a place is a copy, or a part of one.
  func original(of place: Place) -> Place? {
    for copy in frame.copies.reversed()
    where copy.base == place.base && copy.slots.contains(place.offset) {
      return Place(
        base: .reference(frameSlot: copy.original), offset: place.offset - copy.slots.lowerBound,
        indices: place.indices, type: place.type, span: place.span)
    }
    return nil
  }

  /// `true`, which meets a remark where the place is a copy and its variable has changed since; nil
  /// where it is no copy.
  private mutating func notingChange(of place: Place) -> Expression? {
    guard let original = original(of: place) else { return nil }
    // It stands nowhere in the text, so that the linter does not take it for what it says.
    let equal = Expression(.aggregatesEqual(.place(place), .place(original)), at: .none)
    return noting(
      .parameterIsCopy, where: Expression(.not(equal), at: place.span), at: place.span)
  }

  /// The value of a place, which may be a copy.
  mutating func loaded(_ place: Place) -> Expression {
    let value = Expression(.load(place), at: place.span)
    guard let noting = notingChange(of: place) else { return value }
    return Expression(.conditional(noting, then: value, otherwise: value), at: place.span)
  }

  /// The slots of a place, which may be a copy.
  mutating func copied(_ place: Place) -> Aggregate {
    guard let noting = notingChange(of: place) else { return .place(place) }
    return .conditional(noting, then: .place(place), otherwise: .place(place))
  }

  /// Whether a place is undefined, which may be a copy.
  mutating func undefinedness(of place: Place, at span: SourceSpan) -> Expression {
    let value = Expression(.isUndefined(place), at: span)
    guard let noting = notingChange(of: place) else { return value }
    return Expression(.and(noting, value), at: span)
  }

  /// Lets a second slot stand for the variable where an alias stands for a part of its copy.
  mutating func bindOriginal(of place: Place, to alias: Int, at span: SourceSpan) -> [Statement] {
    guard let original = original(of: place) else { return [] }
    let slot = frame.allocate(1)
    frame.copies.append(
      .init(
        base: .reference(frameSlot: alias), slots: 0..<place.type.slotCount, original: slot))
    return [Statement(.bindReference(frameSlot: slot, original), at: span)]
  }

  // MARK: - What CMurphi evaluates although nothing asks for it

  /// The condition of `? :`, which meets a remark where a part of the side that is not chosen, which
  /// CMurphi evaluates ahead, would be an error.
  mutating func notingParts(
    _ condition: Expression, before then: [Expression], _ otherwise: [Expression]
  ) -> Expression {
    let ahead = noting(partsOf: otherwise)
    let behind = noting(partsOf: then)
    guard ahead != nil || behind != nil else { return condition }
    let span = condition.span
    let holds = Expression(.literal(1), at: span)
    return Expression(
      .conditional(
        condition, then: ahead ?? holds,
        otherwise: Expression(.not(behind ?? holds), at: span)), at: span)
  }

  private mutating func noting(partsOf parts: [Expression]) -> Expression? {
    var notes: Expression?
    for part in parts {
      guard let failure = part.failure else { continue }
      let note = noting(.choiceComputesAhead, where: failure, at: part.span)
      notes = notes.map { Expression(.and($0, note), at: part.span) } ?? note
    }
    return notes
  }
}

extension Expression {
  /// Whether to evaluate this would be an error, as an expression that never is one; nil where it
  /// cannot be one. A quantifier is looked at in all of its rounds. What leaves 64 bits is left out.
  fileprivate var failure: Expression? {
    switch kind {
    case .literal, .call, .isOccupied, .multisetCount, .symbolic: nil
    case .load(let place): place.failure.or(Expression(.isUndefined(place), at: span))
    case .isUndefined(let place): place.failure
    case .negate(let operand), .bitNot(let operand), .not(let operand), .handedOn(let operand, _):
      operand.failure
    case .arithmetic(let operation, let left, let right):
      left.failure.or(right.failure).or(
        operation == .divide || operation == .modulo ? right.isZero : nil)
    case .compare(_, let left, let right): left.failure.or(right.failure)
    case .aggregatesEqual(let left, let right): left.failure.or(right.failure)
    case .and(let left, let right), .implies(let left, let right):
      left.failure.or(right.failure.map { Expression(.and(left, $0), at: span) })
    case .or(let left, let right):
      left.failure.or(right.failure.map { Expression(.and(left.negated, $0), at: span) })
    case .conditional(let condition, let then, let otherwise):
      condition.failure.or(
        Self.choice(condition, then.failure, otherwise.failure, at: span))
    case .quantified(_, let loop, let body):
      loop.failure.or(
        body.failure.map { Expression(.quantified(.exists, loop.withoutRemark, $0), at: span) })
    }
  }

  private var negated: Expression { Expression(.not(self), at: span) }

  private var isZero: Expression? {
    if case .literal(let value) = kind, value != 0 { return nil }
    return compared(.equal, with: 0)
  }

  fileprivate func compared(_ comparison: ComparisonOperator, with number: Int64) -> Expression {
    Expression(.compare(comparison, self, Expression(.literal(number), at: span)), at: span)
  }

  fileprivate static func choice(
    _ condition: Expression, _ then: Expression?, _ otherwise: Expression?, at span: SourceSpan
  ) -> Expression? {
    guard then != nil || otherwise != nil else { return nil }
    let never = Expression(.literal(0), at: span)
    return Expression(
      .conditional(condition, then: then ?? never, otherwise: otherwise ?? never), at: span)
  }
}

extension Place {
  /// Whether to find the place would be an error.
  fileprivate var failure: Expression? {
    indices.reduce(nil) { failure, index in
      failure.or(index.value.failure).or(index.isOutside)
    }
  }
}

extension Place.Index {
  fileprivate var isOutside: Expression? {
    let upper = lower + Int64(count) - 1
    if value.isAlways(within: lower, upper) { return nil }
    return Optional(value.compared(.less, with: lower)).or(value.compared(.greater, with: upper))
  }
}

extension Loop {
  fileprivate var failure: Expression? {
    guard case .stepped(let from, let to, let step) = domain else { return nil }
    return from.failure.or(to.failure).or(step?.failure)
  }

  /// The same loop; to look at its rounds is not to meet what they meet.
  fileprivate var withoutRemark: Loop {
    guard case .countsDown = crossing else { return self }
    return Loop(frameSlot: frameSlot, type: type, domain: domain, span: span)
  }
}

extension Aggregate {
  fileprivate var failure: Expression? {
    switch self {
    case .place(let place): place.failure
    case .call: nil
    case .conditional(let condition, let then, let otherwise):
      condition.failure.or(
        Expression.choice(condition, then.failure, otherwise.failure, at: condition.span))
    }
  }
}

extension Expression? {
  /// Either of two, the second only where the first does not hold.
  fileprivate func or(_ other: Expression?) -> Expression? {
    guard let self, let other else { return self ?? other }
    return Expression(.or(self, other), at: self.span)
  }
}
