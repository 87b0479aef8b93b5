internal import MemoryLayout

/// Where a block of memory may start.
struct BlockStarts: Hashable {
  /// The multiples of a step from one address to another, which both are starts.
  struct Run: Hashable {
    let first: UInt64
    let last: UInt64
    let step: UInt64
  }

  /// By their first start.
  let runs: [Run]
  /// Whether no other start would do.
  let isComplete: Bool

  init(_ runs: [Run], isComplete: Bool = true) {
    self.runs = runs.sorted { ($0.first, $0.last, $0.step) < ($1.first, $1.last, $1.step) }
    self.isComplete = isComplete
  }

  /// All multiples of a unit with so many bytes behind them in one piece.
  init(_ pieces: AddressSet, byteCount: UInt64, unit: UInt64) {
    self.init(
      pieces.ranges.compactMap { piece in
        Self.run(piece, byteCount: byteCount, unit: unit)
      })
  }

  /// The multiples of a unit in a piece with so many bytes behind them; nil if there is none.
  static func run(_ piece: AddressRange, byteCount: UInt64, unit: UInt64) -> Run? {
    guard piece.byteCount >= UInt128(byteCount) else { return nil }
    let first = (UInt128(piece.start) + UInt128(unit - 1)) / UInt128(unit) * UInt128(unit)
    let last = (piece.end - UInt128(byteCount)) / UInt128(unit) * UInt128(unit)
    guard first <= last else { return nil }
    return Run(first: UInt64(first), last: UInt64(last), step: unit)
  }

  /// The lowest start that is not below an address; nil if there is none.
  func next(from address: UInt128) -> UInt64? {
    var best: UInt64?
    for run in runs where UInt128(run.last) >= address {
      if let best, run.first >= best { break }
      let start =
        address <= UInt128(run.first)
        ? run.first
        : run.first + (UInt64(address) - run.first + run.step - 1) / run.step * run.step
      if start <= run.last { best = min(best ?? .max, start) }
    }
    return best
  }

  /// What blocks of so many bytes cover that start there.
  func extent(_ byteCount: UInt64) -> AddressSet {
    AddressSet(
      runs.compactMap { AddressRange(start: $0.first, last: $0.last + (byteCount - 1)) })
  }
}
