public import TransitionSystem

/// Which functions may write to what outlives them: the state, or what a `var` parameter stands
/// for. A guard that calls none of them needs no copy of the state.
public struct Purity {
  /// For each function, whether a call may change something outside of its frame.
  private let writes: [Bool]

  public init(_ system: TransitionSystem) {
    var writes = system.functions.map { $0.body.contains { $0.writesOutside } }
    var calls = system.functions.map { function in
      var called: Set<Int> = []
      function.body.forEach { $0.forEachCalledFunction { called.insert($0) } }
      return called
    }
    // Spread along calls until nothing changes.
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for function in calls.indices where !writes[function] {
        if calls[function].contains(where: { writes[$0] }) {
          writes[function] = true
          calls[function] = []
          hasChanged = true
        }
      }
    }
    self.writes = writes
  }

  /// Whether evaluating the expression leaves the state as it is.
  public func isPure(_ expression: Expression) -> Bool {
    var isPure = true
    expression.forEachCalledFunction { isPure = isPure && !writes[$0] }
    return isPure
  }
}

extension Expression {
  func forEachCalledFunction(_ body: (Int) -> Void) {
    forEachSubexpression { expression in
      switch expression.kind {
      case .call(let function, _): body(function)
      case .aggregatesEqual(let left, let right):
        left.forEachCalledFunction(body)
        right.forEachCalledFunction(body)
      default: break
      }
      expression.forEachCall { argument in
        if case .aggregate(let aggregate) = argument { aggregate.forEachCalledFunction(body) }
      }
    }
  }
}

extension Aggregate {
  fileprivate func forEachCalledFunction(_ body: (Int) -> Void) {
    switch self {
    case .place: break
    case .call(let function, let arguments, _):
      body(function)
      for case .aggregate(let inner) in arguments { inner.forEachCalledFunction(body) }
    case .conditional(_, let then, let otherwise):
      then.forEachCalledFunction(body)
      otherwise.forEachCalledFunction(body)
    }
  }
}

extension Statement {
  /// Whether the statement, or one within it, writes to a place that is no local variable.
  fileprivate var writesOutside: Bool {
    switch kind {
    case .assign(let place, _), .copy(let place, _), .clear(let place), .undefine(let place),
      .multisetAdd(_, let place), .multisetRemove(_, let place),
      .multisetRemoveWhere(let place, _, _):
      place.base != .frame
    case .conditional(let clauses, let otherwise):
      clauses.contains { $0.body.contains { $0.writesOutside } }
        || otherwise.contains { $0.writesOutside }
    case .whileLoop(_, let body), .forLoop(_, let body):
      body.contains { $0.writesOutside }
    case .bindReference, .call, .result, .assertion, .assumption, .cover, .error, .putText, .put,
      .putPlace:
      false
    }
  }

  fileprivate func forEachCalledFunction(_ body: (Int) -> Void) {
    forEachExpression { $0.forEachCalledFunction(body) }
    forEachArgument { argument in
      argument.forEachSubexpression { $0.forEachCalledFunction(body) }
      if case .aggregate(let aggregate) = argument { aggregate.forEachCalledFunction(body) }
    }
    switch kind {
    case .call(let function, _):
      body(function)
    case .copy(_, let aggregate), .result(.aggregate(let aggregate)):
      aggregate.forEachSubexpression { $0.forEachCalledFunction(body) }
      aggregate.forEachCalledFunction(body)
    case .conditional(let clauses, let otherwise):
      for clause in clauses { clause.body.forEach { $0.forEachCalledFunction(body) } }
      otherwise.forEach { $0.forEachCalledFunction(body) }
    case .whileLoop(_, let statements), .forLoop(_, let statements):
      statements.forEach { $0.forEachCalledFunction(body) }
    default:
      break
    }
  }
}
