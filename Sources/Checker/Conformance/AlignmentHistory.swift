/// The cuts that a log was followed by, level by level, so that a run that explains it can be found from its
/// end.
package struct AlignmentHistory: Sendable {
  /// A set of events of the log, by their numbers in the order of their times, and the states that are
  /// possible behind them.
  package struct Cut: Sendable {
    /// All events before this one belong to it.
    package let base: Int
    /// Of those from `base` on, a bit each.
    package let mask: UInt64
    package let node: StateSets.Node

    /// The event that this cut has and an earlier one lacks; nil where it has not exactly one more.
    package func event(behind earlier: Cut) -> Int? {
      let distance = base - earlier.base
      guard distance >= 0, distance <= 64 else { return nil }
      // Both as sets of events from the earlier base on.
      let own = distance == 64 ? UInt64.max : mask << UInt64(distance) | (1 << UInt64(distance) - 1)
      let overflow = distance == 0 ? 0 : distance == 64 ? mask : mask >> UInt64(64 - distance)
      guard overflow == 0, own & earlier.mask == earlier.mask else { return nil }
      let added = own & ~earlier.mask
      return added.nonzeroBitCount == 1 ? earlier.base + added.trailingZeroBitCount : nil
    }
  }

  /// Events in the order of their times.
  private(set) package var events: [TimedEvent] = []
  private var cuts: [Cut]
  private var ends: [Int]

  init(start: StateSets.Node) {
    cuts = [Cut(base: 0, mask: 0, node: start)]
    ends = [1]
  }

  /// The number of levels behind the first.
  package var levelCount: Int { ends.count - 1 }

  package func cuts(ofLevel level: Int) -> ArraySlice<Cut> {
    cuts[(level == 0 ? 0 : ends[level - 1])..<ends[level]]
  }

  mutating func note(_ events: ArraySlice<TimedEvent>) { self.events.append(contentsOf: events) }

  mutating func note(_ level: [UInt64: StateSets.Node], base: Int) {
    for mask in level.keys.sorted() {
      if let node = level[mask] { cuts.append(Cut(base: base, mask: mask, node: node)) }
    }
    ends.append(cuts.count)
  }
}
