import SAT
import SMT
import Symbolic
import TransitionSystem

extension CircuitBuilder {
  /// Instances that are looked at one by one, where something is asked of all of them.
  static let mostInstances = 4_096

  /// The start states: rules that act where nothing is defined, and multisets are empty.
  mutating func start() throws(NotSymbolic) -> FiniteSystem.Start {
    var empty: [SymbolicSlot] = slots.map { _ in .undefined }
    for multiset in MultisetSlots.all(in: system) {
      for position in 0..<multiset.capacity {
        empty[multiset.slot + position * multiset.stride] = SymbolicSlot(.constant(0))
      }
    }
    let chosen = try choice(of: system.startStates.map(\.parameters), named: "start")
    var bits: [[Wire]] = []
    for (slot, content) in zip(slots, empty) { bits.append(try wires(content, of: slot)) }
    var (ends, fails): ([Wire], [Wire]) = ([], [])
    for (number, isChosen, parameters) in chosen.rules {
      let step = try SymbolicEvaluator.step(
        of: system.startStates[number], parameters, in: system, from: empty, openSizes, stop: stop)
      try choose(step, isChosen, &bits)
      ends.append(lowered.and(isChosen, try wire(step.ends)))
      fails.append(lowered.and(isChosen, try wire(step.guardFails | step.actionFails)))
    }
    return FiniteSystem.Start(
      choice: chosen.choice, state: bits.flatMap { $0 }, ends: lowered.any(ends),
      fails: lowered.any(fails))
  }

  /// The rules. Of those that are enabled, those alone fire that no other goes before.
  mutating func step() throws(NotSymbolic) -> FiniteSystem.Step {
    let chosen = try choice(of: system.rules.map(\.parameters), named: "rule")
    var bits = slots.map(\.all)
    var (ends, guardFails, actionFails): ([Wire], [Wire], [Wire]) = ([], [], [])
    let isFirst = try mayFire()
    for (number, isChosen, parameters) in chosen.rules {
      let step = try SymbolicEvaluator.step(
        of: system.rules[number], parameters, in: system, from: states.slots, openSizes,
        stop: stop)
      try choose(step, isChosen, &bits)
      guardFails.append(lowered.and(isChosen, try wire(step.guardFails)))
      let fires = lowered.and(isChosen, isFirst[number])
      actionFails.append(lowered.and(fires, try wire(step.actionFails)))
      ends.append(lowered.and(fires, try wire(step.ends)))
    }
    return FiniteSystem.Step(
      choice: chosen.choice, next: bits.flatMap { $0 }, ends: lowered.any(ends),
      guardFails: lowered.any(guardFails), actionFails: lowered.any(actionFails))
  }

  /// Where a rule is chosen, the slots that it writes are what it makes of them.
  private mutating func choose(
    _ step: SymbolicStep, _ isChosen: Wire, _ bits: inout [[Wire]]
  ) throws(NotSymbolic) {
    for (slot, content) in step.written {
      let wires = try wires(content, of: slots[slot])
      for position in wires.indices {
        bits[slot][position] = lowered.choice(isChosen, wires[position], bits[slot][position])
      }
    }
  }

  /// For each rule, whether no rule that goes before it is enabled.
  private mutating func mayFire() throws(NotSymbolic) -> [Wire] {
    var isFirst = system.rules.map { _ in Wire.truth }
    guard system.hasPriorities else { return isFirst }
    var isNoneEnabled = Wire.truth
    for group in system.rulesByPriority {
      for rule in group { isFirst[rule] = isNoneEnabled }
      if group == system.rulesByPriority.last { break }
      var enabled: [Wire] = []
      for rule in group {
        for step in try instances(of: rule) { enabled.append(try wire(step.isEnabled)) }
      }
      isNoneEnabled = lowered.and(isNoneEnabled, !lowered.any(enabled))
    }
    return isFirst
  }

  /// What each instance of a rule does.
  func instances(of rule: Int) throws(NotSymbolic) -> [SymbolicStep] {
    guard sizes.isEmpty else { throw .unsupported }
    let instances = TransitionSystem.instances(of: [system.rules[rule]])
    guard instances.count <= Self.mostInstances else { throw .tooManyInstances }
    var steps: [SymbolicStep] = []
    for instance in instances {
      steps.append(
        try SymbolicEvaluator.step(
          of: system.rules[rule], instance.bindings.map { .constant($0) }, in: system,
          from: states.slots, stop: stop))
    }
    return steps
  }

  /// Whether no step leads on from the state.
  mutating func deadlock(changes: Bool) throws(NotSymbolic) -> Wire {
    let isFirst = try mayFire()
    var leadOn: [Wire] = []
    for rule in system.rules.indices {
      for step in try instances(of: rule) {
        var leads = lowered.and(isFirst[rule], try wire(step.ends))
        if changes { leads = lowered.and(leads, try isChange(step)) }
        leadOn.append(leads)
      }
    }
    return !lowered.any(leadOn)
  }

  private mutating func isChange(_ step: SymbolicStep) throws(NotSymbolic) -> Wire {
    var differences: [Wire] = []
    for (slot, content) in step.written {
      for (after, before) in zip(try wires(content, of: slots[slot]), slots[slot].all) {
        differences.append(!lowered.choice(after, before, !before))
      }
    }
    return lowered.any(differences)
  }
}
