internal import MemoryLayout

/// Whether items take more than there is room for, by counting.
///
/// Of items of which each has so many bytes at least, a piece of memory holds as many as that
/// number goes into the piece. A solver would try which goes where, and not come to an end.
///
/// `NormalPatternSearch` refutes most of these questions, too, but not always by few items: without
/// this bound Models/layouts/crash-dump.yml took 70 times as long, and its conflict was not minimal.
struct CapacityBound {
  /// Items that do not have places together; nil if counting does not say so.
  let tooMany: Set<String>?
  /// A demand on all sizes together that items break wherever they lie; nil if there is none.
  let brokenTotal: PlacementConstraint?

  init(_ fit: FirstFit) {
    brokenTotal = Self.brokenTotal(fit)
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

  /// A demand on all sizes together that items break wherever they lie, in one piece or in several;
  /// nil if there is none.
  static func brokenTotal(_ fit: FirstFit) -> PlacementConstraint? {
    let byteCounts = Dictionary(uniqueKeysWithValues: fit.domains.map { ($0.name, $0.byteCount) })
    return fit.search.constraints.first { constraint in
      switch constraint.demand {
      case .atMost(let item, let count): byteCounts[item] ?? 0 > UInt128(count)
      case .totalAtMost(let items, let count):
        items.reduce(0) { $0 + (byteCounts[$1] ?? 0) } > UInt128(count)
      case .countAtMost(let items, let count): items.count { byteCounts[$0] != nil } > count
      default: false
      }
    }
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
