internal import MemoryLayout

/// What becomes of a question that has no answer with each item in one piece, if some items may be
/// divided.
///
/// First the others are placed, and then the pieces fill what is left. Where they find no room,
/// nothing is proved: the others might lie elsewhere. So there is a conflict only if the others
/// conflict, or if there are more bytes than room for them.
struct PieceSearch {
  let search: PlacementSearch
  /// Of items that may be divided and have to be placed.
  let granules: [String: UInt64]

  /// - Returns: nil if nothing may be divided.
  init?(_ search: PlacementSearch) {
    granules = search.granules.filter { search.mayDivide($0.key, into: $0.value) }
    guard !granules.isEmpty else { return nil }
    self.search = search
  }

  /// The question without the items that may be divided.
  var others: PlacementSearch { without(search.constraints) }

  func without(_ constraints: [PlacementConstraint]) -> PlacementSearch {
    PlacementSearch(
      items: search.items,
      constraints: constraints.filter { constraint in
        !granules.keys.contains { constraint.demand.isAboutPlace(of: $0) }
      }, limits: search.limits)
  }

  /// Whether a conflict of items in one piece is one of items in pieces.
  func proves(_ conflict: Conflict) -> Bool {
    let isAboutOthers = conflict.constraints.allSatisfy { constraint in
      if case .placed(let item) = constraint.demand { granules[item] == nil } else { true }
    }
    return isAboutOthers || tooManyBytes(search.with(conflict.constraints)) != nil
  }

  // MARK: Counting

  /// Items that have more bytes than there is room for where they may lie, however they are
  /// divided; nil if counting does not say so.
  func tooManyBytes(_ search: PlacementSearch) -> Set<String>? {
    let domains = FirstFit(search).domains
    let divisible = domains.filter { granules[$0.name] != nil }
    let shared = domains.filter { $0.others.count > 1 }
    let names = Set(shared.map(\.name))
    var sets = divisible.map { [$0] }
    if shared.allSatisfy({ $0.others.isSuperset(of: names) }) {
      // Those that have to lie low compete for less.
      for end in Set(shared.map { $0.pieces.last?.end ?? 0 }).sorted() {
        let low = shared.filter { ($0.pieces.last?.end ?? 0) <= end }
        sets += [low.filter { granules[$0.name] != nil }, low]
      }
    }
    return sets.first { set in
      let room = AddressSet(set.flatMap(usable))
      return set.reduce(0) { $0 + $1.byteCount } > room.byteCount
    }.map { Set($0.map(\.name)) }
  }

  /// What an item, or pieces of it, can take of memory.
  private func usable(_ domain: FirstFit.Domain) -> [AddressRange] {
    domain.pieces.compactMap { piece in
      let start = domain.start(from: UInt128(piece.start))
      let end = piece.end / domain.endUnit * domain.endUnit
      guard granules[domain.name] != nil || domain.end(start) <= end else { return nil }
      return FirstFit.range(start, end, piece)
    }
  }

  // MARK: Filling

  /// A placement with pieces, beside the one given of the other items or another; nil if none was
  /// found.
  ///
  /// It keeps all constraints if that of the others does.
  func placement(beside first: Placement) -> Placement? {
    var tried: Set<Placement> = []
    func filled(_ others: Placement) -> Placement? {
      guard tried.insert(others).inserted, others.broken(of: self.others.constraints).isEmpty else {
        return nil
      }
      return self.filled(others)
    }
    if let placement = filled(first) { return placement }
    let fit = FirstFit(others)
    let bySize = fit.domains.sorted { ($0.least, $0.name) < ($1.least, $1.name) }
    for domains in [fit.domains, bySize.reversed(), bySize] {
      let placements = [
        fit.place(domains), fit.place(domains, isUpward: false), closest(fit, domains),
      ]
      for case let others? in placements {
        if let placement = filled(others) { return placement }
      }
    }
    for isUpward in [true, false] {
      if let best = StartSumSearch(fit, isUpward: isUpward)?.best(),
        let placement = filled(best.placement)
      {
        return placement
      }
    }
    return nil
  }

