internal import MemoryLayout
internal import SMT

/// A quantity that is not known exactly: "the initrd takes between 20 MiB and 200 MiB".
package struct RangedQuantity: Hashable, Sendable {
  /// What is asked about the values.
  package enum Quantifier: String, Hashable, Sendable, CaseIterable {
    /// Is there a placement for one of the values?
    case some
    /// Is there a placement for each?
    case all
    /// Which is the largest value that has one?
    case largest
  }

  package enum Unit: Hashable, Sendable { case bytes, count }

  /// What an item takes for a value: `base + multiplier * value / divisor * factor` bytes, with the
  /// quotient rounded up, and beside that what steps say; but no more than `most`.
  package struct Need: Hashable, Sendable {
    /// From a value on, so many bytes more.
    package struct Step: Hashable, Sendable {
      package let value: UInt64
      package let byteCount: UInt64

      package init(from value: UInt64, _ byteCount: UInt64) {
        (self.value, self.byteCount) = (value, byteCount)
      }
    }

    package let item: String
    package let multiplier: UInt64
    /// At least 1.
    package let divisor: UInt64
    package let factor: UInt64
    package let base: UInt64
    /// Each counts by itself, so that bytes never get fewer.
    package let steps: [Step]
    package let most: UInt64

    package init(
      _ item: String, multiplier: UInt64 = 1, divisor: UInt64 = 1, factor: UInt64 = 1,
      base: UInt64 = 0, steps: [Step] = [], most: UInt64 = .max
    ) {
      precondition(divisor > 0, "a quantity is divided by 1 at least")
      self.steps = steps
      self.most = most
      self.item = item
      self.multiplier = multiplier
      self.divisor = divisor
      self.factor = factor
      self.base = base
    }

    func byteCount(for value: UInt64) -> UInt64 {
      let multiple = UInt128(value) * UInt128(multiplier)
      let divisor = UInt128(divisor)
      let quotient = multiple / divisor + (multiple % divisor == 0 ? 0 : 1)
      let (product, overflows) = quotient.multipliedReportingOverflow(by: UInt128(factor))
      guard !overflows, product <= UInt128(UInt64.max) else { return most }
      let sum = steps.reduce(product + UInt128(base)) { sum, step in
        sum + UInt128(step.value <= value ? step.byteCount : 0)
      }
      return UInt64(min(sum, UInt128(most)))
    }

    func byteCount(for value: IntTerm) -> IntTerm {
      guard let divisor = Divisor(IntegerValue(divisor)) else { return value }
      let multiple = multiplier == 1 ? value : IntegerValue(multiplier) * value
      let quotient =
        self.divisor == 1
        ? multiple
        : (multiple + IntTerm(self.divisor - 1)).divided(by: divisor, rounding: .euclidean)
      let plain = IntegerValue(factor) * quotient + IntTerm(base)
      let sum = steps.reduce(plain) { sum, step in
        sum + .ifThenElse(IntTerm(step.value) <= value, IntTerm(step.byteCount), 0)
      }
      return .ifThenElse(sum <= IntTerm(most), sum, IntTerm(most))
    }
  }

  /// The setting, such as `initrd` or `processors`.
  package let name: String
  package let unit: Unit
  package let bounds: ClosedRange<UInt64>
  package let quantifier: Quantifier
  /// What items take of it; each takes no less for a greater value.
  package let needs: [Need]

  package init(
    _ name: String, _ bounds: ClosedRange<UInt64>, _ quantifier: Quantifier, unit: Unit = .bytes,
    needs: [Need]
  ) {
    self.name = name
    self.unit = unit
    self.bounds = bounds
    self.quantifier = quantifier
    self.needs = needs
  }

  /// An item's size.
  package init(item: String, _ bounds: ClosedRange<UInt64>, _ quantifier: Quantifier) {
    self.init(item, bounds, quantifier, needs: [Need(item)])
  }

  /// A value as people write it.
  package func text(_ value: UInt64) -> String {
    unit == .bytes ? ByteCountText.format(UInt128(value)) : "\(value)"
  }

  /// The demands that follow from a value.
  func constraints(_ value: UInt64) -> [PlacementConstraint] {
    needs.map { need in
      let byteCount = need.byteCount(for: value)
      let bounds = "of \(text(self.bounds.lowerBound)) to \(text(self.bounds.upperBound))"
      return PlacementConstraint(
        .wanted, .atLeast(need.item, byteCount: byteCount),
        "`\(need.item)` takes \(byteCount) bytes if `\(name)` is \(text(value)) \(bounds)")
    }
  }
}

