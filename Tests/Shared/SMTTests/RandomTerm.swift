import Randomness
import SMT
import TestSupport

/// Random terms over a few unknowns, in which every operation occurs.
struct RandomTerm {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  static let integers = ["x", "y", "need[proc_t_0]"]
  static let bools = ["p", "q"]

  mutating func integer(depth: Int) -> IntTerm {
    guard depth > 0 else {
      return pick(3) == 0
        ? IntTerm(Int.random(in: -9...9, using: &random))
        : IntTerm(unknown: Self.integers[pick(Self.integers.count)])
    }
    switch pick(8) {
    case 0: return integer(depth: depth - 1) + integer(depth: depth - 1)
    case 1: return integer(depth: depth - 1) - integer(depth: depth - 1)
    case 2: return .sum((0..<3).map { _ in integer(depth: depth - 1) })
    case 3: return IntegerValue(Int.random(in: -4...4, using: &random)) * integer(depth: depth - 1)
    case 4: return integer(depth: depth - 1).divided(by: divisor(), rounding: rounding())
    case 5: return integer(depth: depth - 1).remainder(by: divisor(), rounding: rounding())
    case 6: return -integer(depth: depth - 1)
    default:
      return .ifThenElse(
        formula(depth: depth - 1), integer(depth: depth - 1), integer(depth: depth - 1))
    }
  }

  mutating func formula(depth: Int) -> BoolTerm {
    guard depth > 0 else {
      return pick(5) == 0
        ? BoolTerm(pick(2) == 0) : BoolTerm(unknown: Self.bools[pick(Self.bools.count)])
    }
    switch pick(9) {
    case 0: return !formula(depth: depth - 1)
    case 1: return .all((0..<3).map { _ in formula(depth: depth - 1) })
    case 2: return formula(depth: depth - 1) || formula(depth: depth - 1)
    case 3: return formula(depth: depth - 1).implies(formula(depth: depth - 1))
    case 4: return formula(depth: depth - 1).equals(formula(depth: depth - 1))
    case 5: return integer(depth: depth - 1).equals(integer(depth: depth - 1))
    case 6: return integer(depth: depth - 1) < integer(depth: depth - 1)
    case 7: return integer(depth: depth - 1) >= integer(depth: depth - 1)
    default:
      return .ifThenElse(
        formula(depth: depth - 1), formula(depth: depth - 1), formula(depth: depth - 1))
    }
  }

  /// Bounds that keep every question decidable in a moment.
  static var bounds: [BoolTerm] {
    integers.map { IntTerm(unknown: $0) }.flatMap { [-20 <= $0, $0 <= 20] }
  }

  mutating func model() -> Model {
    var values: [String: Value] = [:]
    for name in Self.integers {
      values[name] = .integer(IntegerValue(Int.random(in: -20...20, using: &random)))
    }
    for name in Self.bools { values[name] = .bool(pick(2) == 0) }
    return Model(values: values)
  }

  private mutating func divisor() -> Divisor {
    let values: [Divisor] = [1, 2, 3, 7, -1, -2, -5]
    return values[pick(values.count)]
  }

  private mutating func rounding() -> Rounding { Rounding.allCases[pick(3)] }

  private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
}

extension Model {
  /// Formulas that hold in this model alone.
  var formulas: [BoolTerm] {
    values.sorted { $0.key < $1.key }.map { name, value in
      switch value {
      case .bool(let value): BoolTerm(unknown: name).equals(BoolTerm(value))
      case .integer(let value): IntTerm(unknown: name).equals(IntTerm(value))
      }
    }
  }
}
