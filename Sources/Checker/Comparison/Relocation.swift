import TransitionSystem

/// Moves the parts of a system behind those of another, so that both can stand in one: slots of the
/// state, functions and types get other numbers. Frames stay what they are.
struct Relocation {
  /// Slots of the state in front.
  let slotCount: Int
  /// Functions in front.
  let functionCount: Int
  let types: TypeIdentities

  // MARK: - Types

  func moved(_ type: ScalarType) -> ScalarType { types.identified(type) }

  func moved(_ type: ValueType) -> ValueType {
    switch type {
    case .scalar(let type): .scalar(moved(type))
    case .array(let index, let element): .array(index: moved(index), element: moved(element))
    case .record(let fields):
      .record(fields.map { .init(name: $0.name, type: moved($0.type)) })
    case .multiset(let capacity, let element):
      .multiset(capacity: capacity, element: moved(element))
    }
  }

  func moved(_ parameter: RuleParameter) -> RuleParameter {
    RuleParameter(name: parameter.name, type: moved(parameter.type), values: parameter.values)
  }

  func moved(_ variable: StateVariable, name: String) -> StateVariable {
    StateVariable(
      name: name, type: moved(variable.type), slot: variable.slot + slotCount, span: variable.span)
  }

  // MARK: - Places

  func moved(_ place: Place) -> Place {
    Place(
      base: place.base, offset: place.base == .state ? place.offset + slotCount : place.offset,
      indices: place.indices.map(moved), type: moved(place.type), span: place.span)
  }

  private func moved(_ index: Place.Index) -> Place.Index {
    Place.Index(
      value: moved(index.value), lower: index.lower, count: index.count, stride: index.stride,
      span: index.span)
  }

  private func moved(_ loop: Loop) -> Loop {
    let domain: Loop.Domain =
      switch loop.domain {
      case .values: loop.domain
      case .stepped(let from, let to, let by):
        .stepped(from: moved(from), to: moved(to), by: by.map(moved))
      }
    // A remark is told by whoever runs the system itself.
    let crossing: Loop.Crossing =
      if case .countsDown = loop.crossing { .countsDown(remark: nil) } else { loop.crossing }
    return Loop(
      frameSlot: loop.frameSlot, type: moved(loop.type), domain: domain, crossing: crossing,
      span: loop.span)
  }

  // MARK: - Expressions

  func moved(_ expression: Expression) -> Expression {
    Expression(moved(expression.kind), at: expression.span)
  }

  private func moved(_ kind: Expression.Kind) -> Expression.Kind {
    switch kind {
    case .literal: kind
    case .load(let place): .load(moved(place))
    case .arithmetic(let operation, let left, let right):
      .arithmetic(operation, moved(left), moved(right))
    case .negate(let operand): .negate(moved(operand))
    case .bitNot(let operand): .bitNot(moved(operand))
    case .compare(let comparison, let left, let right):
      .compare(comparison, moved(left), moved(right))
    case .aggregatesEqual(let left, let right): .aggregatesEqual(moved(left), moved(right))
    case .not(let operand): .not(moved(operand))
    case .and(let left, let right): .and(moved(left), moved(right))
    case .or(let left, let right): .or(moved(left), moved(right))
    case .implies(let left, let right): .implies(moved(left), moved(right))
    case .conditional(let condition, let then, let otherwise):
      .conditional(moved(condition), then: moved(then), otherwise: moved(otherwise))
    case .quantified(let quantifier, let loop, let inner):
      .quantified(quantifier, moved(loop), moved(inner))
    case .isUndefined(let place): .isUndefined(moved(place))
    case .call(let function, let arguments):
      .call(function: function + functionCount, arguments.map(moved))
    case .handedOn(let operand, let distance): .handedOn(moved(operand), plus: distance)
    case .isOccupied(let place, let position):
      .isOccupied(moved(place), position: moved(position))
    case .multisetCount(let place, let frameSlot, let predicate):
      .multisetCount(moved(place), frameSlot: frameSlot, predicate: moved(predicate))
    case .symbolic: kind
    }
  }

  private func moved(_ aggregate: Aggregate) -> Aggregate {
    switch aggregate {
    case .place(let place): .place(moved(place))
    case .call(let function, let arguments, let span):
      .call(function: function + functionCount, arguments.map(moved), span)
    case .conditional(let condition, let then, let otherwise):
      .conditional(moved(condition), then: moved(then), otherwise: moved(otherwise))
    }
  }

  private func moved(_ argument: Argument) -> Argument {
    switch argument {
    case .value(let expression): .value(moved(expression))
    case .aggregate(let aggregate): .aggregate(moved(aggregate))
    case .reference(let place): .reference(moved(place))
    case .temporary(let place, let argument): .temporary(moved(place), moved(argument))
    }
  }

  // MARK: - Statements

  func moved(_ function: Function) -> Function {
    Function(
      name: function.name,
      parameters: function.parameters.map {
        .init(
          name: $0.name, type: moved($0.type), isReference: $0.isReference,
          frameSlot: $0.frameSlot)
      }, result: function.result.map(moved), frameSlotCount: function.frameSlotCount,
      body: moved(function.body), span: function.span)
  }

