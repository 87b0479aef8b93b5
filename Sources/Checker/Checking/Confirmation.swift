import Diagnostics
import Evaluation
import Exploration
package import Trace
import TransitionSystem

/// Why what was found can be believed: not because an engine says so.
package enum Evidence: Sendable, Hashable {
  /// The reference interpreter took the run step by step, and what is said to go wrong at its end
  /// does.
  case replayed
  /// The same; and the interpreter has looked at all states that follow from the last one, this many
  /// with it: the liveness property holds in none of them.
  case closedSet(stateCount: Int)
  /// The run was replayed, and of what follows from its end more states were looked at than these:
  /// that the property holds in none of the others is the engine's word.
  case replayedUpTo(stateCount: Int)
  /// Nothing was to be confirmed by a run: all is well, a limit was reached, or a cover was not hit.
  case none
}

/// Looks at counterexamples again with the reference interpreter, which shares no code with compiled
/// rules, packed states or reductions.
struct Confirmation {
  let plan: CheckPlan

  func evidence(for counterexample: Counterexample) throws(Objection) -> Evidence {
    if case .uncovered = counterexample.violation.kind { return .none }
    let valuation = counterexample.execution.valuation
    do throws(ReplayError) {
      try Replay(system: plan.system, valuation: valuation)
        .confirm(counterexample, deadlock: plan.options.deadlock)
    } catch {
      throw .notConfirmed(error)
    }
    guard case .liveness(let property, let bindings) = counterexample.violation.kind,
      let last = counterexample.execution.steps.last
    else { return .replayed }
    var following = FollowingStates(plan, valuation: valuation)
    switch following.search(from: last.slots, for: property, bindings) {
    case .found: throw .notConfirmed(.violationNotConfirmed)
    case .none(let count): return .closedSet(stateCount: count)
    case .tooMany(let count): return .replayedUpTo(stateCount: count)
    }
  }
}

/// All states that follow from one, by the reference interpreter.
private struct FollowingStates {
  enum Answer {
    /// There is one in which the property holds.
    case found
    case none(stateCount: Int)
    case tooMany(stateCount: Int)
  }

  /// States and rule instances that are looked at: some seconds.
  private static let mostStates = 50_000
  private static let mostInstances = 20_000_000
  /// Bytes that the states may take.
  private static let mostBytes = 64 << 20

  private let system: TransitionSystem
  private let interpreter: Interpreter
  private let stop: StopCondition
  private let assumptions: [PropertyInstance]
  private let most: Int
  private var instanceCount = 0

  init(_ plan: CheckPlan, valuation: [Int128]) {
    system = plan.system
    stop = plan.stop
    interpreter = Interpreter(system: system, valuation: valuation)
    interpreter.stop = stop
    assumptions = PropertyInstances(system).assumptions
    most = min(Self.mostStates, Self.mostBytes / (8 * max(1, system.slotCount)))
  }

  mutating func search(from first: [Int64], for property: Int, _ bindings: [Int64]) -> Answer {
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
    return .none(stateCount: seen.count)
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
          guard keepsAssumptions, seen.insert(successor).inserted else { continue }
          next.append(successor)
        }
      }
      if isAnyEnabled { return }
    }
  }

  /// An assumption that has no value, because one within a function fails, is not kept to either.
  private var keepsAssumptions: Bool {
    assumptions.allSatisfy {
      (try? interpreter.evaluate(system.properties[$0.property], $0.bindings)) ?? 0 != 0
    }
  }
}
