import Evaluation
public import TransitionSystem

/// What every engine needs to know of a system before it searches: all rule instances and how
/// states are packed.
public struct SearchSpace: Sendable {
  public let system: TransitionSystem
  public let layout: StateLayout
  public let instances: [RuleInstance]
  public let startInstances: [RuleInstance]

  /// Evaluates the start states, to learn what is defined in them.
  public init(_ system: TransitionSystem) {
    self.system = system
    instances = TransitionSystem.instances(of: system.rules)
    startInstances = TransitionSystem.instances(of: system.startStates)
    let states = Self.startStates(of: system, startInstances)
    layout = StateLayout(
      system: system,
      mayBeUndefined: Definedness.mayBeUndefined(in: system, startStates: states))
  }

  /// The start states that can be evaluated; what goes wrong in the others the search will find.
  private static func startStates(
    of system: TransitionSystem, _ instances: [RuleInstance]
  ) -> [[Int64]] {
    let interpreter = Interpreter(system: system)
    return instances.compactMap { instance in
      let rule = system.startStates[instance.rule]
      interpreter.reset()
      guard (try? interpreter.guardHolds(rule, instance.bindings)) == true,
        (try? interpreter.fire(rule)) != nil
      else { return nil }
      return Array(UnsafeBufferPointer(start: interpreter.slots, count: system.slotCount))
    }
  }
}