  func moved(_ statements: [Statement]) -> [Statement] { statements.map(moved) }

  private func moved(_ statement: Statement) -> Statement {
    Statement(moved(statement.kind), at: statement.span)
  }

  private func moved(_ kind: Statement.Kind) -> Statement.Kind {
    switch kind {
    case .assign(let place, let value): .assign(moved(place), moved(value))
    case .copy(let place, let aggregate): .copy(moved(place), moved(aggregate))
    case .clear(let place): .clear(moved(place))
    case .undefine(let place): .undefine(moved(place))
    case .bindReference(let frameSlot, let place):
      .bindReference(frameSlot: frameSlot, moved(place))
    case .conditional(let clauses, let otherwise):
      .conditional(
        clauses.map { (condition: moved($0.condition), body: moved($0.body)) },
        otherwise: moved(otherwise))
    case .whileLoop(let condition, let body): .whileLoop(moved(condition), moved(body))
    case .forLoop(let loop, let body): .forLoop(moved(loop), moved(body))
    case .call(let function, let arguments):
      .call(function: function + functionCount, arguments.map(moved))
    case .result(.scalar(let value)): .result(.scalar(moved(value)))
    case .result(.aggregate(let aggregate)): .result(.aggregate(moved(aggregate)))
    case .assertion(let condition, let message): .assertion(moved(condition), message: message)
    case .assumption(let condition): .assumption(moved(condition))
    // Evaluated for what may go wrong in it, and not counted.
    case .cover(let condition, _):
      .conditional([(condition: moved(condition), body: [])], otherwise: [])
    case .put(let value, let type): .put(moved(value), moved(type))
    case .putPlace(let place, let label): .putPlace(moved(place), label: label)
    case .multisetAdd(let argument, let place): .multisetAdd(moved(argument), to: moved(place))
    case .multisetRemove(let position, let place):
      .multisetRemove(position: moved(position), from: moved(place))
    case .multisetRemoveWhere(let place, let frameSlot, let predicate):
      .multisetRemoveWhere(moved(place), frameSlot: frameSlot, predicate: moved(predicate))
    case .result(nil), .error, .putText: kind
    }
  }
}

/// Which declared types of two systems are one: those of one name that are alike. Elements of a
/// scalarset are so the same elements in both, and exchanged in both at once.
struct TypeIdentities {
  private var identities: [Int: Int] = [:]
  private let next: Int

  /// All types stay what they are.
  init() { next = 0 }

  /// - Parameters:
  ///   - base: Keeps its identities.
  ///   - head: Gets those of the base, or others.
  init(_ base: TransitionSystem, _ head: TransitionSystem) {
    let known = Self.declaredTypes(of: base)
    next = (known.map(\.identity).max() ?? 0) + 1
    for type in Self.declaredTypes(of: head) {
      let twin = known.first { $0.name == type.name && isAlike($0, type) }
      if let twin { identities[type.identity] = twin.identity }
    }
  }

  /// The same type, by the identity that it has beside the base.
  func identified(_ type: ScalarType) -> ScalarType {
    let kind: ScalarType.Kind =
      if case .union(let members) = type.kind {
        .union(members.map { .init(type: identified($0.type), offset: $0.offset) })
      } else {
        type.kind
      }
    return ScalarType(
      kind: kind, lower: type.lower, upper: type.upper, name: type.name,
      identity: identity(type.identity))
  }

  /// The identity that a type of the head has beside the base.
  func identity(_ identity: Int) -> Int {
    identity == 0 ? 0 : identities[identity] ?? identity + next
  }

  /// Whether two types of one name have the same values.
  private func isAlike(_ left: ScalarType, _ right: ScalarType) -> Bool {
    guard left.lower == right.lower, left.upper == right.upper else { return false }
    switch (left.kind, right.kind) {
    case (.union(let first), .union(let second)):
      return first.count == second.count
        && zip(first, second).allSatisfy {
          $0.offset == $1.offset && $0.type.name == $1.type.name && isAlike($0.type, $1.type)
        }
    default: return left.kind == right.kind
    }
  }

  private static func declaredTypes(of system: TransitionSystem) -> [ScalarType] {
    var types: [Int: ScalarType] = [:]
    func note(_ type: ScalarType) {
      if type.identity != 0, types[type.identity] == nil { types[type.identity] = type }
      if case .union(let members) = type.kind { for member in members { note(member.type) } }
    }
    func note(_ type: ValueType) {
      switch type {
      case .scalar(let scalar): note(scalar)
      case .array(let index, let element):
        note(index)
        note(element)
      case .record(let fields): for field in fields { note(field.type) }
      case .multiset(_, let element): note(element)
      }
    }
    for variable in system.variables { note(variable.type) }
    for rule in system.rules + system.startStates {
      for parameter in rule.parameters { note(parameter.type) }
    }
    for property in system.properties {
      for parameter in property.parameters { note(parameter.type) }
    }
    for function in system.functions {
      for parameter in function.parameters { note(parameter.type) }
      if let result = function.result { note(result) }
    }
    system.forEachPart { part in
      if case .place(let place, _) = part { note(place.type) }
    }
    return types.values.sorted { $0.identity < $1.identity }
  }
}
