import Analysis
import TransitionSystem

/// Turns expressions whose parameters are bound into conditions on the state: quantifiers are
/// unrolled, and calls of functions that consist of one `return` are expanded. What it does not
/// understand becomes opaque.
struct Specializer {
  let system: TransitionSystem
  let knowledge: SlotKnowledge
  private var size = 0

  /// Parts of a condition at most; more make it opaque.
  private static let maximumSize = 20_000
  private static let maximumRounds: Int64 = 256
  private static let maximumDepth = 20

  /// Thrown where an expression has to be opaque as a whole, because its scope has no frame that a
  /// footprint could be taken in.
  private struct Unfit: Error {}

  private struct Scope {
    /// What is known of the frame.
    var values: [Int: StateExpression] = [:]
    /// The slots of the state at which what `var` parameters stand for begins.
    var references: [Int: Int] = [:]
    /// Calls that this is within.
    var depth = 0
  }

  init(_ system: TransitionSystem, _ knowledge: SlotKnowledge) {
    self.system = system
    self.knowledge = knowledge
  }

  /// - Parameters:
  ///   - bindings: Values of the parameters, which are first in the frame.
  ///   - isNegated: Whether the negation is wanted.
  mutating func condition(
    _ expression: Expression, bindings: [Int64], isNegated: Bool = false
  ) -> StatePredicate {
    size = 0
    var scope = Scope()
    for (slot, value) in bindings.enumerated() { scope.values[slot] = .constant(value) }
    do {
      return try condition(expression, !isNegated, scope)
    } catch {
      return .opaque(Footprint(of: expression, frame: bindings, in: system).reads)
    }
  }

  // MARK: - Conditions

  /// - Parameter expected: The value for which the condition holds.
  private mutating func condition(
    _ expression: Expression, _ expected: Bool, _ scope: Scope
  ) throws -> StatePredicate {
    size += 1
    if size > Self.maximumSize { throw Unfit() }
    switch expression.kind {
    case .literal(let value):
      return .constant((value != 0) == expected)
    case .not(let operand):
      return try condition(operand, !expected, scope)
    case .and(let left, let right):
      let operands = [try condition(left, expected, scope), try condition(right, expected, scope)]
      return expected ? and(operands) : or(operands)
    case .or(let left, let right):
      let operands = [try condition(left, expected, scope), try condition(right, expected, scope)]
      return expected ? or(operands) : and(operands)
    case .implies(let left, let right):
      let operands = [try condition(left, !expected, scope), try condition(right, expected, scope)]
      return expected ? or(operands) : and(operands)
    case .conditional(let test, let then, let otherwise):
      switch try condition(test, true, scope) {
      case .constant(let holds): return try condition(holds ? then : otherwise, expected, scope)
      case let holds:
        let fails = try condition(test, false, scope)
        return or([
          and([holds, try condition(then, expected, scope)]),
          and([fails, try condition(otherwise, expected, scope)]),
        ])
      }
    case .compare(let comparison, let left, let right):
      guard let first = try term(left, scope), let second = try term(right, scope) else {
        return try opaque(expression, scope)
      }
      let comparison = expected ? comparison : comparison.negated
      if case .constant(let left) = first, case .constant(let right) = second {
        return .constant(comparison.holds(left, right))
      }
      return .compare(comparison, first, second)
    case .isUndefined(let place):
      guard let slot = slot(of: place, scope) else { return try opaque(expression, scope) }
      if !knowledge.mayBeUndefined[slot] { return .constant(!expected) }
      return .isUndefined(slot: slot, expected)
    case .quantified(let quantifier, let loop, let body):
      return try quantified(quantifier, loop, body, expected, scope)
        ?? (try opaque(expression, scope))
    case .call(let function, let arguments):
      if let (body, inner) = try expansion(of: function, arguments, scope),
        let expanded = try? condition(body, expected, inner)
      {
        return expanded
      }
      return try opaque(expression, scope)
    case .load, .arithmetic, .negate, .bitNot, .multisetCount:
      guard let value = try term(expression, scope) else { return try opaque(expression, scope) }
      if case .constant(let constant) = value { return .constant((constant != 0) == expected) }
      return .compare(expected ? .notEqual : .equal, value, .constant(0))
    case .aggregatesEqual, .isOccupied, .symbolic, .handedOn:
      return try opaque(expression, scope)
    }
  }

  private mutating func quantified(
    _ quantifier: Expression.Quantifier, _ loop: Loop, _ body: Expression, _ expected: Bool,
    _ scope: Scope
  ) throws -> StatePredicate? {
    guard case .values(let lower, let upper) = loop.domain,
      case (let span, let overflow) = upper.subtractingReportingOverflow(lower), !overflow,
      span < Self.maximumRounds
    else { return nil }
    var inner = scope
    var operands: [StatePredicate] = []
    for value in stride(from: lower, through: upper, by: 1) {
      inner.values[loop.frameSlot] = .constant(value)
      operands.append(try condition(body, expected, inner))
    }
    return (quantifier == .forall) == expected ? and(operands) : or(operands)
  }

