internal import MemoryLayout

/// Which holes processes can fill at most.
extension PlacementImprovement {
  /// The pieces of memory that processes may lie in, and what each of them can take of each piece.
  private var gains: (pieces: [AddressRange], gains: [[UInt128?]]) {
    let domains = fit.domains.filter { counted.contains($0.name) }
    let all = AddressSet(domains.flatMap(\.pieces)).ranges
    let gains = domains.map { domain in
      var gains = [UInt128?](repeating: nil, count: all.count)
      // Both are sorted, and each piece of an item lies in one of all.
      var index = 0
      for piece in domain.pieces {
        while all[index].last < piece.start { index += 1 }
        guard !domain.isFixed || domain.start(from: UInt128(piece.start)) == UInt128(piece.start),
          let byteCount = whole(domain, UInt128(piece.start), piece.end)?.byteCount
        else { continue }
        gains[index] = max(gains[index] ?? 0, byteCount)
      }
      return gains
    }
    // An item that does not get one of its best pieces finds these taken by others.
    var best: Set<Int> = []
    for row in gains {
      let order = all.indices.filter { row[$0] != nil }.sorted { (row[$0] ?? 0) > (row[$1] ?? 0) }
      best.formUnion(order.prefix(domains.count))
    }
    let kept = best.sorted()
    return (kept.map { all[$0] }, gains.map { row in kept.map { row[$0] } })
  }

  /// Processes take the pieces that are best for them together, as a whole.
  func processesAssigned() -> Placement? {
    let (pieces, gains) = gains
    guard let assignment = HoleAssignment(gains) else { return nil }
    var placement: Placement = [:]
    let domains = fit.domains.filter { counted.contains($0.name) }
    for (domain, index) in zip(domains, assignment.pieces) {
      let wholes = domain.pieces.filter(pieces[index].contains).compactMap {
        whole(domain, UInt128($0.start), $0.end)
      }
      placement[domain.name] = wholes.max { $0.byteCount < $1.byteCount }
    }
    return fit.place(fit.domains.filter { !counted.contains($0.name) }, beside: placement)
  }

  /// Bytes that processes cannot have more of; nil if one of them may be without a place.
  var boundOfProcesses: UInt128? {
    let domains = fit.domains.filter { counted.contains($0.name) }
    guard domains.count == counted.count else { return nil }
    guard domains.count > 1 else { return domains.first.map(boundOfOne) }
    guard domains.allSatisfy({ $0.others.isSuperset(of: counted) }) else {
      return domains.reduce(0) { $0 + boundOfOne($1) }
    }
    // Either each has a piece of its own, or they have fewer pieces than they are.
    let pieces = AddressSet(domains.flatMap(\.pieces)).ranges.map(\.byteCount).sorted(by: >)
    let shared = pieces.prefix(domains.count - 1).reduce(0, +)
    return max(shared, HoleAssignment(gains.gains)?.sum ?? 0)
  }

  /// Of one item alone: the largest of its pieces, without what must lie there, too.
  private func boundOfOne(_ domain: FirstFit.Domain) -> UInt128 {
    domain.pieces.map { piece in
      guard let whole = whole(domain, UInt128(piece.start), piece.end) else { return 0 }
      let forced = fit.domains.filter { other in
        other.name != domain.name && other.others.contains(domain.name)
          && !other.pieces.contains { !piece.contains($0) && fits(other, $0) }
      }
      let names = Set(forced.map(\.name))
      guard forced.allSatisfy({ $0.others.isSuperset(of: names) }) else { return whole.byteCount }
      let taken = forced.reduce(0) { $0 + $1.byteCount }
      let left = piece.byteCount > taken ? piece.byteCount - taken : 0
      // Between two multiples there are only multiples.
      let unit = min(domain.unit, domain.endUnit)
      return min(whole.byteCount, domain.residue % unit == 0 ? left / unit * unit : left)
    }.max() ?? 0
  }

  private func fits(_ domain: FirstFit.Domain, _ piece: AddressRange) -> Bool {
    fit.lowest(domain, piece, []) != nil
  }
}
