import Diagnostics
import TransitionSystem

extension Interpreter {
  /// The value of an expression.
  func evaluate(_ expression: Expression) throws(Interruption) -> Int64 {
    try evaluate(.passUnretained(expression))
  }

  /// The value of an expression that somebody else holds. To count references to each part on the way
  /// takes longer than to evaluate it.
  private func evaluate(_ expression: Unmanaged<Expression>) throws(Interruption) -> Int64 {
    switch expression._withUnsafeGuaranteedRef({ $0.shortcut.form }) {
    case .none:
      break
    case .leaf:
      let value = expression._withUnsafeGuaranteedRef { read($0.shortcut.left) }
      if value != Slot.undefined { return value }
    case .comparison(let comparison):
      let first = expression._withUnsafeGuaranteedRef { read($0.shortcut.left) }
      let second = expression._withUnsafeGuaranteedRef { read($0.shortcut.right) }
      if first != Slot.undefined, second != Slot.undefined {
        return comparison.holds(first, second) ? 1 : 0
      }
    case .and:
      if let (first, second) = expression._withUnsafeGuaranteedRef({ $0.shortcut.operands }) {
        return try evaluate(first) == 0 ? 0 : try evaluate(second)
      }
    case .or:
      if let (first, second) = expression._withUnsafeGuaranteedRef({ $0.shortcut.operands }) {
        return try evaluate(first) != 0 ? 1 : try evaluate(second)
      }
    case .implies:
      if let (first, second) = expression._withUnsafeGuaranteedRef({ $0.shortcut.operands }) {
        return try evaluate(first) == 0 ? 1 : try evaluate(second)
      }
    case .not:
      if let (operand, _) = expression._withUnsafeGuaranteedRef({ $0.shortcut.operands }) {
        return 1 - (try evaluate(operand))
      }
    }
    return try walk(expression.takeUnretainedValue())
  }

  /// The value of a leaf operand; undefined if it is, or if an index is undefined or out of range.
  @inline(__always)
  private func read(_ operand: LeafOperand) -> Int64 {
    // Not compared by `==`, which other modules cannot inline.
    var address = Int(operand.value)
    switch operand.kind {
    case .literal: return operand.value
    case .frame: address += frameBase
    case .state: break
    }
    if operand.first.count >= 0 {
      guard let distance = distance(operand.first) else { return Slot.undefined }
      address += distance
      if operand.second.count >= 0 {
        guard let distance = self.distance(operand.second) else {
          return Slot.undefined
        }
        address += distance
      }
    }
    return memory[address]
  }

  /// The slots that an index is worth.
  @inline(__always)
  private func distance(_ index: LeafOperand.Index) -> Int? {
    // Safe: an undefined or small value wraps around to a distance beyond any count.
    let distance = UInt64(bitPattern: memory[frameBase + Int(index.frameSlot)] &- index.lower)
    guard distance < UInt64(index.count) else { return nil }
    return Int(distance) * Int(index.stride)
  }

  /// The value of an expression by its definition.
  @inline(never)
  private func walk(_ expression: Expression) throws(Interruption) -> Int64 {
    switch expression.kind {
    case .literal(let value):
      return value
    case .load(let place):
      let value = memory[try address(of: place)]
      if value == Slot.undefined {
        throw Interruption(.runtimeError(.undefinedRead), at: expression.span)
      }
      return value
    case .compare(let comparison, let left, let right):
      let first = try evaluate(left)
      return comparison.holds(first, try evaluate(right)) ? 1 : 0
    case .and(let left, let right):
      return try evaluate(left) == 0 ? 0 : try evaluate(right)
    case .or(let left, let right):
      return try evaluate(left) != 0 ? 1 : try evaluate(right)
    case .implies(let left, let right):
      return try evaluate(left) == 0 ? 1 : try evaluate(right)
    case .not(let operand):
      return 1 - (try evaluate(operand))
    case .arithmetic(let operation, let left, let right):
      let first = try evaluate(left)
      return try apply(operation, first, try evaluate(right), at: expression.span)
    case .negate(let operand):
      return try apply(.subtract, 0, try evaluate(operand), at: expression.span)
    case .bitNot(let operand):
      return try apply(.bitXor, -1, try evaluate(operand), at: expression.span)
    case .conditional(let condition, let then, let otherwise):
      return try evaluate(try evaluate(condition) != 0 ? then : otherwise)
    case .quantified(let quantifier, let loop, let body):
      return try evaluate(quantifier, loop, body)
    case .isUndefined(let place):
      return memory[try address(of: place)] == Slot.undefined ? 1 : 0
    case .aggregatesEqual(let left, let right):
      return try areEqual(left, right) ? 1 : 0
    case .call(let function, let arguments):
      _ = try call(function, arguments, at: expression.span)
      if returnedValue == Slot.undefined {
        throw Interruption(.runtimeError(.undefinedRead), at: expression.span)
      }
      return returnedValue
    case .handedOn(let operand, let distance):
      let value = try valueOrUndefined(of: operand)
      return value == Slot.undefined ? value : value + distance
    case .isOccupied(let place, let position):
      return try isOccupied(place, try evaluate(position)) ? 1 : 0
    case .multisetCount(let place, let slot, let predicate):
      return try count(in: place, slot, where: predicate)
    case .symbolic(let operation):
      return try evaluate(operation, at: expression.span)
    }
  }

