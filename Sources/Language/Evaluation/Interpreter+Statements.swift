import Diagnostics
import TransitionSystem

/// How a statement ends.
enum Flow {
  case next
  /// A `return` was executed.
  case returned
}

extension Interpreter {
  func execute(_ statements: [Statement]) throws(Interruption) -> Flow {
    for statement in statements {
      if try execute(statement) == .returned { return .returned }
    }
    return .next
  }

  private func execute(_ statement: Statement) throws(Interruption) -> Flow {
    switch statement.kind {
    case .assign(let place, let expression):
      try assign(place, try evaluate(expression), at: statement.span)
    case .copy(let place, let aggregate):
      let (source, count) = try materialize(aggregate)
      try expect(slotCount: count)
      (memory + (try address(of: place))).update(from: memory + source, count: count)
    case .clear(let place):
      try clear(place, at: statement.span)
    case .undefine(let place):
      let base = try address(of: place)
      try expect(slotCount: place.slotCount)
      (memory + base).update(repeating: Slot.undefined, count: place.slotCount)
      place.type.forEachMultiset(from: base) { $0.clear(in: memory) }
    case .bindReference(let slot, let place):
      memory[frameBase + slot] = Int64(try address(of: place))
    case .conditional(let clauses, let otherwise):
      for clause in clauses where try evaluate(clause.condition) != 0 {
        return try execute(clause.body)
      }
      return try execute(otherwise)
    case .whileLoop(let condition, let body):
      let firstRound = rounds
      do throws(Interruption) {
        while try evaluate(condition) != 0 {
          try countRound(at: statement.span)
          if try execute(body) == .returned { return .returned }
        }
      } catch {
        throw error.ofWhatMayNotEnd(rounds: rounds - firstRound)
      }
    case .forLoop(let loop, let body):
      var flow = Flow.next
      try run(loop) { () throws(Interruption) in
        flow = try self.execute(body)
        return flow == .next
      }
      return flow
    case .call(let function, let arguments):
      _ = try call(function, arguments, at: statement.span)
    case .result(let value):
      try leave(value, at: statement.span)
      return .returned
    case .assertion(let condition, let message):
      if try evaluate(condition) == 0 {
        throw Interruption(.assertionFailed(message), at: condition.span)
      }
    case .assumption(let condition):
      if try evaluate(condition) == 0 {
        throw Interruption(.assumptionFailed, at: condition.span)
      }
    case .cover(let condition, let cover):
      if try evaluate(condition) != 0 { coverHits[cover] += coverWeight }
    case .error(let message):
      throw Interruption(.errorStatement(message), at: statement.span)
    case .putText, .put, .putPlace:
      try put(statement)
    case .multisetAdd(let argument, let place):
      try add(argument, to: place, at: statement.span)
    case .multisetRemove(let position, let place):
      try remove(at: try evaluate(position), from: place, span: statement.span)
    case .multisetRemoveWhere(let place, let slot, let predicate):
      guard case .multiset(_, let element) = place.type else { break }
      try forEachMember(of: place, slot, at: statement.span) { member throws(Interruption) in
        if try self.evaluate(predicate) != 0 {
          self.removeMember(at: member, slotCount: element.slotCount)
        }
      }
    }
    return .next
  }

  private func assign(
    _ place: Place, _ value: Int64, at span: SourceSpan
  ) throws(Interruption) {
    let address = try address(of: place)
    if value < place.bounds.lowerBound || value > place.bounds.upperBound,
      value != Slot.undefined
    {
      throw Interruption(
        .runtimeError(
          .assignmentOutOfRange(
            value: value, lower: place.bounds.lowerBound, upper: place.bounds.upperBound)),
        at: span)
    }
    memory[address] = value
  }

  private func clear(_ place: Place, at span: SourceSpan) throws(Interruption) {
    let base = try address(of: place)
    try expect(slotCount: place.slotCount)
    var slot = base
    place.type.forEachSlot { type in
      // A type without values has nothing that it could be cleared to.
      memory[slot] = type.lower <= type.upper ? type.lower : Slot.undefined
      slot += 1
    }
    place.type.forEachMultiset(from: base) { $0.clear(in: memory) }
  }

  /// Leaves what `return` hands back: a single value in `returnedValue`, an aggregate at the
  /// beginning of the frame, which nothing needs any more.
  private func leave(
    _ value: Statement.ReturnedValue?, at span: SourceSpan
  ) throws(Interruption) {
    switch value {
    case nil:
      break
    case .scalar(let expression):
      returnedValue = try evaluate(expression)
    case .aggregate(let aggregate):
      let (source, count) = try materialize(aggregate)
      try expect(slotCount: count)
      (memory + frameBase).update(from: memory + source, count: count)
    }
  }

  // MARK: - Multisets

  private func add(
    _ argument: Argument, to place: Place, at span: SourceSpan
  ) throws(Interruption) {
    guard case .multiset(let capacity, let element) = place.type else { return }
    let base = try address(of: place)
    let stride = element.slotCount + 1
    try expect(slotCount: capacity)
    guard let free = (0..<capacity).first(where: { memory[base + $0 * stride] != 1 }) else {
      throw Interruption(.runtimeError(.multisetFull(capacity: capacity)), at: span)
    }
    let member = base + free * stride
    try pass(argument, within: element.bounds, at: member + 1)
    memory[member] = 1
  }

  private func remove(
    at position: Int64, from place: Place, span: SourceSpan
  ) throws(Interruption) {
    guard case .multiset(_, let element) = place.type else { return }
    guard try isOccupied(place, position) else {
      throw Interruption(.runtimeError(.noMultisetMember(position: position)), at: span)
    }
    let base = try address(of: place)
    removeMember(
      at: base + Int(position) * (element.slotCount + 1), slotCount: element.slotCount)
  }

  private func removeMember(at address: Int, slotCount: Int) {
    memory[address] = 0
    (memory + address + 1).update(repeating: Slot.undefined, count: slotCount)
  }

  // MARK: - Output

  private func put(_ statement: Statement) throws(Interruption) {
    guard let output else {
      // What is printed is evaluated all the same: it may be an error.
      if case .put(let expression, _) = statement.kind { _ = try evaluate(expression) }
      return
    }
    switch statement.kind {
    case .putText(let text):
      output(text)
    case .put(let expression, let type):
      output(describe(try evaluate(expression), type))
    case .putPlace(let place, let label):
      var slot = try address(of: place)
      place.type.forEachLeaf(named: label) { name, type in
        let value = memory[slot]
        let text = value == Slot.undefined ? "undefined" : describe(value, type)
        output("\(name): \(text)\n")
        slot += 1
      }
    default:
      break
    }
  }
}
