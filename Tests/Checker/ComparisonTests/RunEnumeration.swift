import Evaluation
import TransitionSystem

/// All runs of a system up to a depth, one by one: the second way to know which runs a model has. No
/// state is recognized here, and nothing is shared with what is tested but the interpreter.
struct RunEnumeration {
  /// What is seen of a run: names and parameters of its steps, and whether the last one fails.
  typealias Run = [String]

  private let system: TransitionSystem
  private let interpreter: Interpreter

  init(_ system: TransitionSystem) {
    self.system = system
    interpreter = Interpreter(system: system)
  }

  /// The runs of each length from 1 on; nil where a length has more than `limit`.
  func runs(upTo depth: Int, limit: Int) -> [Set<Run>]? {
    var level: [(run: Run, state: [Int64])] = []
    var levels: [Set<Run>] = [[]]
    for rule in system.startStates {
      for bindings in TransitionSystem.bindings(of: rule.parameters) {
        interpreter.reset()
        take(rule, bindings, after: [], &level, &levels[0])
      }
    }
    while levels.count < depth {
      var next: [(run: Run, state: [Int64])] = []
      var runs: Set<Run> = []
      for (run, state) in level {
        for rule in system.rules {
          for bindings in TransitionSystem.bindings(of: rule.parameters) {
            for slot in state.indices { interpreter.slots[slot] = state[slot] }
            take(rule, bindings, after: run, &next, &runs)
          }
        }
        if runs.count > limit { return nil }
      }
      level = next
      levels.append(runs)
    }
    return levels
  }

  private func take(
    _ rule: Rule, _ bindings: [Int64], after run: Run, _ next: inout [(run: Run, state: [Int64])],
    _ runs: inout Set<Run>
  ) {
    let step = "\(rule.name) \(bindings)"
    do throws(Interruption) {
      guard try interpreter.guardHolds(rule, bindings) else { return }
      try interpreter.fire(rule)
    } catch {
      if error.cause != .assumptionFailed { runs.insert(run + [step + " fails"]) }
      return
    }
    let state = (0..<system.slotCount).map { interpreter.slots[$0] }
    for property in system.properties where property.kind == .assumption {
      for bindings in TransitionSystem.bindings(of: property.parameters) {
        guard (try? interpreter.evaluate(property, bindings)) ?? 0 != 0 else { return }
      }
    }
    runs.insert(run + [step])
    next.append((run + [step], state))
  }
}
