package import Diagnostics
package import TransitionSystem

/// Why a condition is false in a state: the part of it that is, and the values in it.
package struct Explanation: Sendable, Hashable {
  /// The smallest part that is false by itself.
  package let span: SourceSpan
  /// Quantifier variables on the way to that part, with the values for which it is false.
  package let bindings: [Value]
  /// What the part reads.
  package let values: [Value]
  /// For a part that says that something exists: what is read for each value of its variable.
  package let cases: [Case]

  /// One value of a quantifier's variable, and what is read for it.
  package struct Case: Sendable, Hashable {
    package let variable: Value
    package let values: [Value]
  }

  /// Values of a variable that are listed; more would hide the others.
  static let maximumCaseCount = 8

  /// Something in the text and its value.
  package struct Value: Sendable, Hashable {
    package let span: SourceSpan
    /// In the model's words; `undefined` where it is.
    package let value: String
  }
}

extension Interpreter {
  /// Explains why a property is false in the state. Nil if it is not.
  ///
  /// - Parameter goesIntoCalls: Whether of a function that only returns a condition, a part of that is told.
  package func explain(
    _ property: Property, _ bindings: [Int64], goesIntoCalls: Bool = false
  ) -> Explanation? {
    enter(bindings, frameSlotCount: property.frameSlotCount)
    guard (try? evaluate(property.expression)) == 0 else { return nil }
    return explanation(of: goesIntoCalls ? inlined(property.expression) : property.expression)
  }

  /// What a function returns that a condition is a call of, with the frame of that call: as long as functions
  /// do nothing but return a condition. It is not called itself, and what it reads is there to be told.
  private func inlined(_ condition: Expression) -> Expression {
    var condition = condition
    var bound: [Explanation.Value] = []
    while case .call(let number, let arguments) = falsePart(of: condition, &bound).kind {
      let function = system.functions[number]
      guard function.body.count == 1, case .result(.scalar(let returned)?) = function.body[0].kind,
        bound.isEmpty, (try? enterFrame(of: function, arguments)) != nil
      else { break }
      condition = returned
    }
    return condition
  }

  /// Makes the frame of a call the current one.
  private func enterFrame(
    of function: Function, _ arguments: [Argument]
  ) throws(Interruption) {
    let base = stackTop
    guard base + function.frameSlotCount <= memorySlotCount else {
      throw Interruption(
        .runtimeError(.recursionTooDeep(limit: ExecutionLimits.callDepth)), at: function.span)
    }
    stackTop = base + function.frameSlotCount
    (memory + base).update(repeating: Slot.undefined, count: function.frameSlotCount)
    for (parameter, argument) in zip(function.parameters, arguments) {
      try pass(argument, within: parameter.bounds, at: base + parameter.frameSlot)
    }
    frameBase = base
  }

  /// Explains why a part of a rule's guard is false in the state, which stays as it is. Nil if it is
  /// true.
  ///
  /// - Throws: Where it has no value.
  package func explain(
    _ part: Expression, of rule: Rule, _ bindings: [Int64]
  ) throws(Interruption) -> Explanation? {
    let state = Array(UnsafeBufferPointer(start: slots, count: system.slotCount))
    // A function that it calls may change the state.
    defer { for (slot, value) in state.enumerated() { slots[slot] = value } }
    enter(bindings, frameSlotCount: rule.frameSlotCount)
    guard try evaluate(part) == 0 else { return nil }
    return explanation(of: part)
  }

  /// Of what is false.
  private func explanation(of condition: Expression) -> Explanation {
    var bound: [Explanation.Value] = []
    let part = falsePart(of: condition, &bound)
    return Explanation(
      span: part.span, bindings: bound, values: values(in: part), cases: cases(of: part))
  }

  /// What a false `exists` reads for each value of its variable.
  private func cases(of expression: Expression) -> [Explanation.Case] {
    guard case .quantified(.exists, let loop, let body) = expression.kind else { return [] }
    var cases: [Explanation.Case] = []
    try? run(loop) { () throws(Interruption) in
      let value = self.memory[self.frameBase + loop.frameSlot]
      let variable = Explanation.Value(span: loop.span, value: loop.type.describe(value))
      cases.append(.init(variable: variable, values: self.values(in: body)))
      return cases.count < Explanation.maximumCaseCount
    }
    return cases
  }

  /// Descends to what is false by itself, leaving quantifier variables at the values found.
  private func falsePart(
    of expression: Expression, _ bound: inout [Explanation.Value]
  ) -> Expression {
    switch expression.kind {
    case .and(let left, let right):
      return falsePart(of: (try? evaluate(left)) == 0 ? left : right, &bound)
    case .implies(_, let right):
      return falsePart(of: right, &bound)
    case .quantified(.forall, let loop, let body):
      var isFound = false
      try? run(loop) { () throws(Interruption) in
        isFound = try self.evaluate(body) == 0
        return !isFound
      }
      guard isFound else { return expression }
      let value = memory[frameBase + loop.frameSlot]
      bound.append(.init(span: loop.span, value: loop.type.describe(value)))
      return falsePart(of: body, &bound)
    default:
      return expression
    }
  }

  /// The values of the places that an expression reads, each once, quantified parts left out.
  private func values(in expression: Expression) -> [Explanation.Value] {
    var values: [Explanation.Value] = []
    forEachRead(in: expression) { place in
      guard case .scalar(let type) = place.type, let address = try? self.address(of: place) else {
        return
      }
      let value = self.memory[address]
      let text = value == Slot.undefined ? "undefined" : self.describe(value, type)
      let entry = Explanation.Value(span: place.span, value: text)
      if !values.contains(entry) { values.append(entry) }
    } _: { constant in
      guard let value = try? self.evaluate(constant) else { return }
      let entry = Explanation.Value(span: constant.span, value: self.describe(value, .address))
      if !values.contains(entry) { values.append(entry) }
    }
    return values
  }

  /// Calls `body` with the places that an expression reads where no inner variable is bound.
  ///
  /// - Parameter constant: Called with the elements of symbolic constants.
  private func forEachRead(
    in expression: Expression, _ body: (Place) -> Void, _ constant: (Expression) -> Void
  ) {
    switch expression.kind {
    case .load(let place), .isUndefined(let place):
      body(place)
      place.forEachIndex { forEachRead(in: $0, body, constant) }
    case .negate(let operand), .bitNot(let operand), .not(let operand), .handedOn(let operand, _):
      forEachRead(in: operand, body, constant)
    case .arithmetic(_, let left, let right), .compare(_, let left, let right),
      .and(let left, let right), .or(let left, let right), .implies(let left, let right):
      forEachRead(in: left, body, constant)
      forEachRead(in: right, body, constant)
    case .conditional(let condition, let then, let otherwise):
      forEachRead(in: condition, body, constant)
      forEachRead(in: then, body, constant)
      forEachRead(in: otherwise, body, constant)
    case .call(_, let arguments):
      for case .value(let argument) in arguments { forEachRead(in: argument, body, constant) }
      for case .aggregate(.place(let place)) in arguments { body(place) }
    case .symbolic(let operation):
      if case .element = operation { constant(expression) }
      for operand in operation.operands { forEachRead(in: operand, body, constant) }
    case .literal, .aggregatesEqual, .quantified, .isOccupied, .multisetCount:
      break
    }
  }
}
