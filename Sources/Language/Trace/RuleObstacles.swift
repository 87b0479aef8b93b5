package import Diagnostics
package import Evaluation
package import TransitionSystem

/// Which rules are enabled in a state, and which ones a single part of their guard keeps from firing.
package struct RuleObstacles: Sendable {
  /// Instances whose guard holds, in order.
  package let enabled: [RuleInstance]
  /// Those of them that fire and change nothing.
  package let idle: [RuleInstance]
  /// What keeps rules from firing, of each rule the first instance that is kept by one part alone:
  /// those first of which most holds, and otherwise in the order of the model.
  package let obstacles: [Obstacle]
  /// Whether all instances of all rules were looked at.
  package let isComplete: Bool

  /// A part of a guard that is false, while all others hold.
  package struct Obstacle: Sendable, Hashable {
    package let instance: RuleInstance
    /// The operand of `&` that is false.
    package let conjunct: SourceSpan
    /// The smallest part of it that is, with the values in it.
    package let explanation: Explanation
    /// Operands of `&` that hold.
    package let heldCount: Int
  }

  /// Instances of one rule that are looked at; they are mostly alike.
  private static let mostInstances = 256
  /// For all of them.
  private static let seconds = 2.0

  /// - Parameters:
  ///   - slots: The state.
  ///   - valuation: The values of the elements of the symbolic constants, in order.
  package init(_ system: TransitionSystem, slots: [Int64], valuation: [Int128] = []) {
    let interpreter = Interpreter(system: system, valuation: valuation)
    for (slot, value) in slots.enumerated() { interpreter.slots[slot] = value }
    let stop = StopCondition(seconds: Self.seconds)
    interpreter.stop = stop
    let instances = RuleInstances(of: system.rules)
    var (enabled, idle): ([RuleInstance], [RuleInstance]) = ([], [])
    var obstacles: [Obstacle] = []
    var isComplete = true
    for (number, rule) in system.rules.enumerated() {
      let range = instances.range(ofRule: number)
      isComplete = isComplete && range.count <= Self.mostInstances
      var obstacle: Obstacle?
      for position in range.prefix(Self.mostInstances) {
        guard !stop.isDue() else {
          isComplete = false
          break
        }
        let instance = instances[position]
        switch Self.look(at: rule, instance, interpreter) {
        case .enabled:
          enabled.append(instance)
          if Self.isIdle(rule, instance, interpreter, slots) { idle.append(instance) }
        case .kept(let found): obstacle = obstacle ?? found
        case .other: break
        }
      }
      if let obstacle { obstacles.append(obstacle) }
    }
    (self.enabled, self.idle) = (enabled, idle)
    self.isComplete = isComplete
    // A stable order, which that of the library is not said to be.
    self.obstacles = obstacles.enumerated().sorted {
      ($1.element.heldCount, $0.offset) < ($0.element.heldCount, $1.offset)
    }.map(\.element)
  }

  /// Whether a rule whose guard holds fires and changes nothing; the state stays as it is.
  private static func isIdle(
    _ rule: Rule, _ instance: RuleInstance, _ interpreter: Interpreter, _ state: [Int64]
  ) -> Bool {
    defer { for (slot, value) in state.enumerated() { interpreter.slots[slot] = value } }
    do throws(Interruption) {
      guard try interpreter.guardHolds(rule, instance.bindings) else { return false }
      try interpreter.fire(rule)
    } catch {
      return false
    }
    return state.indices.allSatisfy { interpreter.slots[$0] == state[$0] }
  }

  private enum Sight {
    case enabled
    case kept(Obstacle)
    /// Several parts are false, or one has no value.
    case other
  }

  private static func look(
    at rule: Rule, _ instance: RuleInstance, _ interpreter: Interpreter
  ) -> Sight {
    guard let condition = rule.guardExpression else { return .enabled }
    let conjuncts = condition.conjuncts
    var found: (span: SourceSpan, explanation: Explanation)?
    for conjunct in conjuncts {
      let explanation: Explanation?
      do throws(Interruption) {
        explanation = try interpreter.explain(conjunct, of: rule, instance.bindings)
      } catch {
        return .other
      }
      guard let explanation else { continue }
      guard found == nil else { return .other }
      found = (conjunct.span, explanation)
    }
    guard let found else { return .enabled }
    return .kept(
      Obstacle(
        instance: instance, conjunct: found.span, explanation: found.explanation,
        heldCount: conjuncts.count - 1))
  }
}
