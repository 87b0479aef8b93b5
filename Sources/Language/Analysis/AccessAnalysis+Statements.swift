import TransitionSystem

extension AccessAnalysis {
  /// How statements may end.
  enum Flow {
    case next
    /// A `return` may have been executed.
    case mayReturn
    case returned
  }

  mutating func execute(_ statements: [Statement]) throws(Overrun) -> Flow {
    let outer = uncertainty
    defer { uncertainty = outer }
    var flow = Flow.next
    for statement in statements {
      switch try execute(statement) {
      case .next: break
      case .returned: return .returned
      case .mayReturn:
        // What follows is not executed where it has returned.
        if flow == .next { uncertainty += 1 }
        flow = .mayReturn
      }
    }
    return flow
  }

  private mutating func execute(_ statement: Statement) throws(Overrun) -> Flow {
    try spend()
    switch statement.kind {
    case .assign(let place, let expression):
      let value = try evaluate(expression, within: place.bounds)
      try write(try resolve(place), slotCount: 1, [value])
    case .copy(let place, let aggregate):
      try spend(slots: place.slotCount)
      let values = try values(of: aggregate)
      try write(try resolve(place), slotCount: place.slotCount, values)
    case .clear(let place):
      try spend(slots: place.slotCount)
      var values: [ValueSet] = []
      place.type.forEachSlot { type in
        values.append(type.lower <= type.upper ? ValueSet(type.lower) : .undefined)
      }
      try empty(place, values)
    case .undefine(let place):
      try spend(slots: place.slotCount)
      try empty(place, Array(repeating: .undefined, count: place.slotCount))
    case .bindReference(let frameSlot, let place):
      frames[level].references[frameSlot] = try resolve(place)
    case .conditional(let clauses, let otherwise):
      return try execute(clauses, otherwise: otherwise)
    case .whileLoop(let condition, let body):
      return try executeWhile(condition, body)
    case .forLoop(let loop, let body):
      return try execute(loop, body)
    case .call(let function, let arguments):
      _ = try call(function, arguments)
    case .result(let value):
      try leave(value)
      return .returned
    case .assertion(let condition, _), .assumption(let condition), .cover(let condition, _),
      .put(let condition, _):
      _ = try evaluate(condition)
    case .error, .putText:
      break
    case .putPlace(let place, _):
      read(try resolve(place), slotCount: place.slotCount)
    case .multisetAdd(let argument, let place):
      try update(place)
      switch argument {
      case .value(let expression): _ = try evaluate(expression)
      case .aggregate(let aggregate): _ = try values(of: aggregate)
      case .reference(let place), .temporary(let place, _):
        read(try resolve(place), slotCount: place.slotCount)
      }
    case .multisetRemove(let position, let place):
      _ = try evaluate(position)
      try update(place)
    case .multisetRemoveWhere(let place, let frameSlot, let predicate):
      try update(place)
      frames[level].values[frameSlot] = .any
      uncertainty += 1
      defer { uncertainty -= 1 }
      try repeatUntilStable { analysis throws(Overrun) in _ = try analysis.evaluate(predicate) }
    }
    return .next
  }

  /// Reads and writes all of a multiset.
  private mutating func update(_ place: Place) throws(Overrun) {
    let target = try resolve(place)
    read(target, slotCount: place.slotCount)
    try write(target, slotCount: place.slotCount, nil)
  }

  /// Writes what `clear` or `undefine` leaves; multisets become empty, which is not followed.
  private mutating func empty(_ place: Place, _ values: [ValueSet]) throws(Overrun) {
    var holdsMultiset = false
    place.type.forEachMultiset(from: 0) { _ in holdsMultiset = true }
    try write(try resolve(place), slotCount: place.slotCount, holdsMultiset ? nil : values)
  }

  private mutating func leave(_ value: Statement.ReturnedValue?) throws(Overrun) {
    switch value {
    case nil: break
    case .scalar(let expression):
      let value = try evaluate(expression)
      frames[level].result = frames[level].result.map { $0.union(value) } ?? value
    case .aggregate(let aggregate):
      _ = try values(of: aggregate)
      frames[level].result = .any
    }
  }

  // MARK: - Branches and loops

  private mutating func execute(
    _ clauses: [(condition: Expression, body: [Statement])], otherwise: [Statement]
  ) throws(Overrun) -> Flow {
    let outer = uncertainty
    defer { uncertainty = outer }
    var flows: [Flow] = []
    for clause in clauses {
      let known = try evaluate(clause.condition).single
      if known == 0 { continue }
      if known != nil {
        flows.append(try execute(clause.body))
        return Self.joined(flows)
      }
      uncertainty += 1
      flows.append(try execute(clause.body))
    }
    flows.append(try execute(otherwise))
    return Self.joined(flows)
  }

  private static func joined(_ flows: [Flow]) -> Flow {
    if flows.allSatisfy({ $0 == .returned }) { return .returned }
    return flows.allSatisfy { $0 == .next } ? .next : .mayReturn
  }

  private mutating func executeWhile(
    _ condition: Expression, _ body: [Statement]
  ) throws(Overrun) -> Flow {
    if try evaluate(condition).single == 0 { return .next }
    return try repeatBody { analysis throws(Overrun) in
      let flow = try analysis.execute(body)
      _ = try analysis.evaluate(condition)
      return flow
    }
  }

  private mutating func execute(_ loop: Loop, _ body: [Statement]) throws(Overrun) -> Flow {
    let rounds = try knownRounds(of: loop)
    let outer = uncertainty
    // The loop may have been left early, or not been executed.
    defer {
      uncertainty = outer
      frames[level].values[loop.frameSlot] = .any
    }
    guard let rounds else {
      return try repeatBody { analysis throws(Overrun) in
        analysis.frames[analysis.level].values[loop.frameSlot] = .any
        return try analysis.execute(body)
      }
    }
    var flow = Flow.next
    for value in rounds {
      frames[level].values[loop.frameSlot] = ValueSet(value)
      switch try execute(body) {
      case .next: break
      case .returned: return .returned
      case .mayReturn:
        if flow == .next { uncertainty += 1 }
        flow = .mayReturn
      }
    }
    return flow
  }

  /// Follows a body that may be executed any number of times.
  private mutating func repeatBody(
    _ body: (inout AccessAnalysis) throws(Overrun) -> Flow
  ) throws(Overrun) -> Flow {
    uncertainty += 1
    defer { uncertainty -= 1 }
    var flow = Flow.next
    try repeatUntilStable { analysis throws(Overrun) in
      if try body(&analysis) != .next { flow = .mayReturn }
    }
    return flow
  }
}
