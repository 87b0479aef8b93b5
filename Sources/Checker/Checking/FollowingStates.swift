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
  private let steps: InterpretedSteps
  private let stop: StopCondition
  private let most: Int

  init(_ plan: CheckPlan, valuation: [Int128]) {
    system = plan.system
    stop = plan.stop
    steps = InterpretedSteps(system, valuation: valuation, stop: stop)
    most = min(Self.mostStates, Self.mostBytes / (8 * max(1, system.slotCount)))
  }

  func search(from first: [Int64], for property: Int, _ bindings: [Int64]) -> FollowingAnswer {
    var seen: Set<[Int64]> = [first]
    var next = [first]
    while let state = next.popLast() {
      steps.load(state)
      let value = try? steps.interpreter.evaluate(system.properties[property], bindings)
      if value ?? 0 != 0 { return .found }
      steps.forEachStep(from: state) { _, outcome in
        if case .state(let successor) = outcome, seen.insert(successor).inserted {
          next.append(successor)
        }
        return seen.count <= most && steps.instanceCount < Self.mostInstances
      }
      guard seen.count <= most, steps.instanceCount < Self.mostInstances, !stop.isDue() else {
        return .tooMany(stateCount: seen.count)
      }
    }
    return .nowhere(stateCount: seen.count)
  }

  /// Whether the states of a run are such as a search keeps. What is violated in the last one may
  /// be what ends the evaluation of its properties.
  func keepsAssumptions(along counterexample: Counterexample) -> Bool {
    let states = counterexample.execution.steps.map(\.slots)
    let before = counterexample.violation.isOfState ? states.dropLast() : states[...]
    for state in before {
      steps.load(state)
      guard steps.keepsAssumptions() else { return false }
    }
    guard let last = states.last, before.count < states.count else { return true }
    steps.load(last)
    return steps.keepsStatedAssumptions()
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
