import Diagnostics
import Evaluation
import Trace
import TransitionSystem

/// Of all shortest runs to what a run shows, one in which who acts changes least often: it is read as a
/// story of few parts.
///
/// Runs through states of each depth are compared, with who has acted last, by the reference
/// interpreter. Where that would take long, the run stays as it is.
struct CalmRun {
  /// States with who acted last, and instances of rules, that are looked at: about a second.
  private static let mostNodes = 50_000
  private static let mostInstances = 1_000_000

  /// A state and who has acted last; nobody before the start.
  private struct Node: Hashable {
    let state: [Int64]
    let actor: String?
  }

  /// The way to a node.
  private struct Way {
    let turnCount: Int
    let before: Node?
    let instance: RuleInstance
  }

  private let system: TransitionSystem
  private let steps: InterpretedSteps
  private let stop: StopCondition
  private let execution: Execution
  private let violation: Violation

  init(_ counterexample: Counterexample, _ plan: CheckPlan) {
    (system, stop) = (plan.system, plan.stop)
    (execution, violation) = (counterexample.execution, counterexample.violation)
    steps = InterpretedSteps(system, valuation: execution.valuation, stop: stop)
  }

  /// The run with the same violation; the one that was given where no other is better or can be found.
  func counterexample() -> Counterexample {
    let found = Counterexample(execution: execution, violation: violation)
    let actors = Set(execution.steps.dropFirst().map { actor($0.instance) })
    guard execution.steps.count > 3, actors.count > 1 else { return found }
    guard let levels = levels(), let last = best(of: levels),
      let run = execution(to: last, levels)
    else { return found }
    return run
  }

  private func actor(_ instance: RuleInstance) -> String? { system.rules[instance.rule].actor }

  // MARK: - Levels

  /// The nodes of each depth up to the run's length; nil where they are too many.
  private func levels() -> [[Node: Way]]? {
    var seen: Set<[Int64]> = []
    var level: [Node: Way] = [:]
    var nodeCount = 0
    steps.forEachStart { instance, outcome in
      guard case .state(let state) = outcome, seen.insert(state).inserted else { return true }
      level[Node(state: state, actor: nil)] = Way(turnCount: 0, before: nil, instance: instance)
      return true
    }
    var levels = [level]
    for _ in 1..<execution.steps.count {
      var next: [Node: Way] = [:]
      for (state, nodes) in Dictionary(grouping: level, by: \.key.state) {
        steps.forEachStep(from: state) { instance, outcome in
          guard case .state(let successor) = outcome, !seen.contains(successor) else { return true }
          note(instance, from: nodes, successor, in: &next)
          return steps.instanceCount < Self.mostInstances
        }
      }
      for node in next.keys { seen.insert(node.state) }
      nodeCount += next.count
      guard nodeCount < Self.mostNodes, steps.instanceCount < Self.mostInstances, !stop.isDue()
      else { return nil }
      levels.append(next)
      level = next
    }
    return levels
  }

  private func note(
    _ instance: RuleInstance, from nodes: [(key: Node, value: Way)], _ successor: [Int64],
    in level: inout [Node: Way]
  ) {
    let node = Node(state: successor, actor: actor(instance))
    for (before, way) in nodes {
      let isTurn = before.actor != nil && before.actor != node.actor
      let candidate = Way(
        turnCount: way.turnCount + (isTurn ? 1 : 0), before: before, instance: instance)
      guard let known = level[node], !isBefore(candidate, known) else {
        level[node] = candidate
        continue
      }
    }
  }

  /// Fewer turns first; then an order that is the same each time.
  private func isBefore(_ one: Way, _ other: Way) -> Bool {
    if one.turnCount != other.turnCount { return one.turnCount < other.turnCount }
    func key(_ way: Way) -> [Int64] {
      [Int64(way.instance.rule)] + way.instance.bindings + (way.before?.state ?? [])
    }
    let (first, second) = (key(one), key(other))
    if first != second { return first.lexicographicallyPrecedes(second) }
    return (one.before?.actor ?? "") < (other.before?.actor ?? "")
  }

  // MARK: - The end

  /// The node of the last level at which the same is violated, with the fewest turns.
  private func best(of levels: [[Node: Way]]) -> Node? {
    guard let last = execution.steps.last?.slots else { return nil }
    let candidates = levels[levels.count - 1].filter { node, _ in
      if node.state == last { return true }
      guard case .invariant(let property, let bindings) = violation.kind else { return false }
      steps.load(node.state)
      return (try? steps.interpreter.evaluate(system.properties[property], bindings)) == 0
    }
    return candidates.min { one, other in
      if turns(one) != turns(other) { return turns(one) < turns(other) }
      if one.key.state != other.key.state {
        return one.key.state.lexicographicallyPrecedes(other.key.state)
      }
      return (one.key.actor ?? "") < (other.key.actor ?? "")
    }?.key
  }

  /// The turns up to a node, and to the step that fails behind it.
  private func turns(_ entry: (key: Node, value: Way)) -> Int {
    guard let failed = violation.failedStep, entry.key.actor != nil else {
      return entry.value.turnCount
    }
    return entry.value.turnCount + (actor(failed) == entry.key.actor ? 0 : 1)
  }

  private func execution(to last: Node, _ levels: [[Node: Way]]) -> Counterexample? {
    var instances: [RuleInstance] = []
    var node: Node? = last
    for level in levels.reversed() {
      guard let current = node, let way = level[current] else { return nil }
      instances.append(way.instance)
      node = way.before
    }
    guard let start = instances.popLast() else { return nil }
    let replay = Replay(system: system, valuation: execution.valuation)
    guard let run = try? replay.run(start: start, instances.reversed()) else { return nil }
    return Counterexample(execution: run, violation: violation)
  }
}
