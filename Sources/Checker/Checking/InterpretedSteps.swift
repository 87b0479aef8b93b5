import Analysis
package import Diagnostics
package import Evaluation
import Exploration
package import TransitionSystem

/// The steps that lead on from states, by the reference interpreter and as a search takes them: of
/// the enabled rules those of the least priority fire, and what an assumption rules out is left out.
package final class InterpretedSteps {
  private let system: TransitionSystem
  package let interpreter: Interpreter
  private let properties: PropertyInstances
  private let mayDiscardStates: Bool
  /// Instances that have been tried.
  package private(set) var instanceCount = 0

  /// What has come of a step.
  package enum Outcome {
    case state([Int64])
    /// Something went wrong in the guard or the action.
    case failure(Interruption)
  }

  package init(_ system: TransitionSystem, valuation: [Int128] = [], stop: StopCondition) {
    self.system = system
    interpreter = Interpreter(system: system, valuation: valuation)
    interpreter.stop = stop
    properties = PropertyInstances(system)
    mayDiscardStates = system.mayDiscardStates
  }

  /// Calls `body` with each start state that is kept, until it returns false.
  package func forEachStart(_ body: (RuleInstance, Outcome) -> Bool) {
    for (number, rule) in system.startStates.enumerated() {
      for instance in TransitionSystem.instances(of: [rule]) {
        interpreter.reset()
        let start = RuleInstance(rule: number, bindings: instance.bindings)
        if let outcome = fire(rule, instance.bindings), !body(start, outcome) { return }
      }
    }
  }

  /// Calls `body` with each step from a state whose end is kept, until it returns false.
  package func forEachStep(from state: [Int64], _ body: (RuleInstance, Outcome) -> Bool) {
    for group in system.rulesByPriority {
      var isAnyEnabled = false
      for number in group {
        let rule = system.rules[number]
        for instance in TransitionSystem.instances(of: [rule]) {
          instanceCount += 1
          load(state)
          var isEnabled = false
          let outcome = fire(rule, instance.bindings, isEnabled: &isEnabled)
          isAnyEnabled = isAnyEnabled || isEnabled
          let step = RuleInstance(rule: number, bindings: instance.bindings)
          if let outcome, !body(step, outcome) { return }
        }
      }
      if isAnyEnabled { return }
    }
  }

  /// Where one instance leads, whatever goes before it; nil where it is not enabled, or something goes wrong.
  package func fire(_ instance: RuleInstance, from state: [Int64]) -> [Int64]? {
    load(state)
    guard case .state(let after) = fire(system.rules[instance.rule], instance.bindings) else {
      return nil
    }
    return after
  }

  package func load(_ state: [Int64]) {
    for slot in state.indices { interpreter.slots[slot] = state[slot] }
  }

  private func fire(_ rule: Rule, _ bindings: [Int64]) -> Outcome? {
    var isEnabled = false
    return fire(rule, bindings, isEnabled: &isEnabled)
  }

  /// Nil where the rule is not enabled, or its end is left out.
  private func fire(_ rule: Rule, _ bindings: [Int64], isEnabled: inout Bool) -> Outcome? {
    do throws(Interruption) {
      guard try interpreter.guardHolds(rule, bindings) else { return nil }
      isEnabled = true
      try interpreter.fire(rule)
    } catch {
      return error.cause == .assumptionFailed ? nil : .failure(error)
    }
    let successor = Array(UnsafeBufferPointer(start: interpreter.slots, count: system.slotCount))
    return keepsAssumptions() ? .state(successor) : nil
  }

  // MARK: - Assumptions

  /// Whether the assumptions hold in the interpreter's state, and none within a function that a
  /// property calls fails: a search leaves such a state out.
  package func keepsAssumptions() -> Bool {
    if !mayDiscardStates { return true }
    guard properties.assumptions.allSatisfy(isKept) else { return false }
    let others = [
      properties.invariants, properties.covers, properties.liveness, properties.measures,
    ]
    return others.joined().allSatisfy { value(of: $0) != nil }
  }

  /// Whether the assumptions beside the rules hold in the interpreter's state.
  package func keepsStatedAssumptions() -> Bool { properties.assumptions.allSatisfy(isKept) }

  /// An assumption that has no value, because one within a function fails, is not kept to either.
  private func isKept(_ assumption: PropertyInstance) -> Bool { value(of: assumption) ?? 0 != 0 }

  /// Nil where an assumption within a function fails; for what goes wrong otherwise, which would be
  /// a violation, any value.
  private func value(of instance: PropertyInstance) -> Int64? {
    do throws(Interruption) {
      return try interpreter.evaluate(system.properties[instance.property], instance.bindings)
    } catch {
      return error.cause == .assumptionFailed ? nil : 1
    }
  }
}
