internal import MemoryLayout

/// A size that is not known exactly: "the initrd takes between 20 MiB and 200 MiB".
public struct ByteCountRange: Hashable, Sendable {
  /// What is asked about the values.
  public enum Quantifier: String, Hashable, Sendable, CaseIterable {
    /// Is there a placement for one of the values?
    case some
    /// Is there a placement for each?
    case all
    /// Which is the largest value that has one?
    case largest
  }

  public let item: String
  public let bounds: ClosedRange<UInt64>
  public let quantifier: Quantifier

  public init(_ item: String, _ bounds: ClosedRange<UInt64>, _ quantifier: Quantifier) {
    self.item = item
    self.bounds = bounds
    self.quantifier = quantifier
  }

  /// The demand that the item has so many bytes at least.
  func constraint(_ byteCount: UInt64) -> PlacementConstraint {
    PlacementConstraint(
      .wanted, .atLeast(item, byteCount: byteCount),
      "`\(item)` takes \(byteCount) of \(bounds.lowerBound) to \(bounds.upperBound) bytes")
  }
}

/// The answer to a question with a range.
public struct RangeAnswer: Hashable, Sendable {
  /// For `byteCount`, or for the least value if none fits.
  public let answer: FitAnswer
  /// The size that `answer` is about.
  public let byteCount: UInt64
  /// Of `largest`: why one byte more does not fit; nil if the range ends there or none fits.
  public let beyond: FitAnswer?
}

extension PlacementSearch {
  /// Looks for a placement where one item's size is a range.
  ///
  /// A place for so many bytes is one for fewer, because a constraint asks for a size *at least*.
  /// So "some" is the question for the least value, "all" for the greatest, whose placement serves
  /// all others, and the largest that fits is found by halving the range.
  ///
  /// - Complexity: For `largest` a search for each bit of the range's length.
  public func find(_ range: ByteCountRange) throws(FittingError) -> RangeAnswer {
    func find(_ count: UInt64) throws(FittingError) -> FitAnswer {
      try with(constraints + [range.constraint(count)]).find()
    }
    let (low, high) = (range.bounds.lowerBound, range.bounds.upperBound)
    switch range.quantifier {
    case .some: return RangeAnswer(answer: try find(low), byteCount: low, beyond: nil)
    case .all: return RangeAnswer(answer: try find(high), byteCount: high, beyond: nil)
    case .largest: break
    }
    let least = try find(low)
    guard case .fits = least, low < high else {
      return RangeAnswer(answer: least, byteCount: low, beyond: nil)
    }
    let greatest = try find(high)
    if case .fits = greatest { return RangeAnswer(answer: greatest, byteCount: high, beyond: nil) }
    if case .inconclusive = greatest {
      return RangeAnswer(answer: greatest, byteCount: high, beyond: nil)
    }
    return try halve(range, fits: (low, least), doesNot: high)
  }

  private func halve(
    _ range: ByteCountRange, fits least: (byteCount: UInt64, answer: FitAnswer),
    doesNot greatest: UInt64
  ) throws(FittingError) -> RangeAnswer {
    let search = try VariedDemand(self)
    var (fitting, answer) = least
    var failing = greatest
    while failing - fitting > 1 {
      let middle = fitting + (failing - fitting) / 2
      switch try search.find(range.constraint(middle)) {
      case .fits(let placement): (fitting, answer) = (middle, .fits(placement))
      case .conflict: failing = middle
      case .inconclusive(let reason):
        return RangeAnswer(answer: .inconclusive(reason), byteCount: middle, beyond: nil)
      }
    }
    let beyond = try with(constraints + [range.constraint(failing)]).find()
    return RangeAnswer(answer: answer, byteCount: fitting, beyond: beyond)
  }
}
