package import Diagnostics
import Evaluation
import Exploration
import Packing
package import TransitionSystem

/// Whether invariants are inductive together, by the reference interpreter: in each state that the types
/// allow, reachable or not, with each step from it. A second way to what `LemmaProof` asks a solver, for
/// systems with few such states; deadlocks are not looked for.
package struct TypedInduction {
  package enum Outcome: Sendable, Equatable {
    /// They are; of so many typed states they all hold in some.
    case inductive(typed: Int, good: Int)
    /// In this state all hold, and a step from it fails or breaks one; or it is a start state that does.
    case broken([Int64])
    /// There are more typed states than were asked for.
    case tooMany
    /// Multisets and symbolic constants: what is of their type is more than values of slots.
    case unsuitable
    case stopped
  }

  private let system: TransitionSystem
  private let steps: InterpretedSteps
  private let types: [ScalarType]
  private let mayBeUndefined: [Bool]
  private let instances: [PropertyInstance]
  private let stop: StopCondition

  /// - Parameters:
  ///   - system: With the lemmas among its invariants.
  ///   - most: Typed states at most.
  package static func check(
    _ system: TransitionSystem, most: Int, stop: StopCondition
  ) -> Outcome {
    guard system.pathSlot == nil, !system.variables.contains(where: { $0.type.hasMultisets }) else {
      return .unsuitable
    }
    let space = SearchSpace(system, symmetry: .off, stop: stop)
    if stop.isDue() { return .stopped }
    let induction = TypedInduction(system, space, stop)
    guard let count = induction.typedCount(atMost: most) else { return .tooMany }
    return induction.outcome(of: count)
  }

  private init(_ system: TransitionSystem, _ space: SearchSpace, _ stop: StopCondition) {
    (self.system, self.stop) = (system, stop)
    steps = InterpretedSteps(system, stop: stop)
    var types: [ScalarType] = []
    for variable in system.variables { variable.type.forEachSlot { types.append($0) } }
    self.types = types
    mayBeUndefined = space.packing.fields.map(\.mayBeUndefined)
    let all = PropertyInstances(system)
    instances = all.invariants + all.covers + all.liveness + all.measures
  }

  /// Values of a slot.
  private func count(_ slot: Int) -> Int {
    let type = types[slot]
    let values = type.lower > type.upper ? 0 : type.valueCount ?? .max
    return values == .max ? .max : values + (mayBeUndefined[slot] ? 1 : 0)
  }

  private func typedCount(atMost most: Int) -> Int? {
    var product = 1
    for slot in types.indices {
      let (next, overflows) = product.multipliedReportingOverflow(by: count(slot))
      if overflows || next > most { return nil }
      product = next
    }
    return product
  }

  private func outcome(of count: Int) -> Outcome {
    var broken: [Int64]?
    steps.forEachStart { _, outcome in
      if !isGood(outcome) { broken = values(of: outcome) }
      return broken == nil
    }
    if let broken { return stop.isDue() ? .stopped : .broken(broken) }
    var good = 0
    for number in 0..<count {
      if number & 0xFF == 0, stop.isDue() { return .stopped }
      let state = state(number)
      guard keepsAll(state) else { continue }
      good += 1
      steps.forEachStep(from: state) { _, outcome in
        if !isGood(outcome) { broken = state }
        return broken == nil
      }
      if let broken { return stop.isDue() ? .stopped : .broken(broken) }
    }
    // What was ended before its end kept nothing.
    return stop.isDue() ? .stopped : .inductive(typed: count, good: good)
  }

  /// The state of a number, the first slot varying fastest.
  private func state(_ number: Int) -> [Int64] {
    var rest = number
    return types.indices.map { slot in
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: count(slot))
      rest = quotient
      let type = types[slot]
      return digit < (type.valueCount ?? 0) ? type.lower + Int64(digit) : Slot.undefined
    }
  }

  private func values(of outcome: InterpretedSteps.Outcome) -> [Int64] {
    if case .state(let state) = outcome { return state }
    return []
  }

  private func isGood(_ outcome: InterpretedSteps.Outcome) -> Bool {
    guard case .state(let after) = outcome else { return false }
    return isTyped(after) && keepsAll(after)
  }

  private func isTyped(_ state: [Int64]) -> Bool {
    types.indices.allSatisfy { slot in
      state[slot] == Slot.undefined
        ? mayBeUndefined[slot] : (types[slot].lower...types[slot].upper).contains(state[slot])
    }
  }

  /// Whether a search keeps the state, and nothing is wrong in it.
  private func keepsAll(_ state: [Int64]) -> Bool {
    steps.load(state)
    guard steps.keepsAssumptions() else { return false }
    return instances.allSatisfy { instance in
      let property = system.properties[instance.property]
      do throws(Interruption) {
        let value = try steps.interpreter.evaluate(property, instance.bindings)
        return property.kind != .invariant || value != 0
      } catch {
        return false
      }
    }
  }
}

extension ValueType {
  fileprivate var hasMultisets: Bool {
    switch self {
    case .scalar: false
    case .array(_, let element): element.hasMultisets
    case .record(let fields): fields.contains { $0.type.hasMultisets }
    case .multiset: true
    }
  }
}
