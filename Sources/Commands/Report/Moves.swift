import Analysis
import Checking
package import Diagnostics
package import Evaluation
package import Trace
package import TransitionSystem

/// Single steps, taken by hand: one rule instance is named, and what comes of it is told, whatever that
/// is. A search and a walk at random take the same steps and do not tell why they leave others out.
package final class Moves {
  package let system: TransitionSystem
  private let steps: InterpretedSteps
  private let rulesByPriority: [[Int]]
  /// For each rule, what its first parameters decide.
  private let prefixes: [GuardPrefixes]

  /// What comes of a step.
  package enum Outcome: Sendable {
    case leads(Execution.Step)
    /// The guard does not hold.
    case notEnabled
    /// A rule of a higher priority is enabled.
    case outranked
    /// An assumption discards what it leads to.
    case discarded
    /// Something goes wrong in the guard or the action.
    case fails(Interruption.Cause)
  }

  /// - Parameter valuation: The values of the elements of the symbolic constants, in order.
  package init(_ system: TransitionSystem, valuation: [Int128] = [], stop: StopCondition = .init())
  {
    self.system = system
    steps = InterpretedSteps(system, valuation: valuation, stop: stop)
    rulesByPriority = system.rulesByPriority
    let purity = Purity(system)
    prefixes = system.rules.map { GuardPrefixes($0, isSuitable: purity.isPure) }
  }

  package var interpreter: Interpreter { steps.interpreter }

  /// Takes a step.
  ///
  /// - Parameters:
  ///   - instance: Of `system.startStates` where there is no state, of `system.rules` otherwise.
  ///   - state: Where it is taken; nil before the start state.
  package func take(_ instance: RuleInstance, from state: [Int64]?) -> Outcome {
    if let state, isOutranked(instance, in: state) { return .outranked }
    return fire(instance, from: state)
  }

  /// What a step comes to by itself, whatever goes before it.
  package func fire(_ instance: RuleInstance, from state: [Int64]?) -> Outcome {
    if let state { interpreter.load(state) } else { interpreter.reset() }
    let rule = (state == nil ? system.startStates : system.rules)[instance.rule]
    var printed = ""
    interpreter.output = { printed += $0 }
    defer { interpreter.output = nil }
    do throws(Interruption) {
      guard try interpreter.guardHolds(rule, instance.bindings) else { return .notEnabled }
      try interpreter.fire(rule)
    } catch {
      return error.cause == .assumptionFailed ? .discarded : .fails(error.cause)
    }
    let slots = interpreter.state
    guard steps.keepsAssumptions() else { return .discarded }
    return .leads(Execution.Step(instance: instance, slots: slots, output: printed))
  }

  /// What the conjuncts of the rule's guard come to.
  package func parts(ofGuardOf instance: RuleInstance, in state: [Int64]?) -> [ConditionPart] {
    let rule = (state == nil ? system.startStates : system.rules)[instance.rule]
    interpreter.reset()
    return ConditionParts(ofGuardOf: rule)
      .inspect(state ?? interpreter.state, instance.bindings, by: interpreter)
  }

  // MARK: - All of them

  /// Instances and beginnings of them that are tried in one state: some seconds.
  private static let maximumTrialCount = 1_000_000

  /// Calls `body` with each enabled instance and what comes of it, until it returns false.
  ///
  /// - Returns: Whether all instances have been tried.
  package func forEachMove(
    from state: [Int64], _ body: (RuleInstance, Outcome) -> Bool
  ) -> Bool {
    var trial = Trial(state: state)
    var isOutranked = false
    for group in rulesByPriority {
      var isAnyEnabled = false
      for rule in group {
        tryInstances(of: rule, &trial) { instance, isEnabled in
          isAnyEnabled = isAnyEnabled || isEnabled
          return body(instance, isOutranked ? .outranked : fire(instance, from: state))
        }
        if trial.isEnded { return false }
      }
      isOutranked = isOutranked || isAnyEnabled
    }
    return true
  }

  private struct Trial {
    let state: [Int64]
    var bindings: [Int64] = []
    var count = 0
    /// Whether no more is wanted, or nothing is left of the effort.
    var isEnded = false
  }

  /// Tries the instances of a rule that begin with the parameters bound so far.
  ///
  /// - Parameter body: Given those whose guard holds, and those in whose guard something goes wrong,
  ///   which are not enabled.
  private func tryInstances(
    of rule: Int, _ trial: inout Trial, _ body: (RuleInstance, _ isEnabled: Bool) -> Bool
  ) {
    trial.count += 1
    if trial.count > Self.maximumTrialCount { trial.isEnded = true }
    if trial.isEnded { return }
    let level = trial.bindings.count
    if let prefix = prefixes[rule].rules[level],
      holds(prefix, trial.bindings, in: trial.state) == false
    {
      return
    }
    let parameters = system.rules[rule].parameters
    guard level < parameters.count else {
      let isEnabled = holds(system.rules[rule], trial.bindings, in: trial.state)
      if isEnabled == false { return }
      trial.isEnded = !body(
        RuleInstance(rule: rule, bindings: trial.bindings), isEnabled ?? false)
      return
    }
    for position in 0..<parameters[level].count where !trial.isEnded {
      trial.bindings.append(parameters[level].value(at: position))
      tryInstances(of: rule, &trial, body)
      trial.bindings.removeLast()
    }
  }

  /// Nil where something goes wrong.
  private func holds(_ rule: Rule, _ bindings: [Int64], in state: [Int64]) -> Bool? {
    interpreter.load(state)
    return try? interpreter.guardHolds(rule, bindings)
  }

  /// Whether any instance of a rule that goes before this one is enabled.
  private func isOutranked(_ instance: RuleInstance, in state: [Int64]) -> Bool {
    guard system.hasPriorities else { return false }
    var trial = Trial(state: state)
    var isAnyEnabled = false
    for group in rulesByPriority {
      if group.contains(instance.rule) { return false }
      for rule in group {
        tryInstances(of: rule, &trial) { _, isEnabled in
          isAnyEnabled = isEnabled
          return !isEnabled
        }
        if isAnyEnabled { return true }
      }
    }
    return false
  }
}
