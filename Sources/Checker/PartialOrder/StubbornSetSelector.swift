/// Chooses stubborn sets. It has scratch memory of its own and allocates nothing for a state, so
/// each thread needs one.
///
/// What it chooses depends on the state alone: not on states before, nor on the order in which the
/// enabled instances are named.
package final class StubbornSetSelector {
  /// Keeps what the pointers below point to.
  private let tables: DependenceTables
  private let wordCount: Int
  private let nodes: UnsafePointer<PredicateTable.Node>
  private let operands: UnsafePointer<Int>
  private let guards: UnsafePointer<Range<Int>>
  private let conjuncts: UnsafePointer<Int>
  private let goals: UnsafePointer<DependenceTables.GoalConditions>
  private let brokenGoalRanges: UnsafePointer<Range<Int>>
  private let brokenGoals: UnsafePointer<Int>
  private let conflicts: UnsafePointer<UInt64>
  private let disturbers: UnsafePointer<UInt64>
  private let makers: UnsafePointer<UInt64>
  private let spoilers: UnsafePointer<UInt64>
  private let visibleToAssumptions: UnsafePointer<UInt64>

  /// The instances that are enabled in the current state.
  private let enabled: UnsafeMutablePointer<UInt64>
  /// Of these, the ones that lead to something new.
  private let fresh: UnsafeMutablePointer<UInt64>
  /// The set that is being closed.
  private let members: UnsafeMutablePointer<UInt64>
  /// Instances whose sets have turned out too large. A set that comes by one of them is given up:
  /// it would nearly always grow as large, and most states have no small set.
  private let hopeless: UnsafeMutablePointer<UInt64>
  /// The smallest set so far.
  private let best: UnsafeMutablePointer<UInt64>
  /// Members that what they ask for has not been added for yet.
  private let pendingEnabled: UnsafeMutablePointer<Int32>
  private let pendingDisabled: UnsafeMutablePointer<Int32>
  private var pendingEnabledCount = 0
  private var pendingDisabledCount = 0
  /// Enabled members so far, and how many are too many.
  private var enabledCount = 0
  private var limit = 0
  /// For each goal, the closure that has seen to it.
  private let goalClosures: UnsafeMutablePointer<UInt32>
  private var closure: UInt32 = 0
  private let evaluation: PredicateEvaluation

  /// Sets that are tried at most, each grown from one enabled instance.
  private static let maximumSeedCount = 32

  init(_ tables: DependenceTables) {
    self.tables = tables
    wordCount = tables.conflicts.wordCount
    nodes = tables.nodes.start
    operands = tables.operands.start
    guards = tables.guards.start
    conjuncts = tables.conjuncts.start
    goals = tables.goals.start
    brokenGoalRanges = tables.brokenGoalRanges.start
    brokenGoals = tables.brokenGoals.start
    conflicts = tables.conflicts.row(0)
    disturbers = tables.disturbers.row(0)
    makers = tables.conditions.makers.row(0)
    spoilers = tables.conditions.spoilers.row(0)
    visibleToAssumptions = tables.visibleToAssumptions.row(0)
    let words = max(1, wordCount)
    enabled = .allocate(capacity: words)
    fresh = .allocate(capacity: words)
    members = .allocate(capacity: words)
    best = .allocate(capacity: words)
    hopeless = .allocate(capacity: words)
    enabled.initialize(repeating: 0, count: words)
    fresh.initialize(repeating: 0, count: words)
    members.initialize(repeating: 0, count: words)
    hopeless.initialize(repeating: 0, count: words)
    best.initialize(repeating: 0, count: words)
    pendingEnabled = .allocate(capacity: max(1, tables.instanceCount))
    pendingDisabled = .allocate(capacity: max(1, tables.instanceCount))
    goalClosures = .allocate(capacity: max(1, tables.goals.count))
    goalClosures.initialize(repeating: 0, count: max(1, tables.goals.count))
    evaluation = PredicateEvaluation(tables)
  }

  deinit {
    enabled.deallocate()
    fresh.deallocate()
    members.deallocate()
    best.deallocate()
    hopeless.deallocate()
    pendingEnabled.deallocate()
    pendingDisabled.deallocate()
    goalClosures.deallocate()
  }

  /// Chooses which of the enabled instances of a state are enough.
  ///
  /// - Parameters:
  ///   - enabled: All instances that are enabled and were fired without anything going wrong. Those
  ///     that leave the state as it is may be left out.
  ///   - isNew: For each position in `enabled`, 0 if the instance leads to a state that is as deep
  ///     as this one or less deep, else 1. With symmetry, the state is the one that stands for the
  ///     orbit. What an assumption is going to discard may be called new.
  ///   - slots: The state, unpacked.
  ///   - selected: For each position in `enabled`, set to 1 if the instance is chosen and to 0 if
  ///     not.
  /// - Returns: How many are chosen: all, or fewer of which one is new.
  package func select(
    enabled instances: UnsafeBufferPointer<Int>, isNew: UnsafePointer<UInt8>,
    slots: UnsafePointer<Int64>, into selected: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var bestCount = instances.count
    if bestCount > 1 {
      for (position, instance) in instances.enumerated() {
        enabled[instance >> 6] |= 1 << UInt64(instance & 63)
        fresh[instance >> 6] |= UInt64(isNew[position] & 1) << UInt64(instance & 63)
      }
      evaluation.begin(slots)
      bestCount = smallestSet(below: bestCount)
      for instance in instances {
        enabled[instance >> 6] = 0
        fresh[instance >> 6] = 0
      }
    }
    guard bestCount < instances.count else {
      for position in instances.indices { selected[position] = 1 }
      return instances.count
    }
    for (position, instance) in instances.enumerated() {
      selected[position] = UInt8(best[instance >> 6] >> UInt64(instance & 63) & 1)
    }
    return bestCount
  }

  /// Grows a set from each enabled instance, and keeps the smallest in `best` that leads to
  /// something new.
  private func smallestSet(below count: Int) -> Int {
    // Whatever is chosen has to have one of these.
    guard (0..<wordCount).contains(where: { fresh[$0] != 0 }) else { return count }
    hopeless.update(repeating: 0, count: wordCount)
    var smallest = count
    var seeds = 0
    for word in 0..<wordCount {
      var rest = enabled[word]
      while rest != 0 {
        if !grow(from: word * 64 + rest.trailingZeroBitCount, below: smallest) {
          hopeless[word] |= rest & (0 &- rest)
        } else if leadsToSomethingNew {
          smallest = enabledCount
          best.update(from: members, count: wordCount)
          if smallest == 1 { return 1 }
        }
        seeds += 1
        if seeds == Self.maximumSeedCount { return smallest }
        rest &= rest - 1
      }
    }
    return smallest
  }

  // MARK: - Closure

  /// Makes a stubborn set of an enabled instance and what it asks for.
  ///
  /// - Returns: Whether it has fewer enabled instances than `limit`.
  private func grow(from seed: Int, below limit: Int) -> Bool {
    members.update(repeating: 0, count: wordCount)
    pendingEnabledCount = 0
    pendingDisabledCount = 0
    enabledCount = 0
    self.limit = limit
    closure &+= 1
    if closure == 0 {
      goalClosures.update(repeating: 0, count: tables.goals.count)
      closure = 1
    }
    guard add(1 << UInt64(seed & 63), word: seed >> 6) else { return false }
    while true {
      // Enabled ones first: they are what makes a set too large.
      if pendingEnabledCount > 0 {
        pendingEnabledCount -= 1
        guard close(underEnabled: Int(pendingEnabled[pendingEnabledCount])) else { return false }
      } else if pendingDisabledCount > 0 {
        pendingDisabledCount -= 1
        guard close(underDisabled: Int(pendingDisabled[pendingDisabledCount])) else {
          return false
        }
      } else {
        return true
      }
    }
  }

  private var leadsToSomethingNew: Bool {
    for word in 0..<wordCount where members[word] & fresh[word] != 0 { return true }
    return false
  }

  /// Adds instances of one word of a row.
  ///
  /// - Returns: False if there are too many enabled ones now, or one that assumptions look at.
  @inline(__always)
  private func add(_ instances: UInt64, word: Int) -> Bool {
    let added = instances & ~members[word]
    if added == 0 { return true }
    members[word] |= added
    var rest = added & enabled[word]
    if rest != 0 {
      enabledCount += rest.nonzeroBitCount
      if enabledCount >= limit || rest & hopeless[word] != 0 { return false }
      if rest & visibleToAssumptions[word] != 0 { return false }
      while rest != 0 {
        pendingEnabled[pendingEnabledCount] = Int32(word * 64 + rest.trailingZeroBitCount)
        pendingEnabledCount += 1
        rest &= rest - 1
      }
    }
    rest = added & ~enabled[word]
    while rest != 0 {
      pendingDisabled[pendingDisabledCount] = Int32(word * 64 + rest.trailingZeroBitCount)
      pendingDisabledCount += 1
      rest &= rest - 1
    }
    return true
  }

  /// Adds the instances of a row of a matrix.
  @inline(__always)
  private func add(row number: Int, of matrix: UnsafePointer<UInt64>) -> Bool {
    let row = matrix + number * wordCount
    for word in 0..<wordCount {
      if !add(row[word], word: word) { return false }
    }
    return true
  }

  /// All that do not accord with an enabled instance, and for each goal that it may make false, all
  /// that could make the goal true.
  private func close(underEnabled instance: Int) -> Bool {
    guard add(row: instance, of: conflicts) else { return false }
    for position in brokenGoalRanges[instance] {
      let number = brokenGoals[position]
      if goalClosures[number] == closure { continue }
      goalClosures[number] = closure
      let goal = goals[number]
      if evaluation.truth(of: goal.whole) == .holds { continue }
      guard addMakers(of: goal.condition) else { return false }
    }
    return true
  }

  /// All that could make one false conjunct of the guard true, or one before it go wrong.
  private func close(underDisabled instance: Int) -> Bool {
    let range = guards[instance]
    guard let conjunct = cheapestFalse(of: conjuncts, range) else {
      // Its guard holds, or is not understood: it did not fire, or left the state as it is.
      return add(row: instance, of: disturbers)
    }
    guard addSpoilers(of: conjuncts, range.lowerBound..<conjunct) else { return false }
    return addMakers(of: conjuncts[conjunct])
  }

  /// Adds all that could make a condition true that does not hold, or is not known to.
  private func addMakers(of number: Int) -> Bool {
    let node = nodes[number]
    switch node.kind {
    case .or:
      for operand in node.operands {
        guard addMakers(of: operands[operand]) else { return false }
      }
      return true
    case .and:
      guard let operand = cheapestFalse(of: operands, node.operands) else {
        return add(row: number, of: makers)
      }
      guard addSpoilers(of: operands, node.operands.lowerBound..<operand) else {
        return false
      }
      return addMakers(of: operands[operand])
    default:
      return add(row: number, of: makers)
    }
  }

  private func addSpoilers(of conditions: UnsafePointer<Int>, _ range: Range<Int>) -> Bool {
    for position in range where nodes[conditions[position]].canFail {
      guard add(row: conditions[position], of: spoilers) else { return false }
    }
    return true
  }

  // MARK: - Choice

  /// Of the conditions that are false, the one whose makers add least; the first of several. Nil if
  /// none is known to be false.
  private func cheapestFalse(of conditions: UnsafePointer<Int>, _ range: Range<Int>) -> Int? {
    var cheapest: Int?
    var least = Int.max
    for position in range where evaluation.truth(of: conditions[position]) == .fails {
      let cost = cost(of: conditions[position])
      if cost < least {
        least = cost
        cheapest = position
        if cost == 0 { break }
      }
    }
    return cheapest
  }

  /// What the makers of a false condition would add; an enabled one weighs as much as many others.
  private func cost(of number: Int) -> Int {
    let row = makers + number * wordCount
    var cost = 0
    for word in 0..<wordCount {
      let added = row[word] & ~members[word]
      if added != 0 {
        cost += added.nonzeroBitCount + (added & enabled[word]).nonzeroBitCount << 8
      }
    }
    return cost
  }
}
