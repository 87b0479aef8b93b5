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
  }

  private mutating func write(_ place: Place) {
    if let slots = slots(of: place) { writes.formUnion(slots) }
    if case .reference = place.base {
      writesReferences = true
      writes.formUnion(referenced)
    }
  }

  private mutating func refer(to place: Place) {
    if let slots = slots(of: place) { referenced.formUnion(slots) }
    if readsReferences { reads.formUnion(referenced) }
    if writesReferences { writes.formUnion(referenced) }
  }

  // MARK: - Expressions and statements

  mutating func visit(_ expression: Expression) {
    expression.forEachPart { visit($0) }
  }

  mutating func visit(_ statements: [Statement]) {
    statements.forEachPart { forgetBindings(assignedBy: $0) }
    statements.forEachPart { visit($0) }
  }

  private mutating func visit(_ part: Part) {
    switch part {
    case .place(let place, .read): read(place)
    case .place(let place, .write): write(place)
    case .place(let place, .update):
      read(place)
      write(place)
    case .place(let place, .reference): refer(to: place)
    case .call(let function): call(function)
    case .expression, .statement: break
    }
  }

  private mutating func call(_ function: Int) {
    guard visited.insert(function).inserted else { return }
    let outer = bindings
    bindings = nil
    system.functions[function].body.forEachPart { visit($0) }
    bindings = outer
  }

  /// The value of a parameter that the body writes to is not known.
  private mutating func forgetBindings(assignedBy part: Part) {
    guard case .place(let place, let use) = part, use != .read, place.base == .frame,
      let bindings, place.offset < bindings.count
    else { return }
    self.bindings = nil
  }
}
