/// What a rule reads and writes of the state, from above: a slot that is not in the footprint is
/// not touched in any state.
///
/// An index that is known only at run time stands for all elements, unless it is a parameter whose
/// value is given. What a `var` parameter or an alias stands for is not followed: through those,
/// everything that the rule hands on by reference may be read and written.
public struct Footprint: Sendable, Hashable {
  public private(set) var reads: SlotSet
  public private(set) var writes: SlotSet

  /// The footprint of a rule, for all values of its parameters or for those given.
  public init(of rule: Rule, bindings: [Int64]? = nil, in system: TransitionSystem) {
    var analysis = FootprintAnalysis(system: system, bindings: bindings)
    if let condition = rule.guardExpression { analysis.visit(condition) }
    analysis.visit(rule.body)
    reads = analysis.reads
    writes = analysis.writes
  }

  /// The footprint of a property, which writes nothing unless a function that it calls does.
  public init(of property: Property, bindings: [Int64]? = nil, in system: TransitionSystem) {
    var analysis = FootprintAnalysis(system: system, bindings: bindings)
    analysis.visit(property.expression)
    reads = analysis.reads
    writes = analysis.writes
  }
}

private struct FootprintAnalysis {
  let system: TransitionSystem
  /// Values of the parameters, in the first slots of the frame; nil within functions.
  var bindings: [Int64]?
  var reads: SlotSet
  var writes: SlotSet
  private var visited: Set<Int> = []
  /// Slots that have been handed on by reference.
  private var referenced: SlotSet
  private var readsReferences = false
  private var writesReferences = false

  init(system: TransitionSystem, bindings: [Int64]?) {
    self.system = system
    self.bindings = bindings
    reads = SlotSet(slotCount: system.slotCount)
    writes = SlotSet(slotCount: system.slotCount)
    referenced = SlotSet(slotCount: system.slotCount)
  }

  // MARK: - Places

  /// The slots of the state that a place may be; nil for one of the frame.
  private func slots(of place: Place) -> SlotSet? {
    guard place.base == .state else { return nil }
    var starts = [place.offset]
    for index in place.indices {
      let positions: [Int]
      if let value = known(index.value), value >= index.lower,
        value - index.lower < Int64(index.count)
      {
        positions = [Int(value - index.lower)]
      } else {
        positions = Array(0..<index.count)
      }
      starts = starts.flatMap { start in positions.map { start + $0 * index.stride } }
    }
    var slots = SlotSet(slotCount: system.slotCount)
    for start in starts { slots.insert(start..<start + place.slotCount) }
    return slots
  }

  /// The value of an index that is a literal or a bound parameter.
  private func known(_ expression: Expression) -> Int64? {
    switch expression.kind {
    case .literal(let value): return value
    case .load(let place):
      guard place.base == .frame, place.indices.isEmpty, let bindings,
        place.offset < bindings.count
      else { return nil }
      return bindings[place.offset]
    default: return nil
    }
  }

  private mutating func read(_ place: Place) {
    if let slots = slots(of: place) { reads.formUnion(slots) }
    if case .reference = place.base {
      readsReferences = true
      reads.formUnion(referenced)
    }
    place.forEachIndex { visit($0) }
  }

  private mutating func write(_ place: Place) {
    if let slots = slots(of: place) { writes.formUnion(slots) }
    if case .reference = place.base {
      writesReferences = true
      writes.formUnion(referenced)
    }
    place.forEachIndex { visit($0) }
  }

  private mutating func refer(to place: Place) {
    if let slots = slots(of: place) { referenced.formUnion(slots) }
    if readsReferences { reads.formUnion(referenced) }
    if writesReferences { writes.formUnion(referenced) }
    place.forEachIndex { visit($0) }
  }

  // MARK: - Expressions and statements

  mutating func visit(_ expression: Expression) {
    expression.forEachSubexpression { inner in
      switch inner.kind {
      case .load(let place), .isUndefined(let place), .isOccupied(let place, _),
        .multisetCount(let place, _, _):
        readShallow(place)
      case .aggregatesEqual(let left, let right):
        visitOwn(left)
        visitOwn(right)
      case .call(let function, let arguments):
        call(function, arguments)
      default:
        break
      }
    }
  }

  /// Like `read`, for a place whose indices are visited on their own.
  private mutating func readShallow(_ place: Place) {
    if let slots = slots(of: place) { reads.formUnion(slots) }
    if case .reference = place.base {
      readsReferences = true
      reads.formUnion(referenced)
    }
  }

  private mutating func visit(_ aggregate: Aggregate) {
    aggregate.forEachSubexpression { visit($0) }
    visitOwn(aggregate)
  }

  private mutating func visitOwn(_ aggregate: Aggregate) {
    switch aggregate {
    case .place(let place): read(place)
    case .call(let function, let arguments, _): call(function, arguments)
    case .conditional(_, let then, let otherwise):
      visitOwn(then)
      visitOwn(otherwise)
    }
  }

  private mutating func visit(_ argument: Argument) {
    switch argument {
    case .value(let expression): visit(expression)
    case .aggregate(let aggregate): visit(aggregate)
    case .reference(let place): refer(to: place)
    }
  }

  private mutating func call(_ function: Int, _ arguments: [Argument]) {
    for argument in arguments { visit(argument) }
    guard visited.insert(function).inserted else { return }
    let outer = bindings
    bindings = nil
    visit(system.functions[function].body)
    bindings = outer
  }

  mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    statement.forEachExpression { visit($0) }
    statement.forEachArgument { visit($0) }
    switch statement.kind {
    case .assign(let place, _), .clear(let place), .undefine(let place):
      forget(place)
      write(place)
    case .copy(let place, let aggregate):
      forget(place)
      visit(aggregate)
      write(place)
    case .multisetAdd(_, let place), .multisetRemove(_, let place),
      .multisetRemoveWhere(let place, _, _):
      read(place)
      write(place)
    case .bindReference(_, let place): refer(to: place)
    case .putPlace(let place, _): read(place)
    case .result(.aggregate(let aggregate)): visit(aggregate)
    case .call(let function, let arguments): call(function, arguments)
    case .conditional(let clauses, let otherwise):
      for clause in clauses { visit(clause.body) }
      visit(otherwise)
    case .whileLoop(_, let body), .forLoop(_, let body): visit(body)
    case .result, .assertion, .assumption, .cover, .error, .putText, .put: break
    }
  }

  /// A body that assigns to a parameter: its value is not known any more.
  private mutating func forget(_ place: Place) {
    if place.base == .frame, let bindings, place.offset < bindings.count { self.bindings = nil }
  }
}
