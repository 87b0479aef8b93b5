/// Chooses stubborn sets. It has scratch memory of its own and allocates nothing for a state, so
/// each thread needs one.
///
/// What it chooses depends on the state alone: not on states before, nor on the order in which the
/// enabled instances are named.
public final class StubbornSetSelector {
  let tables: DependenceTables
  let wordCount: Int
  /// The instances that are enabled in the current state.
  let enabled: UnsafeMutablePointer<UInt64>
  /// The set that is being closed.
  let members: UnsafeMutablePointer<UInt64>
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
  let evaluation: ConditionEvaluation

  /// Sets that are tried at most, each grown from one enabled instance.
  private static let maximumSeedCount = 32

  init(_ tables: DependenceTables) {
    self.tables = tables
    wordCount = tables.conflicts.wordCount
    let words = max(1, wordCount)
    enabled = .allocate(capacity: words)
    members = .allocate(capacity: words)
    best = .allocate(capacity: words)
    enabled.initialize(repeating: 0, count: words)
    members.initialize(repeating: 0, count: words)
    best.initialize(repeating: 0, count: words)
    pendingEnabled = .allocate(capacity: max(1, tables.instanceCount))
    pendingDisabled = .allocate(capacity: max(1, tables.instanceCount))
    goalClosures = .allocate(capacity: max(1, tables.goals.count))
    goalClosures.initialize(repeating: 0, count: max(1, tables.goals.count))
    evaluation = ConditionEvaluation(tables.conditions)
  }

  deinit {
    enabled.deallocate()
    members.deallocate()
    best.deallocate()
    pendingEnabled.deallocate()
    pendingDisabled.deallocate()
    goalClosures.deallocate()
  }

  /// Chooses which of the enabled instances of a state are enough.
  ///
  /// - Parameters:
  ///   - enabled: All instances that are enabled and were fired without anything going wrong. Those
  ///     that leave the state as it is may be left out.
  ///   - slots: The state, unpacked.
  ///   - selected: For each position in `enabled`, set to 1 if the instance is chosen and to 0 if not.
  /// - Returns: How many are chosen: at least one, if any is enabled.
  public func select(
    enabled instances: UnsafeBufferPointer<Int32>, slots: UnsafePointer<Int64>,
    into selected: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var bestCount = instances.count
    if bestCount > 1 {
      for instance in instances { enabled[Int(instance) >> 6] |= 1 << UInt64(instance & 63) }
      evaluation.begin(slots)
      bestCount = smallestSet(below: bestCount)
      for instance in instances { enabled[Int(instance) >> 6] = 0 }
    }
    guard bestCount < instances.count else {
      for position in instances.indices { selected[position] = 1 }
      return instances.count
    }
    for (position, instance) in instances.enumerated() {
      selected[position] = UInt8(best[Int(instance) >> 6] >> UInt64(instance & 63) & 1)
    }
    return bestCount
  }

  /// Grows a set from each enabled instance, and keeps the smallest in `best`.
  private func smallestSet(below count: Int) -> Int {
    var smallest = count
    var seeds = 0
    for word in 0..<wordCount {
      var rest = enabled[word]
      while rest != 0 {
        if grow(from: word * 64 + rest.trailingZeroBitCount, below: smallest) {
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

  /// Adds instances of one word of a row.
  ///
  /// - Returns: False if there are too many enabled ones now, or one that assumptions look at.
  private func add(_ instances: UInt64, word: Int) -> Bool {
    let added = instances & ~members[word]
    if added == 0 { return true }
    members[word] |= added
    var rest = added & enabled[word]
    if rest != 0 {
      enabledCount += rest.nonzeroBitCount
      if enabledCount >= limit { return false }
      if rest & tables.visibleToAssumptions.row(0)[word] != 0 { return false }
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

  private func add(_ row: UnsafePointer<UInt64>) -> Bool {
    for word in 0..<wordCount {
      if !add(row[word], word: word) { return false }
    }
    return true
  }

  /// All that do not accord with an enabled instance, and for each goal that it may make false, all
  /// that could make the goal true.
  private func close(underEnabled instance: Int) -> Bool {
    guard add(tables.conflicts.row(instance)) else { return false }
    for position in tables.brokenGoalRanges[instance] {
      let number = tables.brokenGoals[position]
      if goalClosures[number] == closure { continue }
      goalClosures[number] = closure
      let goal = tables.goals[number]
      if evaluation.truth(of: goal.whole) == .holds { continue }
      guard addMakers(of: goal.condition) else { return false }
    }
    return true
  }

  /// All that could make one false conjunct of the guard true, or one before it go wrong.
  private func close(underDisabled instance: Int) -> Bool {
    let guards = tables.guards[instance]
    guard let conjunct = cheapestFalse(of: tables.conjuncts, guards) else {
      // Its guard holds, or is not understood: it did not fire, or left the state as it is.
      return add(tables.disturbers.row(instance))
    }
    guard addSpoilers(of: tables.conjuncts, guards.lowerBound..<conjunct) else { return false }
    return addMakers(of: tables.conjuncts[conjunct])
  }

  /// Adds all that could make a condition true that does not hold, or is not known to.
  private func addMakers(of number: Int) -> Bool {
    let node = tables.conditions.nodes[number]
    switch node.kind {
    case .or:
      for operand in node.operands {
        guard addMakers(of: tables.conditions.operands[operand]) else { return false }
      }
      return true
    case .and:
      guard let operand = cheapestFalse(of: tables.conditions.operands, node.operands) else {
        return add(tables.conditions.makers.row(number))
      }
      guard addSpoilers(of: tables.conditions.operands, node.operands.lowerBound..<operand) else {
        return false
      }
      return addMakers(of: tables.conditions.operands[operand])
    default:
      return add(tables.conditions.makers.row(number))
    }
  }

  private func addSpoilers(of conditions: [Int], _ range: Range<Int>) -> Bool {
    for position in range where tables.conditions.nodes[conditions[position]].canFail {
      guard add(tables.conditions.spoilers.row(conditions[position])) else { return false }
    }
    return true
  }

  // MARK: - Choice

  /// Of the conditions that are false, the one whose makers add least; the first of several. Nil if
  /// none is known to be false.
  private func cheapestFalse(of conditions: [Int], _ range: Range<Int>) -> Int? {
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
    let row = tables.conditions.makers.row(number)
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
