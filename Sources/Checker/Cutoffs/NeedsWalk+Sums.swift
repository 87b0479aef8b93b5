import Diagnostics
import TransitionSystem

// Sums over elements: how many there are of which something is true, and what grows like that.
//
// A sum is not the same among fewer elements. What it is compared with may be: where it is compared with
// `k`, it matters up to `k + 1` alone. So with `k + 1` of the elements that add something, or all of them
// where these are fewer, the comparison has its result. A sum that is taken away from what all elements
// together could add is what is missing of that: then those matter that do not add all they could. What
// goes anywhere else has to be the number that it was, which no fewer elements give: that is refused.

extension NeedsWalk {
  /// The number of elements of a scalarset, where that is what the text says.
  mutating func elementCount(at span: SourceSpan) -> AbstractValue? {
    guard let set = sizes.scalarsets[span] else { return nil }
    readUnknown()
    return note(ElementSum(sizes: [set: 1]))
  }

  private mutating func note(_ sum: ElementSum) -> AbstractValue {
    let number = newNumber()
    sums[number] = sum
    return .sum(number)
  }

  // MARK: - Loops

  /// A loop that counts, or adds up.
  mutating func walk(_ loop: CountingLoop, over set: Int) throws(CutoffRefusal) {
    guard let most = values(of: loop.added), most.lowerBound >= 0 else {
      throw CutoffRefusal(.sharedByRounds, at: loop.total.span)
    }
    let bound = sizes.bounds[loop.total.span]
    if bound != nil { try checkIsOfOneRound(loop.total) }
    let place = try walk(loop.total, isTarget: true)
    let before = read(loop.total.offset, ifOf: loop.total)
    let (tally, reads) = try tally(over: set, slot: loop.slot, loop.added)
    // What is added may not depend on what was.
    if let variable = place.variable {
      for case .state(variable, _, _) in reads {
        throw CutoffRefusal(.sharedByRounds, at: loop.total.span)
      }
    }
    if let bound {
      let part = ElementSum.Part(tally: tally, set: set, most: most.upperBound, times: 1)
      guard
        let sum = try sum(before, at: loop.total.span)
          .adding(ElementSum(parts: [part]), times: 1)
      else { throw CutoffRefusal(.countHasNoRoom, at: loop.total.span) }
      return try keep(note(sum), sum, in: loop.total, bound)
    }
    // So many that the variable has no room for them, or all.
    let bounds = loop.total.bounds
    let (room, overflows) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound)
    need(
      tally: tally,
      Grant(adding: try limited(overflows ? .max : room + 1, of: set, at: loop.total.span)))
    try write(place, of: loop.total.type, at: loop.span)
  }

  private mutating func read(_ slot: Int, ifOf place: Place) -> AbstractValue {
    place.base == .frame ? read(slot) : .unknown
  }

  // MARK: - Assignments

  mutating func assign(
    _ found: AbstractValue, _ value: Expression, to place: Place, at span: SourceSpan
  ) throws(CutoffRefusal) {
    if let bound = sizes.bounds[place.span] {
      try checkIsOfOneRound(place)
      let sum = try sum(found, of: value, at: span)
      return try keep(found, sum, in: place, bound)
    }
    if case .sum(let number) = found, let sum = sums[number] {
      // A value that the variable has no room for is none on both sides.
      let bounds = place.bounds
      try keepValue(of: sum, from: bounds.lowerBound, to: bounds.upperBound, at: span)
    } else if found.isSum {
      throw CutoffRefusal(.sumIsUsed, at: span)
    }
    try write(try walk(place, isTarget: true), of: place.type, at: span)
  }

  /// What one round leaves, another one would find.
  private func checkIsOfOneRound(_ place: Place) throws(CutoffRefusal) {
    guard frames[frames.count - 1].repetitions == repetitions else {
      throw CutoffRefusal(.sharedByRounds, at: place.span)
    }
  }

  /// Writes a sum to a local variable that has room for it at all sizes.
  private mutating func keep(
    _ value: AbstractValue, _ sum: ElementSum, in place: Place, _ bound: ElementCounts.Bound
  ) throws(CutoffRefusal) {
    guard case .frame = place.base, place.indices.isEmpty else {
      throw CutoffRefusal(.sumIsUsed, at: place.span)
    }
    guard sum.isAlways(from: place.bounds.lowerBound, to: bound) else {
      throw CutoffRefusal(.countHasNoRoom, at: place.span)
    }
    try write(try walk(place, isTarget: true), of: place.type, at: place.span)
    bind(place.offset, value)
  }

  // MARK: - Arithmetic

  mutating func combine(
    _ operation: Expression.ArithmeticOperator,
    _ left: (value: AbstractValue, expression: Expression),
    _ right: (value: AbstractValue, expression: Expression), at span: SourceSpan
  ) throws(CutoffRefusal) -> AbstractValue {
    let first = try sum(left.value, of: left.expression, at: span)
    let second = try sum(right.value, of: right.expression, at: span)
    let combined: ElementSum?
    switch (operation, left.value, right.value) {
    case (.add, _, _): combined = first.adding(second, times: 1)
    case (.subtract, _, _): combined = first.adding(second, times: -1)
    case (.multiply, .number(let times), _): combined = ElementSum().adding(second, times: times)
    case (.multiply, _, .number(let times)): combined = ElementSum().adding(first, times: times)
    default: combined = nil
    }
    guard let combined else { throw CutoffRefusal(.sumIsUsed, at: span) }
    return note(combined)
  }

  mutating func compare(
    _ operation: Expression.ComparisonOperator, _ left: Expression, _ right: Expression,
    at span: SourceSpan, keeping preserved: Preserved
  ) throws(CutoffRefusal) -> AbstractValue {
    let (first, second) = try ending(well: preserved.isTruth) {
      walk throws(CutoffRefusal) in
      let first = try walk.evaluateName(left)
      // Of two elements that both need not be there nobody could tell whether they are the same.
      let isKnown = walk.looseName(left) == nil
      return (first, isKnown ? try walk.evaluateName(right) : try walk.evaluate(right))
    }
    if case .number(let first) = first, case .number(let second) = second {
      return AbstractValue(operation.holds(first, second))
    }
    guard first.isSum || second.isSum else { return .unknown }
    let sums = (try sum(first, of: left, at: span), try sum(second, of: right, at: span))
    guard let difference = sums.0.adding(sums.1, times: -1) else {
      throw CutoffRefusal(.sumIsUsed, at: span)
    }
    // Of what is compared with 0: the largest value below the border, or the one that is asked about.
    let (lower, upper): (Int64, Int64) =
      switch operation {
      case .equal, .notEqual: (0, 0)
      case .less, .greaterOrEqual: (0, -1)
      case .lessOrEqual, .greater: (1, 0)
      }
    let decreases: Bool? =
      switch (operation, preserved) {
      case (.less, .truth), (.lessOrEqual, .truth), (.greater, .falsehood),
        (.greaterOrEqual, .falsehood):
        true
      case (.greater, .truth), (.greaterOrEqual, .truth), (.less, .falsehood),
        (.lessOrEqual, .falsehood):
        false
      default: nil
      }
    // Of fewer elements it is as small, or smaller, which keeps it so.
    if let decreases, difference.growing(decreases ? 1 : -1) != nil { return .unknown }
    try keepValue(of: difference, from: lower, to: upper, at: span)
    return .unknown
  }

  // MARK: - Needs

  /// Needs elements, so that the sum has the same value where it is between two numbers, and is on the
  /// same side of them where it is not: above the second one, or below the first.
  private mutating func keepValue(
    of sum: ElementSum, from lower: Int64, to upper: Int64, at span: SourceSpan
  ) throws(CutoffRefusal) {
    let (count, overflows): (Int64, Bool)
    let grown: ElementSum.Growth?
    if let found = sum.growing(1) {
      let (room, tooLarge) = upper.subtractingReportingOverflow(sum.rest.lowerBound)
      (grown, count, overflows) = (found, tooLarge ? .max : room, tooLarge)
    } else {
      let (room, tooLarge) = sum.rest.upperBound.subtractingReportingOverflow(lower)
      (grown, count, overflows) = (sum.growing(-1), tooLarge ? .max : room, tooLarge)
    }
    guard let grown else { throw CutoffRefusal(.sumsAreCompared, at: span) }
    let times = overflows || count == .max ? Int64.max : count + 1
    for part in grown.parts {
      let times = try limited(times, of: part.set, at: span)
      need(tally: part.tally, part.isMissing ? Grant(missing: times) : Grant(adding: times))
    }
    for set in grown.sets { need(anyOf: set, times: try limited(times, of: set, at: span)) }
  }

  private func limited(
    _ times: Int64, of set: Int, at span: SourceSpan
  ) throws(CutoffRefusal) -> Int {
    // A place that any number goes to.
    guard times <= 1 << 32 else { throw CutoffRefusal(.sumIsUsed, at: span) }
    guard times <= Int64(Self.mostValues) else {
      let type = system.scalarsets.first { $0.identity == set }
      throw CutoffRefusal(
        .tooManyElements(type?.name ?? "scalarset", Int(clamping: times)), at: span)
    }
    return Int(times)
  }

  // MARK: - What values there are

  /// What is known of a value, as a sum.
  private func sum(
    _ value: AbstractValue, of expression: Expression? = nil, at span: SourceSpan
  ) throws(CutoffRefusal) -> ElementSum {
    switch value {
    case .number(let number): return ElementSum(rest: number...number)
    case .sum(let number):
      if let sum = sums[number] { return sum }
    case .unknown, .element:
      if let expression, let values = values(of: expression) { return ElementSum(rest: values) }
    }
    throw CutoffRefusal(.sumIsUsed, at: span)
  }

  private static let mostDepth = 16

  /// Values that an expression may have at any size; nil where that is not seen.
  ///
  /// - Parameter depth: Functions called around it, whose variables nothing is known of.
  private func values(of expression: Expression, depth: Int = 0) -> ClosedRange<Int64>? {
    func values(_ other: Expression) -> ClosedRange<Int64>? { self.values(of: other, depth: depth) }
    switch expression.kind {
    case .literal(let value):
      return sizes.scalarsets[expression.span] == nil ? value...value : nil
    case .load(let place):
      switch place.base {
      // The type of a local variable may grow with sizes, that of a state variable may not.
      case .state: return place.bounds
      case .frame:
        guard depth == 0, place.indices.isEmpty,
          case .number(let number)? = frames[frames.count - 1].values[place.offset]
        else { return nil }
        return number...number
      case .reference: return nil
      }
    case .not, .and, .or, .implies, .compare, .aggregatesEqual, .quantified, .isUndefined,
      .isOccupied:
      return 0...1
    case .handedOn(let operand, plus: 0): return values(operand)
    case .conditional(let condition, let then, let otherwise):
      if let condition = values(condition), condition.lowerBound == condition.upperBound {
        return values(condition.lowerBound != 0 ? then : otherwise)
      }
      guard let first = values(then), let second = values(otherwise) else { return nil }
      return first.joined(with: second)
    case .arithmetic(let operation, let left, let right):
      guard let first = values(left), let second = values(right) else { return nil }
      return first.combined(operation, with: second)
    case .call(let function, _):
      guard depth < Self.mostDepth else { return nil }
      var found: ClosedRange<Int64>?
      var isKnown = true
      for statement in system.functions[function].body {
        statement.forEachPart { part in
          guard case .statement(let inner) = part, case .result(let result) = inner.kind else {
            return
          }
          guard case .scalar(let value)? = result,
            let range = self.values(of: value, depth: depth + 1)
          else {
            isKnown = false
            return
          }
          found = found?.joined(with: range) ?? range
        }
      }
      return isKnown ? found : nil
    case .negate, .bitNot, .handedOn, .multisetCount, .symbolic: return nil
    }
  }
}

extension ClosedRange<Int64> {
  fileprivate func joined(with other: Self) -> Self {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }

  /// Results of an operation on numbers of two ranges; nil where that is not seen.
  fileprivate func combined(
    _ operation: Expression.ArithmeticOperator, with other: Self
  ) -> Self? {
    guard [.add, .subtract, .multiply].contains(operation) else { return nil }
    var found: Self?
    for first in [lowerBound, upperBound] {
      for second in [other.lowerBound, other.upperBound] {
        guard case .success(let value) = operation.apply(first, second) else { return nil }
        found = found?.joined(with: value...value) ?? value...value
      }
    }
    return found
  }
}
