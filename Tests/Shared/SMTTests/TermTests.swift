import SMT
import TestSupport
import Testing

/// Terms by themselves: values, divisions, and what Z3 makes of them.
@Suite struct TermTests {
  private static let x = IntTerm(unknown: "x")

  /// What each rounding means, from Swift's operators and the definition.
  private static func expected(_ value: Int, _ divisor: Int, _ rounding: Rounding) -> (Int, Int) {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    switch rounding {
    case .towardZero: return (quotient, rest)
    case .down:
      let isInexact = rest != 0 && (rest < 0) != (divisor < 0)
      return isInexact ? (quotient - 1, rest + divisor) : (quotient, rest)
    case .euclidean:
      let positive = rest < 0 ? rest + abs(divisor) : rest
      return ((value - positive) / divisor, positive)
    }
  }

  @Test(arguments: Rounding.allCases)
  func divisionIsSwifts(rounding: Rounding) throws {
    for divisor in -7...7 where divisor != 0 {
      let by = try #require(Divisor(IntegerValue(divisor)))
      let quotient = Self.x.divided(by: by, rounding: rounding)
      let rest = Self.x.remainder(by: by, rounding: rounding)
      var deviations: [BoolTerm] = []
      for value in -25...25 {
        let (expectedQuotient, expectedRest) = Self.expected(value, divisor, rounding)
        let model = Model(values: ["x": .integer(IntegerValue(value))])
        #expect(try model.value(of: quotient) == IntegerValue(expectedQuotient))
        #expect(try model.value(of: rest) == IntegerValue(expectedRest))
        #expect(expectedQuotient * divisor + expectedRest == value)
        deviations.append(
          Self.x.equals(IntTerm(value))
            && (quotient.differs(from: IntTerm(expectedQuotient))
              || rest.differs(from: IntTerm(expectedRest)))
        )
      }
      #expect(try Query([Assertion(.any(deviations))]).decide() == .unsatisfiable)
    }
  }

  @Test func operatorsRoundTowardZero() throws {
    let model = Model(values: ["x": .integer(-7)])
    #expect(try model.value(of: Self.x / 2) == -3)
    #expect(try model.value(of: Self.x % 2) == -1)
    #expect(Divisor(IntegerValue(0)) == nil)
  }

  /// The evaluator is a second implementation of what Z3 means by every operation.
  @Test func arithmeticAgreesWithZ3() throws {
    let solver = try Solver()
    var random = RandomTerm(seed: 11)
    for _ in 0..<1500 {
      let term = random.integer(depth: 3)
      let formula = random.formula(depth: 3)
      let model = random.model()
      let value = try model.value(of: term)
      let holds = try model.value(of: formula)
      let claims = term.equals(IntTerm(value)) && formula.equals(BoolTerm(holds))
      #expect(try solver.check(assuming: model.formulas + [claims]) == .satisfiable, "\(claims)")
      #expect(try solver.check(assuming: model.formulas + [!claims]) == .unsatisfiable)
    }
  }

  @Test func joiningNoneAndOne() throws {
    let model = Model(values: [:])
    #expect(try model.value(of: BoolTerm.all([])))
    #expect(try !model.value(of: BoolTerm.any([])))
    #expect(try model.value(of: IntTerm.sum([])) == 0)
    #expect(IntTerm.sum([Self.x]) == Self.x)
  }

  /// Nothing recurses: a sum as deep as a long list of processes.
  @Test func deepTerms() throws {
    func deep() -> IntTerm { (0..<200_000).reduce(Self.x) { sum, _ in sum + 1 } }
    let term = deep()
    let other = deep()
    #expect(term == other)
    #expect(term.hashValue == other.hashValue)
    #expect(term != other + 1)
    #expect(try Model(values: ["x": .integer(5)]).value(of: term) == 200_005)
    #expect(term.description.utf8.count > 200_000)
    let query = try Query([Assertion(term.equals(200_007))])
    #expect(try Query(script: query.script).assertions == query.assertions)
    let solver = try Solver()
    #expect(try solver.check(assuming: [term.equals(200_007)]) == .satisfiable)
    #expect(try solver.model().value(of: Self.x) == 7)
  }

  /// As a tree this term has 2 to the 200 nodes.
  @Test func sharedTerms() throws {
    func shared() -> IntTerm { (0..<120).reduce(Self.x) { term, _ in term + term } }
    let term = shared()
    #expect(term == shared())
    let query = try Query([Assertion(term.equals(0)), Assertion(0 < Self.x)])
    #expect(try query.decide() == .unsatisfiable)
    #expect(query.script.utf8.count < 10_000)
    #expect(throws: SMTError.valueTooLarge) {
      try Model(values: ["x": .integer(0x10_0000)]).value(of: term)
    }
  }

  @Test func integersOfAnySize() throws {
    let huge = try #require(IntegerValue(decimal: "1" + String(repeating: "0", count: 60)))
    #expect(huge.int64 == nil && huge.int128 == nil)
    #expect(huge.description == "1" + String(repeating: "0", count: 60))
    #expect(IntegerValue(Int64.min).int64 == Int64.min)
    #expect(IntegerValue(Int128.max).int64 == nil)
    #expect(IntegerValue(decimal: "-0") == 0)
    #expect(IntegerValue(decimal: "0007") == 7)
    for text in ["", "-", "+1", "1x", "--1", "0x1"] { #expect(IntegerValue(decimal: text) == nil) }
    let ordered = [
      "-20" + String(repeating: "0", count: 50), "-1" + String(repeating: "0", count: 51),
      "-5", "0", "7", "1" + String(repeating: "0", count: 51),
      "2" + String(repeating: "0", count: 51),
    ]
    let values = try ordered.map { try #require(IntegerValue(decimal: $0)) }
    #expect(values.shuffled().sorted() == values)
    for value in values { #expect(!(value < value)) }
  }
}
