// Walks over the parts of expressions and statements, for analyses that look for something.

extension Expression {
  /// Calls `body` with this expression and all below it, those in indices included.
  public func forEachSubexpression(_ body: (Expression) -> Void) {
    body(self)
    switch kind {
    case .literal:
      break
    case .load(let place), .isUndefined(let place):
      place.forEachIndex { $0.forEachSubexpression(body) }
    case .negate(let operand), .bitNot(let operand), .not(let operand):
      operand.forEachSubexpression(body)
    case .arithmetic(_, let left, let right), .compare(_, let left, let right),
      .and(let left, let right), .or(let left, let right), .implies(let left, let right):
      left.forEachSubexpression(body)
      right.forEachSubexpression(body)
    case .conditional(let condition, let then, let otherwise):
      condition.forEachSubexpression(body)
      then.forEachSubexpression(body)
      otherwise.forEachSubexpression(body)
    case .aggregatesEqual(let left, let right):
      left.forEachSubexpression(body)
      right.forEachSubexpression(body)
    case .quantified(_, let loop, let inner):
      loop.forEachBound { $0.forEachSubexpression(body) }
      inner.forEachSubexpression(body)
    case .call(_, let arguments):
      for argument in arguments { argument.forEachSubexpression(body) }
    case .isOccupied(let place, let position):
      place.forEachIndex { $0.forEachSubexpression(body) }
      position.forEachSubexpression(body)
    case .multisetCount(let place, _, let predicate):
      place.forEachIndex { $0.forEachSubexpression(body) }
      predicate.forEachSubexpression(body)
    }
  }

  /// Calls `body` with each argument of each call in the expression.
  public func forEachCall(_ body: (Argument) -> Void) {
    forEachSubexpression { expression in
      switch expression.kind {
      case .call(_, let arguments): arguments.forEach(body)
      case .aggregatesEqual(let left, let right):
        left.forEachOwnArgument(body)
        right.forEachOwnArgument(body)
      default: break
      }
    }
  }
}

extension Place {
  /// Calls `body` with the value of each index.
  public func forEachIndex(_ body: (Expression) -> Void) {
    for index in indices { body(index.value) }
  }
}

extension Loop {
  /// Calls `body` with each bound that is an expression.
  public func forEachBound(_ body: (Expression) -> Void) {
    guard case .stepped(let from, let to, let by) = domain else { return }
    body(from)
    body(to)
    if let by { body(by) }
  }
}

extension Aggregate {
  /// Calls `body` with all expressions in the aggregate.
  public func forEachSubexpression(_ body: (Expression) -> Void) {
    switch self {
    case .place(let place):
      place.forEachIndex { $0.forEachSubexpression(body) }
    case .call(_, let arguments, _):
      for argument in arguments { argument.forEachSubexpression(body) }
    case .conditional(let condition, let then, let otherwise):
      condition.forEachSubexpression(body)
      then.forEachSubexpression(body)
      otherwise.forEachSubexpression(body)
    }
  }

  /// Calls `body` with each argument of each call in the aggregate.
  public func forEachCall(_ body: (Argument) -> Void) {
    forEachOwnArgument(body)
    forEachSubexpression { expression in
      if case .call(_, let arguments) = expression.kind { arguments.forEach(body) }
    }
  }

  /// Calls `body` with the arguments of the calls that make the aggregate.
  func forEachOwnArgument(_ body: (Argument) -> Void) {
    switch self {
    case .place: break
    case .call(_, let arguments, _):
      arguments.forEach(body)
      for case .aggregate(let inner) in arguments { inner.forEachOwnArgument(body) }
    case .conditional(_, let then, let otherwise):
      then.forEachOwnArgument(body)
      otherwise.forEachOwnArgument(body)
    }
  }
}

extension Argument {
  /// Calls `body` with all expressions in the argument.
  public func forEachSubexpression(_ body: (Expression) -> Void) {
    switch self {
    case .value(let expression): expression.forEachSubexpression(body)
    case .aggregate(let aggregate): aggregate.forEachSubexpression(body)
    case .reference(let place): place.forEachIndex { $0.forEachSubexpression(body) }
    }
  }
}

extension Statement {
  /// Calls `body` with each expression of this statement alone, not of statements within it.
  public func forEachExpression(_ body: (Expression) -> Void) {
    switch kind {
    case .assign(let place, let expression):
      place.forEachIndex(body)
      body(expression)
    case .copy(let place, _), .clear(let place), .undefine(let place),
      .bindReference(_, let place), .putPlace(let place, _), .multisetAdd(_, let place):
      place.forEachIndex(body)
    case .conditional(let clauses, _):
      for clause in clauses { body(clause.condition) }
    case .whileLoop(let condition, _), .assertion(let condition, _), .assumption(let condition),
      .cover(let condition, _), .put(let condition, _), .result(.scalar(let condition)):
      body(condition)
    case .forLoop(let loop, _):
      loop.forEachBound(body)
    case .multisetRemove(let position, let place):
      place.forEachIndex(body)
      body(position)
    case .multisetRemoveWhere(let place, _, let predicate):
      place.forEachIndex(body)
      body(predicate)
    case .call, .result, .error, .putText:
      break
    }
  }

  /// Calls `body` with each argument that this statement itself hands over.
  public func forEachArgument(_ body: (Argument) -> Void) {
    switch kind {
    case .call(_, let arguments): arguments.forEach(body)
    case .multisetAdd(let argument, _): body(argument)
    default: break
    }
  }
}
