/// Bounds on the value of a number, used to keep assignments in range and intermediate results
/// small: Rumur computes in 64 bits or fewer, depending on the platform.
struct Interval: Equatable {
  var lower: Int
  var upper: Int

  func isWithin(_ other: Interval) -> Bool {
    other.lower <= lower && upper <= other.upper
  }

  func union(_ other: Interval) -> Interval {
    Interval(lower: min(lower, other.lower), upper: max(upper, other.upper))
  }

  /// The bounds of `operation` for operands in these bounds. Precondition: all bounds are below
  /// 2^31 in magnitude, so that products are exact.
  static func of(_ operation: BinaryOperator, _ left: Interval, _ right: Interval) -> Interval {
    switch operation {
    case .add: return Interval(lower: left.lower + right.lower, upper: left.upper + right.upper)
    case .subtract:
      return Interval(lower: left.lower - right.upper, upper: left.upper - right.lower)
    case .multiply:
      let corners = [
        left.lower * right.lower, left.lower * right.upper, left.upper * right.lower,
        left.upper * right.upper,
      ]
      return Interval(lower: corners.min() ?? 0, upper: corners.max() ?? 0)
    case .divide:
      let most = left.magnitude
      return Interval(lower: -most, upper: most)
    case .remainder:
      let most = max(abs(right.lower), abs(right.upper)) - 1
      return Interval(lower: left.lower < 0 ? -most : 0, upper: left.upper > 0 ? most : 0)
    case .bitAnd where left.lower >= 0 && right.lower >= 0:
      return Interval(lower: 0, upper: min(left.upper, right.upper))
    case .bitOr, .bitXor, .bitAnd:
      return left.union(right).powerOfTwoBound
    case .shiftLeft, .shiftRight:
      let factor = 1 << max(0, min(8, max(abs(right.lower), abs(right.upper))))
      let most = left.magnitude * factor
      return Interval(lower: left.lower < 0 ? -most : 0, upper: most)
    default: return Interval(lower: 0, upper: 1)
    }
  }

  static func of(_ operation: UnaryOperator, _ operand: Interval) -> Interval {
    switch operation {
    case .minus: Interval(lower: -operand.upper, upper: -operand.lower)
    case .bitNot: Interval(lower: -operand.upper - 1, upper: -operand.lower - 1)
    case .not: Interval(lower: 0, upper: 1)
    }
  }

  private var magnitude: Int { max(abs(lower), abs(upper)) }

  /// Contains every result of a bit operator on two members.
  private var powerOfTwoBound: Interval {
    var most = 1
    while most <= max(upper, -lower - 1) { most *= 2 }
    return Interval(lower: lower < 0 ? -most : 0, upper: most - 1)
  }
}
