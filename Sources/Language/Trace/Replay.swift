import Analysis
import Diagnostics
package import Evaluation
package import TransitionSystem

/// Why a run is no run of the system.
package enum ReplayError: Error, Sendable, Equatable {
  /// The guard of the step of this number (from 0) is false.
  case guardIsFalse(step: Int)
  /// The step of this number cannot be taken to its end.
  case interrupted(step: Int, Interruption)
  /// What was said to go wrong at the end does not.
  case violationNotConfirmed
  /// A run has to begin with a start state.
  case empty
}

/// Takes steps with the reference interpreter: what it cannot replay is not shown.
package struct Replay {
  private let interpreter: Interpreter
  private let system: TransitionSystem

  private let valuation: [Int128]

  /// - Parameter valuation: The values of the elements of the symbolic constants, in order.
  package init(system: TransitionSystem, valuation: [Int128] = []) {
    self.system = system
    self.valuation = valuation
    interpreter = Interpreter(system: system, valuation: valuation)
  }

  /// Runs a list of rule instances.
  ///
  /// - Parameters:
  ///   - start: An instance of a start state.
  ///   - instances: Instances of rules, in order.
  package func run(
    start: RuleInstance, _ instances: [RuleInstance]
  ) throws(ReplayError) -> Execution {
    interpreter.reset()
    var steps = [try step(system.startStates[start.rule], start, number: 0)]
    for (position, instance) in instances.enumerated() {
      steps.append(try step(system.rules[instance.rule], instance, number: position + 1))
    }
    return Execution(steps: steps, valuation: valuation)
  }

  private func step(
    _ rule: Rule, _ instance: RuleInstance, number: Int
  ) throws(ReplayError) -> Execution.Step {
    var printed = ""
    interpreter.output = { printed += $0 }
    defer { interpreter.output = nil }
    do throws(Interruption) {
      guard try interpreter.guardHolds(rule, instance.bindings) else {
        throw Interruption(.assumptionFailed, at: .none)
      }
      try interpreter.fire(rule)
    } catch {
      if error.cause == .assumptionFailed, error.span == .none {
        throw .guardIsFalse(step: number)
      }
      throw .interrupted(step: number, error)
    }
    return Execution.Step(instance: instance, slots: currentSlots, output: printed)
  }

  private var currentSlots: [Int64] {
    Array(UnsafeBufferPointer(start: interpreter.slots, count: system.slotCount))
  }

  /// Replays a counterexample from its start and checks that what it says goes wrong.
  ///
  /// That nothing can be reached any more (liveness) is not for one run to show: for these the run
  /// alone is replayed.
  package func confirm(_ counterexample: Counterexample, deadlock: DeadlockMode) throws(ReplayError)
  {
    let steps = counterexample.execution.steps
    let violation = counterexample.violation
    if let first = steps.first {
      let replayed = try run(start: first.instance, steps.dropFirst().map(\.instance))
      guard replayed.steps.map(\.slots) == steps.map(\.slots) else {
        throw .violationNotConfirmed
      }
    } else if violation.failedStep == nil {
      throw .empty
    }
    guard confirms(violation, deadlock: deadlock, isStart: steps.isEmpty) else {
      throw .violationNotConfirmed
    }
  }

  private func confirms(_ violation: Violation, deadlock: DeadlockMode, isStart: Bool) -> Bool {
    switch violation.kind {
    case .invariant(let property, let bindings):
      return (try? interpreter.evaluate(system.properties[property], bindings)) == 0
    case .liveness(let property, let bindings):
      return (try? interpreter.evaluate(system.properties[property], bindings)) == 0
    case .deadlock:
      return isDeadlock(deadlock)
    case .interruption(let failure):
      return confirms(failure, failedStep: violation.failedStep, isStart: isStart)
    case .uncovered:
      return false
    }
  }

  private func confirms(
    _ failure: Violation.Failure, failedStep: RuleInstance?, isStart: Bool
  ) -> Bool {
    do throws(Interruption) {
      switch failure.place {
      case .property(let property, let bindings):
        _ = try interpreter.evaluate(system.properties[property], bindings)
      case .guardExpression(let instance):
        _ = try interpreter.guardHolds(system.rules[instance.rule], instance.bindings)
      case .action:
        guard let failedStep else { return false }
        if isStart { interpreter.reset() }
        let rule = isStart ? system.startStates[failedStep.rule] : system.rules[failedStep.rule]
        guard try interpreter.guardHolds(rule, failedStep.bindings) else { return false }
        try interpreter.fire(rule)
      }
      return false
    } catch {
      return Violation.Failure(error, in: failure.place) == failure
    }
  }

  /// Whether no step leads on from the interpreter's state.
  private func isDeadlock(_ mode: DeadlockMode) -> Bool {
    guard mode != .off else { return false }
    let state = currentSlots
    let purity = Purity(system)
    for group in system.rulesByPriority {
      var isAnyEnabled = false
      for rule in group.map({ system.rules[$0] }) {
        var bindings: [Int64] = []
        let prefixes = GuardPrefixes(rule, isSuitable: purity.isPure)
        if leadsOn(rule, prefixes, &bindings, from: state, mode, &isAnyEnabled) { return false }
      }
      // Rules of the other groups do not fire.
      if isAnyEnabled { return true }
    }
    return true
  }

  /// Whether an instance of a rule with these first parameters leads on from a state.
  private func leadsOn(
    _ rule: Rule, _ prefixes: GuardPrefixes, _ bindings: inout [Int64], from state: [Int64],
    _ mode: DeadlockMode, _ isAnyEnabled: inout Bool
  ) -> Bool {
    let level = bindings.count
    if let prefix = prefixes.rules[level],
      (try? interpreter.guardHolds(prefix, bindings)) == false
    {
      return false
    }
    guard level < rule.parameters.count else {
      defer {
        for slot in state.indices { interpreter.slots[slot] = state[slot] }
      }
      guard (try? interpreter.guardHolds(rule, bindings)) == true else { return false }
      isAnyEnabled = true
      guard (try? interpreter.fire(rule)) != nil else { return false }
      return mode == .stuck || currentSlots != state
    }
    let parameter = rule.parameters[level]
    for position in 0..<parameter.count {
      bindings.append(parameter.value(at: position))
      defer { bindings.removeLast() }
      if leadsOn(rule, prefixes, &bindings, from: state, mode, &isAnyEnabled) { return true }
    }
    return false
  }
}

/// What counts as a deadlock.
package enum DeadlockMode: String, Sendable, CaseIterable {
  /// A state from which no step leads to another one.
  case stuttering
  /// A state in which no rule is enabled.
  case stuck
  /// Nothing.
  case off
}
