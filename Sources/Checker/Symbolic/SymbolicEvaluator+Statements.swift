import TransitionSystem

extension SymbolicEvaluator {
  /// Rounds of a `while` that are followed.
  private static let mostRounds = 32

  /// Executes statements where the function has not ended yet.
  mutating func execute(
    _ statements: [Statement], _ returned: inout Returned
  ) throws(NotSymbolic) {
    for statement in statements {
      if case .known(true) = returned.isDone { return }
      if isNowhere(path) { return }
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
      let content = try content(of: expression, within: place.bounds)
      try write(content, to: try addresses(of: place))
    case .copy(let place, let aggregate):
      let contents = try contents(of: aggregate)
      try write(contents, to: try addresses(of: place))
    case .clear(let place): try clear(place, undefines: false)
    case .undefine(let place): try clear(place, undefines: true)
    case .conditional(let clauses, let otherwise):
      try execute(clauses[...], otherwise, &returned)
    case .forLoop(let loop, let body): try execute(loop, body, &returned)
    case .whileLoop(let condition, let body):
      try execute(condition, body, &returned, rounds: Self.mostRounds)
    case .call(let function, let arguments): _ = try call(function, arguments)
    case .result(let value): try leave(value, &returned)
    case .bindReference(let slot, let place):
      memory[frameBase + slot] = SymbolicSlot(.places(try addresses(of: place)))
    case .assertion(let condition, _): fail(if: !(try evaluate(condition)).isTrue)
    case .assumption(let condition): discard(if: !(try evaluate(condition)).isTrue)
    case .error: fail(if: .known(true))
    case .cover(let condition, _): _ = try evaluate(condition)
    case .put(let expression, _): _ = try evaluate(expression)
    case .putText, .putPlace: break
    case .multisetAdd(let argument, let place): try add(argument, to: place)
    case .multisetRemove(let position, let place): try remove(at: position, from: place)
    case .multisetRemoveWhere(let place, let slot, let predicate):
      try removeMembers(of: place, slot, where: predicate)
    }
  }

  private mutating func execute(
    _ clauses: ArraySlice<(condition: Expression, body: [Statement])>, _ otherwise: [Statement],
    _ returned: inout Returned
  ) throws(NotSymbolic) {
    let before = path
    defer { path = before }
    for clause in clauses {
      let isTrue = try evaluate(clause.condition).isTrue
      let rest = path
      path = rest & isTrue
      if !isNowhere(path) { try execute(clause.body, &returned) }
      path = rest & !isTrue
      if isNowhere(path) { return }
    }
    try execute(otherwise, &returned)
  }

  private mutating func execute(
    _ loop: Loop, _ body: [Statement], _ returned: inout Returned
  ) throws(NotSymbolic) {
    let before = path
    defer { path = before }
    for (value, when) in try values(of: loop) {
      path = before & when & !returned.isDone
      if isNowhere(path) { continue }
      memory[frameBase + loop.frameSlot] = SymbolicSlot(.constant(value))
      try execute(body, &returned)
    }
  }

  private mutating func execute(
    _ condition: Expression, _ body: [Statement], _ returned: inout Returned, rounds: Int
  ) throws(NotSymbolic) {
    let before = path
    defer { path = before }
    for _ in 0..<rounds {
      path = path & (try evaluate(condition)).isTrue
      if isNowhere(path) { return }
      try execute(body, &returned)
      path = path & !returned.isDone
      if isNowhere(path) { return }
    }
    path = path & (try evaluate(condition)).isTrue
    leaveUnfinished()
  }

  private mutating func leave(
    _ value: Statement.ReturnedValue?, _ returned: inout Returned
  ) throws(NotSymbolic) {
    let contents: [SymbolicSlot] =
      switch value {
      case nil: []
      case .scalar(let expression): [try content(of: expression)]
      case .aggregate(let aggregate): try contents(of: aggregate)
      }
    if returned.contents.count == contents.count {
      returned.contents = zip(contents, returned.contents).map { .choice(path, $0, $1) }
    }
    returned.isDone = returned.isDone | path
  }

  private mutating func clear(_ place: Place, undefines: Bool) throws(NotSymbolic) {
    let addresses = try addresses(of: place)
    var contents: [SymbolicSlot] = []
    place.type.forEachSlot { type in
      contents.append(
        undefines || type.lower > type.upper ? .undefined : SymbolicSlot(.constant(type.lower)))
    }
    place.type.forEachMultiset(from: 0) { multiset in
      for position in 0..<multiset.capacity {
        let member = multiset.slot + position * multiset.stride
        contents[member] = SymbolicSlot(.constant(0))
        for offset in 1..<multiset.stride { contents[member + offset] = .undefined }
      }
    }
    try write(contents, to: addresses)
  }
}
