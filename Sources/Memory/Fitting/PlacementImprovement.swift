internal import MemoryLayout

/// Better placements by trying other orders, and what no placement is better than.
///
/// Without it 92 of 480 small questions (`ObjectiveTests`) had a worse answer or no proof; each of its
/// ways finds what the others miss.
struct PlacementImprovement {
  let search: PlacementSearch
  let objective: PlacementObjective
  let items: [PlacementItem]
  let fit: FirstFit
  let counted: Set<String>

  init(_ search: PlacementSearch, _ objective: PlacementObjective, _ items: [PlacementItem]) {
    self.search = search
    self.objective = objective
    self.items = items
    fit = FirstFit(search)
    counted = Set(items.filter(objective.isCounted).map(\.name))
  }

  /// The best of what some hundred orders give, beginning with a placement that keeps everything.
  func best(from first: Placement) -> Placement {
    var best = grown(first) ?? first
    var value = objective.value(of: best, items)
    func consider(_ candidate: Placement?) {
      guard let candidate, let grown = grown(candidate) else { return }
      let candidateValue = objective.value(of: grown, items)
      if objective.isBetter(candidateValue, than: value) { (best, value) = (grown, candidateValue) }
    }
    let bound = bound
    if value == bound { return best }
    let isUpward = objective != .highest
    var order = fit.domains.sorted { ($0.least, $0.name) < ($1.least, $1.name) }
    consider(fit.place(order, isUpward: isUpward))
    if objective == .mostForProcesses {
      consider(processesAssigned())
      if value == bound { return best }
      consider(processesFirst())
      consider(processesLast())
      for isUpward in [true, false] {
        consider(NormalPatternSearch(fit, isUpward: isUpward)?.existing)
      }
    }
    // A long map makes each try slow, and has room enough for the first ones to be good.
    let cost = max(fit.domains.reduce(1) { $0 + $1.pieces.count }, 1)
    var random: UInt64 = 1
    func below(_ count: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((random >> 33) % UInt64(count))
    }
    guard order.count > 1, objective != .leastReserved else { return best }
    // To let processes grow, a placement is checked once for each of them.
    let tries = objective == .mostForProcesses ? 80 : 400
    for _ in 0..<min(tries, 1_000_000 / cost) where value != bound {
      let before = (order, value)
      order.swapAt(below(order.count), below(order.count))
      consider(fit.place(order, isUpward: isUpward))
      if value == before.1 { order = before.0 }
    }
    return best
  }

  /// Processes take the largest pieces as a whole, and the others what they find beside these.
  private func processesFirst() -> Placement? {
    var placement: Placement = [:]
    for domain in fit.domains where counted.contains(domain.name) {
      let free = domain.pieces.filter { piece in !placement.values.contains(where: piece.overlaps) }
      guard let largest = free.max(by: { $0.byteCount < $1.byteCount }),
        let range = whole(domain, UInt128(largest.start), largest.end)
      else { return nil }
      placement[domain.name] = range
    }
    return fit.place(fit.domains.filter { !counted.contains($0.name) }, beside: placement)
  }

  /// The others are packed low, each into the smallest piece that it fits into.
  private func processesLast() -> Placement? {
    var placement: Placement = [:]
    for domain in fit.domains where !counted.contains(domain.name) {
      let blocked = fit.blocked(for: domain, placement)
      let pieces = domain.pieces.sorted { $0.byteCount < $1.byteCount }
      guard let range = pieces.lazy.compactMap({ fit.lowest(domain, $0, blocked) }).first else {
        return nil
      }
      placement[domain.name] = range
    }
    for domain in fit.domains where counted.contains(domain.name) {
      let holes = holes(domain, placement)
      guard
        let range = holes.compactMap({ whole(domain, UInt128($0.start), $0.end) })
          .max(by: { $0.byteCount < $1.byteCount })
      else { return nil }
      placement[domain.name] = range
    }
    return placement
  }

  private func holes(_ domain: FirstFit.Domain, _ placement: Placement) -> [AddressRange] {
    AddressSet(domain.pieces).subtracting(AddressSet(fit.blocked(for: domain, placement))).ranges
  }

  /// All of a hole that an item can take.
  func whole(
    _ domain: FirstFit.Domain, _ low: UInt128, _ high: UInt128
  ) -> AddressRange? {
    let start = domain.start(from: low)
    let end = high / domain.endUnit * domain.endUnit
    guard start < end, end - start >= domain.least else { return nil }
    return AddressRange(start: UInt64(start), last: UInt64(end - 1))
  }

  /// The placement as the objective wants it, if it keeps everything: processes fill the holes that
  /// they lie in, and everything else is as small as it can be.
  private func grown(_ placement: Placement) -> Placement? {
    var grown = placement
    if objective == .mostForProcesses {
      for domain in fit.domains where counted.contains(domain.name) {
        guard let range = grown[domain.name], !domain.isFixed,
          let hole = holes(domain, grown).first(where: { $0.contains(range) }),
          let whole = whole(domain, UInt128(hole.start), hole.end)
        else { continue }
        var larger = grown
        larger[domain.name] = whole
        if larger.broken(of: search.constraints).isEmpty { grown = larger }
      }
    } else {
      grown = placement.shrunk(by: search.constraints)
    }
    return grown.broken(of: search.constraints).isEmpty ? grown : nil
  }

  /// A value that nothing is better than: as if each item were alone. Nil if an item may be without
  /// a place, so that more than the placed ones count.
  var bound: UInt128? {
    let domains = fit.domains.filter { counted.contains($0.name) }
    switch objective {
    case .leastReserved: return domains.reduce(0) { $0 + $1.byteCount }
    case .lowest:
      return domains.reduce(0) { sum, domain in
        sum + (fit.place(domain, true, [:]).map { UInt128($0.start) } ?? 0)
      }
    case .highest:
      guard domains.count == items.count else { return nil }
      return domains.reduce(0) { sum, domain in
        sum + (fit.place(domain, false, [:]).map { UInt128($0.start) } ?? 0)
      }
    case .mostForProcesses: return boundOfProcesses
    }
  }
}
