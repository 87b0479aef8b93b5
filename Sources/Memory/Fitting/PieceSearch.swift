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

  /// A question of these constraints without the items that may be divided.
  func without(_ constraints: [PlacementConstraint]) -> PlacementSearch {
    search.with(
      search.items,
      constraints.filter { constraint in
        !granules.keys.contains { constraint.demand.isAboutPlace(of: $0) }
      })
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
    let isDivisible = domains.map { granules[$0.name] != nil }
    let divisible = domains.indices.filter { isDivisible[$0] }
    let shared = domains.indices.filter { domains[$0].others.count > 1 }
    let names = Set(shared.map { domains[$0].name })
    var sets = divisible.map { [$0] }
    if shared.allSatisfy({ domains[$0].others.isSuperset(of: names) }) {
      // Those that have to lie low compete for less.
      for end in Set(shared.map { domains[$0].pieces.last?.end ?? 0 }).sorted() {
        let low = shared.filter { (domains[$0].pieces.last?.end ?? 0) <= end }
        sets += [low.filter { isDivisible[$0] }, low]
      }
      // Those that leave low memory to others do not have its room.
      for pieces in CapacityBound.different(shared.map { domains[$0] }) {
        let outside = AddressSet(pieces).complement
        sets.append(
          shared.filter { AddressSet(domains[$0].pieces).intersection(outside).isEmpty })
      }
    }
    let rooms = zip(domains, isDivisible).map { AddressSet(Self.usable($0, isDivisible: $1)) }
    return sets.first { Self.isTooMuch($0, domains, rooms) }
      .map { Set($0.map { domains[$0].name }) }
  }

  /// Whether items of these indices take more than the rooms have where they may lie.
  private static func isTooMuch(
    _ set: [Int], _ domains: [FirstFit.Domain], _ rooms: [AddressSet]
  ) -> Bool {
    let needed = set.reduce(0) { $0 + domains[$1].byteCount }
    var different: [AddressSet] = []
    for index in set where !different.contains(rooms[index]) { different.append(rooms[index]) }
    // All together have no less than any one.
    guard different.allSatisfy({ needed > $0.byteCount }) else { return false }
    let room = different.count == 1 ? different[0] : AddressSet(different.flatMap(\.ranges))
    return needed > room.byteCount
  }

  /// A conflict of items that have more bytes than there is room for; nil if counting does not say so.
  var conflictOfBytes: Conflict? {
    guard let names = tooManyBytes(search) else { return nil }
    let constraints = search.constraints.filter { constraint in
      if case .disjoint = constraint.demand { return true }
      return names.contains { constraint.demand.isAboutPlace(of: $0) }
    }
    guard tooManyBytes(search.with(constraints)) != nil else { return nil }
    return search.conflict(within: constraints) { search, isQuick in
      if tooManyBytes(search) != nil { return true }
      if case .fits = search.arithmeticAnswer(isQuick: isQuick) { return false }
      let pieces = PieceSearch(search)
      switch (pieces?.others ?? search).arithmeticAnswer(isQuick: isQuick) {
      case .fits(let first): return pieces?.placement(beside: first) == nil ? nil : false
      case .impossible: return true
      case .open: return nil
      }
    }
  }

  /// What an item, or pieces of it, can take of memory.
  private static func usable(_ domain: FirstFit.Domain, isDivisible: Bool) -> [AddressRange] {
    domain.pieces.compactMap { piece in
      let start = domain.start(from: UInt128(piece.start))
      let end = piece.end / domain.endUnit * domain.endUnit
      guard isDivisible || domain.end(start) <= end else { return nil }
      return FirstFit.range(start, end, piece)
    }
  }

  // MARK: Filling

  /// A placement with pieces, beside the one given of the other items or another; nil if none was
  /// found.
  ///
  /// It keeps all constraints if that of the others does, and totals by a look at them.
  func placement(beside first: Placement) -> Placement? {
    let fit = FirstFit(others)
    let divisible = FirstFit(search).domains.filter { granules[$0.name] != nil }
    var tried: Set<Placement> = []
    func filled(_ others: Placement) -> Placement? {
      guard tried.insert(others).inserted, others.broken(of: fit.search.constraints).isEmpty else {
        return nil
      }
      return self.filled(others, divisible).flatMap { keepsTotals($0) ? $0 : nil }
    }
    if let placement = filled(first) { return placement }
    let bySize = fit.domains.sorted { ($0.least, $0.name) < ($1.least, $1.name) }
    for domains in [fit.domains, bySize.reversed(), bySize] {
      let placements = [
        fit.place(domains), fit.place(domains, isUpward: false), closest(fit, domains),
      ]
      for case let others? in placements {
        if let placement = filled(others) { return placement }
      }
    }
    // A long map makes each try slow.
    let cost = max(fit.domains.reduce(1) { $0 + $1.pieces.count }, 1)
    var random = RandomChoice()
    for _ in 0..<min(Self.tryCount, 40_000 / cost) {
      let domains = random.order(of: fit.domains)
      for case let others? in [fit.place(domains), scattered(fit, domains, &random)] {
        if let placement = filled(others) { return placement }
      }
    }
    return nil
  }

  /// Whether a placement keeps the demands on several sizes together.
  private func keepsTotals(_ placement: Placement) -> Bool {
    search.divided(like: placement).constraints.allSatisfy { constraint in
      if case .totalAtMost = constraint.demand { constraint.isKept(by: placement) } else { true }
    }
  }

  /// Placements of the other items that are tried beside the usual ones, half of them by chance:
  /// without these 15 of 700 small questions (`PieceBruteForceTests`) were left open.
  private static let tryCount = 40

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

  /// Each item at one end of any hole.
  private func scattered(
    _ fit: FirstFit, _ domains: [FirstFit.Domain], _ random: inout RandomChoice
  ) -> Placement? {
    var placement: Placement = [:]
    for domain in domains {
      let free = AddressSet(domain.pieces)
        .subtracting(AddressSet(fit.blocked(for: domain, placement)))
      let ranges = free.ranges.flatMap { hole -> [AddressRange] in
        let starts = [domain.start(from: UInt128(hole.start)), domain.start(endingAt: hole.end)]
        return starts.compactMap { start in
          start.flatMap { FirstFit.range($0, domain.end($0), hole) }
        }
      }
      guard !ranges.isEmpty else { return nil }
      placement[domain.name] = ranges[random.below(ranges.count)]
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
  private enum Order: CaseIterable {
    case largestFirst, highestFirst, lowestFirst
    /// First what items behind it cannot take: of two that have pieces of the same size, this finds
    /// room for both if there is any.
    case unsharedFirst
  }

  private func filled(_ others: Placement, _ divisible: [FirstFit.Domain]) -> Placement? {
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
    for (index, domain) in domains.enumerated() {
      var blocked = others.filter { domain.others.contains($0.key) }.map(\.value)
      blocked += pieces.filter { domain.others.contains($0.key) }.flatMap(\.value)
      let free = AddressSet(domain.pieces).subtracting(AddressSet(blocked))
      let later = domains[(index + 1)...].filter { domain.others.contains($0.name) }
      let taken =
        order == .unsharedFirst
        ? unshared(domain, free, AddressSet(later.flatMap(\.pieces)))
        : whole(domain, free, order)
      guard let taken else { return nil }
      pieces[domain.name] = taken
      for (index, range) in taken.enumerated() {
        let name = taken.count == 1 ? domain.name : Self.name(domain.name, index, taken.count)
        placement[name] = range
      }
    }
    return placement
  }

  /// Where an item lies if it has these holes: in one piece if it can, and otherwise in few.
  private func whole(
    _ domain: FirstFit.Domain, _ free: AddressSet, _ order: Order
  ) -> [AddressRange]? {
    if let whole = Self.closest(domain, free) { return [whole] }
    var left = wanted(domain)
    let taken = taken(domain, free, order, &left)
    return left == 0 ? taken.sorted() : nil
  }

  /// Where an item lies if others take what it leaves of some of the holes.
  private func unshared(
    _ domain: FirstFit.Domain, _ free: AddressSet, _ shared: AddressSet
  ) -> [AddressRange]? {
    var left = wanted(domain)
    let first = taken(domain, free.subtracting(shared), .largestFirst, &left)
    let rest = taken(domain, free.subtracting(AddressSet(first)), .largestFirst, &left)
    return left == 0 ? AddressSet((first + rest).sorted()).ranges : nil
  }

  /// Bytes of whole granules.
  private func wanted(_ domain: FirstFit.Domain) -> UInt128 {
    let granule = UInt128(granules[domain.name] ?? 1)
    return (domain.least + granule - 1) / granule * granule
  }

  /// What an item takes of holes, until nothing is left to take.
  private func taken(
    _ domain: FirstFit.Domain, _ free: AddressSet, _ order: Order, _ left: inout UInt128
  ) -> [AddressRange] {
    var holes = free.ranges.compactMap { $0.trimmed(to: granules[domain.name] ?? 1) }
    switch order {
    case .largestFirst: holes.sort { ($1.byteCount, $0.start) < ($0.byteCount, $1.start) }
    case .highestFirst: holes.reverse()
    case .lowestFirst, .unsharedFirst: break
    }
    var taken: [AddressRange] = []
    while left > 0, let first = holes.first {
      var index = 0
      if order == .largestFirst, first.byteCount >= left {
        index = holes.lastIndex { $0.byteCount >= left } ?? 0
      }
      let hole = holes.remove(at: index)
      let count = min(left, hole.byteCount)
      let start = order == .highestFirst ? hole.end - count : UInt128(hole.start)
      taken += [FirstFit.range(start, start + count, hole)].compactMap { $0 }
      left -= count
    }
    return taken
  }

  /// What a piece is called: `struct page 1/3`.
  static func name(_ item: String, _ index: Int, _ count: Int) -> String {
    "\(item) \(index + 1)/\(count)"
  }
}

/// Choices that are the same everywhere.
private struct RandomChoice {
  private var state: UInt64 = 1

  mutating func below(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }

  mutating func order<Element>(of elements: [Element]) -> [Element] {
    var elements = elements
    for index in elements.indices.dropFirst().reversed() {
      elements.swapAt(index, below(index + 1))
    }
    return elements
  }
}
