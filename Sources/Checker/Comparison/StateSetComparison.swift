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
    var numbers = [first: 0]
    var added = BehaviourComparison.Answer.none
    var removed = BehaviourComparison.Answer.none
    var next = 0
    while next < nodes.count, !(added.isRun && removed.isRun) {
      if stop.isDue() || base.count + head.count > mostStates || nodes.count > mostStates {
        let limit: ExplorationLimit =
          stop.reason == nil ? .states(base.count + head.count) : .ended(stop)
        if !added.isRun { added = .undecided(limit) }
        if !removed.isRun { removed = .undecided(limit) }
        break
      }
      let ofBase = base.seenSteps(from: nodes[next].base)
      let ofHead = head.seenSteps(from: nodes[next].head)
      func run(to label: Int32, isHead: Bool) -> BehaviourComparison.Answer {
        var numbers = [label]
        var position = next
        while let (parent, label) = parents[position] {
          numbers.append(label)
          position = parent
        }
        return .run(self.run(of: numbers.reversed().map { labels[$0] }, isHead: isHead))
      }
      for label in ofHead.order where ofBase.ends[label] == nil && !added.isRun {
        added = run(to: label, isHead: true)
      }
      for label in ofBase.order {
        guard let ends = ofHead.ends[label] else {
          if !removed.isRun { removed = run(to: label, isHead: false) }
          continue
        }
        let node = Node(
          base: base.closure(ofBase.ends[label] ?? []), head: head.closure(ends))
        if numbers[node] == nil {
          numbers[node] = nodes.count
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
      if stop.isDue() || base.count + head.count > mostStates || nodes.count > mostStates {
        return nil
      }
      let node = nodes[next]
      guard base.valuesAtRest(node.base, baseSlots) == head.valuesAtRest(node.head, headSlots)
      else { return false }
      let ofBase = base.seenSteps(from: node.base)
      let ofHead = head.seenSteps(from: node.head)
      guard ofBase.ends.count == ofHead.ends.count else { return false }
      for label in ofBase.order {
        guard let ends = ofHead.ends[label] else { return false }
        let end = Node(base: base.closure(ofBase.ends[label] ?? []), head: head.closure(ends))
        if known.insert(end).inserted { nodes.append(end) }
      }
      next += 1
    }
    return true
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
        steps(from: state).allSatisfy({ $0.label != nil })
      else { continue }
      values.insert(slots.map { held[$0] })
    }
    return values
  }

  /// The steps from any of some states that an onlooker sees: where each leads, and the numbers of the
  /// labels in the order in which they come up.
  fileprivate func seenSteps(
    from states: [Int32]
  ) -> (ends: [Int32: [Int32]], order: [Int32]) {
    var ends: [Int32: [Int32]] = [:]
    var order: [Int32] = []
    for state in states {
      for (label, end) in successors(of: state).seen {
        if ends[label]?.append(end) == nil {
          order.append(label)
          ends[label] = [end]
        }
      }
    }
    return (ends, order)
  }
}
