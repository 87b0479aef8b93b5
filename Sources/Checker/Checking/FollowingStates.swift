import Diagnostics
import Evaluation
import Exploration
import Trace
import TransitionSystem

/// Whether a property holds in any state that follows from one.
enum FollowingAnswer {
  /// In at least one.
  case found
  case nowhere(stateCount: Int)
  case tooMany(stateCount: Int)
}

/// All states that follow from one, by the reference interpreter.
struct FollowingStates {

  /// States and rule instances that are looked at: some seconds.
  private static let mostStates = 50_000
  private static let mostInstances = 20_000_000
  /// Bytes that the states may take.
  private static let mostBytes = 64 << 20

  private let system: TransitionSystem
  private let interpreter: Interpreter
  private let stop: StopCondition
  private let properties: PropertyInstances
  private let most: Int
  private var instanceCount = 0

  init(_ plan: CheckPlan, valuation: [Int128]) {
    system = plan.system
    stop = plan.stop
    interpreter = Interpreter(system: system, valuation: valuation)
    interpreter.stop = stop
    properties = PropertyInstances(system)
    most = min(Self.mostStates, Self.mostBytes / (8 * max(1, system.slotCount)))
  }

  mutating func search(from first: [Int64], for property: Int, _ bindings: [Int64])
    -> FollowingAnswer
  {
    var seen: Set<[Int64]> = [first]
    var next = [first]
    while let state = next.popLast() {
      load(state)
      if (try? interpreter.evaluate(system.properties[property], bindings)) ?? 0 != 0 {
        return .found
      }
      addSuccessors(of: state, to: &next, &seen)
      guard seen.count <= most, instanceCount < Self.mostInstances, !stop.isDue() else {
        return .tooMany(stateCount: seen.count)
      }
    }
    return .nowhere(stateCount: seen.count)
  }

  private func load(_ state: [Int64]) {
    for slot in state.indices { interpreter.slots[slot] = state[slot] }
  }

  /// Adds the successors that the assumptions allow, of the rules that fire: those of the least
  /// priority of which one is enabled.
  private mutating func addSuccessors(
    of state: [Int64], to next: inout [[Int64]], _ seen: inout Set<[Int64]>
  ) {
    for group in system.rulesByPriority {
      var isAnyEnabled = false
      for rule in group.map({ system.rules[$0] }) {
        for instance in TransitionSystem.instances(of: [rule]) {
          instanceCount += 1
          guard instanceCount < Self.mostInstances, seen.count <= most else { return }
          load(state)
          guard (try? interpreter.guardHolds(rule, instance.bindings)) == true else { continue }
          isAnyEnabled = true
          guard (try? interpreter.fire(rule)) != nil else { continue }
          let successor = Array(
            UnsafeBufferPointer(start: interpreter.slots, count: system.slotCount))
          guard keepsAssumptions(), seen.insert(successor).inserted else { continue }
          next.append(successor)
        }
      }
      if isAnyEnabled { return }
    }
  }

  // MARK: - Assumptions

  /// Whether the states of a run are such as a search keeps. What is violated in the last one may
  /// be what ends the evaluation of its properties.
  func keepsAssumptions(along counterexample: Counterexample) -> Bool {
    let states = counterexample.execution.steps.map(\.slots)
    let before = counterexample.violation.isOfState ? states.dropLast() : states[...]
    for state in before {
      load(state)
      guard keepsAssumptions() else { return false }
    }
    guard let last = states.last, before.count < states.count else { return true }
    load(last)
    return properties.assumptions.allSatisfy(isKept)
  }

  /// Whether the assumptions hold in the interpreter's state, and none within a function that a
  /// property calls fails: a search leaves such a state out.
  private func keepsAssumptions() -> Bool {
    guard properties.assumptions.allSatisfy(isKept) else { return false }
    let others = [
      properties.invariants, properties.covers, properties.liveness, properties.measures,
    ]
    return others.joined().allSatisfy { value(of: $0) != nil }
  }

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

extension Violation {
  /// Whether it is of the last state itself, and not of what follows from it.
  fileprivate var isOfState: Bool {
    switch kind {
    case .invariant: true
    case .interruption(let failure): if case .property = failure.place { true } else { false }
    case .liveness, .deadlock, .uncovered: false
    }
  }
}
