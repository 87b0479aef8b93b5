package import MemoryLayout

/// Constraints that give way so that everything else fits.
package struct Relaxation: Hashable, Sendable {
  package struct Change: Hashable, Sendable {
    package let constraint: PlacementConstraint
    /// The closest demand of the same kind with which it fits, the changes before it being made and
    /// those behind it being as far as they go; nil if the constraint has to go.
    package let demand: PlacementConstraint.Demand?
  }

  /// One at least, and no fewer would do.
  package let changes: [Change]
  /// What fits then.
  package let placement: Placement
}

/// What was found about how a question could be changed.
package struct Relaxations: Hashable, Sendable {
  package let all: [Relaxation]
  /// Whether there are no others of as few changes.
  package let isComplete: Bool
}

extension PlacementSearch {
  /// The smallest sets of constraints that have to give way so that everything fits, and how far.
  ///
  /// First each member of the conflict alone. If none is enough, because there are other conflicts,
  /// sets are looked for that have a member of each conflict that was found (minimal hitting sets:
  /// R. Reiter, "A theory of diagnosis from first principles", 1987), up to twelve members: four
  /// sets, or one if it has more than four members. What no user can change does not give way: that
  /// nothing overlaps, that everything lies in RAM, and what the hardware or an architecture asks
  /// for.
  ///
  /// - Parameter needed: Items without which there is no question: they have to be placed.
  /// - Returns: The relaxations that were found, in the conflict's order.
  /// - Complexity: A search for each set that is tried, at most 40, and for each bit of a number.
  package func relaxations(
    of conflict: Conflict, needed: Set<String> = []
  ) throws(FittingError) -> Relaxations {
    var relaxations: [Relaxation] = []
    var isComplete = true
    let members = candidates(conflict, needed)
    for index in members {
      switch try IncrementalQuery(without([index])).find([]) {
      case .fits(let placement):
        relaxations.append(try closest([index], placement, &isComplete))
      case .impossible: continue
      case .inconclusive: isComplete = false
      }
    }
    if relaxations.isEmpty, isComplete, !members.isEmpty {
      relaxations = try sets(members, needed, &isComplete)
    }
    return Relaxations(all: relaxations, isComplete: isComplete)
  }

  /// Positions of a conflict's constraints that may give way.
  private func candidates(_ conflict: Conflict, _ needed: Set<String>) -> [Int] {
    conflict.constraints.compactMap { constraint in
      guard constraint.canGiveWay else { return nil }
      if case .placed(let item) = constraint.demand, needed.contains(item) { return nil }
      return constraints.firstIndex(of: constraint)
    }
  }

  private func sets(
    _ first: [Int], _ needed: Set<String>, _ isComplete: inout Bool
  ) throws(FittingError) -> [Relaxation] {
    var conflicts = [first]
    var found: [[Int]] = []
    var relaxations: [Relaxation] = []
    var size = 2
    var triesLeft = 40
    while triesLeft > 0 {
      let set: [Int]
      switch HittingSet.next(of: conflicts, size: size, notAbove: found) {
      case .set(let next): set = next
      case .none where found.isEmpty && size < Self.mostChanges:
        size += 1
        continue
      case .none:
        if found.isEmpty { isComplete = false }
        return relaxations
      case .unknown:
        isComplete = false
        return relaxations
      }
      triesLeft -= 1
      switch try without(set).find() {
      case .fits(let placement):
        found.append(set)
        relaxations.append(try closest(set, placement, &isComplete))
        // How far many changes go is many questions.
        if found.count == (size > 4 ? 1 : 4) {
          let next = HittingSet.next(of: conflicts, size: size, notAbove: found)
          if next != .none { isComplete = false }
          return relaxations
        }
      case .conflict(let conflict):
        let members = candidates(conflict, needed)
        // Nothing that may give way is part of it.
        if members.isEmpty { return relaxations }
        conflicts.append(members)
      case .inconclusive:
        isComplete = false
        return relaxations
      }
    }
    isComplete = false
    return relaxations
  }

  /// Of a relaxation.
  private static let mostChanges = 12

  /// Of the constraints that are named what cannot give way is left.
  private func without(_ indices: [Int]) -> PlacementSearch {
    with(
      constraints.enumerated().compactMap { index, constraint in
        guard indices.contains(index) else { return constraint }
        return constraint.weakest.map {
          PlacementConstraint(constraint.rule, $0, constraint.reason)
        }
      })
  }

  /// How far each constraint of a set has to give way, one after the other.
  private func closest(
    _ set: [Int], _ placement: Placement, _ isComplete: inout Bool
  ) throws(FittingError) -> Relaxation {
    var changes: [Relaxation.Change] = []
    var search = without(set)
    var placement = placement
    for index in set {
      let constraint = constraints[index]
      let (demand, found) = try closest(constraint, search, &isComplete)
      changes.append(Relaxation.Change(constraint: constraint, demand: demand))
      placement = found ?? placement
      if let demand {
        let weaker = PlacementConstraint(constraint.rule, demand, constraint.reason)
        search = search.with(search.constraints + [weaker])
      }
    }
    return Relaxation(changes: changes, placement: placement)
  }

