extension TransitionSystem {
  /// All scalarsets of the variables and parameters, each once.
  package var scalarsets: [ScalarType] {
    var found: [ScalarType] = []
    func add(_ type: ScalarType) {
      for set in type.scalarsets where !found.contains(where: { $0.identity == set.identity }) {
        found.append(set)
      }
    }
    for variable in variables {
      variable.type.forEachSlot(add)
      variable.type.forEachScalarsetIndex(add)
    }
    for rule in rules + startStates { for parameter in rule.parameters { add(parameter.type) } }
    for property in properties { for parameter in property.parameters { add(parameter.type) } }
    forEachPart { part in
      switch part {
      case .expression(let expression):
        if case .quantified(_, let loop, _) = expression.kind { add(loop.type) }
      case .statement(let statement):
        if case .forLoop(let loop, _) = statement.kind { add(loop.type) }
      case .place, .call: break
      }
    }
    return found
  }
}

extension ValueType {
  /// Calls `body` with each scalarset that indexes arrays in it.
  package func forEachScalarsetIndex(_ body: (ScalarType) -> Void) {
    switch self {
    case .scalar: break
    case .array(let index, let element):
      for type in index.scalarsets { body(type) }
      element.forEachScalarsetIndex(body)
    case .record(let fields):
      for field in fields { field.type.forEachScalarsetIndex(body) }
    case .multiset(_, let element): element.forEachScalarsetIndex(body)
    }
  }

  /// Whether arrays in it are indexed by a scalarset.
  package var hasScalarsetIndex: Bool {
    var isFound = false
    forEachScalarsetIndex { _ in isFound = true }
    return isFound
  }
}
