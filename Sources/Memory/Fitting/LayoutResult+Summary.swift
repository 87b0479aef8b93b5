internal import MemoryLayout

extension LayoutResult {
  /// What a conflict comes down to in memory: what is needed, and what is free where it may lie. Nil
  /// if the conflict is not about room.
  ///
  /// A minimal conflict has no more than what contradicts itself, so that its own sums are too
  /// small, and its holes too large. The figures are those of the whole question.
  package func summary(of conflict: Conflict) -> String? {
    let items = Set(
      conflict.constraints.compactMap { constraint -> String? in
        if case .placed(let item) = constraint.demand { item } else { nil }
      })
    if let refusal = conflict.refusalByOrder { return refusal }
    let constraints = asked.constraints + conflict.constraints
    let domains = FirstFit(search.with(constraints)).domains
    if let sentence = conflict.brokenTotal(domains) { return sentence }
    guard !conflict.constraints.contains(where: \.isNotAboutRoom) else { return nil }
    let members = domains.filter { items.contains($0.name) }
    guard let first = members.first else { return nil }
    return members.count == 1
      ? Self.summary(of: first, constraints, conflict.limit)
      : Self.summary(of: members, among: domains)
  }

  private static func summary(
    of item: FirstFit.Domain, _ constraints: [PlacementConstraint], _ limit: String
  ) -> String {
    let pieces = item.separatePieces(constraints)
    guard !pieces.isEmpty else { return "there is no memory where `\(item.name)` may lie" }
    let largest = pieces.max { $0.byteCount < $1.byteCount }
    let text = ByteCountText.figures(needed: item.byteCount, free: largest?.byteCount ?? 0)
    // What whole pages take is said only where it decides.
    let page = UInt128(PlacementNumber.page)
    let isTight = largest.map { $0.byteCount >= item.byteCount } ?? false
    let unit =
      item.unit > page || isTight && item.unit > 1
      ? " at a multiple of \(ByteCountText.format(item.unit))" : ""
    let sum = pieces.reduce(0) { $0 + $1.byteCount }
    // What may be divided does not care for the largest.
    let all =
      pieces.count > 1 && sum < item.byteCount
      ? ", and all \(pieces.count) have \(ByteCountText.free(sum))" : ""
    let fact =
      largest.map { piece in
        "the largest has \(text.free), at 0x\(String(piece.start, radix: 16))"
          + item.loss(in: pieces, least: isTight ? 1 : page + 1)
      } ?? "there is none of any size"
    return "no hole of \(text.needed)\(unit) is free for `\(item.name)`\(limit): \(fact)\(all)"
  }

  /// - Parameter all: The items of the question: what has to lie where those of the conflict may
  ///   lie, and nowhere else, takes its room there, too.
  private static func summary(
    of items: [FirstFit.Domain], among all: [FirstFit.Domain]
  ) -> String {
    let room = AddressSet(items.flatMap(\.pieces))
    let names = Set(items.map(\.name))
    let others = all.filter { other in
      !names.contains(other.name) && other.others.isSuperset(of: names)
        && AddressSet(other.pieces).subtracting(room).isEmpty
    }
    let pieces = room.ranges.map(\.byteCount)
    let least = items.map(\.byteCount).min() ?? 1
    let count = pieces.reduce(0) { $0 + $1 / least }
    if count < items.count {
      return
        "\(listed(items)) take \(ByteCountText.needed(least)) each at least, and where they may"
        + " lie there is room for \(count) of so many bytes, and not for \(items.count)"
    }
    let own = items.reduce(0) { $0 + $1.byteCount }
    let together = others.reduce(own) { $0 + $1.byteCount }
    // What else lies there counts where it is what does not fit.
    let counts = together > room.byteCount
    let more = counts ? others.count : 0
    let who = more > 0 ? ", with \(more) more that \(more == 1 ? "lies" : "lie") there," : ""
    let needed = counts ? together : own
    let largest = ByteCountText.free(pieces.max() ?? 0)
    guard needed > room.byteCount else {
      // There are bytes enough; pieces that hold none of them do not count.
      let large = pieces.filter { $0 >= least }
      return
        "\(listed(items)) take \(ByteCountText.needed(needed)) together, and where they may lie"
        + " \(large.count) piece\(large.count == 1 ? " holds" : "s hold") the smallest of them,"
        + " \(ByteCountText.needed(least)), with \(ByteCountText.free(large.reduce(0, +))), the"
        + " largest of \(largest): no way to put them side by side leaves room for all"
    }
    let text = ByteCountText.figures(needed: needed, free: room.byteCount)
    let holes = pieces.count == 1 ? "one piece" : "\(pieces.count) pieces"
    let rest = pieces.count > 1 ? ", the largest of \(largest)" : ""
    return "\(listed(items))\(who) take \(text.needed) together, and where they may lie"
      + " \(text.free) are free in \(holes)\(rest)"
  }

