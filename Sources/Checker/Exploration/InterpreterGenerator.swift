import Analysis
import Diagnostics
package import Evaluation
import NativeCode
package import Packing
import PathConditions
import Symmetry
import Trace
import TransitionSystem

/// Successors by the reference interpreter.
package final class InterpreterGenerator: SuccessorGenerator {
  package let packing: StatePacking
  let system: TransitionSystem
  let interpreter: Interpreter
  let cases: EvaluationCases
  let domain: Domain
  /// Assumptions about the state and symbolic constants: they hold from the step on that leads to
  /// the state.
  let stepAssumptions: [PropertyInstance]
  let properties: PropertyInstances
  let startInstances: RuleInstances
  let instances: RuleInstances
  private let guardPrefixes: [GuardPrefixes]
  private let stop: StopCondition
  /// Instances and properties that were tried since it was last asked whether to end.
  private var triedCount = 0
  /// For each rule, whether its guard leaves the state as it is.
  private let hasPureGuard: [Bool]
  /// Rules of one priority, by number; those that go before all others first.
  private let rulesByPriority: [[Int]]
  /// The state that is being expanded, unpacked.
  let current: UnsafeMutablePointer<Int64>
  private let canonicalizer: Canonicalizer
  /// For each rule and parameter, where the elements that it runs over stand in `alike`; nil where
  /// all are tried.
  private let alikeOffsets: [[Int?]]
  /// For each element, how many are like it in the current state, from it on.
  private let alike: UnsafeMutablePointer<UInt16>
  private let countsAlike: Bool
  var vacuity: VacuityCheck
  /// Whether a rule instance of those tried on the current state is enabled.
  private var isAnyEnabled = false
  /// Whether those that are tried do not fire: a rule that goes before is enabled.
  private var onlyTries = false
  /// Path conditions under which a step leads on from the current state, and under which one leads
  /// to another state.
  private(set) var enabled: [Int] = []
  private(set) var progress: [Int] = []
  /// For each failure of the batch, the path condition under which it comes about.
  private(set) var failurePaths: [Int] = []

  package init(_ space: SearchSpace) {
    system = space.system
    packing = space.packing
    instances = space.instances
    startInstances = space.startInstances
    canonicalizer = Canonicalizer(space.symmetry, packing: space.packing)
    let elements = space.alikeElements
    alikeOffsets = space.system.rules.map { elements.offsets(of: $0) }
    alike = .allocate(capacity: max(1, elements.count))
    countsAlike = elements.count > 0
    domain = space.domain
    cases = EvaluationCases(space.system, space.domain, stop: space.stop)
    interpreter = cases.interpreter
    stop = space.stop
    vacuity = VacuityCheck(system)
    properties = PropertyInstances(system)
    let purity = Purity(system)
    let dependence = SymbolicDependence(system.functions)
    let system = space.system
    let isOpen = space.domain.hasCases
    stepAssumptions = properties.assumptions.filter {
      isOpen && dependence.usesAddresses(system.properties[$0.property].expression)
    }
    guardPrefixes = system.rules.map { rule in
      // What depends on symbolic constants may differ from run to run.
      GuardPrefixes(rule) { purity.isPure($0) && !(isOpen && dependence.usesAddresses($0)) }
    }
    rulesByPriority = system.rulesByPriority
    hasPureGuard = system.rules.map { $0.guardExpression.map(purity.isPure) ?? true }
    current = .allocate(capacity: max(1, system.slotCount))
    current.initialize(repeating: 0, count: max(1, system.slotCount))
  }

  deinit {
    current.deallocate()
    alike.deallocate()
  }

  package var coverHits: [Int] { interpreter.coverHits }

  package var antecedentsHeld: [Bool] { vacuity.held }

  package var remarksMet: [Bool] { interpreter.remarksMet }

  package func startStates(
    from first: Int, into batch: SuccessorBatch
  ) throws(Undecided) -> Int {
    batch.removeAll()
    failurePaths.removeAll(keepingCapacity: true)
    var position = first
    while position < startInstances.count, batch.count < batch.capacity, !batch.isShort {
      try goOn()
      try cases.forEach(from: 0) { () throws(Undecided) in try start(position, into: batch) }
      position += 1
    }
    return position
  }

  /// Takes all start states at once.
  func startStates(into batch: SuccessorBatch) throws(Undecided) {
    batch.removeAll()
    failurePaths.removeAll(keepingCapacity: true)
    for position in startInstances.indices where !batch.isShort {
      try goOn()
      try cases.forEach(from: 0) { () throws(Undecided) in try start(position, into: batch) }
    }
  }

  /// Ends the evaluation if whoever waits wants no more. Asked for every instance and property, it
  /// finds out for some of them.
  ///
  /// - Throws: `Undecided.stopped`.
  @inline(__always)
  func goOn() throws(Undecided) {
    triedCount += 1
    if triedCount & 63 == 0, stop.isDue() { throw .stopped }
  }

  private func start(_ position: Int, into batch: SuccessorBatch) throws(Undecided) {
    let instance = startInstances[position]
    interpreter.reset()
    let rule = system.startStates[instance.rule]
    do throws(Interruption) {
      guard try interpreter.guardHolds(rule, instance.bindings) else { return }
      try interpreter.fire(rule)
      guard try isAssumed() else { return }
    } catch {
      return try note(error, in: .action, position, batch)
    }
    try appendSuccessor(position, count: 1, path: cases.path, to: batch)
  }

  /// Whether the assumptions that depend on symbolic constants hold in the interpreter's state.
  /// What goes wrong in one is found again, and reported, when the state is looked at.
  private func isAssumed() throws(Interruption) -> Bool {
    for instance in stepAssumptions {
      do throws(Interruption) {
        let property = system.properties[instance.property]
        if try interpreter.evaluate(property, instance.bindings) == 0 { return false }
      } catch {
        switch error.cause {
        case .undecided: throw error
        case .assumptionFailed: return false
        case .assertionFailed, .errorStatement, .runtimeError: return true
        }
      }
    }
    return true
  }

  func expand(
    _ states: UnsafePointer<UInt64>, count: Int, into batch: SuccessorBatch
  ) throws(Undecided) -> Int {
    if countsAlike { canonicalizer.countAlike(states, into: alike) }
    try expand(states, into: batch, triesAlikeOnce: true)
    batch.canonicalize(by: canonicalizer)
    return 1
  }

  /// Fires every enabled rule instance on one state; successors are left as they are.
  ///
  /// - Parameter triesAlikeOnce: Of the instances that differ by elements that are alike, whether
  ///   the first alone is fired, and counted for all.
  func expand(
    _ state: UnsafePointer<UInt64>, into batch: SuccessorBatch, triesAlikeOnce: Bool = false
  ) throws(Undecided) {
    batch.removeAll()
    batch.hasProgress[0] = 0
    let slotCount = system.slotCount
    packing.decode(state, into: current)
    interpreter.slots.update(from: current, count: slotCount)
    let path = self.path
    failurePaths.removeAll(keepingCapacity: true)
    enabled.removeAll(keepingCapacity: true)
    progress.removeAll(keepingCapacity: true)
    isAnyEnabled = false
    for group in rulesByPriority {
      // One may be an error, so the guards of the others are evaluated all the same.
      onlyTries = isAnyEnabled
      for number in group {
        var bindings: [Int64] = []
        try tryInstances(
          of: number, &bindings, instances.range(ofRule: number).lowerBound, 0, count: 1,
          triesAlikeOnce ? alikeOffsets[number] : [], into: batch)
      }
    }
    batch.ends[0] = batch.count
    guard case .layouts(let paths) = domain else { return }
    // Where something goes wrong in a step, there is no deadlock.
    batch.hasProgress[0] = try paths.covers(path, progress + failurePaths) ? 1 : 0
    batch.isStuck[0] = try paths.covers(path, enabled + failurePaths) ? 0 : 1
  }

  /// The path condition of the state that is being expanded.
  var path: Int { system.pathSlot.map { Int(current[$0]) } ?? 0 }

  /// Tries the instances of a rule that have the first parameters in common.
  ///
  /// - Parameters:
  ///   - bindings: The values of these.
  ///   - first: The position of the rule's first instance.
  ///   - index: Which of the combinations of these it is.
  ///   - count: The instances that each one stands for so far.
  ///   - offsets: As `alikeOffsets`; empty where all elements are tried.
  private func tryInstances(
    of number: Int, _ bindings: inout [Int64], _ first: Int, _ index: Int, count: Int,
    _ offsets: [Int?], into batch: SuccessorBatch
  ) throws(Undecided) {
    let rule = system.rules[number]
    let level = bindings.count
    try goOn()
    if let prefix = guardPrefixes[number].rules[level], try !mayHold(prefix, bindings) { return }
    guard level < rule.parameters.count else {
      let bindings = bindings
      return try cases.forEach(from: path) { () throws(Undecided) in
        try fire(rule, number, bindings, first + index, count: count, into: batch)
      }
    }
    let parameter = rule.parameters[level]
    let valueCount = parameter.count
    for position in 0..<valueCount {
      bindings.append(parameter.value(at: position))
      let alike = alikeCount(bindings, rule.parameters, offsets)
      if alike > 0 {
        try tryInstances(
          of: number, &bindings, first, index * valueCount + position, count: count * alike,
          offsets, into: batch)
      }
      bindings.removeLast()
      if batch.isShort { return }
    }
  }

  /// Whether what the first parameters decide of a guard holds. What goes wrong in it goes wrong
  /// again in each instance, and is reported there.
  private func mayHold(_ prefix: Rule, _ bindings: [Int64]) throws(Undecided) -> Bool {
    interpreter.coverWeight = 1
    var holds = false
    try cases.forEach(from: path) { () throws(Undecided) in
      do throws(Interruption) {
        if try interpreter.guardHolds(prefix, bindings) { holds = true }
      } catch {
        holds = true
      }
    }
    return holds
  }

  /// The elements that the last one bound stands for: itself, and later ones that are like it. 0 for
  /// one of those others.
  private func alikeCount(
    _ bindings: [Int64], _ parameters: [RuleParameter], _ offsets: [Int?]
  ) -> Int {
    let position = bindings.count - 1
    guard position < offsets.count, let offset = offsets[position] else { return 1 }
    let element = Int(bindings[position] - parameters[position].type.lower)
    // Elements that parameters further out have taken are told apart from those like them.
    func isTaken(_ element: Int) -> Bool {
      (0..<position).contains {
        offsets[$0] == offset && Int(bindings[$0] - parameters[$0].type.lower) == element
      }
    }
    if element > 0, alike[offset + element - 1] > alike[offset + element], !isTaken(element - 1) {
      return 0
    }
    return isTaken(element) ? 1 : Int(alike[offset + element])
  }

  /// Fires one instance on the current state, if it is enabled.
  private func fire(
    _ rule: Rule, _ number: Int, _ bindings: [Int64], _ position: Int, count: Int,
    into batch: SuccessorBatch
  ) throws(Undecided) {
    let slotCount = system.slotCount
    interpreter.coverWeight = count
    var isInAction = false
    let isUnchanged: Bool
    do throws(Interruption) {
      guard try interpreter.guardHolds(rule, bindings) else {
        if !hasPureGuard[number] { interpreter.slots.update(from: current, count: slotCount) }
        return
      }
      isAnyEnabled = true
      if onlyTries {
        interpreter.slots.update(from: current, count: slotCount)
        return
      }
      isInAction = true
      try interpreter.fire(rule)
      isUnchanged = self.isUnchanged(slotCount)
      noteStep(isUnchanged: isUnchanged, batch)
      guard try isAssumed() else {
        interpreter.slots.update(from: current, count: slotCount)
        return
      }
    } catch {
      let place: Violation.Failure.Place =
        isInAction ? .action : .guardExpression(RuleInstance(rule: number, bindings: bindings))
      interpreter.slots.update(from: current, count: slotCount)
      return try note(error, in: place, position, batch)
    }
    // A step that leaves the state as it is teaches nothing about the symbolic constants either: the
    // state itself stands for the one with a stronger path condition.
    try appendSuccessor(
      position, count: count, path: isUnchanged ? path : cases.path, to: batch)
    interpreter.slots.update(from: current, count: slotCount)
  }

  /// Notes that a step leads on from the current state.
  private func noteStep(isUnchanged: Bool, _ batch: SuccessorBatch) {
    if !isUnchanged { batch.hasProgress[0] = 1 }
    guard domain.hasCases else { return }
    enabled.append(cases.path)
    if !isUnchanged { progress.append(cases.path) }
  }

  private func note(
    _ interruption: Interruption, in place: Violation.Failure.Place, _ position: Int,
    _ batch: SuccessorBatch
  ) throws(Undecided) {
    if case .undecided(let reason) = interruption.cause { throw reason }
    guard let failure = Violation.Failure(interruption, in: place) else { return }
    if domain.hasCases {
      failurePaths.append(cases.path)
    } else {
      // The first of each kind is what may be shown; there can be as many as instances.
      let isInAction = place == .action
      if batch.failures.contains(where: { ($0.failure.place == .action) == isInAction }) { return }
    }
    batch.failures.append((position, failure))
  }

  private func isUnchanged(_ slotCount: Int) -> Bool {
    for slot in 0..<slotCount where interpreter.slots[slot] != current[slot] { return false }
    return true
  }

  private func appendSuccessor(
    _ position: Int, count: Int, path: Int, to batch: SuccessorBatch
  ) throws(Undecided) {
    guard batch.count < batch.capacity || batch.grow() else { return }
    if case .layouts(let paths) = domain, let slot = system.pathSlot {
      interpreter.slots[slot] = try paths.numberInState(path)
    }
    packing.encode(interpreter.slots, into: batch.words + batch.count * packing.wordCount)
    batch.instances[batch.count] = position
    batch.multiplicities[batch.count] = count
    batch.count += 1
  }
}
