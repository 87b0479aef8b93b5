package import MemoryLayout

/// Of a question that has no answer: where items lie if some are left out.
package struct Remainder: Hashable, Sendable {
  /// Of the others.
  package let placement: Placement
  /// What has no place, with what it takes at least.
  package let without: [Unplaced]

  package struct Unplaced: Hashable, Sendable {
    package let name: String
    package let byteCount: UInt128
  }
}

extension LayoutResult {
  /// Where everything lies but few items of a conflict: one that is found by arithmetic alone; nil
  /// if none is.
  ///
  /// - Complexity: As many tries of the first fit as there are items in the conflict, 12 at most, and
  ///   of a long map one.
  package var remainder: Remainder? {
    guard case .conflict(let conflict) = answer else { return nil }
    let search = isRefusedByOrder ? asked.loaded : asked
    let domains = FirstFit(search).domains
    let members = domains.filter { domain in
      conflict.constraints.contains { $0.demand == .placed(domain.name) }
    }
    // What a kernel can do without goes first, and large items before small ones.
    let needed = Set(layout.question.items.filter { !$0.role.canBeLeftOut }.map(\.name))
    let order = members.sorted { one, other in
      let (mine, others) = (needed.contains(one.name), needed.contains(other.name))
      return mine == others ? one.byteCount > other.byteCount : !mine
    }
    // Of a long map one way is enough.
    let isLong = domains.reduce(0) { $0 + $1.pieces.count } > Self.longMap
    let tries = isLong ? 0 : Self.remainderTries
    for without in order.prefix(tries) {
      if let placement = placement(search, without: [without.name]) {
        return Self.remainder(placement, [without])
      }
    }
    return greedy(search, domains, last: order.map(\.name))
  }

  private static func remainder(
    _ placement: Placement, _ without: [FirstFit.Domain]
  ) -> Remainder {
    Remainder(
      placement: placement,
      without: without.map { .init(name: $0.name, byteCount: $0.byteCount) })
  }

  /// One item after the other where it fits first, and those of a conflict last.
  private func greedy(
    _ search: PlacementSearch, _ domains: [FirstFit.Domain], last: [String]
  ) -> Remainder? {
    let fit = FirstFit(search)
    let order =
      domains.filter { !last.contains($0.name) } + domains.filter { last.contains($0.name) }
    var placement: Placement = [:]
    var without: [FirstFit.Domain] = []
    for domain in order {
      if let range = fit.place(domain, true, placement) {
        placement[domain.name] = range
      } else {
        without.append(domain)
      }
    }
    let names = Set(without.map(\.name))
    let isKept = search.constraints.allSatisfy { constraint in
      if case .placed(let item) = constraint.demand {
        names.contains(item) || placement[item] != nil
      } else {
        constraint.isKept(by: placement)
      }
    }
    return isKept && !placement.isEmpty ? Self.remainder(placement, without) : nil
  }

  private static let remainderTries = 12
  /// Pieces of memory of all items together.
  private static let longMap = 20_000

  private func placement(_ search: PlacementSearch, without names: Set<String>) -> Placement? {
    let rest = search.with(
      search.constraints.filter { constraint in
        !names.contains { constraint.demand.isAboutPlace(of: $0) }
      })
    guard case .fits(let placement) = rest.arithmeticAnswer(isQuick: true) else { return nil }
    return placement.filter { !names.contains($0.key) }
  }
}
