// One walk over the parts of expressions and statements, for analyses that look for something. Each
// part is come by once, so an analysis takes time in proportion to the text.

/// What a walk comes by.
package enum Part {
  /// Before what the statement consists of.
  case statement(Statement)
  /// Before what the expression consists of.
  case expression(Expression)
  case place(Place, Use)
  case call(function: Int)

  /// What happens to a place.
  package enum Use {
    case read
    case write
    /// Reads and writes, as changing the members of a multiset does.
    case update
    /// A `var` parameter or an alias is made to stand for it.
    case reference
  }
}

extension Expression {
  /// Calls `body` with this expression and all parts below it, those in indices included.
  package func forEachPart(_ body: (Part) -> Void) {
    body(.expression(self))
    switch kind {
    case .literal:
      break
    case .load(let place), .isUndefined(let place):
      place.forEachPart(used: .read, body)
    case .negate(let operand), .bitNot(let operand), .not(let operand), .handedOn(let operand, _):
      operand.forEachPart(body)
    case .arithmetic(_, let left, let right), .compare(_, let left, let right),
      .and(let left, let right), .or(let left, let right), .implies(let left, let right):
      left.forEachPart(body)
      right.forEachPart(body)
    case .conditional(let condition, let then, let otherwise):
      condition.forEachPart(body)
      then.forEachPart(body)
      otherwise.forEachPart(body)
    case .aggregatesEqual(let left, let right):
      left.forEachPart(body)
      right.forEachPart(body)
    case .quantified(_, let loop, let inner):
      loop.forEachPart(body)
      inner.forEachPart(body)
    case .call(let function, let arguments):
      arguments.forEachPart(ofCallTo: function, body)
    case .isOccupied(let place, let position):
      place.forEachPart(used: .read, body)
      position.forEachPart(body)
    case .multisetCount(let place, _, let predicate):
      place.forEachPart(used: .read, body)
      predicate.forEachPart(body)
    case .symbolic(let operation):
      for operand in operation.operands { operand.forEachPart(body) }
    }
  }
}

extension Place {
  /// Calls `body` with the value of each index.
  package func forEachIndex(_ body: (Expression) -> Void) {
    for index in indices { body(index.value) }
  }

  fileprivate func forEachPart(used use: Part.Use, _ body: (Part) -> Void) {
    body(.place(self, use))
    for index in indices { index.value.forEachPart(body) }
  }
}

extension Loop {
  fileprivate func forEachPart(_ body: (Part) -> Void) {
    guard case .stepped(let from, let to, let by) = domain else { return }
    from.forEachPart(body)
    to.forEachPart(body)
    by?.forEachPart(body)
  }
}

extension Aggregate {
  fileprivate func forEachPart(_ body: (Part) -> Void) {
    switch self {
    case .place(let place):
      place.forEachPart(used: .read, body)
    case .call(let function, let arguments, _):
      arguments.forEachPart(ofCallTo: function, body)
    case .conditional(let condition, let then, let otherwise):
      condition.forEachPart(body)
      then.forEachPart(body)
      otherwise.forEachPart(body)
    }
  }
}

extension Argument {
  /// Calls `body` with all parts of what is handed over.
  package func forEachPart(_ body: (Part) -> Void) {
    switch self {
    case .value(let expression): expression.forEachPart(body)
    case .aggregate(let aggregate): aggregate.forEachPart(body)
    case .reference(let place): place.forEachPart(used: .reference, body)
    case .temporary(let place, let argument):
      argument.forEachPart(body)
      place.forEachPart(used: .write, body)
      place.forEachPart(used: .reference, body)
    }
  }
}

extension [Argument] {
  fileprivate func forEachPart(ofCallTo function: Int, _ body: (Part) -> Void) {
    body(.call(function: function))
    for argument in self { argument.forEachPart(body) }
  }
}

extension Statement {
  /// Calls `body` with this statement and all parts of it, statements within it included.
  package func forEachPart(_ body: (Part) -> Void) {
    body(.statement(self))
    switch kind {
    case .assign(let place, let value):
      place.forEachPart(used: .write, body)
      value.forEachPart(body)
    case .copy(let place, let aggregate):
      place.forEachPart(used: .write, body)
      aggregate.forEachPart(body)
    case .clear(let place), .undefine(let place):
      place.forEachPart(used: .write, body)
    case .bindReference(_, let place):
      place.forEachPart(used: .reference, body)
    case .conditional(let clauses, let otherwise):
      for clause in clauses {
        clause.condition.forEachPart(body)
        clause.body.forEachPart(body)
      }
      otherwise.forEachPart(body)
    case .whileLoop(let condition, let statements):
      condition.forEachPart(body)
      statements.forEachPart(body)
    case .forLoop(let loop, let statements):
      loop.forEachPart(body)
      statements.forEachPart(body)
    case .call(let function, let arguments):
      arguments.forEachPart(ofCallTo: function, body)
    case .result(.scalar(let value)):
      value.forEachPart(body)
    case .result(.aggregate(let aggregate)):
      aggregate.forEachPart(body)
    case .assertion(let condition, _), .assumption(let condition), .cover(let condition, _),
      .put(let condition, _):
      condition.forEachPart(body)
    case .putPlace(let place, _):
      place.forEachPart(used: .read, body)
    case .multisetAdd(let argument, let place):
      argument.forEachPart(body)
      place.forEachPart(used: .update, body)
    case .multisetRemove(let position, let place):
      position.forEachPart(body)
      place.forEachPart(used: .update, body)
    case .multisetRemoveWhere(let place, _, let predicate):
      place.forEachPart(used: .update, body)
      predicate.forEachPart(body)
    case .result(nil), .error, .putText:
      break
    }
  }
}

extension TransitionSystem {
  /// Calls `body` with all parts of the rules, start states, functions and properties.
  package func forEachPart(_ body: (Part) -> Void) {
    for rule in rules + startStates {
      rule.guardExpression?.forEachPart(body)
      rule.body.forEachPart(body)
    }
    for function in functions { function.body.forEachPart(body) }
    for property in properties { property.expression.forEachPart(body) }
  }
}

extension [Statement] {
  /// Calls `body` with each statement and all parts of it.
  package func forEachPart(_ body: (Part) -> Void) {
    for statement in self { statement.forEachPart(body) }
  }
}
