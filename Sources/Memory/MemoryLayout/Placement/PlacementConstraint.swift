/// One demand on a placement, made by a rule.
///
/// Constraints are data, so that a solver can be given the same ones that the verifier here
/// evaluates by plain arithmetic.
package struct PlacementConstraint: Hashable, Sendable {
  package enum Demand: Hashable, Sendable {
    /// The item has a place.
    case placed(String)
    /// The item lies wholly in one of the ranges.
    case within(String, [AddressRange])
    /// The item has no byte in common with any of the ranges.
    case apart(String, [AddressRange])
    /// The item starts `offset` bytes behind a multiple of `unit`, which is a power of two.
    case startAligned(String, unit: UInt64, offset: UInt64)
    /// The item ends at a multiple of `unit`, which is a power of two.
    case endAligned(String, unit: UInt64)
    case startsAt(String, UInt64)
    case atLeast(String, byteCount: UInt64)
    case atMost(String, byteCount: UInt64)
    /// No two of the items have a byte in common.
    case disjoint([String])
    /// The items have at most so many bytes together. What is named twice counts twice.
    case totalAtMost([String], byteCount: UInt64)
    /// The items, which are pieces of one, have so many bytes together.
    case totalAtLeast([String], byteCount: UInt64)
    case countAtMost([String], Int)
    /// Each of the items begins where another one ends, or higher.
    case above([String], String)
    /// All items lie in one window of so many bytes that starts at a multiple of `alignment`.
    case sharedWindow([String], byteCount: UInt64, alignment: UInt64)
  }

  package let rule: PlacementRule
  package let demand: Demand
  /// One sentence with the numbers, and where they come from.
  package let reason: String

  package init(_ rule: PlacementRule, _ demand: Demand, _ reason: String) {
    self.rule = rule
    self.demand = demand
    self.reason = reason
  }

  /// Whether a placement keeps it. An item without a place keeps everything but `placed`, and has
  /// no bytes.
  ///
  /// - Complexity: O(n) in the number of ranges; `disjoint` O(n log n) in that of items.
  package func isKept(by placement: Placement) -> Bool {
    switch demand {
    case .placed(let item): placement[item] != nil
    case .within(let item, let ranges):
      placement[item].map { range in ranges.contains { $0.contains(range) } } ?? true
    case .apart(let item, let ranges):
      placement[item].map { range in !ranges.contains { $0.overlaps(range) } } ?? true
    case .startAligned(let item, let unit, let offset):
      placement[item].map { $0.start >= offset && ($0.start - offset) % unit == 0 } ?? true
    case .endAligned(let item, let unit):
      placement[item].map { $0.end % UInt128(unit) == 0 } ?? true
    case .startsAt(let item, let start): placement[item].map { $0.start == start } ?? true
    case .atLeast(let item, let count):
      placement[item].map { $0.byteCount >= UInt128(count) } ?? true
    case .atMost(let item, let count):
      placement[item].map { $0.byteCount <= UInt128(count) } ?? true
    case .disjoint(let items):
      Self.areDisjoint(items.compactMap { placement[$0] })
    case .totalAtMost(let items, let count):
      items.compactMap { placement[$0]?.byteCount }.reduce(0, +) <= UInt128(count)
    case .totalAtLeast(let items, let count):
      items.compactMap { placement[$0]?.byteCount }.reduce(0, +) >= UInt128(count)
    case .countAtMost(let items, let count):
      items.count { placement[$0] != nil } <= count
    case .above(let items, let lower):
      placement[lower].map { lower in
        items.compactMap { placement[$0] }.allSatisfy { lower.last < $0.start }
      } ?? true
    case .sharedWindow(let items, let count, let alignment):
      Self.shareWindow(items.compactMap { placement[$0] }, count, alignment)
    }
  }

  private static func areDisjoint(_ ranges: [AddressRange]) -> Bool {
    let sorted = ranges.sorted()
    return zip(sorted, sorted.dropFirst()).allSatisfy { $0.last < $1.start }
  }

  private static func shareWindow(
    _ ranges: [AddressRange], _ byteCount: UInt64, _ alignment: UInt64
  ) -> Bool {
    guard let first = ranges.map(\.start).min(), let last = ranges.map(\.last).max() else {
      return true
    }
    let start = first - first % alignment
    return last - start < byteCount
  }
}

extension Placement {
  /// The constraints that a placement breaks, in their order.
  package func broken(of constraints: [PlacementConstraint]) -> [PlacementConstraint] {
    constraints.filter { !$0.isKept(by: self) }
  }
}
