import Randomness
import SMT
import TestSupport
import Testing

/// Optima are those of trying everything.
@Suite struct OptimizerTests {
  private static let names = ["a", "b", "c"]
  private static let range = -3...3

  private static let models: [Model] = range.flatMap { a in
    range.flatMap { b in
      range.map { c in
        Model(values: [
          "a": .integer(IntegerValue(a)), "b": .integer(IntegerValue(b)),
          "c": .integer(IntegerValue(c)),
        ])
      }
    }
  }

  private static func term(_ random: inout SplitMix64) -> IntTerm {
    var term = IntTerm.sum(
      names.map { IntegerValue(Int.random(in: -3...3, using: &random)) * IntTerm(unknown: $0) })
    if Int.random(in: 0..<3, using: &random) == 0 { term = term.remainder(by: 4, rounding: .down) }
    if Int.random(in: 0..<4, using: &random) == 0 { term = term / 2 }
    return term
  }

  @Test func optimaAreThoseOfTryingEverything() throws {
    var random = SplitMix64(seed: 5)
    var unsatisfiable = 0
    for _ in 0..<150 {
      let optimizer = try Optimizer()
      for name in Self.names {
        let unknown = IntTerm(unknown: name)
        try optimizer.assert(
          IntTerm(Self.range.lowerBound) <= unknown && unknown <= IntTerm(Self.range.upperBound))
      }
      let constraints = (0..<3).map { _ in
        Self.term(&random) < IntTerm(Int.random(in: -3...3, using: &random))
      }
      for constraint in constraints { try optimizer.assert(constraint) }
      for number in 0..<2 {
        let term = Self.term(&random)
        try optimizer.add(number == 0 ? .least(term) : .greatest(term))
      }
      let objectives = optimizer.objectives.map(\.term)
      let best = try Self.models.filter { model in
        try constraints.allSatisfy { try model.value(of: $0) }
      }.map { model in
        // The second is negated, so that less is better for both.
        [try model.value(of: objectives[0]), try model.value(of: -objectives[1])]
      }.min { $0.lexicographicallyPrecedes($1) }
      switch (try optimizer.check(), best) {
      case (.unsatisfiable, nil): unsatisfiable += 1
      case (.optimal(let model, let values), .some(let best)):
        let second = try #require(best[1].int64)
        #expect(values == [best[0], IntegerValue(-second)])
        let better = try optimizer.betterThan(values)
        #expect(try better.verify() == .confirmed)
        #expect(try !better.isSatisfied(by: model))
        // Something is better than one worse.
        let worse = [values[0], IntegerValue(-second - 1)]
        #expect(try optimizer.betterThan(worse).decide() == .satisfiable)
      case (let answer, let best):
        Issue.record("\(answer) where the best is \(best?.description ?? "nothing")")
      }
    }
    #expect(unsatisfiable > 0 && unsatisfiable < 100)
  }

  @Test func noBound() throws {
    let (x, y) = (IntTerm(unknown: "x"), IntTerm(unknown: "y"))
    let optimizer = try Optimizer()
    try optimizer.assert(y >= 3)
    try optimizer.add(.least(y))
    #expect(try optimizer.check() == .optimal(Model(values: ["y": .integer(3)]), [3]))
    try optimizer.add(.greatest(x))
    #expect(try optimizer.check() == .unbounded(objective: 1))
    try optimizer.assert(x <= 9 - 2 * y)
    guard case .optimal(let model, let values) = try optimizer.check() else {
      Issue.record("there is an optimum")
      return
    }
    #expect(values == [3, 3])
    #expect(model.values == ["x": .integer(3), "y": .integer(3)])
  }

  @Test func errors() throws {
    let optimizer = try Optimizer()
    let x = IntTerm(unknown: "x")
    try optimizer.assert(x > 0)
    #expect(throws: SMTError.nameOfTwoSorts("x")) { try optimizer.assert(BoolTerm(unknown: "x")) }
    #expect(throws: SMTError.unusableName("|")) { try optimizer.add(.least(IntTerm(unknown: "|"))) }
    #expect(optimizer.assertions.count == 1 && optimizer.objectives.isEmpty)
  }
}
