import TransitionSystem

extension SymbolicEvaluator {
  /// Values that a loop's variable may take.
  private static let mostValues = 1 << 16

  /// The values that a loop's variable takes, in order, each with when it does.
  mutating func values(of loop: Loop) throws(NotSymbolic) -> [(value: Int64, when: Truth)] {
    switch loop.domain {
    case .values(let lower, let upper):
      return try Self.values(lower, upper).map { ($0, sizes.isPresent($0, in: loop.type)) }
    case .stepped(let from, let to, let by):
      let first = try evaluate(from)
      let last = try evaluate(to)
      let step = try by.map { step throws(NotSymbolic) in try self.evaluate(step) }
      guard case .constant(let distance) = step ?? .constant(1) else { throw .unsupported }
      if distance == 0 {
        fail(if: .known(true))
        return []
      }
      return try values(
        from: first, to: last, by: distance, isImplied: step == nil, loop.crossing)
    }
  }

  private static func values(
    _ lower: Int64, _ upper: Int64
  ) throws(NotSymbolic) -> ClosedRange<Int64>.SubSequence {
    guard lower <= upper else { return (Int64(0)...0).dropFirst() }
    let (distance, overflows) = upper.subtractingReportingOverflow(lower)
    guard !overflows, distance < mostValues else { throw .tooLarge }
    return (lower...upper)[...]
  }

  private mutating func values(
    from first: SymbolicValue, to last: SymbolicValue, by step: Int64, isImplied: Bool,
    _ crossing: Loop.Crossing
  ) throws(NotSymbolic) -> [(value: Int64, when: Truth)] {
    let ascends = compare(.lessOrEqual, first, last)
    let descends = compare(.greaterOrEqual, first, last)
    let countsDown = isImplied && crossing != .noRound
    if !isImplied, crossing != .noRound { fail(if: step > 0 ? !ascends : !descends) }
    var found: [(value: Int64, when: Truth)] = []
    if step > 0 {
      for value in try Self.values(first.range.lowerBound, last.range.upperBound) {
        let isBetween =
          compare(.lessOrEqual, first, .constant(value))
          & compare(.lessOrEqual, .constant(value), last)
        found.append((value, ascends & isBetween & (try isStep(value, from: first, by: step))))
      }
    }
    if step < 0 || countsDown {
      for value in try Self.values(last.range.lowerBound, first.range.upperBound).reversed() {
        let isBetween =
          compare(.lessOrEqual, last, .constant(value))
          & compare(.lessOrEqual, .constant(value), first)
        let isDown = step < 0 ? descends : !ascends
        found.append((value, isDown & isBetween & (try isStep(value, from: first, by: step))))
      }
    }
    return found.filter { !isNowhere($0.when) }
  }

  /// Whether a value is so many whole steps from the first one.
  private func isStep(
    _ value: Int64, from first: SymbolicValue, by step: Int64
  ) throws(NotSymbolic) -> Truth {
    if step.magnitude == 1 { return .known(true) }
    guard case .constant(let start) = first else { throw .unsupported }
    let (distance, overflows) = value.subtractingReportingOverflow(start)
    guard !overflows else { throw .unsupported }
    return .known(distance % step == 0)
  }
}
