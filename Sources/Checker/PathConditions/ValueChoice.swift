package import Evaluation
import SMT

/// Which of the values that Z3 allows are shown: as small and as round as they can be.
extension PathConditions {
  /// Round numbers are multiples of these, the roundest first: 1 GiB, 2 MiB, 4 KiB.
  private static let roundness: [Int128] = [1 << 30, 2 << 20, 4 << 10]

  /// Values for which a path condition holds and none of some others does.
  ///
  /// One element after another gets the least value from 0 on that is left to it, or else the
  /// greatest one below 0; and then a rounder one that is at most twice as large, if there is one.
  package func values(_ path: Path, noneOf outcomes: [Path] = []) throws(Undecided) -> [Int128] {
    guard let values = try chosenValues(formulas(path, noneOf: outcomes)) else {
      throw .solver("no values are left")
    }
    return values
  }

  /// Values for which a path condition holds and a measured term has a value, chosen as in
  /// `values(_:noneOf:)`; nil if there are none.
  package func values(
    _ path: Path, where term: TermTable.Handle, is value: Int64
  ) throws(Undecided) -> [Int128]? {
    var formulas = try formulas(path)
    if value < Self.greatestMeasured {
      formulas.append(oracle.encoding.formula(term, .least, Int128(0) - Int128(value)))
    }
    if value > -Self.greatestMeasured {
      formulas.append(oracle.encoding.formula(term, .greatest, Int128(value)))
    }
    return try chosenValues(formulas)
  }

  /// Of the values for which all formulas hold, those that are shown; nil if there are none.
  private func chosenValues(_ formulas: [BoolTerm]) throws(Undecided) -> [Int128]? {
    var formulas = formulas
    guard var values = try oracle.solution(of: formulas) else { return nil }
    for (element, unknown) in oracle.encoding.unknowns.enumerated() {
      values = try choose(unknown, element, formulas, values)
      formulas.append(unknown.equals(IntTerm(IntegerValue(values[element]))))
    }
    return values
  }

  /// Better values of all elements, by the value of one.
  private func choose(
    _ unknown: IntTerm, _ element: Int, _ formulas: [BoolTerm], _ found: [Int128]
  ) throws(Undecided) -> [Int128] {
    var best = found
    if best[element] < 0, let positive = try oracle.solution(of: formulas + [0 <= unknown]) {
      best = positive
    }
    let sign: Int128 = best[element] < 0 ? -1 : 1
    // Some value of this magnitude is possible, none of one below `least`. What Z3 finds is mostly
    // the least already, so that is asked before the middle, in turn.
    var least: Int128 = sign < 0 ? 1 : 0
    var asksMiddle = false
    while least < best[element] * sign {
      let magnitude = best[element] * sign
      let most = asksMiddle ? least + (magnitude - least) / 2 : magnitude - 1
      let bound = IntTerm(IntegerValue(most * sign))
      let smaller = try oracle.solution(
        of: formulas
          + (sign < 0 ? [bound <= unknown, unknown < 0] : [0 <= unknown, unknown <= bound]))
      if let smaller { best = smaller } else { least = most + 1 }
      asksMiddle.toggle()
    }
    let magnitude = best[element] * sign
    for unit in Self.roundness where magnitude % unit != 0 {
      let rounder = (magnitude / unit + 1) * unit
      guard rounder <= 2 * magnitude else { continue }
      let exactly = unknown.equals(IntTerm(IntegerValue(rounder * sign)))
      if let values = try oracle.solution(of: formulas + [exactly]) { return values }
    }
    return best
  }

  /// Values that the layout's assumptions allow, one choice for each seed; 0 and 1 give those that
  /// are shown of violations.
  package func values(_ path: Path, seed: UInt64) throws(Undecided) -> [Int128] {
    var values = try values(path)
    var formulas = try formulas(path)
    var random = seed
    for (element, unknown) in oracle.encoding.unknowns.enumerated() where seed > 1 {
      // From a mean of the least value and one that is some powers of two beyond it.
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let distance = Int128(1) << Int128(random >> 59) + Int128(random >> 40 & 7)
      let bound = IntTerm(IntegerValue(values[element] + distance))
      if let larger = try oracle.solution(of: formulas + [bound <= unknown]) { values = larger }
      formulas.append(unknown.equals(IntTerm(IntegerValue(values[element]))))
    }
    return values
  }
}
