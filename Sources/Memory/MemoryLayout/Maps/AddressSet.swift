/// A set of physical addresses, as ranges that neither overlap nor touch, lowest first.
///
/// All operations take time in proportion to the numbers of ranges, after sorting.
package struct AddressSet: Hashable, Sendable {
  package let ranges: [AddressRange]

  /// The union of any ranges.
  package init(_ ranges: some Sequence<AddressRange>) {
    var merged: [AddressRange] = []
    let given = Array(ranges)
    // Most are in order already, which is seen sooner than sorted.
    let isSorted = zip(given, given.dropFirst()).allSatisfy { $0.start <= $1.start }
    for range in isSorted ? given : given.sorted() {
      if let before = merged.last, UInt128(range.start) <= before.end {
        if range.last > before.last {
          merged[merged.count - 1] = AddressRange(unchecked: before.start, range.last)
        }
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  private init(disjoint ranges: [AddressRange]) { self.ranges = ranges }

  package static let empty = AddressSet(disjoint: [])

  package var isEmpty: Bool { ranges.isEmpty }

  /// At most 2^64.
  package var byteCount: UInt128 { ranges.reduce(0) { $0 + $1.byteCount } }

  /// How many blocks of so many bytes, each at a multiple of them, have a byte of the set.
  ///
  /// - Precondition: `unit` is not 0.
  package func blockCount(of unit: UInt64) -> UInt128 {
    var count: UInt128 = 0
    var last: UInt64?
    for range in ranges {
      let (first, end) = (range.start / unit, range.last / unit)
      count += UInt128(end - first) + (last == first ? 0 : 1)
      last = end
    }
    return count
  }

  package func union(_ other: AddressSet) -> AddressSet { AddressSet(ranges + other.ranges) }

  package func intersection(_ other: AddressSet) -> AddressSet {
    var common: [AddressRange] = []
    var mine = 0
    var theirs = 0
    while mine < ranges.count, theirs < other.ranges.count {
      if let range = ranges[mine].intersection(other.ranges[theirs]) { common.append(range) }
      if ranges[mine].last < other.ranges[theirs].last { mine += 1 } else { theirs += 1 }
    }
    return AddressSet(disjoint: common)
  }

  package func intersection(_ range: AddressRange) -> AddressSet {
    intersection(AddressSet(disjoint: [range]))
  }

  package func subtracting(_ other: AddressSet) -> AddressSet { intersection(other.complement) }

  /// All addresses of 64 bits that are not in the set.
  package var complement: AddressSet {
    var gaps: [AddressRange] = []
    var next: UInt128 = 0
    for range in ranges {
      if next < UInt128(range.start) {
        gaps.append(AddressRange(unchecked: UInt64(next), range.start - 1))
      }
      next = range.end
    }
    if next <= UInt128(UInt64.max) { gaps.append(AddressRange(unchecked: UInt64(next), .max)) }
    return AddressSet(disjoint: gaps)
  }

  /// Whether the whole range is in the set. O(log n).
  package func contains(_ range: AddressRange) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].last < range.start { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(range)
  }

  /// Of each range the largest part of whole units, such as pages.
  ///
  /// - Precondition: `alignment` is a power of two.
  package func trimmed(to alignment: UInt64) -> AddressSet {
    AddressSet(disjoint: ranges.compactMap { $0.trimmed(to: alignment) })
  }
}
