public import MemoryLayout

/// One constraint that gives way so that everything else fits.
public struct Relaxation: Hashable, Sendable {
  public let constraint: PlacementConstraint
  /// The closest demand of the same kind with which it fits; nil if the constraint has to go.
  public let demand: PlacementConstraint.Demand?
  /// What fits then.
  public let placement: Placement
}

extension PlacementSearch {
  /// For each member of a conflict, how far it alone has to give way so that everything fits; none
  /// for a member whose absence is not enough, because of another conflict.
  ///
  /// That nothing overlaps and that everything lies in RAM does not give way.
  ///
  /// - Parameter needed: Items without which there is no question: they have to be placed.
  /// - Returns: The relaxations that were found, in the conflict's order, and whether all were
  ///   decided.
  /// - Complexity: A search for each member, and for each bit of its number.
  public func relaxations(
    of conflict: Conflict, needed: Set<String> = []
  ) throws(FittingError) -> (relaxations: [Relaxation], isComplete: Bool) {
    var relaxations: [Relaxation] = []
    var isComplete = true
    for constraint in conflict.constraints where constraint.rule.canGiveWay {
      if case .placed(let item) = constraint.demand, needed.contains(item) { continue }
      guard let index = constraints.firstIndex(of: constraint) else { continue }
      switch try without(index).find() {
      case .fits(let placement):
        relaxations.append(try closest(index, without: placement, &isComplete))
      case .conflict: continue
      case .inconclusive: isComplete = false
      }
    }
    return (relaxations, isComplete)
  }

  private func without(_ index: Int) -> PlacementSearch {
    var constraints = constraints
    constraints.remove(at: index)
    return with(constraints)
  }

  /// Halves the steps between the demand, which is step 0 and does not fit, and its absence.
  private func closest(
    _ index: Int, without placement: Placement, _ isComplete: inout Bool
  ) throws(FittingError) -> Relaxation {
    let constraint = constraints[index]
    var best = Relaxation(constraint: constraint, demand: nil, placement: placement)
    guard let family = constraint.demand.weaker else { return best }
    let search = try VariedDemand(without(index))
    var failing: UInt64 = 0
    var fitting: UInt64?
    var next = family.stepCount
    while true {
      let demand = family.demand(next)
      let weaker = PlacementConstraint(constraint.rule, demand, constraint.reason)
      switch try search.find(weaker) {
      case .fits(let placement):
        fitting = next
        best = Relaxation(constraint: constraint, demand: demand, placement: placement)
      case .conflict: failing = next
      case .inconclusive:
        isComplete = false
        return best
      }
      guard let fitting, fitting - failing > 1 else { return best }
      next = failing + (fitting - failing) / 2
    }
  }
}

extension PlacementRule {
  /// Whether a question with another number, or without it, makes sense.
  fileprivate var canGiveWay: Bool {
    switch self {
    case .inUsableRAM, .disjoint: false
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
      Family(stepCount: UInt64(unit.trailingZeroBitCount)) { step in
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
