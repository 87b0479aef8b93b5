import Checking
import Diagnostics
import Exploration
import Trace
import TransitionSystem

/// Compares two models by the sets of states that runs which look the same lead to: both are made
/// deterministic on the fly (the subset construction of Rabin and Scott 1959). It needs neither rules
/// with partners nor start states with partners, and knows what fails and what is discarded; the
/// reference interpreter takes all steps.
struct StateSetComparison {
  private let pair: ModelPair
  private let base: StateTable
  private let head: StateTable
  private let labels = StepLabels()
  private let stop: StopCondition
  private let mostStates: Int

  /// States beyond which a comparison by the interpreter is not worth the time.
  private static let mostStates = 2_000_000

  init(_ pair: ModelPair, observing observation: Observation, _ request: CheckRequest) {
    self.pair = pair
    stop = request.stop
    mostStates = min(request.options.maximumStateCount ?? .max, Self.mostStates)
    base = StateTable(
      pair.base.system, labels, observation.labels(of: pair, isHead: false), stop: stop)
    head = StateTable(
      pair.head.system, labels, observation.labels(of: pair, isHead: true), stop: stop)
  }

  /// Sets of states of both that the same observation leads to.
  private struct Node: Hashable {
    let base: [Int32]
    let head: [Int32]
  }

  func compare(because reason: BehaviourComparison.Reason) -> BehaviourComparison {
    let first = Node(
      base: base.closure([StateTable.origin]), head: head.closure([StateTable.origin]))
    var nodes = [first]
    var parents: [(parent: Int, label: Int32)?] = [nil]
    var known: Set = [first]
    var added = BehaviourComparison.Answer.none
    var removed = BehaviourComparison.Answer.none
    var next = 0
    while next < nodes.count, !(added.isRun && removed.isRun) {
      let ofBase = base.seenSteps(from: nodes[next].base)
      let ofHead = head.seenSteps(from: nodes[next].head)
      // A step that was ended before its end looks like one in which something goes wrong.
      if stop.isDue() || base.count + head.count > mostStates || nodes.count > mostStates {
        let limit: ExplorationLimit =
          stop.reason == nil ? .states(base.count + head.count) : .ended(stop)
        if !added.isRun { added = .undecided(limit) }
        if !removed.isRun { removed = .undecided(limit) }
        break
      }
      func run(to label: Int32, isHead: Bool) -> BehaviourComparison.Answer {
        var numbers = [label]
        var position = next
        while let (parent, label) = parents[position] {
          numbers.append(label)
          position = parent
        }
        let found = self.run(of: numbers.reversed().map { labels[$0] }, isHead: isHead)
        return stop.isDue() ? .undecided(.ended(stop)) : .run(found)
      }
      if !added.isRun, let only = Self.labels(of: ofHead, notOf: ofBase).first {
        added = run(to: only, isHead: true)
      }
      if !removed.isRun, let only = Self.labels(of: ofBase, notOf: ofHead).first {
        removed = run(to: only, isHead: false)
      }
      for (label, ends) in Self.common(ofBase, ofHead) {
        let node = Node(base: base.closure(ends.base), head: head.closure(ends.head))
        if known.insert(node).inserted {
          nodes.append(node)
          parents.append((next, label))
        }
      }
      next += 1
    }
    let isSame =
      if case .none = added, case .none = removed { true } else { false }
    return BehaviourComparison(
      added: added, removed: removed, values: isSame ? .notCompared : nil,
      method: .stateSets(reason))
  }

  /// Whether each run of one is a run of the other to an onlooker, and after it both can rest with the
  /// same values of the base's variables: where no step that nobody sees leads on.
  ///
  /// - Returns: Nil where that was not found out.
  func isSameAtRest() -> Bool? {
    let twins = pair.commonVariables(
      identified: TypeIdentities(pair.base.system, pair.head.system))
    guard twins.count == pair.base.system.variables.count else { return false }
    let baseSlots = pair.base.system.slots(of: twins.map(\.base))
    let headSlots = pair.head.system.slots(of: twins.map(\.head))
    var nodes = [
      Node(base: base.closure([StateTable.origin]), head: head.closure([StateTable.origin]))
    ]
    var known = Set(nodes)
    var next = 0
    while next < nodes.count {
      let node = nodes[next]
      let isAlike =
        base.valuesAtRest(node.base, baseSlots) == head.valuesAtRest(node.head, headSlots)
      let ofBase = base.seenSteps(from: node.base)
      let ofHead = head.seenSteps(from: node.head)
      if stop.isDue() || base.count + head.count > mostStates || nodes.count > mostStates {
        return nil
      }
      guard isAlike else { return false }
      let common = Self.common(ofBase, ofHead)
      guard common.count == ofBase.count, common.count == ofHead.count else { return false }
      for (_, ends) in common {
        let end = Node(base: base.closure(ends.base), head: head.closure(ends.head))
        if known.insert(end).inserted { nodes.append(end) }
      }
      next += 1
    }
    return true
  }

  private typealias SeenSteps = [(label: Int32, ends: [Int32])]

  /// Labels that steps of one set of states have, and steps of the other one have not; in their order.
  private static func labels(of steps: SeenSteps, notOf others: SeenSteps) -> [Int32] {
    let known = Set(others.map(\.label))
    return steps.map(\.label).filter { !known.contains($0) }
  }

  /// Steps that look the same, in the order of the base's.
  private static func common(
    _ base: SeenSteps, _ head: SeenSteps
  ) -> [(label: Int32, ends: (base: [Int32], head: [Int32]))] {
    let positions = Dictionary(
      uniqueKeysWithValues: head.enumerated().map { ($1.label, $0) })
    return base.compactMap { label, ends in
      positions[label].map { (label, (ends, head[$0].ends)) }
    }
  }

  private func run(of labels: [StepLabel], isHead: Bool) -> BehaviourComparison.DistinguishingRun {
    let (owner, other) = isHead ? (head, base) : (base, head)
    let (ownSystem, otherSystem) =
      isHead
      ? (pair.head.system, pair.base.system) : (pair.base.system, pair.head.system)
    let instances = owner.instances(for: labels)
    let common = other.instances(for: Array(labels.dropLast()))
    let fails = labels.last?.fails == true
    return .init(
      execution: execution(ownSystem, fails ? Array(instances.dropLast()) : instances),
      failure: fails ? instances.last : nil, other: execution(otherSystem, common),
      step: instances.last ?? RuleInstance(rule: 0, bindings: []), isStart: instances.count == 1)
  }

  private func execution(_ system: TransitionSystem, _ instances: [RuleInstance]) -> Execution {
    guard let start = instances.first else { return Execution(steps: []) }
    let replayed = try? Replay(system: system).run(start: start, Array(instances.dropFirst()))
    return replayed ?? Execution(steps: [])
  }
}

extension TransitionSystem {
  /// The slots of some variables, in their order.
  fileprivate func slots(of numbers: [Int]) -> [Int] {
    numbers.flatMap { number in
      let variable = variables[number]
      return Array(variable.slot..<variable.slot + variable.type.slotCount)
    }
  }
}

extension StateTable {
  /// What some slots hold in those of some states from which every step is seen.
  fileprivate func valuesAtRest(_ states: [Int32], _ slots: [Int]) -> Set<[Int64]> {
    var values: Set<[Int64]> = []
    for state in states {
      guard let held = self.slots(of: state),
        seesAllSteps(from: state)
      else { continue }
      values.insert(slots.map { held[$0] })
    }
    return values
  }
}
