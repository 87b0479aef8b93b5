// How deep a walk over a tree goes. What recurs with the tree, as the interpreter does, needs so
// much of the machine's stack; a function's height times the depth of calls bounds it.

extension Expression {
  /// Levels of the tree, this one included.
  var height: Int {
    switch kind {
    case .literal: return 1
    case .load(let place), .isUndefined(let place): return place.height + 1
    case .negate(let operand), .bitNot(let operand), .not(let operand), .handedOn(let operand, _):
      return operand.height + 1
    case .arithmetic(_, let left, let right), .compare(_, let left, let right),
      .and(let left, let right), .or(let left, let right), .implies(let left, let right):
      return max(left.height, right.height) + 1
    case .conditional(let condition, let then, let otherwise):
      return max(condition.height, then.height, otherwise.height) + 1
    case .aggregatesEqual(let left, let right): return max(left.height, right.height) + 1
    case .quantified(_, let loop, let body): return max(loop.height, body.height) + 1
    case .call(_, let arguments): return arguments.height + 1
    case .isOccupied(let place, let position): return max(place.height, position.height) + 1
    case .multisetCount(let place, _, let predicate):
      return max(place.height, predicate.height) + 1
    case .symbolic(let operation):
      return (operation.operands.map(\.height).max() ?? 0) + 1
    }
  }
}

extension Place {
  fileprivate var height: Int { 1 + (indices.map(\.value.height).max() ?? 0) }
}

extension Loop {
  fileprivate var height: Int {
    guard case .stepped(let from, let to, let by) = domain else { return 1 }
    return max(from.height, to.height, by?.height ?? 0) + 1
  }
}

extension Aggregate {
  fileprivate var height: Int {
    switch self {
    case .place(let place): place.height + 1
    case .call(_, let arguments, _): arguments.height + 1
    case .conditional(let condition, let then, let otherwise):
      max(condition.height, then.height, otherwise.height) + 1
    }
  }
}

extension Argument {
  fileprivate var height: Int {
    switch self {
    case .value(let expression): expression.height
    case .aggregate(let aggregate): aggregate.height
    case .reference(let place): place.height
    case .temporary(_, let argument): argument.height + 1
    }
  }
}

extension [Argument] {
  fileprivate var height: Int { 1 + (map(\.height).max() ?? 0) }
}

extension Statement {
  fileprivate var height: Int {
    switch kind {
    case .assign(let place, let value): max(place.height, value.height) + 1
    case .copy(let place, let aggregate): max(place.height, aggregate.height) + 1
    case .clear(let place), .undefine(let place), .bindReference(_, let place),
      .putPlace(let place, _):
      place.height + 1
    case .conditional(let clauses, let otherwise):
      max(
        clauses.map { max($0.condition.height, $0.body.height) }.max() ?? 0, otherwise.height) + 1
    case .whileLoop(let condition, let body): max(condition.height, body.height) + 1
    case .forLoop(let loop, let body): max(loop.height, body.height) + 1
    case .call(_, let arguments): arguments.height + 1
    case .result(.scalar(let value)): value.height + 1
    case .result(.aggregate(let aggregate)): aggregate.height + 1
    case .assertion(let condition, _), .assumption(let condition), .cover(let condition, _),
      .put(let condition, _):
      condition.height + 1
    case .multisetAdd(let argument, let place): max([argument].height, place.height) + 1
    case .multisetRemove(let position, let place): max(position.height, place.height) + 1
    case .multisetRemoveWhere(let place, _, let predicate):
      max(place.height, predicate.height) + 1
    case .result(nil), .error, .putText: 1
    }
  }
}

extension [Statement] {
  /// Levels of the deepest statement, and one for the list.
  var height: Int { 1 + (map(\.height).max() ?? 0) }
}
