import Foundation
import Scenarios
import TestSupport
import Testing

/// The rules of `Models/cluster.m` once more, by hand, over sorted lists of nodes. Nodes are
/// interchangeable, so a sorted list stands for an orbit. Rumur tries all permutations of the
/// nodes, which is too many for the sizes that matter.
private struct ByHand {
  enum Step: UInt8, Comparable {
    case oldServes, granted, halting, booting, agreed, takingOver, reporting, newServes

    static func < (one: Step, other: Step) -> Bool { one.rawValue < other.rawValue }
  }

  /// Of the hardware, as told to a new kernel or known to the leader.
  enum Facts: UInt8 { case nothing, ofNow, outdated }

  /// What the leader's account is written in.
  enum Format: UInt8 { case nothing, common, ofTheNew }

  struct Node: Hashable {
    var step = Step.oldServes
    var oldMine: Int, newMine = 0, oldRuns: Int, newRuns = 0
    var leads = false, heard = true, former = false, isAtHome = true
    var told = Facts.nothing, known = Facts.nothing, format = Format.nothing

    var isAtRest: Bool { step == .oldServes || step == .newServes }

    /// Two nodes have the same rank if they are alike. CPUs are fewer than 32.
    var rank: Int {
      var rank = Int(step.rawValue)
      for count in [oldMine, newMine, oldRuns, newRuns] { rank = rank << 5 | count }
      for flag in [leads, heard, former, isAtHome] { rank = rank << 1 | (flag ? 1 : 0) }
      for value in [told.rawValue, known.rawValue, format.rawValue] {
        rank = rank << 2 | Int(value)
      }
      return rank
    }
  }

  let cpus: Int, atOnce: Int, isWhole: Bool

  func serving(_ nodes: [Node]) -> Int {
    nodes.reduce(0) { $0 + ($1.step <= .agreed ? $1.oldMine : $1.newMine) }
  }

  /// Calls `reach` with what each rule makes of the nodes.
  func fire(_ nodes: [Node], _ reach: ([Node]) -> Void) {
    func set(_ index: Int, _ change: (inout Node) -> Void) {
      var next = nodes
      change(&next[index])
      reach(next)
    }
    let allHeard = nodes.allSatisfy(\.heard)
    let allNew = nodes.allSatisfy { $0.step == .newServes }
    let away = nodes.count { !$0.isAtRest }
    reach(
      nodes.map {
        var node = $0
        if node.known != .nothing { node.known = .outdated }
        if node.step == .booting { node.told = .outdated }
        return node
      })
    for (leader, itself) in nodes.enumerated() where itself.leads {
      if allNew, itself.format == .common { set(leader) { $0.format = .ofTheNew } }
      for (index, node) in nodes.enumerated() {
        if away < atOnce, node.step == .oldServes, !node.former,
          index != leader || !isWhole
        {
          set(index) { $0.step = .granted }
        }
        if index != leader, itself.isAtRest, node.isAtRest, allHeard,
          !nodes.contains(where: \.former)
        {
          var next = nodes
          for other in next.indices { next[other].heard = other == index || other == leader }
          next[index].known = itself.known
          next[index].format = itself.format
          next[index].leads = true
          next[leader].known = .nothing
          next[leader].format = .nothing
          next[leader].leads = false
          next[leader].former = true
          reach(next)
        }
        if node.step == .halting, node.oldMine == (isWhole ? 0 : cpus - 1),
          node.oldRuns == node.oldMine
        {
          set(index) {
            $0.newRuns += 1
            $0.told = itself.known
            $0.step = .booting
          }
        }
        if node.step == .booting {
          var next = nodes
          next[leader].known = .ofNow
          if node.told == .ofNow {
            next[index].step = .agreed
          } else {
            next[index].newRuns -= 1
            next[index].told = .nothing
            next[index].step = .halting
          }
          reach(next)
        }
        if node.step == .reporting {
          set(index) {
            $0.step = .newServes
            $0.isAtHome = true
          }
        }
      }
    }
    for (index, node) in nodes.enumerated() {
      if !node.heard { set(index) { $0.heard = true } }
      if node.former, allHeard { set(index) { $0.former = false } }
      let others = nodes.enumerated().contains { $0.offset != index && $0.element.isAtRest }
      if isWhole, node.step == .granted, node.isAtHome, others {
        set(index) { $0.isAtHome = false }
      }
      let first = node.step == .granted && (isWhole ? !node.isAtHome : cpus > 1)
      let next = node.step == .halting && isWhole && node.oldMine > 0
      if first || (next && node.oldMine == node.oldRuns) {
        set(index) {
          $0.oldMine -= 1
          $0.step = .halting
        }
      }
      if node.step == .halting, node.oldRuns > node.oldMine { set(index) { $0.oldRuns -= 1 } }
      if node.step == .takingOver, node.oldMine > 0 {
        set(index) {
          $0.oldMine -= 1
          $0.oldRuns -= 1
        }
      }
      if node.step == .agreed {
        set(index) {
          $0.newMine = 1
          $0.told = .nothing
          $0.step = cpus == 1 ? .reporting : .takingOver
        }
      }
      if node.step == .takingOver, node.newMine == node.newRuns,
        node.oldRuns + node.newRuns < cpus
      {
        set(index) { $0.newRuns += 1 }
      }
      if node.step == .takingOver, node.newMine < node.newRuns {
        set(index) {
          $0.newMine += 1
          if $0.newMine == cpus { $0.step = .reporting }
        }
      }
    }
    if allNew, nodes.contains(where: { $0.format == .ofTheNew }) {
      reach(
        nodes.map {
          var node = $0
          node.step = .oldServes
          (node.oldMine, node.newMine) = (node.newMine, 0)
          (node.oldRuns, node.newRuns) = (node.newRuns, 0)
          if node.leads { node.format = .common }
          return node
        })
    }
  }

