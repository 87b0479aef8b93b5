package import Diagnostics
package import SAT
import SMT
package import Symbolic
package import Trace
package import TransitionSystem

/// A transition system as a circuit: what is so in a state, and what a step makes of it, are functions
/// of the state's bits and of inputs that choose the rule and its parameters.
///
/// A slot has as many bits as its type needs, and one more that says whether it is defined where it
/// need not be; of an undefined slot all bits are 0, so that two states are equal where their bits are.
package struct FiniteSystem: Sendable {
  package let system: TransitionSystem
  package let circuit: Circuit
  /// The bits of the state.
  package let state: [Wire]
  /// That they are a state's: values are of their types.
  package let isTyped: Wire
  /// What is left of that behind any step, also one that reads at elements which are not there.
  let staysTyped: Wire
  package let start: Start
  package let step: Step
  /// Of the state alone.
  package let properties: Properties
  /// The scalarsets of which it is not said how many elements there are.
  package let sizes: [Size]
  let slots: [SlotWires]
  /// For each slot, the position of its first bit among those of the state.
  let firstBits: [Int]

  /// A scalarset of which there may be fewer elements than its type has.
  package struct Size: Sendable {
    /// Of the scalarset.
    package let identity: Int
    /// So many elements there are.
    package let least: Int64
    /// For each element beyond, whether it is there if the one before it is.
    let inputs: [Wire]
    /// For each of them, whether it is there.
    let isThere: [Wire]
  }

  /// What is said of the state before a run.
  package struct Start: Sendable {
    package let choice: Choice
    /// The bits of the start state that is chosen.
    package let state: [Wire]
    /// Whether the choice is one, and comes to its end.
    package let ends: Wire
    /// Whether something goes wrong in it.
    package let fails: Wire
  }

  /// What is said of a state and the rule that is chosen.
  package struct Step: Sendable {
    package let choice: Choice
    /// The bits of the state that it leads to.
    package let next: [Wire]
    /// Whether it may fire, and comes to its end.
    package let ends: Wire
    package let guardFails: Wire
    package let actionFails: Wire
  }

  package struct Properties: Sendable {
    /// Whether a search keeps the state: no assumption discards it.
    package let isKept: Wire
    /// Whether an invariant is violated, or something goes wrong in a property, for the parameters that
    /// are chosen.
    package let isViolated: Wire
    /// Whether nothing of that is so for any parameters, as far as that is said without choosing.
    package let hold: Wire
    /// For each property, by number, whether an invariant is violated or something goes wrong in it; of
    /// one with parameters that are chosen, nothing is said.
    package let wrong: [Wire]
    /// Properties with parameters that are chosen.
    package let chosen: [Int]
    /// Whether no step leads on.
    package let isDeadlock: Wire
    /// What is chosen: parameters of properties.
    package let inputs: [Wire]
  }

  /// The wires of a slot.
  struct SlotWires: Sendable {
    let type: ScalarType
    let value: [Wire]
    /// Nil where it is always defined.
    let isDefined: Wire?

    var all: [Wire] { value + (isDefined.map { [$0] } ?? []) }
  }

  /// The inputs that choose one of some rules, and its parameters.
  package struct Choice: Sendable {
    let rule: [Wire]
    /// By position: what all rules have there.
    let parameters: [(range: ClosedRange<Int64>, wires: [Wire])]

    package var inputs: [Wire] { rule + parameters.flatMap(\.wires) }

    /// The instance that values of the inputs choose.
    package func instance(of rules: [Rule], _ isTrue: (Wire) -> Bool) -> RuleInstance {
      let number = Int(Self.number(rule, isSigned: false, isTrue))
      guard rules.indices.contains(number) else { return RuleInstance(rule: 0, bindings: []) }
      let bindings = rules[number].parameters.indices.map {
        Self.number(parameters[$0].wires, isSigned: parameters[$0].range.lowerBound < 0, isTrue)
      }
      return RuleInstance(rule: number, bindings: bindings)
    }

    static func number(_ wires: [Wire], isSigned: Bool, _ isTrue: (Wire) -> Bool) -> Int64 {
      var number: Int64 = 0
      for (position, wire) in wires.enumerated() where isTrue(wire) {
        number |= 1 << Int64(position)
      }
      if isSigned, let sign = wires.last, isTrue(sign) { number |= -1 << Int64(wires.count - 1) }
      return number
    }
  }

  /// - Parameters:
  ///   - mayBeUndefined: For each slot, whether it can be undefined in a reachable state.
  ///   - least: The smallest size of scalarsets of which the circuit says how many elements there are, by
  ///     their identities: it is of all systems with so many elements up to those of this one.
  ///   - looseSlots: Slots that may name elements of these which are not there.
  ///   - stop: When no more is wanted; then it throws `NotSymbolic.stopped`.
  package init(
    _ system: TransitionSystem, mayBeUndefined: [Bool], atLeast least: [Int: Int64] = [:],
    looseSlots: Set<Int> = [], deadlock: DeadlockMode, stop: StopCondition = .init()
  ) throws(NotSymbolic) {
    var builder = try CircuitBuilder(
      system, mayBeUndefined: mayBeUndefined, atLeast: least, looseSlots: looseSlots, stop)
    self.system = system
    slots = builder.slots
    sizes = builder.sizes
    state = builder.slots.flatMap(\.all)
    var bitCount = 0
    firstBits = builder.slots.map { slot in
      defer { bitCount += slot.all.count }
      return bitCount
    }
    isTyped = try builder.typed(builder.states.areTyped)
    staysTyped = try builder.typed(builder.states.areInRange)
    start = try builder.start()
    step = try builder.step()
    properties = try builder.properties(deadlock)
    circuit = builder.lowered.circuit
  }

  package var bitCount: Int { state.count }

  /// And-gates and inputs, of start states, a step and properties together.
  package var gateCount: Int { circuit.nodeCount }

  /// The values of a state's slots; where the circuit says how many elements there are, of the system that
  /// has so many.
  package func values(_ isTrue: (Wire) -> Bool) -> [Int64] {
    let values = slots.map { slot in
      if let isDefined = slot.isDefined, !isTrue(isDefined) { return Slot.undefined }
      return Choice.number(slot.value, isSigned: slot.type.lower < 0, isTrue)
    }
    return state(values, among: counts(isTrue))
  }

  /// The bits of a state.
  package func bits(of values: [Int64]) -> [Bool] {
    zip(slots, values).flatMap { slot, value in
      let isDefined = value != Slot.undefined
      return slot.value.indices.map { isDefined && value >> Int64($0) & 1 == 1 }
        + (slot.isDefined == nil ? [] : [isDefined])
    }
  }
}
