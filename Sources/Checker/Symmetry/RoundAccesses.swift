import Analysis
import TransitionSystem

/// Collects what a round of a loop reads and writes, in functions that it calls too.
struct RoundAccesses {
  private let system: TransitionSystem
  /// Slots of the current frame that hold the loop's variable.
  private var elementSlots: Set<Int>
  /// What references in the current frame stand for.
  private var references: [Int: Target] = [:]
  private var callDepth = 0

  private(set) var list: [RoundAccess] = []
  /// Values that a round may return from the function that the loop is in.
  private(set) var returned: [Int64] = []
  private(set) var innerLoopSlots: Set<Int> = []
  /// Whether something was come by that is not followed.
  private(set) var isUnclear = false

  /// A place with its base resolved; nil stands for one in the frame of a function that the round
  /// calls, which no other round sees.
  private struct Target {
    let region: RoundAccess.Region?
    let ownedStride: Int?
  }

  private static let deepestCall = 16

  init(system: TransitionSystem, loopSlot: Int) {
    self.system = system
    elementSlots = [loopSlot]
  }

  // MARK: - Places

  private func target(of place: Place) -> Target {
    let owned = place.indices.first { isElement($0.value) }?.stride
    switch place.base {
    case .state:
      return Target(region: .state(slots(of: place)), ownedStride: owned)
    case .frame:
      guard callDepth == 0 else { return Target(region: nil, ownedStride: nil) }
      let extent = place.indices.reduce(max(1, place.slotCount)) { $0 + ($1.count - 1) * $1.stride }
      return Target(region: .frame(place.offset..<place.offset + extent), ownedStride: owned)
    case .reference(let slot):
      guard let known = references[slot] else {
        return Target(region: .anywhere, ownedStride: owned)
      }
      return Target(region: known.region, ownedStride: known.ownedStride ?? owned)
    }
  }

  private func slots(of place: Place) -> SlotSet {
    place.slots(inStateOf: system.slotCount) { index in
      if case .literal(let value) = index.kind { return value }
      return nil
    }
  }

  /// Whether an expression is the loop's variable itself.
  private func isElement(_ expression: Expression) -> Bool {
    guard case .load(let place) = expression.kind, place.base == .frame, place.indices.isEmpty
    else { return false }
    return elementSlots.contains(place.offset)
  }

  private mutating func note(_ place: Place, _ use: RoundAccess.Use) {
    if use == .read, place.base == .frame, elementSlots.contains(place.offset) { return }
    if use != .read, place.base == .frame, elementSlots.contains(place.offset) { isUnclear = true }
    let target = target(of: place)
    guard let region = target.region else { return }
    list.append(RoundAccess(region: region, use: use, ownedStride: target.ownedStride))
  }

  // MARK: - Statements

  mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .assign(let place, let value):
      visitAssignment(to: place, value)
    case .copy(let place, let aggregate):
      visit(aggregate)
      visitIndices(of: place)
      note(place, .write)
    case .clear(let place), .undefine(let place):
      visitIndices(of: place)
      note(place, .write)
    case .bindReference(let slot, let place):
      visitIndices(of: place)
      references[slot] = target(of: place)
    case .conditional(let clauses, let otherwise):
      for clause in clauses {
        visit(clause.condition)
        visit(clause.body)
      }
      visit(otherwise)
    case .whileLoop(let condition, let statements):
      visit(condition)
      visit(statements)
    case .forLoop(let loop, let statements):
      visit(loop)
      visit(statements)
    case .call(let function, let arguments):
      call(function, arguments)
    case .result(let value):
      visitResult(value)
    case .assertion(let condition, _), .assumption(let condition), .cover(let condition, _),
      .put(let condition, _):
      visit(condition)
    case .putPlace(let place, _):
      visitIndices(of: place)
      note(place, .read)
    case .multisetAdd(let argument, let place):
      visit(argument)
      visitIndices(of: place)
      note(place, .fillMultiset)
    case .multisetRemove(let position, let place):
      visit(position)
      visitIndices(of: place)
      note(place, .write)
    case .multisetRemoveWhere(let place, let slot, let predicate):
      innerLoopSlots.insert(slot)
      visitIndices(of: place)
      note(place, .write)
      visit(predicate)
    case .error, .putText:
      break
    }
  }

  private mutating func visitResult(_ value: Statement.ReturnedValue?) {
    switch value {
    case .scalar(let expression):
      visit(expression)
      if callDepth > 0 { return }
      if case .literal(let number) = expression.kind {
        returned.append(number)
      } else {
        isUnclear = true
      }
    case .aggregate(let aggregate):
      visit(aggregate)
      if callDepth == 0 { isUnclear = true }
    case nil:
      // The rounds behind it are left out.
      if callDepth == 0 { isUnclear = true }
    }
  }

  private mutating func visitAssignment(to place: Place, _ value: Expression) {
    visitIndices(of: place)
    if let (operation, operand) = Self.accumulation(into: place, value) {
      visit(operand)
      note(place, .accumulate(operation))
    } else {
      visit(value)
      if case .literal(let number) = value.kind {
        note(place, .constant(number))
      } else {
        note(place, .write)
      }
    }
  }

  /// For `n := n + e` the operation and `e`.
  private static func accumulation(
    into place: Place, _ value: Expression
  ) -> (operation: String, operand: Expression)? {
    func isPlace(_ expression: Expression) -> Bool {
      guard case .load(let read) = expression.kind else { return false }
      return read.base == place.base && read.offset == place.offset && read.indices.isEmpty
        && place.indices.isEmpty
    }
    switch value.kind {
    case .arithmetic(let operation, let left, let right):
      switch operation {
      case .add, .multiply, .bitAnd, .bitOr, .bitXor:
        if isPlace(left) { return (operation.rawValue, right) }
        if isPlace(right) { return (operation.rawValue, left) }
      case .subtract:
        if isPlace(left) { return (operation.rawValue, right) }
      default: break
      }
    case .symbolic(.sum(let left, let right)):
      // Sums have one normal form, whatever the order in which they were made.
      if isPlace(left) { return ("+", right) }
      if isPlace(right) { return ("+", left) }
    case .symbolic(.difference(let left, let right)):
      if isPlace(left) { return ("-", right) }
    case .or(let left, let right) where isPlace(left): return ("|", right)
    case .or(let left, let right) where isPlace(right): return ("|", left)
    case .and(let left, let right) where isPlace(left): return ("&", right)
    case .and(let left, let right) where isPlace(right): return ("&", left)
    default: break
    }
    return nil
  }

  private mutating func visit(_ loop: Loop) {
    innerLoopSlots.insert(loop.frameSlot)
    guard case .stepped(let from, let to, let by) = loop.domain else { return }
    visit(from)
    visit(to)
    if let by { visit(by) }
  }

  // MARK: - Expressions

  private mutating func visitIndices(of place: Place) {
    for index in place.indices { visit(index.value) }
  }

  /// Reads in order; calls are followed with what they are handed.
  private mutating func visit(_ expression: Expression) {
    var calls: [(Int, [Argument])] = []
    expression.forEachPart { part in
      switch part {
      case .expression(let part):
        if case .call(let function, let arguments) = part.kind {
          calls.append((function, arguments))
        }
        if case .quantified(_, let loop, _) = part.kind { innerLoopSlots.insert(loop.frameSlot) }
        if case .multisetCount(_, let slot, _) = part.kind { innerLoopSlots.insert(slot) }
      case .place(let place, let use) where use == .read:
        note(place, .read)
      default:
        break
      }
    }
    for (function, arguments) in calls { follow(function, arguments) }
  }

  private mutating func visit(_ aggregate: Aggregate) {
    switch aggregate {
    case .place(let place):
      visitIndices(of: place)
      note(place, .read)
    case .call(let function, let arguments, _):
      call(function, arguments)
    case .conditional(let condition, let then, let otherwise):
      visit(condition)
      visit(then)
      visit(otherwise)
    }
  }

  private mutating func visit(_ argument: Argument) {
    switch argument {
    case .value(let expression): visit(expression)
    case .aggregate(let aggregate): visit(aggregate)
    case .reference(let place): visitIndices(of: place)
    case .temporary(let place, let argument):
      visit(argument)
      note(place, .write)
    }
  }

  // MARK: - Calls

  private mutating func call(_ function: Int, _ arguments: [Argument]) {
    for argument in arguments { visit(argument) }
    follow(function, arguments)
  }

  /// Visits a function's body; the arguments have been visited.
  private mutating func follow(_ number: Int, _ arguments: [Argument]) {
    guard callDepth < Self.deepestCall, list.count < 1 << 14 else {
      isUnclear = true
      return
    }
    let function = system.functions[number]
    var inner = self
    inner.callDepth += 1
    inner.elementSlots = []
    inner.references = [:]
    for (parameter, argument) in zip(function.parameters, arguments) {
      switch argument {
      case .value(let expression):
        if isElement(expression) { inner.elementSlots.insert(parameter.frameSlot) }
      case .aggregate(.place(let place)):
        // A single value that is handed on unread.
        if place.base == .frame, place.indices.isEmpty, elementSlots.contains(place.offset) {
          inner.elementSlots.insert(parameter.frameSlot)
        }
      case .aggregate: break
      case .reference(let place), .temporary(let place, _):
        inner.references[parameter.frameSlot] = target(of: place)
      }
    }
    inner.visit(function.body)
    list = inner.list
    isUnclear = inner.isUnclear
  }
}