  /// Each item in the smallest hole that it fits into, in this order.
  private func closest(_ fit: FirstFit, _ domains: [FirstFit.Domain]) -> Placement? {
    var placement: Placement = [:]
    for domain in domains {
      let free = AddressSet(domain.pieces)
        .subtracting(AddressSet(fit.blocked(for: domain, placement)))
      guard let range = Self.closest(domain, free) else { return nil }
      placement[domain.name] = range
    }
    return placement
  }

  private static func closest(_ domain: FirstFit.Domain, _ free: AddressSet) -> AddressRange? {
    let holes = free.ranges.compactMap { hole -> (hole: AddressRange, range: AddressRange)? in
      let start = domain.start(from: UInt128(hole.start))
      return FirstFit.range(start, domain.end(start), hole).map { (hole, $0) }
    }
    return holes.min { $0.hole.byteCount < $1.hole.byteCount }?.range
  }

  /// In which order an item takes holes.
  private enum Order: CaseIterable { case largestFirst, highestFirst, lowestFirst }

  private func filled(_ others: Placement) -> Placement? {
    let divisible = FirstFit(search).domains.filter { granules[$0.name] != nil }
    // Domains come in the order of how much room they have.
    let byGranule = divisible.sorted { (granules[$0.name] ?? 1) > (granules[$1.name] ?? 1) }
    for domains in [byGranule, divisible] {
      for order in Order.allCases {
        if let placement = filled(others, domains, order) { return placement }
      }
    }
    return nil
  }

  private func filled(
    _ others: Placement, _ domains: [FirstFit.Domain], _ order: Order
  ) -> Placement? {
    var placement = others
    var pieces: [String: [AddressRange]] = [:]
    for domain in domains {
      var blocked = others.filter { domain.others.contains($0.key) }.map(\.value)
      blocked += pieces.filter { domain.others.contains($0.key) }.flatMap(\.value)
      let free = AddressSet(domain.pieces).subtracting(AddressSet(blocked))
      guard let taken = taken(domain, free, order) else { return nil }
      pieces[domain.name] = taken
      for (index, range) in taken.enumerated() {
        let name = taken.count == 1 ? domain.name : Self.name(domain.name, index, taken.count)
        placement[name] = range
      }
    }
    return placement
  }

  /// Where an item lies if it has these holes: in one piece if it can, and otherwise in few, the
  /// lowest first.
  private func taken(
    _ domain: FirstFit.Domain, _ free: AddressSet, _ order: Order
  ) -> [AddressRange]? {
    if let whole = Self.closest(domain, free) { return [whole] }
    let granule = UInt128(granules[domain.name] ?? 1)
    var left = (domain.least + granule - 1) / granule * granule
    var holes = free.ranges.compactMap { $0.trimmed(to: UInt64(granule)) }
    switch order {
    case .largestFirst: holes.sort { ($1.byteCount, $0.start) < ($0.byteCount, $1.start) }
    case .highestFirst: holes.reverse()
    case .lowestFirst: break
    }
    var taken: [AddressRange] = []
    while left > 0, !holes.isEmpty {
      var index = 0
      if order == .largestFirst, holes[0].byteCount >= left {
        index = (holes.lastIndex { $0.byteCount >= left }) ?? 0
      }
      let hole = holes.remove(at: index)
      let count = min(left, hole.byteCount)
      let isFromAbove = order == .highestFirst
      let start = isFromAbove ? hole.end - count : UInt128(hole.start)
      guard let range = FirstFit.range(start, start + count, hole) else { return nil }
      taken.append(range)
      left -= count
    }
    return left == 0 ? taken.sorted() : nil
  }

  /// What a piece is called: `struct page 1/3`.
  static func name(_ item: String, _ index: Int, _ count: Int) -> String {
    "\(item) \(index + 1)/\(count)"
  }
}
