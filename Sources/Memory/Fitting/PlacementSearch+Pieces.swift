internal import MemoryLayout
internal import SMT

extension PlacementSearch {
  /// Whether an item has a place and nothing but demands that pieces of it can keep.
  func mayDivide(_ name: String, into granule: UInt64) -> Bool {
    guard !items.contains(where: { $0.hasPrefix("\(name) ") && $0.contains("/") }) else {
      return false
    }
    return constraints.contains { $0.demand == .placed(name) }
      && constraints.allSatisfy { constraint in
        switch constraint.demand {
        case .placed, .within, .apart, .atLeast, .disjoint, .totalAtMost: true
        case .startAligned(let item, let unit, let offset):
          item != name || unit <= granule && offset == 0
        case .endAligned(let item, let unit): item != name || unit <= granule
        case .startsAt(let item, _), .atMost(let item, _): item != name
        case .totalAtLeast(let items, _), .countAtMost(let items, _),
          .sharedWindow(let items, _, _):
          !items.contains(name)
        case .above(let items, let lower): lower != name && !items.contains(name)
        }
      }
  }

  /// The answer to a question that has none with each item in one piece.
  func inPieces(_ whole: FitAnswer) throws(FittingError) -> FitAnswer {
    guard let pieces = PieceSearch(self) else { return whole }
    if case .conflict(let conflict) = whole, pieces.proves(conflict) { return whole }
    if case .conflict = whole, CapacityBound.brokenTotal(FirstFit(self)) != nil { return whole }
    let ofBytes = pieces.conflictOfBytes
    if let ofBytes, ofBytes.isMinimal { return .conflict(ofBytes) }
    let others = try pieces.others.find()
    if let ofBytes {
      if case .conflict(let conflict) = others, conflict.isMinimal { return others }
      return .conflict(ofBytes)
    }
    guard case .fits(let first) = others else { return others }
    if let placement = pieces.placement(beside: first) { return .fits(try verified(placement)) }
    if case .inconclusive = whole { return whole }
    return .inconclusive(Self.notInPieces)
  }

  static let notInPieces = UnknownReason.other(
    "with each item in one piece it does not fit; with those that may be divided in pieces, no"
      + " placement was found in several ways of placing the others, and that there is none is not"
      + " proved")

  // MARK: The question of pieces

  /// The question whose items are the pieces of a placement.
  func divided(like placement: Placement) -> PlacementSearch {
    var counts: [String: Int] = [:]
    for name in granules.keys where placement[name] == nil {
      counts[name] =
        placement.keys.lazy.compactMap { key in
          key.hasPrefix("\(name) 1/") ? Int(key.dropFirst(name.utf8.count + 3)) : nil
        }.first
    }
    return divided(into: counts)
  }

  /// The same question about so many pieces of items, which have their bytes together.
  func divided(into counts: [String: Int]) -> PlacementSearch {
    let counts = counts.filter { mayDivide($0.key, into: granules[$0.key] ?? 1) }
    guard !counts.isEmpty else { return self }
    func pieces(_ item: String) -> [String] {
      guard let count = counts[item], count > 1 else { return [item] }
      return (0..<count).map { PieceSearch.name(item, $0, count) }
    }
    let wholePieces = counts.keys.sorted().flatMap { item -> [PlacementConstraint] in
      let granule = granules[item] ?? 1
      return pieces(item).flatMap { piece -> [PlacementConstraint] in
        [
          .init(
            .pieces, .startAligned(piece, unit: granule, offset: 0),
            "`\(piece)` starts at a multiple of \(granule)"),
          .init(
            .pieces, .endAligned(piece, unit: granule),
            "`\(piece)` ends at a multiple of \(granule)"),
        ]
      }
    }
    return with(items.flatMap(pieces), constraints.flatMap { $0.divided(pieces) } + wholePieces)
  }
}

extension PlacementConstraint {
  /// The constraints on pieces that say of an item what this one says of it as a whole.
  fileprivate func divided(_ pieces: (String) -> [String]) -> [PlacementConstraint] {
    func each(_ item: String, _ demand: (String) -> Demand) -> [PlacementConstraint] {
      let all = pieces(item)
      guard all.count > 1 else { return [self] }
      return all.map { piece in
        let words = reason.split(separator: "`\(item)`", omittingEmptySubsequences: false)
        return PlacementConstraint(rule, demand(piece), words.joined(separator: "`\(piece)`"))
      }
    }
    switch demand {
    case .placed(let item): return each(item) { .placed($0) }
    case .within(let item, let ranges): return each(item) { .within($0, ranges) }
    case .apart(let item, let ranges): return each(item) { .apart($0, ranges) }
    case .startAligned(let item, let unit, let offset):
      return each(item) { .startAligned($0, unit: unit, offset: offset) }
    case .endAligned(let item, let unit): return each(item) { .endAligned($0, unit: unit) }
    case .atLeast(let item, let byteCount):
      let all = pieces(item)
      guard all.count > 1 else { return [self] }
      return [PlacementConstraint(rule, .totalAtLeast(all, byteCount: byteCount), reason)]
    case .disjoint(let items):
      return [PlacementConstraint(rule, .disjoint(items.flatMap(pieces)), reason)]
    case .totalAtMost(let items, let byteCount):
      return [
        PlacementConstraint(rule, .totalAtMost(items.flatMap(pieces), byteCount: byteCount), reason)
      ]
    case .startsAt, .atMost, .totalAtLeast, .countAtMost, .sharedWindow, .above:
      return [self]
    }
  }
}
