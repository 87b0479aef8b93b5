package import TransitionSystem

/// What a rule reads and writes of the state, from above: a slot that is not in the footprint is
/// not touched in any state.
///
/// With parameters bound, the rule is followed with what is known of their values: calls with what
/// their arguments are, loops round by round, `var` parameters to the places that they stand for.
/// An index that is known only at run time stands for all elements. Where following the rule takes
/// too long, and where functions call themselves, the footprint is read off the text instead and
/// everything handed on by reference counts as read and written.
package struct Footprint: Sendable, Hashable {
  package private(set) var reads: SlotSet
  package private(set) var writes: SlotSet
  /// For each slot that may be written, what is known of the values.
  private var written: [Int: ValueSet]

  /// The footprint of a rule, for all values of its parameters or for those given.
  package init(of rule: Rule, bindings: [Int64]? = nil, in system: TransitionSystem) {
    let stages = Self.stages(of: rule, bindings: bindings, in: system)
    self = stages.guardExpression.union(stages.action)
  }

  /// The footprints of a rule's guard and of its action.
  package static func stages(
    of rule: Rule, bindings: [Int64]? = nil, in system: TransitionSystem
  ) -> (guardExpression: Footprint, action: Footprint) {
    var cost = 0
    return stages(of: rule, bindings: bindings, in: system, cost: &cost)
  }

  /// - Parameter cost: What finding out takes is added to it: expressions, statements and slots.
  package static func stages(
    of rule: Rule, bindings: [Int64]?, in system: TransitionSystem, cost: inout Int
  ) -> (guardExpression: Footprint, action: Footprint) {
    var analysis = AccessAnalysis(system: system, bindings: bindings)
    defer { cost += analysis.cost }
    do throws(AccessAnalysis.Overrun) {
      if let condition = rule.guardExpression { _ = try analysis.evaluate(condition) }
      let guardExpression = Footprint(analysis, in: system)
      analysis.forgetAccesses()
      _ = try analysis.execute(rule.body)
      return (guardExpression, Footprint(analysis, in: system))
    } catch {
      var coarse = TextualFootprint(system: system, bindings: bindings)
      if let condition = rule.guardExpression { coarse.visit(condition) }
      let guardExpression = Footprint(coarse, in: system)
      coarse.visit(rule.body)
      return (guardExpression, Footprint(coarse, in: system))
    }
  }

  /// The footprint of a property, which writes nothing unless a function that it calls does.
  package init(of property: Property, bindings: [Int64]? = nil, in system: TransitionSystem) {
    self.init(of: property.expression, frame: bindings ?? [], in: system)
  }

  /// The footprint of an expression.
  ///
  /// - Parameter frame: What is known of its frame, from the first slot on; nil is any value.
  package init(of expression: Expression, frame: [Int64?], in system: TransitionSystem) {
    var analysis = AccessAnalysis(system: system, bindings: nil)
    for case (let slot, let value?) in frame.enumerated() {
      analysis.frames[0].values[slot] = ValueSet(value)
    }
    do throws(AccessAnalysis.Overrun) {
      _ = try analysis.evaluate(expression)
      self.init(analysis, in: system)
    } catch {
      let known = frame.prefix { $0 != nil }.compactMap { $0 }
      var coarse = TextualFootprint(system: system, bindings: known)
      coarse.visit(expression)
      self.init(coarse, in: system)
    }
  }

  private init(_ analysis: AccessAnalysis, in system: TransitionSystem) {
    reads = analysis.reads
    writes = analysis.writes
    written = analysis.writtenValues
    includeMultisets(of: system)
  }

  private init(_ coarse: TextualFootprint, in system: TransitionSystem) {
    reads = coarse.reads
    writes = coarse.writes
    written = [:]
    includeMultisets(of: system)
  }

  /// What either reads or writes.
  package func union(_ other: Footprint) -> Footprint {
    var union = self
    union.reads.formUnion(other.reads)
    union.writes.formUnion(other.writes)
    // A slot that only one writes has the values of that one; what neither knows stays unknown.
    union.written = [:]
    union.writes.forEach { slot in
      let mine = writes.contains(slot) ? written[slot] ?? .any : nil
      let theirs = other.writes.contains(slot) ? other.written[slot] ?? .any : nil
      if let mine, let theirs {
        union.written[slot] = mine.union(theirs)
      } else {
        union.written[slot] = mine ?? theirs
      }
    }
    return union
  }

  /// The values that may be written to a slot, beside *undefined*: nil if they are not known, none
  /// if the slot is not written.
  package func valuesWritten(to slot: Int) -> [Int64]? {
    guard writes.contains(slot) else { return [] }
    return written[slot].flatMap(\.values)
  }

  /// Whether a slot may be left undefined.
  package func mayUndefine(_ slot: Int) -> Bool {
    writes.contains(slot) && written[slot]?.mayBeUndefined ?? true
  }

  /// A multiset that is written to is sorted when the rule ends: all of it is read and written.
  private mutating func includeMultisets(of system: TransitionSystem) {
    for multiset in MultisetSlots.all(in: system) {
      let slots = multiset.slot..<multiset.slot + multiset.capacity * multiset.stride
      guard slots.contains(where: writes.contains) else { continue }
      reads.insert(slots)
      writes.insert(slots)
      for slot in slots { written[slot] = nil }
    }
  }
}

/// Reads a footprint off the text, without following what is executed in which order.
private struct TextualFootprint {
  let system: TransitionSystem
  /// Values of the parameters, in the first slots of the frame; nil within functions.
  var bindings: [Int64]?
  var reads: SlotSet
  var writes: SlotSet
  /// Slots that have been handed on by reference.
  private var referenced: SlotSet
  /// Functions that are called and have not been read.
  private var called: Set<Int> = []
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
    return place.slots(inStateOf: system.slotCount, knowing: known)
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
    followCalls()
  }

  mutating func visit(_ statements: [Statement]) {
    statements.forEachPart { forgetBindings(assignedBy: $0) }
    statements.forEachPart { visit($0) }
    followCalls()
  }

  private mutating func visit(_ part: Part) {
    switch part {
    case .place(let place, .read): read(place)
    case .place(let place, .write): write(place)
    case .place(let place, .update):
      read(place)
      write(place)
    case .place(let place, .reference): refer(to: place)
    case .call(let function): called.insert(function)
    case .expression, .statement: break
    }
  }

  /// Reads the functions that are called, each once, with nothing known of their frames.
  private mutating func followCalls() {
    let functions = system.functions
    let outer = bindings
    bindings = nil
    functions.forEachPart(calledFrom: called) { visit($0) }
    bindings = outer
    called = []
  }

  /// The value of a parameter that the body writes to is not known.
  private mutating func forgetBindings(assignedBy part: Part) {
    guard case .place(let place, let use) = part, use != .read, place.base == .frame,
      let bindings, place.offset < bindings.count
    else { return }
    self.bindings = nil
  }
}
