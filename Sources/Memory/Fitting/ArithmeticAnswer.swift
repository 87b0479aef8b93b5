internal import MemoryLayout

/// What plain arithmetic says of a question, without a solver.
enum ArithmeticAnswer {
  /// This placement keeps all constraints.
  case fits(Placement)
  /// There is no placement.
  case impossible(Refutation)
  /// Neither was found.
  case open
}

/// Why there is no placement.
struct Refutation {
  /// Constraints that no placement keeps; many of them may not be needed for that.
  let constraints: [PlacementConstraint]
  /// Whether a conflict of these is said more plainly than one that a solver comes upon: it is about
  /// one item, or about few that are too large.
  let isPlain: Bool
}

extension PlacementSearch {
  /// Looks for a placement, or for a reason why there is none, by arithmetic alone.
  ///
  /// `NormalPatternSearch` is complete up to a size. What goes before it is quicker, or says more
  /// plainly what is wrong.
  ///
  /// - Parameter isQuick: Whether the search is left out.
  func arithmeticAnswer(isQuick: Bool = false) -> ArithmeticAnswer {
    let fit = FirstFit(self)
    if let placement = fit.placement { return .fits(placement) }
    if let item = fit.itemWithoutPlace {
      return .impossible(
        Refutation(
          constraints: constraints.filter { $0.demand.isAboutPlace(of: item) }, isPlain: true))
    }
    let bound = CapacityBound(fit)
    if let items = bound.tooMany {
      return .impossible(Refutation(constraints: places(of: items), isPlain: true))
    }
    if let constraint = bound.brokenTotal {
      return .impossible(
        Refutation(constraints: places(of: Set(items), and: constraint), isPlain: false))
    }
    guard !isQuick else { return .open }
    switch NormalPatternSearch(fit, isUpward: true)?.existence() {
    case .found(let answer) where answer.placement.broken(of: constraints).isEmpty:
      return .fits(answer.placement)
    case .impossible:
      return .impossible(Refutation(constraints: places(of: Set(items)), isPlain: false))
    default: return .open
    }
  }

  /// The constraints on where items lie, each alone and beside the others, and another one.
  private func places(
    of items: Set<String>, and other: PlacementConstraint? = nil
  ) -> [PlacementConstraint] {
    constraints.filter { constraint in
      if case .disjoint = constraint.demand { return true }
      return constraint == other || items.contains { constraint.demand.isAboutPlace(of: $0) }
    }
  }

  /// A conflict of constraints that arithmetic refutes.
  func conflict(by refutation: Refutation) -> Conflict {
    conflict(within: refutation.constraints) { search, isQuick in
      switch search.arithmeticAnswer(isQuick: isQuick) {
      case .impossible: true
      case .fits: false
      case .open: nil
      }
    }
  }

  /// A conflict among constraints that no placement keeps: they are left out one by one.
  ///
  /// - Parameters:
  ///   - constraints: As many as there are; no placement keeps them.
  ///   - isRefuted: Whether a question has no placement; nil if that is not known. Of its second
  ///     argument whether little time may be spent on that.
  /// - Returns: A conflict that is minimal unless a question was left open.
  /// - Complexity: A question for each constraint of the items that are needed.
  func conflict(
    within constraints: [PlacementConstraint],
    _ isRefuted: (PlacementSearch, _ isQuick: Bool) -> Bool?
  ) -> Conflict {
    var core = constraints
    var needed: Set<PlacementConstraint> = []
    var openCount = 0
    // Without an item, nothing of it is needed.
    let order = core.filter(\.isPlaced) + core.filter { !$0.isPlaced }
    // What is soon known comes first, so that the rest is asked of few constraints.
    for isFirst in [true, false] {
      for constraint in order where core.contains(constraint) && !needed.contains(constraint) {
        var rest = core.filter { $0 != constraint }
        if case .placed(let item) = constraint.demand {
          rest.removeAll { $0.demand.isAboutPlace(of: item) }
        }
        // What is left open takes the longest, and comes often where it has come.
        switch isRefuted(with(rest), isFirst || openCount > 2) {
        case true?: core = rest
        case false?: needed.insert(constraint)
        case nil: openCount += isFirst ? 0 : 1
        }
      }
    }
    return Conflict(core, isMinimal: openCount == 0)
  }
}

extension PlacementConstraint {
  fileprivate var isPlaced: Bool { if case .placed = demand { true } else { false } }
}

extension PlacementConstraint.Demand {
  func isAboutPlace(of name: String) -> Bool {
    switch self {
    case .placed(let item), .within(let item, _), .apart(let item, _),
      .startAligned(let item, _, _), .endAligned(let item, _), .startsAt(let item, _),
      .atLeast(let item, _):
      item == name
    default: false
    }
  }
}
