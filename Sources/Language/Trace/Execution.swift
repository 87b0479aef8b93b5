package import TransitionSystem

/// A run of a transition system: a start state and what follows from it, step by step.
package struct Execution: Sendable, Hashable {
  /// The first is a start state.
  package let steps: [Step]
  /// The values of the elements of the symbolic constants, in order; none where the system has no
  /// such constants.
  package let valuation: [Int128]

  package init(steps: [Step], valuation: [Int128] = []) {
    self.steps = steps
    self.valuation = valuation
  }

  /// One step and the state that it leads to.
  package struct Step: Sendable, Hashable {
    /// An instance of `system.startStates` in the first step, of `system.rules` in all others.
    package let instance: RuleInstance
    /// The state behind the step, one value for each slot.
    package let slots: [Int64]
    /// What `put` printed.
    package let output: String

    package init(instance: RuleInstance, slots: [Int64], output: String = "") {
      self.instance = instance
      self.slots = slots
      self.output = output
    }
  }
}