  /// The value of a place, a call, or a choice of these, which may be undefined.
  private func valueOrUndefined(of expression: Expression) throws(Interruption) -> Int64 {
    switch expression.kind {
    case .load(let place):
      return memory[try address(of: place)]
    case .call(let function, let arguments):
      _ = try call(function, arguments, at: expression.span)
      return returnedValue
    case .conditional(let condition, let then, let otherwise):
      return try valueOrUndefined(of: try evaluate(condition) != 0 ? then : otherwise)
    default:
      return try evaluate(expression)
    }
  }

  private func apply(
    _ operation: Expression.ArithmeticOperator, _ left: Int64, _ right: Int64, at span: SourceSpan
  ) throws(Interruption) -> Int64 {
    switch operation.apply(left, right) {
    case .success(let value): return value
    case .failure(.divisionByZero): throw Interruption(.runtimeError(.divisionByZero), at: span)
    case .failure(.overflow): throw Interruption(.runtimeError(.overflow), at: span)
    }
  }

  private func evaluate(
    _ quantifier: Expression.Quantifier, _ loop: Loop, _ body: Expression
  ) throws(Interruption) -> Int64 {
    // `forall` stops at the first false value, `exists` at the first true one.
    let stop: Int64 = quantifier == .forall ? 0 : 1
    var found = false
    try run(loop) { () throws(Interruption) in
      found = try self.evaluate(body) == stop
      return !found
    }
    return found ? stop : 1 - stop
  }

  private func areEqual(_ left: Aggregate, _ right: Aggregate) throws(Interruption) -> Bool {
    let (first, count) = try materialize(left)
    // What a function has returned lies above the frames, where the next call would overwrite it.
    let top = stackTop
    if first >= stackTop { stackTop = first + count }
    defer { stackTop = top }
    let (second, _) = try materialize(right)
    try expect(slotCount: count)
    for slot in 0..<count where memory[first + slot] != memory[second + slot] { return false }
    return true
  }

  /// Runs `body` with the loop variable at each of its values, until it returns false.
  func run(
    _ loop: Loop, _ body: () throws(Interruption) -> Bool
  ) throws(Interruption) {
    let slot = frameBase + loop.frameSlot
    switch loop.domain {
    case .values(let lower, let upper):
      guard lower <= upper else { return }
      var value = lower
      while true {
        try countRound(at: loop.span)
        memory[slot] = value
        guard try body(), value < upper else { return }
        value += 1
      }
    case .stepped(let from, let to, let by):
      let first = try evaluate(from)
      let last = try evaluate(to)
      let step = try by.map { step throws(Interruption) in try self.evaluate(step) }
      if step == nil, first > last, case .countsDown(let remark?) = loop.crossing {
        remarksMet[remark] = true
      }
      try runSteps(
        of: loop, from: first, to: last, by: step ?? loop.impliedStep(from: first, to: last), slot,
        body)
    }
  }

  private func runSteps(
    of loop: Loop, from first: Int64, to last: Int64, by step: Int64, _ slot: Int,
    _ body: () throws(Interruption) -> Bool
  ) throws(Interruption) {
    if step == 0 { throw Interruption(.runtimeError(.stepIsZero), at: loop.span) }
    if (first < last && step < 0) || (first > last && step > 0) {
      if loop.crossing == .noRound { return }
      throw Interruption(.runtimeError(.stepLeadsAway), at: loop.span)
    }
    var value = first
    while true {
      try countRound(at: loop.span)
      memory[slot] = value
      guard try body() else { return }
      let (following, overflow) = value.addingReportingOverflow(step)
      if overflow || (step > 0 ? following > last : following < last) { return }
      value = following
    }
  }
}
