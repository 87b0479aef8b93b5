internal import MemoryLayout

/// A setting that can be made to ask for less, or to give more, step by step.
struct Lever {
  let name: String
  /// Of the most that can be done; 1 at least.
  let stepCount: UInt64
  /// Whether the most may be too much: memory that is reserved is not there for others.
  let canBeTooMuch: Bool
  /// What it costs to go so far, for comparisons: 0 for nothing, 1 for all there is.
  let cost: (_ step: UInt64) -> Double
  /// - Parameter step: From 1 on.
  let make: (_ step: UInt64) -> PlanStep

  init(
    _ name: String, stepCount: UInt64, canBeTooMuch: Bool = false,
    cost: @escaping (UInt64) -> Double, make: @escaping (UInt64) -> PlanStep
  ) {
    (self.name, self.stepCount, self.cost, self.make) = (name, stepCount, cost, make)
    self.canBeTooMuch = canBeTooMuch
  }

  /// A step that goes far: the most, or of what can be too much that halved so often.
  func far(_ most: UInt64, _ halvings: Int) -> UInt64 {
    canBeTooMuch ? max(1, most >> halvings) : most
  }

  /// The most steps that cost less; 0 if none does.
  func steps(below limit: Double) -> UInt64 {
    var (less, more) = (UInt64(0), stepCount + 1)
    while more - less > 1 {
      let middle = less + (more - less) / 2
      if cost(middle) < limit { less = middle } else { more = middle }
    }
    return less
  }
}

extension Lever {
  /// Bytes that become fewer: in whole MiB from 2 MiB on, else in whole pages.
  ///
  /// - Parameters:
  ///   - least: Where it ends.
  ///   - extra: What it costs beside the share that is given up.
  static func fewerBytes(
    _ name: String, from value: UInt64, least: UInt64 = 0, extra: Double = 0,
    make: @escaping (UInt64) -> PlanStep
  ) -> Lever? {
    let unit: UInt64 = value >= 2 << 20 ? 1 << 20 : PlacementNumber.page
    let (high, low) = ((value - min(value, 1)) / unit, least / unit)
    guard value > 0, high >= low, value > least else { return nil }
    return Lever(
      name, stepCount: high - low + 1,
      cost: { extra + 1 - Double((high + 1 - $0) * unit) / Double(value) },
      make: { make(max(least, (high + 1 - $0) * unit)) })
  }

  static func fewer(
    _ name: String, from value: UInt64, least: UInt64, make: @escaping (UInt64) -> PlanStep
  ) -> Lever? {
    guard value > least else { return nil }
    return Lever(
      name, stepCount: value - least, cost: { Double($0) / Double(value) },
      make: { make(value - $0) })
  }
}