/// The answer to a question with ranges.
package struct RangeAnswer: Hashable, Sendable {
  package let answer: FitAnswer
  /// The values that `answer` is about, by the quantities' names. For `largest` the least value if
  /// none fits.
  package let values: [String: UInt64]
  /// Of `largest`: why one more does not fit, or that this is not proved; nil if the range ends
  /// there, none fits, or none was asked for.
  package let beyond: FitAnswer?
}

extension PlacementSearch {
  /// Looks for a placement where quantities are ranges.
  ///
  /// A place for so many bytes is one for fewer, because a constraint asks for a size *at least*.
  /// So "some" is the question for the least value, "all" for the greatest, whose placement serves
  /// all others, in whatever order the quantities are named; and the largest that fits beside these
  /// is found by halving the range.
  ///
  /// - Precondition: at most one quantity is asked for its largest value.
  /// - Complexity: For `largest` a search for each bit of the range's length.
  package func find(_ quantities: [RangedQuantity]) throws(FittingError) -> RangeAnswer {
    precondition(
      quantities.count { $0.quantifier == .largest } <= 1, "one quantity is to be the largest")
    if let answer = try findByTurns(quantities) { return answer }
    return try findInOnePart(quantities)
  }

  /// The answer where no value of a range moves a segment to another place.
  func findInOnePart(_ quantities: [RangedQuantity]) throws(FittingError) -> RangeAnswer {
    var values: [String: UInt64] = [:]
    var fixed = constraints
    for quantity in quantities where quantity.quantifier != .largest {
      let isHardest = quantity.quantifier == .all
      let value = isHardest ? quantity.bounds.upperBound : quantity.bounds.lowerBound
      values[quantity.name] = value
      fixed += quantity.constraints(value)
    }
    let search = with(fixed)
    guard let wanted = quantities.first(where: { $0.quantifier == .largest }) else {
      return RangeAnswer(answer: try search.find(), values: values, beyond: nil)
    }
    let (answer, value, beyond) = try search.largest(wanted)
    values[wanted.name] = value
    return RangeAnswer(answer: answer, values: values, beyond: beyond)
  }

  private func largest(
    _ quantity: RangedQuantity
  ) throws(FittingError) -> (answer: FitAnswer, value: UInt64, beyond: FitAnswer?) {
    func find(_ value: UInt64) throws(FittingError) -> FitAnswer {
      try with(constraints + quantity.constraints(value)).find()
    }
    let (low, high) = (quantity.bounds.lowerBound, quantity.bounds.upperBound)
    let least = try find(low)
    guard case .fits = least, low < high else { return (least, low, nil) }
    let greatest = try find(high)
    switch greatest {
    case .fits: return (greatest, high, nil)
    case .inconclusive(let reason) where reason != Self.notInPieces: return (greatest, high, nil)
    case .conflict, .inconclusive:
      return try halve(quantity, fits: (low, least), doesNot: high)
    }
  }

  private func halve(
    _ quantity: RangedQuantity, fits least: (value: UInt64, answer: FitAnswer),
    doesNot greatest: UInt64
  ) throws(FittingError) -> (answer: FitAnswer, value: UInt64, beyond: FitAnswer?) {
    let search = IncrementalQuery(self)
    var (fitting, answer) = least
    var failing = greatest
    while failing - fitting > 1 {
      let middle = fitting + (failing - fitting) / 2
      let asked = with(constraints + quantity.constraints(middle)).loaded
      let found =
        order == nil
        ? try search.find(quantity.constraints(middle)) : try IncrementalQuery(asked).find([])
      switch found {
      case .fits(let placement): (fitting, answer) = (middle, .fits(placement))
      case .impossible: failing = middle
      // More may fit in pieces, which is what `beyond` says.
      case .inconclusive(let reason) where reason == Self.notInPieces: failing = middle
      case .inconclusive(let reason): return (.inconclusive(reason), middle, nil)
      }
    }
    let beyond = try with(constraints + quantity.constraints(failing)).find()
    // Pieces may be found for one question where they were not for another of the same.
    if case .fits = beyond { return (beyond, failing, .inconclusive(Self.notInPieces)) }
    return (answer, fitting, beyond)
  }
}
