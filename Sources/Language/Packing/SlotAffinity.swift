import Analysis
import TransitionSystem

/// Which slots of a state change together.
///
/// A state of several words is stored as the numbers of its words, so few different words take
/// little memory. Slots that one rule instance writes are correlated: an element's entries in
/// several arrays, say. Laid into one word they have few values together; spread over two, both
/// words take as many as the state itself.
struct SlotAffinity {
  /// All slots; those that belong together stand beside one another.
  let order: [Int]

  /// An instance that writes more slots than this resets something, and says little.
  private static let mostSlots = 48
  /// Below this share of what the two slots have to do with any other, they do not belong together.
  private static let leastAffinity = 0.15

  /// - Parameters:
  ///   - widths: Bits of each slot.
  init(_ system: TransitionSystem, widths: [Int]) {
    var weights: [Pair: Double] = [:]
    var totals = Array(repeating: 0.0, count: widths.count)
    WriteSample(system).forEach { writes in
      var slots: [Int] = []
      writes.forEach { if slots.count <= Self.mostSlots, widths[$0] > 0 { slots.append($0) } }
      guard slots.count > 1, slots.count <= Self.mostSlots else { return }
      let weight = 1 / Double(slots.count - 1)
      for (number, slot) in slots.enumerated() {
        totals[slot] += 1
        for other in slots[(number + 1)...] { weights[Pair(slot, other), default: 0] += weight }
      }
    }
    func affinity(_ pair: Pair) -> Double {
      let scale = (totals[pair.first] * totals[pair.second]).squareRoot()
      return scale > 0 ? (weights[pair] ?? 0) / scale : 0
    }
    let ranked = weights.keys.map { (pair: $0, affinity: affinity($0)) }
      .filter { $0.affinity >= Self.leastAffinity }
      .sorted { ($1.affinity, $0.pair) < ($0.affinity, $1.pair) }
    var clusters = SlotClusters(widths: widths)
    for entry in ranked { clusters.join(entry.pair.first, entry.pair.second) }
    order = clusters.order
  }

  private struct Pair: Hashable, Comparable {
    let first: Int
    let second: Int

    init(_ first: Int, _ second: Int) {
      self.first = first
      self.second = second
    }

    static func < (left: Pair, right: Pair) -> Bool {
      (left.first, left.second) < (right.first, right.second)
    }
  }
}

/// What some rule instances write, spread over all of them: no more than can be found out in a
/// moment, however many there are and whatever following one of them takes.
private struct WriteSample {
  private let system: TransitionSystem
  private let instances: RuleInstances

  /// Instances that are looked at; of a system with more, every second, third, ... one.
  private static let mostInstances = 4_096
  /// Expressions, statements and slots: a tenth of a second.
  private static let mostCost = 1 << 20

  init(_ system: TransitionSystem) {
    self.system = system
    instances = RuleInstances(of: system.rules)
  }

  func forEach(_ body: (SlotSet) -> Void) {
    let step = max(1, instances.count / Self.mostInstances)
    var left = (instances.count + step - 1) / step
    var budget = Self.mostCost
    for rule in system.rules.indices where budget > 0 {
      let range = instances.range(ofRule: rule)
      let first = (range.lowerBound + step - 1) / step * step
      let positions = Array(stride(from: first, to: range.upperBound, by: step))
      guard let position = positions.first else { continue }
      // What the first instance takes stands for the others; what a rule leaves of its share is for
      // those that come later.
      var cost = 0
      body(writes(of: position, cost: &cost))
      let share = Double(budget) * Double(positions.count) / Double(max(1, left))
      let count = min(positions.count, max(1, Int(share / Double(max(1, cost)))))
      for number in 1..<max(1, count) {
        body(writes(of: positions[number * positions.count / count], cost: &cost))
      }
      budget -= cost
      left -= positions.count
    }
  }

  private func writes(of position: Int, cost: inout Int) -> SlotSet {
    let instance = instances[position]
    // Sets of slots are made and gone through as a whole.
    cost += system.slotCount / 4
    let stages = Footprint.stages(
      of: system.rules[instance.rule], bindings: instance.bindings, in: system, cost: &cost)
    var writes = stages.guardExpression.writes
    writes.formUnion(stages.action.writes)
    return writes
  }
}

/// Sets of slots of at most half a word each, so that words can be filled evenly.
private struct SlotClusters {
  private static let mostBits = 32
  private var parents: [Int]
  private var bits: [Int]

  init(widths: [Int]) {
    parents = Array(widths.indices)
    bits = widths
  }

  private mutating func root(_ slot: Int) -> Int {
    var slot = slot
    while parents[slot] != slot {
      parents[slot] = parents[parents[slot]]
      slot = parents[slot]
    }
    return slot
  }

  mutating func join(_ first: Int, _ second: Int) {
    let (one, other) = (root(first), root(second))
    guard one != other, bits[one] + bits[other] <= Self.mostBits else { return }
    // The lowest slot stands for the set, so that sets keep the order of declarations.
    parents[max(one, other)] = min(one, other)
    bits[min(one, other)] += bits[max(one, other)]
  }

  /// Sets of several slots first, which are mostly the elements of something; then what is alone.
  var order: [Int] {
    var copy = self
    // The lowest slot of a set is its root, so sets come up in that order, and their slots in order.
    var following = Array(repeating: -1, count: parents.count)
    var last = Array(parents.indices)
    for slot in parents.indices {
      let root = copy.root(slot)
      guard root != slot else { continue }
      following[last[root]] = slot
      last[root] = slot
    }
    var order: [Int] = []
    order.reserveCapacity(parents.count)
    for root in parents.indices where parents[root] == root && last[root] != root {
      var slot = root
      while slot >= 0 {
        order.append(slot)
        slot = following[slot]
      }
    }
    for root in parents.indices where parents[root] == root && last[root] == root {
      order.append(root)
    }
    return order
  }
}
