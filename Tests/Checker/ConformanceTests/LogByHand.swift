import Conformance
import Evaluation
import TransitionSystem

/// Follows a log by the interpreter and by trying all orders: the second way to know which states are
/// possible. It shares nothing with what is tested but the interpreter.
struct LogByHand {
  typealias State = [Int64]

  let system: TransitionSystem
  /// By rule: how often it fires unseen between two events; none for not at all.
  let unseen: [Int: Int]
  private let interpreter: Interpreter

  init(_ system: TransitionSystem, unseen: [UnseenRule]) {
    self.system = system
    self.unseen = Dictionary(
      unseen.map { ($0.rule, $0.most ?? .max) }, uniquingKeysWith: { first, _ in first })
    interpreter = Interpreter(system: system)
  }

  struct Step {
    let instance: RuleInstance
    let end: State
  }

  func starts() -> Set<State> {
    var found: Set<State> = []
    for rule in system.startStates {
      for bindings in TransitionSystem.bindings(of: rule.parameters) {
        interpreter.reset()
        if let end = take(rule, bindings) { found.insert(end) }
      }
    }
    return found
  }

  /// Of the enabled rules, those of the least priority fire.
  func steps(from state: State) -> [Step] {
    for priority in Set(system.rules.map(\.priority)).sorted() {
      var found: [Step] = []
      var isAnyEnabled = false
      for (number, rule) in system.rules.enumerated() where rule.priority == priority {
        for bindings in TransitionSystem.bindings(of: rule.parameters) {
          load(state)
          if (try? interpreter.guardHolds(rule, bindings)) == true { isAnyEnabled = true }
          load(state)
          if let end = take(rule, bindings) {
            found.append(Step(instance: RuleInstance(rule: number, bindings: bindings), end: end))
          }
        }
      }
      if isAnyEnabled { return found }
    }
    return []
  }

  private func load(_ state: State) {
    for slot in state.indices { interpreter.slots[slot] = state[slot] }
  }

  private func take(_ rule: Rule, _ bindings: [Int64]) -> State? {
    guard (try? interpreter.guardHolds(rule, bindings)) == true,
      (try? interpreter.fire(rule)) != nil
    else { return nil }
    let end = (0..<system.slotCount).map { interpreter.slots[$0] }
    for property in system.properties where property.kind == .assumption {
      for bindings in TransitionSystem.bindings(of: property.parameters) {
        load(end)
        do throws(Interruption) {
          if try interpreter.evaluate(property, bindings) == 0 { return nil }
        } catch {
          // What goes wrong in an assumption is a violation, and the state is kept.
          if error.cause == .assumptionFailed { return nil }
        }
      }
    }
    return end
  }

  /// The states that unseen rules lead to, with how often each has fired.
  func closure(_ states: Set<State>) -> Set<State> {
    struct Counted: Hashable {
      let state: State
      let counts: [Int: Int]
    }
    var known = Set(states.map { Counted(state: $0, counts: [:]) })
    var open = Array(known)
    while let counted = open.popLast() {
      for step in steps(from: counted.state) {
        guard let most = unseen[step.instance.rule] else { continue }
        var counts = counted.counts
        if most != .max {
          counts[step.instance.rule, default: 0] += 1
          if counts[step.instance.rule, default: 0] > most { continue }
        }
        let reached = Counted(state: step.end, counts: counts)
        if known.insert(reached).inserted { open.append(reached) }
      }
    }
    return Set(known.map(\.state))
  }

  /// The states behind an event.
  func follow(_ event: ObservedEvent, from states: Set<State>) -> Set<State> {
    var reached = event.nothingWhere == nil ? [] : closure(states)
    for state in closure(states) {
      for step in steps(from: state)
      where (event.rules ?? []).contains(where: { $0.matches(step.instance) }) {
        reached.insert(step.end)
      }
    }
    return reached
  }

  /// Of all orders in which events can have happened, the states behind them; empty where none can.
  ///
  /// - Parameter isBefore: Whether one event, by number, is certainly before another.
  func follow(
    _ events: [ObservedEvent], isBefore: (Int, Int) -> Bool, from states: Set<State>
  ) -> Set<State> {
    var level: [Set<Int>: Set<State>] = [[]: states]
    for _ in events.indices {
      var next: [Set<Int>: Set<State>] = [:]
      for (taken, states) in level {
        for number in events.indices where !taken.contains(number) {
          let isFirst = events.indices.allSatisfy {
            $0 == number || taken.contains($0) || !isBefore($0, number)
          }
          guard isFirst else { continue }
          let reached = follow(events[number], from: states)
          if !reached.isEmpty { next[taken.union([number]), default: []].formUnion(reached) }
        }
      }
      level = next
    }
    return level.values.reduce(into: []) { $0.formUnion($1) }
  }
}
