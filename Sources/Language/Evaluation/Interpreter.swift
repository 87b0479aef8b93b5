package import Diagnostics
package import TransitionSystem

/// The reference interpreter: it defines what a transition system means. It is written to be read;
/// every other executor is tested against it.
///
/// It works on one memory of 64-bit slots: the state first, then a stack of frames. A place is an
/// index into it, so that a `var` parameter or an alias is a slot that holds an index.
///
/// Not safe for use by several threads at once.
package final class Interpreter {
  package let system: TransitionSystem

  /// The state: `system.slotCount` slots that belong to the interpreter. Load a state by writing
  /// them, read a successor after `fire`.
  package let slots: UnsafeMutablePointer<Int64>

  /// How often each cover of `system.covers` that stands in a body has been hit.
  package var coverHits: [Int]
  /// What a hit counts: the instances that the one that is tried stands for.
  package var coverWeight = 1

  /// For each of the system's remarks, whether it has been met.
  package var remarksMet: [Bool]

  /// Ends an evaluation that takes long.
  package var stop: StopCondition?

  /// Some tenths of a millisecond.
  static let roundsBetweenLooks = 1 << 12
  /// Slots that are copied, compared or made undefined at once without a look.
  static let slotsBetweenLooks = 1 << 12

  /// Takes what `put` prints; nothing is made of it where this is nil.
  package var output: ((String) -> Void)?

  /// Slots of the memory; the state is at its beginning.
  let memory: UnsafeMutablePointer<Int64>
  let memorySlotCount: Int
  /// Where the current frame begins.
  var frameBase: Int
  /// The first slot behind all frames.
  var stackTop: Int
  var callDepth = 0
  /// Levels of the trees of all functions that are being executed.
  var nesting = 0
  /// Rounds of loops, calls and members of multisets that were looked at, in this guard, action or
  /// property.
  var rounds = 0
  /// The number of rounds at which it is looked whether the evaluation is to end.
  var nextLook = Interpreter.roundsBetweenLooks
  /// What a `return` of a single value has left.
  var returnedValue: Int64 = 0

  let multisets: [MultisetSlots]
  /// Slots that are sorted behind each rule.
  private let multisetSlotCount: Int

  /// The values of addresses: what a slot holds for one is a number of this table.
  package let terms: TermTable
  /// Decides what depends on symbolic constants; nobody does where they all have values.
  package unowned(unsafe) var decider: (any LiteralDecider)?

  /// - Parameter valuation: The values of the elements of the symbolic constants, in order.
  package convenience init(system: TransitionSystem, valuation: [Int128] = []) {
    self.init(system: system, terms: TermTable(valuation: valuation))
  }

  /// - Parameter terms: Whoever decides literals knows them by this table.
  package init(system: TransitionSystem, terms: TermTable) {
    self.system = system
    self.terms = terms
    coverHits = Array(repeating: 0, count: system.covers.count)
    remarksMet = Array(repeating: false, count: system.remarks.count)
    let outer =
      (system.rules + system.startStates).map(\.frameSlotCount)
      + system.properties.map(\.frameSlotCount)
    let outermost = system.slotCount + (outer.max() ?? 0)
    memorySlotCount = outermost + ExecutionLimits.stackSlotCount(of: system)
    memory = .allocate(capacity: memorySlotCount)
    // A call makes its own frame undefined. To touch the whole stack before, 2 MiB or more, took
    // 2 of the 16 ms of checking the smallest model.
    memory.initialize(repeating: Slot.undefined, count: outermost)
    slots = memory
    frameBase = system.slotCount
    stackTop = system.slotCount
    multisets = MultisetSlots.all(in: system)
    multisetSlotCount = multisets.reduce(0) { $0 + $1.capacity * $1.stride }
  }

  deinit { memory.deallocate() }

  // MARK: - Rules

  /// Makes the state what it is before a start state: all undefined, multisets empty.
  package func reset() {
    slots.update(repeating: Slot.undefined, count: system.slotCount)
    for multiset in multisets { multiset.clear(in: memory) }
    if let pathSlot = system.pathSlot { slots[pathSlot] = 0 }
  }

  /// Evaluates a rule's guard on the state, with its parameters bound.
  ///
  /// A function in the guard may change the state; `fire` then acts on what it left.
  package func guardHolds(_ rule: Rule, _ bindings: [Int64]) throws(Interruption) -> Bool {
    enter(bindings, frameSlotCount: rule.frameSlotCount)
    guard let condition = rule.guardExpression else { return true }
    return try evaluate(condition) != 0
  }

  /// Acts on the state. Call it right after `guardHolds` of the same rule and bindings.
  ///
  /// After an interruption the state is undetermined.
  package func fire(_ rule: Rule) throws(Interruption) {
    let first = frameBase + rule.parameters.count
    (memory + first).update(
      repeating: Slot.undefined, count: rule.frameSlotCount - rule.parameters.count)
    beginRounds()
    _ = try execute(rule.body)
    if multisets.isEmpty { return }
    try expect(slotCount: multisetSlotCount)
    for multiset in multisets { multiset.normalize(in: memory) }
  }

  /// The value of a property's expression in the state, with its parameters bound.
  package func evaluate(
    _ property: Property, _ bindings: [Int64]
  ) throws(Interruption) -> Int64 {
    enter(bindings, frameSlotCount: property.frameSlotCount)
    return try evaluate(property.expression)
  }

  /// Begins a guard or property: binds its parameters, and makes the rest of its frame undefined.
  func enter(_ bindings: [Int64], frameSlotCount: Int) {
    frameBase = system.slotCount
    stackTop = frameBase + frameSlotCount
    callDepth = 0
    nesting = 0
    beginRounds()
    for position in bindings.indices { memory[frameBase + position] = bindings[position] }
    for slot in bindings.count..<max(bindings.count, frameSlotCount) {
      memory[frameBase + slot] = Slot.undefined
    }
  }

  private func beginRounds() {
    rounds = 0
    nextLook = Self.roundsBetweenLooks
  }

  /// Counts a round of a loop, a call, or a member of a multiset that is looked at.
  @inline(__always)
  func countRound(at span: SourceSpan) throws(Interruption) {
    rounds += 1
    if rounds >= nextLook { try look(at: span) }
  }

  /// Ends the evaluation where it takes too long.
  func look(at span: SourceSpan) throws(Interruption) {
    if rounds > ExecutionLimits.rounds {
      throw Interruption(.undecided(.tooManyRounds(limit: ExecutionLimits.rounds)), at: span)
    }
    nextLook = min(rounds + Self.roundsBetweenLooks, ExecutionLimits.rounds + 1)
    if let stop, stop.isDue() { throw Interruption(.undecided(.stopped), at: span) }
  }

  /// Looks whether the evaluation is to end before so many slots are gone through.
  @inline(__always)
  func expect(slotCount: Int) throws(Interruption) {
    if slotCount >= Self.slotsBetweenLooks { try look(at: .none) }
  }
}
