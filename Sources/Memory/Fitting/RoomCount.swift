internal import MemoryLayout

/// Whether items take more than there is room for, by counting.
///
/// Of items of which each has so many bytes at least, a piece of memory holds as many as that
/// number goes into the piece. A solver would try which goes where, and not come to an end.
struct RoomCount {
  /// Items that do not have places together; nil if counting does not say so.
  let tooMany: Set<String>?

  init(_ fit: FirstFit) {
    let domains = fit.domains.filter { $0.others.count > 1 }
    let names = Set(domains.map(\.name))
    guard domains.allSatisfy({ $0.others.isSuperset(of: names) }) else {
      tooMany = nil
      return
    }
    // Those that have to lie low compete for less, and so do those that lie where another one does.
    let ends = Set(domains.map { $0.pieces.last?.end ?? 0 }).sorted()
    let low = ends.lazy.map { end in domains.filter { ($0.pieces.last?.end ?? 0) <= end } }
    tooMany =
      low.compactMap { Self.tooMany($0) }.first
      ?? Self.different(domains).lazy.compactMap { pieces in
        let outside = AddressSet(pieces).complement
        let inside = domains.filter {
          AddressSet($0.pieces).intersection(outside).isEmpty
        }
        return Self.tooMany(inside)
      }.first
  }

  /// What pieces of memory items may lie in, each once.
  static func different(_ domains: [FirstFit.Domain]) -> [[AddressRange]] {
    var different: [[AddressRange]] = []
    for domain in domains where !different.contains(domain.pieces) {
      different.append(domain.pieces)
    }
    return different
  }

  private static func tooMany(_ domains: [FirstFit.Domain]) -> Set<String>? {
    let pieces = AddressSet(different(domains).flatMap { $0 }).ranges.map(\.byteCount)
    let sorted = domains.sorted { $0.byteCount > $1.byteCount }
    var sum: UInt128 = 0
    for (index, domain) in sorted.enumerated() {
      let least = domain.byteCount
      sum += least
      let count = pieces.reduce(0) { $0 + $1 / least }
      let room = pieces.reduce(0) { $0 + ($1 >= least ? $1 : 0) }
      if count < index + 1 || room < sum { return Set(sorted[...index].map(\.name)) }
    }
    return nil
  }
}

extension PlacementSearch {
  /// A conflict of items that are too many or too large for what memory there is; nil if counting
  /// does not find one.
  ///
  /// - Complexity: For each constraint of these items a search by `FirstFit`.
  func conflictByCounting() -> Conflict? { conflict { RoomCount(FirstFit($0)).tooMany } }

  /// A conflict of items that do not have places together.
  ///
  /// - Parameter tooMany: Names such items of a search; nil if it does not know of any.
  func conflict(_ tooMany: (PlacementSearch) -> Set<String>?) -> Conflict? {
    guard let names = tooMany(self) else { return nil }
    var core = constraints.filter { constraint in
      if case .disjoint = constraint.demand { return true }
      return names.contains { constraint.demand.isAboutPlace(of: $0) }
    }
    guard tooMany(with(core)) != nil else { return nil }
    var isMinimal = true
    // Without an item, nothing of it is needed.
    let order = core.sorted { one, other in one.isPlaced && !other.isPlaced }
    for constraint in order where core.contains(constraint) {
      let rest = with(core.filter { $0 != constraint })
      if tooMany(rest) != nil {
        core = rest.constraints
        if case .placed(let item) = constraint.demand {
          core.removeAll { $0.demand.isAboutPlace(of: item) }
        }
      } else {
        isMinimal = isMinimal && rest.isSoonFound
      }
    }
    return Conflict(core, isMinimal: isMinimal)
  }

  /// Whether a placement is found, in pieces too, without a solver.
  private var isSoonFound: Bool {
    if (firstFit() ?? placementByOrders()) != nil { return true }
    guard let pieces = PieceSearch(self), let first = pieces.others.firstFit() else { return false }
    return pieces.placement(beside: first) != nil
  }
}

extension PlacementSearch {
  /// A conflict of a question of which all orders of its items were tried in vain.
  ///
  /// - Precondition: `StartSumSearch` says that the question is impossible.
  /// - Complexity: Such a search for each item and each constraint of the items that are needed.
  func conflictByOrders() -> Conflict {
    var core = constraints.filter { constraint in
      switch constraint.demand {
      // Orders do not look at these.
      case .atMost, .totalAtMost, .totalAtLeast, .countAtMost, .sharedWindow: false
      default: true
      }
    }
    var isMinimal = true
    // Without an item, nothing of it is needed.
    let order = core.filter(\.isPlaced) + core.filter { !$0.isPlaced }
    for constraint in order where core.contains(constraint) {
      var rest = core.filter { $0 != constraint }
      if case .placed(let item) = constraint.demand {
        rest.removeAll { $0.demand.isAboutPlace(of: item) }
      }
      switch StartSumSearch(FirstFit(with(rest)), isUpward: true)?.outcome() {
      case .impossible: core = rest
      case .found(let answer) where answer.placement.broken(of: rest).isEmpty: continue
      default: isMinimal = false
      }
    }
    return Conflict(core, isMinimal: isMinimal)
  }
}

extension PlacementConstraint {
  fileprivate var isPlaced: Bool { if case .placed = demand { true } else { false } }
}
