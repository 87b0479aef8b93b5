/// Which slots of a state change together.
///
/// A state of several words is stored as the numbers of its words, so few different words take
/// little memory. Slots that one rule instance writes are correlated: an element's entries in
/// several arrays, say. Laid into one word they have few values together; spread over two, both
/// words take as many as the state itself.
struct SlotAffinity {
  /// All slots; those that belong together stand beside one another.
  let order: [Int]

  /// Instances that are looked at; of a system with more, every second, third, ... one.
  private static let instanceCount = 4_096
  /// An instance that writes more slots than this resets something, and says little.
  private static let mostSlots = 48
  /// Below this share of what the two slots have to do with any other, they do not belong together.
  private static let leastAffinity = 0.15

  /// - Parameters:
  ///   - widths: Bits of each slot.
  init(_ system: TransitionSystem, widths: [Int]) {
    var weights: [Pair: Double] = [:]
    var totals = Array(repeating: 0.0, count: widths.count)
    let instances = TransitionSystem.instances(of: system.rules)
    let step = max(1, instances.count / Self.instanceCount)
    for position in stride(from: 0, to: instances.count, by: step) {
      let instance = instances[position]
      let rule = system.rules[instance.rule]
      let writes = Footprint(of: rule, bindings: instance.bindings, in: system).writes
      let slots = widths.indices.filter { widths[$0] > 0 && writes.contains($0) }
      guard slots.count > 1, slots.count <= Self.mostSlots else { continue }
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
    var members: [Int: [Int]] = [:]
    for slot in parents.indices { members[copy.root(slot), default: []].append(slot) }
    let sets = members.sorted { $0.key < $1.key }.map(\.value)
    return (sets.filter { $0.count > 1 } + sets.filter { $0.count == 1 }).flatMap { $0 }
  }
}