  private func opaque(_ expression: Expression, _ scope: Scope) throws -> StatePredicate {
    guard scope.depth == 0 else { throw Unfit() }
    var frame: [Int64?] = []
    for (slot, value) in scope.values {
      guard case .constant(let constant) = value else { throw Unfit() }
      while frame.count <= slot { frame.append(nil) }
      frame[slot] = constant
    }
    return .opaque(Footprint(of: expression, frame: frame, in: system).reads)
  }

  /// Leaves out operands that hold, and those that are never come to.
  private func and(_ operands: [StatePredicate]) -> StatePredicate {
    var kept: [StatePredicate] = []
    for operand in operands {
      if operand == .constant(true) { continue }
      kept.append(operand)
      if operand == .constant(false) { break }
    }
    if kept.last == .constant(false), !kept.contains(where: knowledge.canFail) {
      return .constant(false)
    }
    return kept.count == 1 ? kept[0] : kept.isEmpty ? .constant(true) : .and(kept)
  }

  private func or(_ operands: [StatePredicate]) -> StatePredicate {
    var kept: [StatePredicate] = []
    for operand in operands {
      if operand == .constant(false) { continue }
      kept.append(operand)
      if operand == .constant(true) { break }
    }
    if kept.last == .constant(true), !kept.contains(where: knowledge.canFail) {
      return .constant(true)
    }
    return kept.count == 1 ? kept[0] : kept.isEmpty ? .constant(false) : .or(kept)
  }

  // MARK: - Values

  private mutating func term(_ expression: Expression, _ scope: Scope) throws -> StateExpression? {
    size += 1
    if size > Self.maximumSize { throw Unfit() }
    switch expression.kind {
    case .literal(let value):
      return .constant(value)
    case .load(let place):
      return try term(place, scope)
    case .arithmetic(let operation, let left, let right):
      guard let first = try term(left, scope), let second = try term(right, scope) else {
        return nil
      }
      if case .constant(let left) = first, case .constant(let right) = second {
        return (try? operation.apply(left, right).get()).map { .constant($0) }
      }
      return .arithmetic(operation, first, second)
    case .conditional(let test, let then, let otherwise):
      guard case .constant(let holds)? = try? condition(test, true, scope) else { return nil }
      return try term(holds ? then : otherwise, scope)
    case .call(let function, let arguments):
      guard let (body, inner) = try expansion(of: function, arguments, scope) else { return nil }
      return try? term(body, inner)
    default:
      return nil
    }
  }

  private mutating func term(_ place: Place, _ scope: Scope) throws -> StateExpression? {
    let start: Int
    switch place.base {
    case .frame:
      guard place.indices.isEmpty else { return nil }
      return scope.values[place.offset]
    case .state:
      start = place.offset
    case .reference(let frameSlot):
      guard let reference = scope.references[frameSlot] else { return nil }
      start = reference + place.offset
    }
    var slot = start
    var dynamic: [StateExpression.Index] = []
    for index in place.indices {
      guard let value = try term(index.value, scope) else { return nil }
      if case .constant(let constant) = value {
        guard constant >= index.lower, constant - index.lower < Int64(index.count) else {
          return nil
        }
        slot += Int(constant - index.lower) * index.stride
      } else {
        dynamic.append(
          StateExpression.Index(
            value: value, lower: index.lower, count: index.count, stride: index.stride))
      }
    }
    return dynamic.isEmpty ? .slot(slot) : .element(start: slot, dynamic)
  }

  /// The slot that a place with known indices begins at.
  private mutating func slot(of place: Place, _ scope: Scope) -> Int? {
    guard place.base != .frame, let term = try? term(place, scope),
      case .slot(let slot) = term
    else {
      return nil
    }
    return slot
  }

  // MARK: - Calls

  /// The expression that a function returns, and the scope to read it in; nil if it does more than
  /// return one, or if evaluating an argument may go wrong, which would be lost.
  private mutating func expansion(
    of function: Int, _ arguments: [Argument], _ scope: Scope
  ) throws -> (Expression, Scope)? {
    let callee = system.functions[function]
    guard scope.depth < Self.maximumDepth, callee.body.count == 1,
      case .result(.scalar(let expression)) = callee.body[0].kind
    else { return nil }
    var inner = Scope(depth: scope.depth + 1)
    for (parameter, argument) in zip(callee.parameters, arguments) {
      switch argument {
      case .value(let value):
        guard let term = try term(value, scope), let range = knowledge.range(of: term),
          parameter.bounds.contains(range.lowerBound), parameter.bounds.contains(range.upperBound)
        else { return nil }
        inner.values[parameter.frameSlot] = term
      case .reference(let place):
        guard let slot = slot(of: place, scope) else { return nil }
        inner.references[parameter.frameSlot] = slot
      case .aggregate(.place(let place)):
        // A single value that is handed on without being read: it is read, and may go wrong, where
        // the parameter is.
        guard place.slotCount == 1, place.type.asScalar != nil, let term = try term(place, scope)
        else { return nil }
        switch term {
        case .constant, .slot: inner.values[parameter.frameSlot] = term
        case .element, .arithmetic: return nil
        }
      case .aggregate, .temporary:
        return nil
      }
    }
    return (expression, inner)
  }
}
