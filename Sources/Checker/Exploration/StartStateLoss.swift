package import Diagnostics
package import Evaluation
package import TransitionSystem

/// What leaves a model without a start state: whatever is said of its states would hold then.
package struct StartStateLoss: Sendable {
  /// Instances of start states that were tried; of very many, or where no more was wanted, the first
  /// ones.
  package private(set) var triedCount = 0
  /// How many of them an assumption within a body rules out, or no guard allows.
  package private(set) var unmadeCount = 0
  /// Assumptions that rule out the others, in the order of the text.
  package private(set) var causes: [Cause] = []

  /// An assumption, and the first start state that it rules out.
  package struct Cause: Sendable {
    /// The number of the property.
    package let property: Int
    package let bindings: [Int64]
    package let instance: RuleInstance
    /// How many start states it rules out.
    package internal(set) var count: Int
    /// Why it is false there.
    package let explanation: Explanation?
  }

  private static let mostTried = 1 << 12

  /// Tries the start states of a system without symbolic constants, or with values for them.
  package init(
    in system: TransitionSystem, valuation: [Int128] = [], stop: StopCondition = .init()
  ) {
    let interpreter = Interpreter(system: system, valuation: valuation)
    interpreter.stop = stop
    let instances = RuleInstances(of: system.startStates)
    let assumptions = PropertyInstances(system).assumptions
    var causes: [Int: Cause] = [:]
    for instance in instances.prefix(Self.mostTried) {
      interpreter.reset()
      let rule = system.startStates[instance.rule]
      let isMade =
        (try? interpreter.guardHolds(rule, instance.bindings)) == true
        && (try? interpreter.fire(rule)) != nil
      if stop.isDue() { break }
      triedCount += 1
      guard isMade else {
        unmadeCount += 1
        continue
      }
      // An assumption that has no value, because one within a function fails, is not kept to either.
      let broken = assumptions.first {
        (try? interpreter.evaluate(system.properties[$0.property], $0.bindings)) ?? 0 == 0
      }
      guard let broken, !stop.isDue() else { continue }
      if causes[broken.property] != nil {
        causes[broken.property]?.count += 1
        continue
      }
      causes[broken.property] = Cause(
        property: broken.property, bindings: broken.bindings, instance: instance, count: 1,
        explanation: interpreter.explain(system.properties[broken.property], broken.bindings))
    }
    self.causes = causes.values.sorted { $0.property < $1.property }
  }
}
