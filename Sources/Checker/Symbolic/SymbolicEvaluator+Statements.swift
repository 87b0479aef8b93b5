import SMT
import TransitionSystem

extension SymbolicEvaluator {
  /// Executes statements where the function has not ended yet.
  mutating func execute(
    _ statements: [Statement], _ returned: inout Returned
  ) throws(NotSymbolic) {
    for statement in statements {
      if case .known(true) = returned.isDone { return }
      if case .known(false) = path { return }
      let before = path
      path = path & !returned.isDone
      try execute(statement, &returned)
      path = before
    }
  }

  private mutating func execute(
    _ statement: Statement, _ returned: inout Returned
  ) throws(NotSymbolic) {
    try countPart()
    switch statement.kind {
    case .assign(let place, let expression):
      let value = try evaluate(expression)
      fail(if: !contains(place.bounds, value))
      try write(
        SymbolicSlot(value: value, isDefined: .known(true)), to: try addresses(of: place))
    case .conditional(let clauses, let otherwise):
      try execute(clauses[...], otherwise, &returned)
    case .forLoop(let loop, let body):
      for value in try values(of: loop) {
        let goesOn = path & !returned.isDone
        if case .known(false) = goesOn { return }
        memory[frameBase + loop.frameSlot] = SymbolicSlot(
          value: .constant(value), isDefined: .known(true))
        try execute(body, &returned)
      }
    case .result(.scalar(let expression)):
      let value = try evaluate(expression)
      returned.value = .choice(path, value, returned.value)
      returned.isDone = returned.isDone | path
    case .bindReference(let slot, let place):
      let addresses = try addresses(of: place)
      guard addresses.count == 1 else { throw .unsupported }
      memory[frameBase + slot] = SymbolicSlot(
        value: .constant(Int64(addresses[0].slot)), isDefined: .known(true))
    case .cover(let condition, _): _ = try evaluate(condition)
    case .putText, .put, .putPlace: break
    case .copy, .clear, .undefine, .whileLoop, .call, .result, .assertion, .assumption, .error,
      .multisetAdd, .multisetRemove, .multisetRemoveWhere:
      throw .unsupported
    }
  }

  private mutating func execute(
    _ clauses: ArraySlice<(condition: Expression, body: [Statement])>, _ otherwise: [Statement],
    _ returned: inout Returned
  ) throws(NotSymbolic) {
    guard let first = clauses.first else { return try execute(otherwise, &returned) }
    let isTrue = try evaluate(first.condition).isTrue
    let before = path
    path = before & isTrue
    if case .known(false) = path {} else { try execute(first.body, &returned) }
    path = before & !isTrue
    if case .known(false) = path {
    } else {
      try execute(clauses.dropFirst(), otherwise, &returned)
    }
    path = before
  }
}
