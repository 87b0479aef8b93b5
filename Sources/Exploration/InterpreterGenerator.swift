import Evaluation
import NativeCode
import PathConditions
import Symmetry
import Trace
public import TransitionSystem

/// Successors by the reference interpreter.
public final class InterpreterGenerator: SuccessorGenerator {
  public let layout: StateLayout
  let system: TransitionSystem
  let interpreter: Interpreter
  /// What decides about symbolic constants; nil where nothing depends on them.
  let paths: PathConditions?
  /// Assumptions about the state and symbolic constants: they hold from the step on that leads to
  /// the state.
  let stepAssumptions: [PropertyInstance]
  let properties: PropertyInstances
  let startInstances: [RuleInstance]
  let instances: [RuleInstance]
  /// For each rule, the positions of its instances.
  private let instanceRanges: [Range<Int>]
  private let guardPrefixes: [GuardPrefix]
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
  /// Path conditions under which a step leads on from the current state, and under which one leads
  /// to another state.
  private(set) var enabled: [Int] = []
  private(set) var progress: [Int] = []
  /// For each failure of the batch, the path condition under which it comes about.
  private(set) var failurePaths: [Int] = []

  public init(_ space: SearchSpace) {
    system = space.system
    layout = space.layout
    instances = space.instances
    startInstances = space.startInstances
    canonicalizer = Canonicalizer(space.symmetry, layout: space.layout)
    let elements = space.alikeElements
    alikeOffsets = space.system.rules.map { elements.offsets(of: $0) }
    alike = .allocate(capacity: max(1, elements.count))
    countsAlike = elements.count > 0
    paths = space.paths
    interpreter = Interpreter(space.system, space.paths, valuation: space.valuation)
    vacuity = VacuityCheck(system)
    properties = PropertyInstances(system)
    let purity = Purity(system)
    let dependence = SymbolicDependence(system.functions)
    let system = space.system
    let isOpen = space.paths != nil
    stepAssumptions = properties.assumptions.filter {
      isOpen && dependence.usesAddresses(system.properties[$0.property].expression)
    }
    guardPrefixes = system.rules.map { rule in
      // What depends on symbolic constants may differ from run to run.
      if isOpen, let condition = rule.guardExpression, dependence.usesAddresses(condition) {
        return GuardPrefix.none
      }
      return GuardPrefix(rule, purity)
    }
    var end = 0
    instanceRanges = space.system.rules.indices.map { rule in
      let start = end
      while end < space.instances.count, space.instances[end].rule == rule { end += 1 }
      return start..<end
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

  public var coverHits: [Int] { interpreter.coverHits }

  public var antecedentsHeld: [Bool] { vacuity.held }

  public var remarksMet: [Bool] { interpreter.remarksMet }

  public func startStates(into batch: SuccessorBatch) {
    batch.removeAll()
    failurePaths.removeAll(keepingCapacity: true)
    for position in startInstances.indices {
      paths.forEachOutcome(from: 0) { start(position, into: batch) }
    }
  }

  private func start(_ position: Int, into batch: SuccessorBatch) {
    let instance = startInstances[position]
    interpreter.reset()
    let rule = system.startStates[instance.rule]
    do throws(Interruption) {
      guard try interpreter.guardHolds(rule, instance.bindings) else { return }
      try interpreter.fire(rule)
      guard try isAssumed() else { return }
    } catch {
      note(error, in: .action, position, batch)
      return
    }
    appendSuccessor(Int32(position), count: 1, path: paths?.current ?? 0, to: batch)
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

  func expand(_ states: UnsafePointer<UInt64>, count: Int, into batch: SuccessorBatch) -> Int {
    if countsAlike { canonicalizer.countAlike(states, into: alike) }
    expand(states, into: batch, triesAlikeOnce: true)
    batch.canonicalize(by: canonicalizer)
    return 1
  }

  /// Fires every enabled rule instance on one state; successors are left as they are.
  ///
  /// - Parameter triesAlikeOnce: Of the instances that differ by elements that are alike, whether
  ///   the first alone is fired, and counted for all.
  func expand(
    _ state: UnsafePointer<UInt64>, into batch: SuccessorBatch, triesAlikeOnce: Bool = false
  ) {
    batch.removeAll()
    batch.hasProgress[0] = 0
    let slotCount = system.slotCount
    layout.decode(state, into: current)
    interpreter.slots.update(from: current, count: slotCount)
    let path = self.path
    failurePaths.removeAll(keepingCapacity: true)
    enabled.removeAll(keepingCapacity: true)
    progress.removeAll(keepingCapacity: true)
    isAnyEnabled = false
    for group in rulesByPriority {
      // One may be an error, so the guards of the others are evaluated all the same.
      let onlyTries = isAnyEnabled
      for number in group {
        tryInstances(
          of: number, triesAlikeOnce: triesAlikeOnce, onlyTries: onlyTries, into: batch)
      }
    }
    batch.ends[0] = batch.count
    guard let paths else { return }
    // Where something goes wrong in a step, there is no deadlock.
    batch.hasProgress[0] = paths.covers(path, progress + failurePaths) ? 1 : 0
    batch.isStuck[0] = paths.covers(path, enabled + failurePaths) ? 0 : 1
  }

  private func tryInstances(
    of number: Int, triesAlikeOnce: Bool, onlyTries: Bool, into batch: SuccessorBatch
  ) {
    if let prefix = guardPrefixes[number].rule, !mayHold(prefix) { return }
    let rule = system.rules[number]
    let offsets = triesAlikeOnce ? alikeOffsets[number] : []
    for position in instanceRanges[number] {
      let count = instanceCount(instances[position].bindings, rule.parameters, offsets)
      guard count > 0 else { continue }
      paths.forEachOutcome(from: path) {
        fire(rule, number, position, count: count, onlyTries: onlyTries, into: batch)
      }
    }
  }

  /// The path condition of the state that is being expanded.
  var path: Int { system.pathSlot.map { Int(current[$0]) } ?? 0 }

  /// Whether the part of a guard that is the same for all instances holds. What goes wrong in it
  /// goes wrong again in each instance, and is reported there.
  private func mayHold(_ prefix: Rule) -> Bool {
    interpreter.coverWeight = 1
    var holds = false
    paths.forEachOutcome(from: path) {
      do throws(Interruption) {
        if try interpreter.guardHolds(prefix, []) { holds = true }
      } catch {
        holds = true
      }
    }
    return holds
  }

  /// The instances that one stands for: itself, and those that have later elements in place of ones
  /// that are like them. 0 for those others.
  private func instanceCount(
    _ bindings: [Int64], _ parameters: [RuleParameter], _ offsets: [Int?]
  ) -> Int {
    var count = 1
    for (position, offset) in offsets.enumerated() {
      guard let offset else { continue }
      let element = Int(bindings[position] - parameters[position].type.lower)
      // Elements that parameters further out have taken are told apart from those like them.
      func isTaken(_ element: Int) -> Bool {
        (0..<position).contains {
          offsets[$0] == offset
            && Int(bindings[$0] - parameters[$0].type.lower) == element
        }
      }
      if element > 0, alike[offset + element - 1] > alike[offset + element],
        !isTaken(element - 1)
      {
        return 0
      }
      if !isTaken(element) { count *= Int(alike[offset + element]) }
    }
    return count
  }

  /// Fires one instance on the current state, if it is enabled.
  ///
  /// - Parameter onlyTries: Whether it does not fire: a rule that goes before is enabled.
  private func fire(
    _ rule: Rule, _ number: Int, _ position: Int, count: Int, onlyTries: Bool,
    into batch: SuccessorBatch
  ) {
    let slotCount = system.slotCount
    let bindings = instances[position].bindings
    interpreter.coverWeight = count
    var isInAction = false
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
      let isUnchanged = isUnchanged(slotCount)
      if !isUnchanged { batch.hasProgress[0] = 1 }
      if let paths {
        enabled.append(paths.current)
        if !isUnchanged { progress.append(paths.current) }
      }
      if try isAssumed() {
        // A step that leaves the state as it is teaches nothing about the symbolic constants
        // either: the state itself stands for the one with a stronger path condition.
        appendSuccessor(
          Int32(position), count: count, path: isUnchanged ? path : paths?.current ?? 0, to: batch)
      }
    } catch {
      let place: Violation.Failure.Place =
        isInAction ? .action : .guardExpression(instances[position])
      note(error, in: place, position, batch)
    }
    interpreter.slots.update(from: current, count: slotCount)
  }

  private func note(
    _ interruption: Interruption, in place: Violation.Failure.Place, _ position: Int,
    _ batch: SuccessorBatch
  ) {
    if case .undecided(let reason) = interruption.cause { paths?.fail(reason) }
    if let failure = Violation.Failure(interruption, in: place) {
      batch.failures.append((Int32(position), failure))
      if let paths { failurePaths.append(paths.current) }
    }
  }

  private func isUnchanged(_ slotCount: Int) -> Bool {
    for slot in 0..<slotCount where interpreter.slots[slot] != current[slot] { return false }
    return true
  }

  private func appendSuccessor(
    _ position: Int32, count: Int, path: Int, to batch: SuccessorBatch
  ) {
    if let paths, let slot = system.pathSlot {
      guard batch.count < batch.capacity else {
        return paths.fail(.tooManySuccessors(limit: batch.capacity))
      }
      guard let number = paths.numberInState(path) else { return }
      interpreter.slots[slot] = number
    }
    layout.encode(interpreter.slots, into: batch.words + batch.count * layout.wordCount)
    batch.instances[batch.count] = position
    batch.multiplicities[batch.count] = count
    batch.count += 1
  }

  public func inspect(_ state: UnsafePointer<UInt64>, into inspection: inout Inspection) {
    inspection.removeAll()
    layout.decode(state, into: interpreter.slots)
    if paths != nil { return inspectOutcomes(into: &inspection) }
    for instance in properties.assumptions {
      guard let value = value(of: instance, in: &inspection) else { return }
      if value == 0 {
        inspection.isDiscarded = true
        return
      }
    }
    for instance in properties.invariants {
      guard let value = value(of: instance, in: &inspection) else { return }
      if value == 0 {
        inspection.violation = .invariant(
          property: instance.property, bindings: instance.bindings)
        return
      }
    }
    for instance in properties.covers {
      guard let value = value(of: instance, in: &inspection) else { return }
      if value != 0, let cover = system.properties[instance.property].cover {
        inspection.coversHit.append(cover)
      }
    }
    for instance in properties.liveness {
      guard let value = value(of: instance, in: &inspection) else { return }
      inspection.livenessHolds.append(value != 0)
    }
    for instance in properties.measures {
      guard let value = value(of: instance, in: &inspection) else { return }
      inspection.measures.append(
        system.properties[instance.property].isAddress ? interpreter.measured(value) : value)
    }
    vacuity.check(with: interpreter)
  }

  /// The value of a property; nil where evaluating it goes wrong, which is then the violation.
  private func value(of instance: PropertyInstance, in inspection: inout Inspection) -> Int64? {
    do throws(Interruption) {
      return try interpreter.evaluate(system.properties[instance.property], instance.bindings)
    } catch {
      let place = Violation.Failure.Place.property(instance.property, bindings: instance.bindings)
      if let failure = Violation.Failure(error, in: place) {
        inspection.violation = .interruption(failure)
      } else {
        // An assumption within a function that a property calls.
        inspection.isDiscarded = true
      }
      return nil
    }
  }
}
