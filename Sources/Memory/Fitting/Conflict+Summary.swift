internal import MemoryLayout

extension Conflict {
  /// What it comes down to in memory: what is needed, and what is free where it may lie. Nil if the
  /// conflict is not about room.
  package var summary: String? {
    let items = constraints.compactMap { constraint -> String? in
      if case .placed(let item) = constraint.demand { item } else { nil }
    }
    let search = PlacementSearch(items: items, constraints: constraints)
    let domains = FirstFit(search).domains
    guard let first = domains.first, !constraints.contains(where: \.isNotAboutRoom) else {
      return nil
    }
    return domains.count == 1 ? Self.summary(of: first, limit) : Self.summary(of: domains)
  }

  /// `below 0x100000`, if one item may not lie above.
  private var limit: String {
    let ends = constraints.compactMap { constraint -> UInt64? in
      guard case .within(_, let ranges) = constraint.demand, ranges.count == 1,
        ranges[0].start == 0, ranges[0].last < .max
      else { return nil }
      return ranges[0].last + 1
    }
    return ends.min().map { " below 0x\(String($0, radix: 16))" } ?? ""
  }

  private static func summary(of item: FirstFit.Domain, _ limit: String) -> String {
    guard !item.pieces.isEmpty else { return "there is no memory where `\(item.name)` may lie" }
    let needed = ByteCountText.format(item.byteCount)
    let holes = item.pieces.compactMap { piece -> (start: UInt128, byteCount: UInt128)? in
      let start = item.start(from: UInt128(piece.start))
      let end = piece.end / item.endUnit * item.endUnit
      return start < end ? (start, end - start) : nil
    }
    let unit = item.unit > 1 ? " at a multiple of \(ByteCountText.format(item.unit))" : ""
    let sum = holes.reduce(0) { $0 + $1.byteCount }
    // What may be divided does not care for the largest.
    let all =
      holes.count > 1 && sum < item.byteCount
      ? ", and all \(holes.count) have \(ByteCountText.format(sum))" : ""
    let fact =
      holes.max { $0.byteCount < $1.byteCount }.map { hole in
        "the largest has \(ByteCountText.format(hole.byteCount)), at"
          + " 0x\(String(hole.start, radix: 16))"
      } ?? "there is none of any size"
    return "no hole of \(needed)\(unit) is free for `\(item.name)`\(limit): \(fact)\(all)"
  }

  private static func summary(of items: [FirstFit.Domain]) -> String {
    let names = items.map { "`\($0.name)`" }.joined(separator: ", ")
    let pieces = AddressSet(items.flatMap(\.pieces)).ranges.map(\.byteCount)
    let least = items.map(\.byteCount).min() ?? 1
    let count = pieces.reduce(0) { $0 + $1 / least }
    if count < items.count {
      return "\(names) take \(ByteCountText.format(least)) each at least, and where they may lie"
        + " there is room for \(count) of so many bytes, and not for \(items.count)"
    }
    let needed = items.reduce(0) { $0 + $1.byteCount }
    let free = AddressSet(items.flatMap(\.pieces))
    let holes = free.ranges.count == 1 ? "one piece" : "\(free.ranges.count) pieces"
    let largest = free.ranges.map(\.byteCount).max() ?? 0
    let rest =
      free.ranges.count > 1 ? ", the largest of \(ByteCountText.format(largest))" : ""
    return "\(names) take \(ByteCountText.format(needed)) together, and where they may lie"
      + " \(ByteCountText.format(free.byteCount)) are free in \(holes)\(rest)"
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
