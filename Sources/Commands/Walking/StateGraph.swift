import Diagnostics
import Report
import Trace
import TransitionSystem

/// The states of a model and the steps between them, or groups of states that are alike.
package struct StateGraph: Sendable {
  package let nodes: [Node]
  package let edges: [Edge]
  /// Of all that has been looked at.
  package let stateCount: Int
  /// Whether all reachable states are there.
  package let isComplete: Bool

  package struct Node: Sendable, Hashable {
    /// What the states of a group have in common; nil for a single state.
    package let label: String?
    package let stateCount: Int
    /// Steps from a start state to the nearest of its states.
    package let depth: Int
    /// Whether the state that was asked for is one of its.
    package let isCurrent: Bool
  }

  /// Steps from one node to another, of one rule.
  package struct Edge: Sendable, Hashable {
    package let from: Int
    package let to: Int
    package let rule: Int
    /// Steps that it stands for.
    package let count: Int
  }

  /// States that are drawn one by one.
  package static let maximumNodeCount = 200
  /// States that are looked at to be grouped: some seconds.
  package static let maximumStateCount = 20_000

  /// Visits the states, nearest first, by the reference interpreter.
  ///
  /// - Parameters:
  ///   - current: A state that is to be found in the graph.
  ///   - label: What group a state is in; nil to show each by itself.
  init(
    _ moves: Moves, current: [Int64]?, stop: StopCondition,
    label: (([Int64]) -> String)?
  ) {
    var visit = Visit(moves, stop, label == nil ? Self.maximumNodeCount : Self.maximumStateCount)
    visit.run()
    isComplete = visit.isComplete
    stateCount = visit.states.count
    guard let label else {
      nodes = visit.states.indices.map { number in
        Node(
          label: nil, stateCount: 1, depth: visit.depths[number],
          isCurrent: visit.states[number] == current)
      }
      edges = Self.edges(visit.steps) { $0 }
      return
    }
    var groups: [String: Int] = [:]
    var nodes: [Node] = []
    let groupOfState = visit.states.indices.map { number in
      let name = label(visit.states[number])
      let isCurrent = visit.states[number] == current
      if let group = groups[name] {
        let node = nodes[group]
        nodes[group] = Node(
          label: name, stateCount: node.stateCount + 1, depth: node.depth,
          isCurrent: node.isCurrent || isCurrent)
        return group
      }
      groups[name] = nodes.count
      nodes.append(
        Node(label: name, stateCount: 1, depth: visit.depths[number], isCurrent: isCurrent))
      return nodes.count - 1
    }
    self.nodes = nodes
    edges = Self.edges(visit.steps) { groupOfState[$0] }
  }

  /// Steps with the same ends and the same rule are one edge; a step within a group is none.
  private static func edges(_ steps: [Visit.Step], _ node: (Int) -> Int) -> [Edge] {
    var counts: [[Int]: Int] = [:]
    var order: [[Int]] = []
    for step in steps {
      let key = [node(step.from), node(step.to), step.rule]
      if key[0] == key[1] { continue }
      if counts[key] == nil { order.append(key) }
      counts[key, default: 0] += 1
    }
    return order.map { Edge(from: $0[0], to: $0[1], rule: $0[2], count: counts[$0] ?? 0) }
  }
}

/// The states that are reached, level by level.
private struct Visit {
  struct Step {
    let from: Int
    let to: Int
    let rule: Int
  }

  private(set) var states: [[Int64]] = []
  private(set) var depths: [Int] = []
  private(set) var steps: [Step] = []
  private(set) var isComplete = true
  private var numbers: [[Int64]: Int] = [:]
  private let moves: Moves
  private let stop: StopCondition
  private let maximumCount: Int

  init(_ moves: Moves, _ stop: StopCondition, _ maximumCount: Int) {
    self.moves = moves
    self.stop = stop
    self.maximumCount = maximumCount
  }

  mutating func run() {
    for start in TransitionSystem.instances(of: moves.system.startStates) {
      if case .leads(let step) = moves.fire(start, from: nil) {
        _ = number(of: step.slots, depth: 0)
      }
      if !isComplete { break }
    }
    var next = 0
    while next < states.count {
      guard !stop.isDue() else {
        isComplete = false
        return
      }
      let (state, depth) = (states[next], depths[next])
      let areAllTried = moves.forEachMove(from: state) { instance, outcome in
        if case .leads(let step) = outcome,
          let number = number(of: step.slots, depth: depth + 1)
        {
          steps.append(Step(from: next, to: number, rule: instance.rule))
        }
        return true
      }
      isComplete = isComplete && areAllTried
      next += 1
    }
  }

  /// Nil for a new state where there is no room for more.
  private mutating func number(of state: [Int64], depth: Int) -> Int? {
    if let number = numbers[state] { return number }
    guard states.count < maximumCount else {
      isComplete = false
      return nil
    }
    numbers[state] = states.count
    states.append(state)
    depths.append(depth)
    return states.count - 1
  }
}
