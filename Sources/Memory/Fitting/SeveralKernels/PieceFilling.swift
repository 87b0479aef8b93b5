internal import MemoryLayout

/// How many bytes of a piece of memory blocks of some sizes fill at most.
///
/// The greatest sum of sizes, each as often as one likes, that is no more than the piece: an
/// unbounded knapsack, whose values are a table of what sums there are.
struct PieceFilling {
  /// The greatest common divisor of the sizes.
  private let unit: UInt64
  /// For so many units, the greatest sum that is no more, in units; empty if there would be too
  /// many, and then a piece is filled to its last unit.
  private let sums: [Int32]

  private static let mostUnits: UInt64 = 1 << 18

  /// - Parameters:
  ///   - sizes: At least 1 byte each.
  ///   - longest: Bytes of the longest piece that is asked about.
  init(sizes: Set<UInt64>, longest: UInt128) {
    let unit = sizes.reduce(0) { Self.divisor($0, $1) }
    self.unit = max(unit, 1)
    guard unit > 0, longest / UInt128(unit) < UInt128(Self.mostUnits) else {
      sums = []
      return
    }
    let count = Int(longest / UInt128(unit))
    let steps = sizes.map { Int($0 / unit) }.filter { $0 <= count }
    var sums = [Int32](repeating: 0, count: count + 1)
    for index in sums.indices.dropFirst() {
      var best = sums[index - 1]
      for step in steps where step <= index && Int(sums[index - step]) == index - step {
        best = Int32(index)
        break
      }
      sums[index] = best
    }
    self.sums = sums
  }

  private static func divisor(_ one: UInt64, _ other: UInt64) -> UInt64 {
    other == 0 ? one : divisor(other, one % other)
  }

  /// Bytes of a piece that are filled at most.
  func byteCount(_ piece: UInt128) -> UInt128 {
    let units = piece / UInt128(unit)
    guard !sums.isEmpty, units < UInt128(sums.count) else { return units * UInt128(unit) }
    return UInt128(sums[Int(units)]) * UInt128(unit)
  }
}