  /// Halves the steps between the demand, which is step 0 and does not fit, and its absence.
  ///
  /// - Parameter search: Everything but the constraint; it fits.
  private func closest(
    _ constraint: PlacementConstraint, _ search: PlacementSearch, _ isComplete: inout Bool
  ) throws(FittingError) -> (PlacementConstraint.Demand?, Placement?) {
    guard let family = constraint.demand.weaker else { return (nil, nil) }
    let search = IncrementalQuery(search)
    var best: (PlacementConstraint.Demand?, Placement?) = (nil, nil)
    var failing: UInt64 = 0
    var fitting: UInt64?
    var next = family.stepCount
    while true {
      let demand = family.demand(next)
      switch try search.find([PlacementConstraint(constraint.rule, demand, constraint.reason)]) {
      case .fits(let placement):
        fitting = next
        best = (demand, placement)
      case .impossible: failing = next
      case .inconclusive(let reason):
        isComplete = false
        // A smaller change may do in pieces; one that does is looked for.
        guard reason == PlacementSearch.notInPieces else { return best }
        failing = next
      }
      guard let fitting, fitting - failing > 1 else { return best }
      next = failing + (fitting - failing) / 2
    }
  }
}

extension PlacementConstraint {
  /// Whether a user can do something about it.
  fileprivate var canGiveWay: Bool {
    rule.canGiveWay && demand != weakest
  }

  /// The least that it comes to, whatever a user does; nil if that is nothing.
  fileprivate var weakest: Demand? {
    switch (rule, demand) {
    case (_, .startAligned(let item, let unit, let offset)) where unit >= PlacementNumber.page:
      .startAligned(item, unit: PlacementNumber.page, offset: offset)
    case (_, .endAligned(let item, let unit)) where unit >= PlacementNumber.page:
      .endAligned(item, unit: PlacementNumber.page)
    case (.bootParametersSize, .atLeast(let item, _)):
      .atLeast(item, byteCount: PlacementNumber.zeroPage)
    default: nil
    }
  }
}

extension PlacementRule {
  /// Whether a question with another number, or without it, makes sense. What hardware or an
  /// architecture asks for is no user's to change.
  fileprivate var canGiveWay: Bool {
    switch self {
    case .inUsableRAM, .inRegion, .disjoint, .onNode, .ownMemory, .apertures: false
    case .trampoline, .firmwareAreas, .lowDMA, .bounceBuffers: false
    case .wholePages, .kexecPages, .kexecPageTables: false
    case .kexecReach, .entryReach: false
    case .crashKernelLimit, .crashKernelAlignment, .armInitrdWindow, .armDeviceTree: false
    default: true
    }
  }
}

extension PlacementConstraint.Demand {
  /// Demands of the same kind that ask for less with each step.
  struct Family {
    /// Of the weakest; at least 1.
    let stepCount: UInt64
    /// - Parameter step: From 1 on.
    let demand: (_ step: UInt64) -> PlacementConstraint.Demand
  }

  /// Nil where there is nothing between this demand and none.
  var weaker: Family? {
    switch self {
    case .atLeast(let item, let count) where count > 1:
      Family(stepCount: count - 1) { .atLeast(item, byteCount: count - $0) }
    case .atMost(let item, let count) where count < .max:
      Family(stepCount: .max - count) { .atMost(item, byteCount: count + $0) }
    case .totalAtMost(let items, let count) where count < .max:
      Family(stepCount: .max - count) { .totalAtMost(items, byteCount: count + $0) }
    case .countAtMost(let items, let count) where count < items.count:
      Family(stepCount: UInt64(items.count - count)) { .countAtMost(items, count + Int($0)) }
    case .within(let item, let ranges) where ranges.count == 1:
      Self.wider(item, ranges[0])
    case .startAligned(let item, let unit, let offset) where unit > 1:
      // Nothing is aligned to less than a page, unless it was before.
      Family(
        stepCount: UInt64(
          unit.trailingZeroBitCount
            - (unit > PlacementNumber.page ? PlacementNumber.page.trailingZeroBitCount : 0))
      ) { step in
        let unit = unit >> step
        return .startAligned(item, unit: unit, offset: offset)
      }
    default: nil
    }
  }

  /// A limit above or below is moved; what has both is a place and no limit.
  private static func wider(_ item: String, _ range: AddressRange) -> Family? {
    if range.start == 0, range.last < .max {
      return Family(stepCount: .max - range.last) { step in
        .within(item, [AddressRange(start: 0, last: range.last + step)].compactMap { $0 })
      }
    }
    if range.last == .max, range.start > 0 {
      return Family(stepCount: range.start) { step in
        .within(item, [AddressRange(start: range.start - step, last: .max)].compactMap { $0 })
      }
    }
    return nil
  }
}