  func explore(nodeCount: Int) -> (states: Int, rules: Int, serving: ClosedRange<Int>) {
    var start = [Node](repeating: Node(oldMine: cpus, oldRuns: cpus), count: nodeCount)
    start[0].leads = true
    start[0].known = .ofNow
    start[0].format = .common
    start.sort { $0.rank < $1.rank }
    var seen: Set = [start]
    var queue = [start]
    var rules = 0
    var range = serving(start)...serving(start)
    while let nodes = queue.popLast() {
      let count = serving(nodes)
      range = min(range.lowerBound, count)...max(range.upperBound, count)
      fire(nodes) { next in
        rules += 1
        let sorted = next.sorted { $0.rank < $1.rank }
        if seen.insert(sorted).inserted { queue.append(sorted) }
      }
    }
    return (seen.count, rules, range)
  }
}

@Suite struct ClusterByHandTests {
  /// The proposal's figures: 1 of 2 CPUs at least, and all but one node's of the others.
  @Test(arguments: [
    ("cluster-2-cpus", 1, 2, false, 1...2), ("cluster-2x1", 2, 1, true, 1...2),
    ("cluster-3x2", 3, 2, true, 4...6), ("cluster-4x4-one-cpu-first", 4, 4, false, 13...16),
    ("cluster-16x4", 16, 4, true, 60...64),
  ])
  func countsAreThoseOfTheScenario(
    name: String, nodes: Int, cpus: Int, isWhole: Bool, serving: ClosedRange<Int>
  ) throws {
    let path = Repository.root
      .appendingPathComponent("swapcheck.yml").path
    let scenarios = try ScenarioFile.read(try String(contentsOfFile: path, encoding: .utf8))
    let scenario = try #require(scenarios.first { $0.name == name })
    let found = ByHand(cpus: cpus, atOnce: 1, isWhole: isWhole).explore(nodeCount: nodes)
    #expect(found.states == scenario.stateCount)
    #expect(found.rules == scenario.ruleFiringCount)
    #expect(found.serving == serving)
  }
}
