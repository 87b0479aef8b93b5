import SMT
import TransitionSystem

extension SymbolicEvaluator {
  /// Values of an operand that are told apart where a result is not linear.
  private static let mostCases = 256
  /// Bits of numbers that are taken apart.
  private static let mostBits = 32

  /// A sum of which it is known that it has 64 bits.
  func sum(_ left: SymbolicValue, _ right: SymbolicValue) -> SymbolicValue {
    let (lower, upper) = corners(left, right) { $0 + $1 }
    let range = Int64(clamping: lower)...Int64(clamping: upper)
    if range.lowerBound == range.upperBound { return .constant(range.lowerBound) }
    return .number(left.asNumber + right.asNumber, range)
  }

  mutating func arithmetic(
    _ operation: Expression.ArithmeticOperator, _ left: SymbolicValue, _ right: SymbolicValue
  ) throws(NotSymbolic) -> SymbolicValue {
    if case .constant(let first) = left, case .constant(let second) = right {
      switch operation.apply(first, second) {
      case .success(let value): return .constant(value)
      case .failure:
        fail(if: .known(true))
        return .constant(0)
      }
    }
    switch (operation, left, right) {
    case (.add, _, _):
      return bounded(left.asNumber + right.asNumber, corners(left, right) { $0 + $1 })
    case (.subtract, _, _):
      return bounded(left.asNumber - right.asNumber, corners(left, right) { $0 - $1 })
    case (.multiply, .constant(let factor), let other),
      (.multiply, let other, .constant(let factor)):
      return bounded(IntegerValue(factor) * other.asNumber, corners(left, right) { $0 * $1 })
    case (.divide, _, .constant(let number)):
      guard let divisor = Divisor(IntegerValue(number)) else {
        fail(if: .known(true))
        return .constant(0)
      }
      return bounded(left.asNumber / divisor, corners(left, right) { $0 / $1 })
    case (.modulo, _, .constant(let number)):
      guard let divisor = Divisor(IntegerValue(number)) else {
        fail(if: .known(true))
        return .constant(0)
      }
      let most = Int128(number.magnitude) - 1
      let range = left.range
      let reach = (
        max(-most, min(0, Int128(range.lowerBound))), min(most, max(0, Int128(range.upperBound)))
      )
      return bounded(left.asNumber % divisor, reach)
    case (.bitAnd, _, _), (.bitOr, _, _), (.bitXor, _, _): return try bits(operation, left, right)
    case (.shiftLeft, _, .constant(0..<63)), (.shiftRight, _, .constant(-62...0)):
      return try shifted(
        left, by: operation == .shiftLeft ? right.range.lowerBound : -right.range.lowerBound)
    case (.shiftRight, _, .constant(0..<63)), (.shiftLeft, _, .constant(-62...0)):
      let distance = operation == .shiftRight ? right.range.lowerBound : -right.range.lowerBound
      guard let divisor = Divisor(IntegerValue(Int64(1) << distance)) else { throw .unsupported }
      return bounded(
        left.asNumber.divided(by: divisor, rounding: .down),
        (Int128(left.range.lowerBound >> distance), Int128(left.range.upperBound >> distance)))
    case (.multiply, _, _), (.divide, _, _), (.modulo, _, _), (.shiftLeft, _, _),
      (.shiftRight, _, _):
      return try byCases(operation, left, right)
    }
  }

  /// The least and the greatest of what an operation that is monotonous in both operands may give.
  private func corners(
    _ left: SymbolicValue, _ right: SymbolicValue, _ apply: (Int128, Int128) -> Int128
  ) -> (Int128, Int128) {
    var found: [Int128] = []
    for one in [left.range.lowerBound, left.range.upperBound] {
      for other in [right.range.lowerBound, right.range.upperBound] {
        found.append(apply(Int128(one), Int128(other)))
      }
    }
    return (found.min() ?? 0, found.max() ?? 0)
  }

