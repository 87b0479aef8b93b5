package import Conformance
import Evaluation
import EventLogs
import Exploration
package import Report
import Trace
import TransitionSystem

/// Why an event cannot have happened in the states that were possible.
package struct MisfitReason: Sendable {
  /// The rule that would explain it, with its parameters; nil where no rule fires.
  package let rule: String?
  package let failing: Failing

  package enum Failing: Sendable {
    /// Parts of the guard that do not hold, in the state that lacks least.
    case parts([ConditionPart])
    /// The condition of the map that does not hold, before or behind the step.
    case condition(String, line: Int?, isBehind: Bool)
    /// A rule of a higher priority goes before, or what it leads to is left out or goes wrong.
    case other(String)
  }
}

extension LogFinding {
  /// Rules that are named for one event: more nobody reads.
  private static let mostReasons = 8
  /// States in which it is found out why.
  private static let mostStates = 64

  /// For each rule that could explain an event, why it has not fired.
  package func reasons(_ event: TimedEvent, _ misfit: LogAlignment.Misfit) -> [MisfitReason] {
    let observed = sets.event(event.label)
    let moves = Moves(meaning.model.system)
    let wording = Wording(system: meaning.model.system, source: meaning.model.source)
    var states: [[Int64]] = []
    for node in misfit.nodes {
      let closure = (try? sets.closure(node)) ?? []
      states += closure.prefix(Self.mostStates - states.count).map { sets.states.slots(of: $0) }
      if states.count >= Self.mostStates { break }
    }
    guard let rules = observed.rules else {
      return conditionReasons(observed.before + observed.after, isBehind: false)
    }
    var reasons: [MisfitReason] = []
    for pattern in rules {
      guard reasons.count < Self.mostReasons else { break }
      if let reason = reason(pattern, observed, states, moves, wording) { reasons.append(reason) }
    }
    return reasons
  }

  private func conditionReasons(
    _ conditions: [BoundCondition], isBehind: Bool
  ) -> [MisfitReason] {
    conditions.map { condition in
      MisfitReason(rule: nil, failing: failing(condition, isBehind: isBehind))
    }
  }

  private func failing(_ condition: BoundCondition, isBehind: Bool) -> MisfitReason.Failing {
    let text = meaning.text(ofCondition: condition.condition)
    return .condition(text?.text ?? "", line: text?.line, isBehind: isBehind)
  }

  /// The instance and the state that lack least.
  private func reason(
    _ pattern: RulePattern, _ observed: ObservedEvent, _ states: [[Int64]], _ moves: Moves,
    _ wording: Wording
  ) -> MisfitReason? {
    let rule = meaning.model.system.rules[pattern.rule]
    var best: (instance: RuleInstance, parts: [ConditionPart], count: Int)?
    var enabled: (instance: RuleInstance, why: MisfitReason.Failing)?
    for each in TransitionSystem.instances(of: [rule]).prefix(1_024) {
      let instance = RuleInstance(rule: pattern.rule, bindings: each.bindings)
      guard pattern.matches(instance) else { continue }
      for state in states {
        let parts = moves.parts(ofGuardOf: instance, in: state).filter { $0.truth != .holds }
        if parts.isEmpty {
          enabled = enabled ?? (instance, why(instance, observed, state, moves))
        } else if parts.count < best?.count ?? .max {
          best = (instance, parts, parts.count)
        }
      }
    }
    if let enabled {
      return MisfitReason(
        rule: wording.rule(enabled.instance, isStart: false), failing: enabled.why)
    }
    return best.map {
      MisfitReason(rule: wording.rule($0.instance, isStart: false), failing: .parts($0.parts))
    }
  }

  /// Why a rule whose guard holds does not explain the event.
  private func why(
    _ instance: RuleInstance, _ observed: ObservedEvent, _ state: [Int64], _ moves: Moves
  ) -> MisfitReason.Failing {
    if let before = observed.before.first(where: { !holds($0, in: state, moves) }) {
      return failing(before, isBehind: false)
    }
    switch moves.take(instance, from: state) {
    case .leads(let step):
      if let after = observed.after.first(where: { !holds($0, in: step.slots, moves) }) {
        return failing(after, isBehind: true)
      }
      return .other("it can fire, in a state that other events rule out")
    case .notEnabled: return .other("its guard does not hold")
    case .outranked: return .other("a rule of a higher priority is enabled, and goes before")
    case .discarded: return .other("an assumption discards what it leads to")
    case .fails(let cause): return .other("it fails: \(cause.message)")
    }
  }

  private func holds(_ condition: BoundCondition, in state: [Int64], _ moves: Moves) -> Bool {
    let judge = Interpreter(system: meaning.judge)
    for slot in state.indices { judge.slots[slot] = state[slot] }
    let property = meaning.conditions[condition.condition]
    return (try? judge.evaluate(property, condition.bindings)) ?? 0 != 0
  }
}
