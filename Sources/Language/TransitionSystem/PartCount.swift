// How many expressions a walk meets. A tree may hold one expression many times, and where that holds
// another one many times, a short text stands for more than any walk could end with.

extension Int {
  /// The sum, or `Int.max`.
  func saturatingSum(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

extension Sequence {
  fileprivate func saturatingSum(_ partCount: (Element) -> Int) -> Int {
    reduce(0) { $0.saturatingSum(partCount($1)) }
  }
}

extension Expression.Kind {
  /// Expressions below this one.
  var partCount: Int {
    switch self {
    case .literal: 0
    case .load(let place), .isUndefined(let place): place.partCount
    case .negate(let operand), .bitNot(let operand), .not(let operand), .handedOn(let operand, _):
      operand.partCount
    case .arithmetic(_, let left, let right), .compare(_, let left, let right),
      .and(let left, let right), .or(let left, let right), .implies(let left, let right):
      left.partCount.saturatingSum(right.partCount)
    case .conditional(let condition, let then, let otherwise):
      [condition, then, otherwise].saturatingSum(\.partCount)
    case .aggregatesEqual(let left, let right): left.partCount.saturatingSum(right.partCount)
    case .quantified(_, let loop, let body): loop.partCount.saturatingSum(body.partCount)
    case .call(_, let arguments): arguments.saturatingSum(\.partCount)
    case .isOccupied(let place, let position): place.partCount.saturatingSum(position.partCount)
    case .multisetCount(let place, _, let predicate):
      place.partCount.saturatingSum(predicate.partCount)
    case .symbolic(let operation): operation.operands.saturatingSum(\.partCount)
    }
  }
}

extension Loop {
  fileprivate var partCount: Int {
    guard case .stepped(let from, let to, let by) = domain else { return 0 }
    return from.partCount.saturatingSum(to.partCount).saturatingSum(by?.partCount ?? 0)
  }
}

extension [Place.Index] {
  /// Expressions in the indices.
  var partCount: Int { saturatingSum(\.value.partCount) }
}

extension Aggregate {
  /// Expressions in the tree.
  package var partCount: Int {
    switch self {
    case .place(let place): place.partCount
    case .call(_, let arguments, _): arguments.saturatingSum(\.partCount)
    case .conditional(let condition, let then, let otherwise):
      condition.partCount.saturatingSum(then.partCount).saturatingSum(otherwise.partCount)
    }
  }
}

extension Argument {
  fileprivate var partCount: Int {
    switch self {
    case .value(let expression): expression.partCount
    case .aggregate(let aggregate): aggregate.partCount
    case .reference(let place): place.partCount
    case .temporary(let place, let argument): place.partCount.saturatingSum(argument.partCount)
    }
  }
}