  /// Of many the first ones.
  private static func listed(_ items: [FirstFit.Domain]) -> String {
    let names = items.map { "`\($0.name)`" }
    guard names.count > 6 else { return names.joined(separator: ", ") }
    return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more"
  }
}

extension FirstFit.Domain {
  /// What alignment leaves of pieces, if it takes so many bytes of the largest.
  fileprivate func loss(in pieces: [AddressRange], least: UInt128) -> String {
    let aligned = pieces.map { piece -> UInt128 in
      let start = start(from: UInt128(piece.start))
      let end = piece.end / endUnit * endUnit
      return start < end ? end - start : 0
    }
    let most = pieces.map(\.byteCount).max() ?? 0
    let left = aligned.max() ?? 0
    guard left + least <= most else { return "" }
    return left == 0
      ? ", and none has such a multiple in it"
      : ", and where it may start at most \(ByteCountText.free(left)) are left"
  }

  /// Where the item may lie: areas of which it has to keep to one are apart, also where they touch.
  fileprivate func separatePieces(_ constraints: [PlacementConstraint]) -> [AddressRange] {
    var pieces = pieces
    for constraint in constraints {
      guard case .within(name, let ranges) = constraint.demand, ranges.count > 1 else { continue }
      let merged = AddressSet(ranges).ranges
      // Others are apart already.
      guard merged.count < ranges.count else { continue }
      pieces = pieces.flatMap { piece in
        ranges.compactMap { $0.intersection(piece) }
      }
    }
    return pieces
  }
}

extension Conflict {
  /// What the loader finds no place for in its order; nil if this is not the point.
  fileprivate var refusalByOrder: String? {
    constraints.first { constraint in
      guard constraint.rule == .loaderOrder, case .within(_, let ranges) = constraint.demand else {
        return false
      }
      return ranges.isEmpty
    }?.reason
  }

  /// That items have more bytes together than a rule lets them have; nil if this is not the point.
  fileprivate func brokenTotal(_ domains: [FirstFit.Domain]) -> String? {
    for constraint in constraints {
      guard case .totalAtMost(let names, let most) = constraint.demand else { continue }
      let items = domains.filter { names.contains($0.name) }
      let sum = items.reduce(0) { $0 + $1.byteCount }
      guard sum > UInt128(most), let largest = items.max(by: { $0.byteCount < $1.byteCount })
      else { continue }
      let text = ByteCountText.figures(needed: sum, free: UInt128(most))
      return "\(items.count) items, of which `\(largest.name)` is the largest, take \(text.needed)"
        + " together, and \(text.free) are allowed: \(constraint.rule.rawValue)"
    }
    return nil
  }

  /// `below 0x100000`, if one item may not lie above.
  fileprivate var limit: String {
    let ends = constraints.compactMap { constraint -> UInt64? in
      guard case .within(_, let ranges) = constraint.demand, ranges.count == 1,
        ranges[0].start == 0, ranges[0].last < .max
      else { return nil }
      return ranges[0].last + 1
    }
    return ends.min().map { " below 0x\(String($0, radix: 16))" } ?? ""
  }
}

extension PlacementConstraint {
  fileprivate var isNotAboutRoom: Bool {
    // An image or a command line that is not taken has no place for that reason.
    if rule == .kexecFileImage || rule == .commandLineLength { return true }
    return switch demand {
    case .totalAtMost, .countAtMost, .sharedWindow, .atMost: true
    default: false
    }
  }
}