  /// A number, where it has 64 bits: more goes wrong. The least one is no number.
  private mutating func bounded(
    _ term: IntTerm, _ reach: (lower: Int128, upper: Int128)
  ) -> SymbolicValue {
    let (least, greatest) = (Int128(Int64.min + 1), Int128(Int64.max))
    if reach.lower < least { fail(if: .term(term < IntTerm(least))) }
    if reach.upper > greatest { fail(if: .term(term > IntTerm(greatest))) }
    let lower = Int64(clamping: max(least, reach.lower))
    let upper = Int64(clamping: min(greatest, reach.upper))
    return lower <= upper ? .number(term, lower...upper) : .constant(0)
  }

  /// An operation with each value of one operand.
  private mutating func byCases(
    _ operation: Expression.ArithmeticOperator, _ left: SymbolicValue, _ right: SymbolicValue
  ) throws(NotSymbolic) -> SymbolicValue {
    let splitsLeft = operation == .multiply && count(left) < count(right)
    let split = splitsLeft ? left : right
    guard count(split) <= Self.mostCases else { throw .unsupported }
    var result: SymbolicValue?
    for value in split.range.reversed() {
      let isThis = equals(split, value)
      let part = try under(isThis) { evaluator throws(NotSymbolic) in
        try evaluator.arithmetic(
          operation, splitsLeft ? .constant(value) : left, splitsLeft ? right : .constant(value))
      }
      result = result.map { .choice(isThis, part, $0) } ?? part
    }
    return result ?? .constant(0)
  }

  private func count(_ value: SymbolicValue) -> Int128 {
    Int128(value.range.upperBound) - Int128(value.range.lowerBound) + 1
  }

  private mutating func shifted(
    _ value: SymbolicValue, by distance: Int64
  ) throws(NotSymbolic) -> SymbolicValue {
    let factor = Int64(1) << distance
    let reach = corners(value, .constant(factor)) { $0 * $1 }
    // Bits that are lost are no error.
    guard Int128(Int64.min) < reach.0, reach.1 <= Int128(Int64.max) else { throw .unsupported }
    return bounded(IntegerValue(factor) * value.asNumber, reach)
  }

  /// Bit by bit, of which negative numbers have as many as are asked for.
  private func bits(
    _ operation: Expression.ArithmeticOperator, _ left: SymbolicValue, _ right: SymbolicValue
  ) throws(NotSymbolic) -> SymbolicValue {
    let known = [left, right].filter { $0.range.lowerBound >= 0 }
    guard let most = known.map({ $0.range.upperBound }).min() else { throw .unsupported }
    let count = Int64.bitWidth - most.leadingZeroBitCount
    guard count <= Self.mostBits else { throw .unsupported }
    let common = IntTerm.sum(
      (0..<count).map { position in
        .ifThenElse(
          bit(position, of: left) && bit(position, of: right), IntTerm(Int64(1) << position), 0)
      })
    if operation == .bitAnd { return .number(common, 0...most) }
    let (low, high) = corners(left, right) { $0 + $1 }
    guard low > Int128(Int64.min), high <= Int128(Int64.max) else { throw .unsupported }
    let sum = left.asNumber + right.asNumber
    let term = operation == .bitOr ? sum - common : sum - common - common
    let lowest = min(0, left.range.lowerBound, right.range.lowerBound)
    let highest = max(Int64(high), 0)
    return .number(term, lowest...highest)
  }

  private func bit(_ position: Int, of value: SymbolicValue) -> BoolTerm {
    if case .constant(let number) = value { return BoolTerm(number >> Int64(position) & 1 == 1) }
    guard let divisor = Divisor(IntegerValue(Int64(1) << position)) else { return false }
    return value.asNumber.divided(by: divisor, rounding: .euclidean)
      .remainder(by: 2, rounding: .euclidean).equals(1)
  }
}
