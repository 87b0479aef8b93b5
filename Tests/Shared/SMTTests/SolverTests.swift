import SMT
import TestSupport
import Testing

/// Answers, models, scopes and errors.
@Suite struct SolverTests {
  private let x = IntTerm(unknown: "x")
  private let y = IntTerm(unknown: "y")

  @Test func satisfiableWithAModel() throws {
    let solver = try Solver()
    try solver.assert(x + y <= 10)
    try solver.assert(x - y >= 4)
    try solver.assert(y >= 3)
    #expect(try solver.check() == .satisfiable)
    let model = try solver.model()
    // 7 - 3 is the only way.
    #expect(model.values == ["x": .integer(7), "y": .integer(3)])
    #expect(try solver.query().isSatisfied(by: model))
  }

  @Test func unsatisfiable() throws {
    let solver = try Solver()
    try solver.assert((2 * x).equals(2 * y + 1))
    #expect(try solver.check() == .unsatisfiable)
    #expect(throws: SMTError.noModel) { try solver.model() }
  }

  @Test func valuesOfAnySize() throws {
    let digits = "123456789012345678901234567890123456789012345678901234567890"
    let huge = IntTerm(try #require(IntegerValue(decimal: digits)))
    let solver = try Solver()
    try solver.assert(x.equals(huge))
    try solver.assert(y.equals(-huge))
    #expect(try solver.check() == .satisfiable)
    let model = try solver.model()
    #expect(try model.value(of: x).description == digits)
    #expect(try model.value(of: y).description == "-" + digits)
    #expect(throws: SMTError.valueTooLarge) { try model.value(of: x + 1) }
  }

  @Test func scopes() throws {
    let solver = try Solver()
    try solver.assert(x > 0)
    try solver.push()
    try solver.assert(x < 0, named: "negative")
    #expect(try solver.check() == .unsatisfiable)
    try solver.pop()
    #expect(solver.assertions.count == 1)
    #expect(try solver.check() == .satisfiable)
    // The name is free again, and means what it means now.
    try solver.assert(x.equals(5), named: "negative")
    #expect(try solver.check() == .satisfiable)
    #expect(try solver.model().value(of: x) == 5)
    #expect(throws: SMTError.noScope) { try solver.pop() }
    #expect(try solver.check() == .satisfiable)
  }

  @Test func assumptionsHoldOnce() throws {
    let solver = try Solver()
    try solver.assert(x > 0)
    #expect(try solver.check(assuming: [y.equals(3), x < y]) == .satisfiable)
    #expect(try solver.model().value(of: y) == 3)
    #expect(try solver.check(assuming: [y < 0, x < y]) == .unsatisfiable)
    #expect(try solver.core().assumptions == [0, 1])
    #expect(try solver.check(assuming: [y > 5, x < 1, y < 100]) == .unsatisfiable)
    #expect(try solver.core().assumptions == [1])
    #expect(try solver.query().assertions.count == 4)
    #expect(try solver.check() == .satisfiable)
    #expect(try solver.query().assertions.count == 1)
  }

  @Test func modelsEndWithTheirCheck() throws {
    let solver = try Solver()
    #expect(throws: SMTError.noModel) { try solver.model() }
    #expect(throws: SMTError.noCore) { try solver.core() }
    #expect(try solver.check() == .satisfiable)
    #expect(throws: SMTError.noCore) { try solver.core() }
    try solver.assert(x > 0)
    #expect(throws: SMTError.noModel) { try solver.model() }
  }

  @Test(arguments: ["", "a|b", "a\\b", "naïve", "a\nb", "a\0b"])
  func unusableNames(name: String) throws {
    let solver = try Solver()
    #expect(throws: SMTError.unusableName(name)) { try solver.assert(IntTerm(unknown: name) > 0) }
    #expect(throws: SMTError.unusableName(name)) { try solver.assert(x > 0, named: name) }
    #expect(throws: SMTError.unusableName(name)) { try Query([Assertion(x > 0, named: name)]) }
    #expect(throws: SMTError.unusableName(name)) {
      try solver.check(assuming: [x > 1, BoolTerm(unknown: name)])
    }
    #expect(solver.assertions.isEmpty)
    #expect(try solver.check(assuming: [x > 1]) == .satisfiable)
  }

  @Test func namesThatClash() throws {
    let solver = try Solver()
    try solver.assert(x > 0, named: "positive")
    #expect(throws: SMTError.duplicateAssertionName("positive")) {
      try solver.assert(y > 0, named: "positive")
    }
    #expect(throws: SMTError.nameOfTwoSorts("x")) { try solver.assert(BoolTerm(unknown: "x")) }
    // An assertion may have an unknown's name, and one like those that the solver makes up.
    try solver.assert(x < 0, named: "x")
    try solver.assert(BoolTerm(unknown: "0"), named: "0")
    #expect(try solver.check() == .unsatisfiable)
    #expect(try solver.core().names == ["positive", "x"])
  }

  /// A random conversation has the answers that fresh solvers give to its parts.
  @Test(arguments: 1...8)
  func conversationsAgreeWithFreshSolvers(seed: UInt64) throws {
    let solver = try Solver()
    for bound in RandomTerm.bounds { try solver.assert(bound) }
    var random = RandomTerm(seed: seed)
    var depth = 0
    var answers: Set<Answer> = []
    for step in 0..<120 {
      switch Int.random(in: 0..<5, using: &random.random) {
      case 0:
        try solver.push()
        depth += 1
      case 1 where depth > 0:
        try solver.pop()
        depth -= 1
      case 2:
        try solver.assert(random.formula(depth: 2), named: step % 2 == 0 ? "step \(step)" : nil)
      default:
        let assumptions = (0..<Int.random(in: 0...2, using: &random.random)).map { _ in
          random.formula(depth: 2)
        }
        let answer = try solver.check(assuming: assumptions)
        let query = try solver.query()
        #expect(try query.decide() == answer, "\(query.script)")
        if answer == .satisfiable { #expect(try query.isSatisfied(by: solver.model())) }
        if answer == .unsatisfiable { _ = try solver.core() }
        answers.insert(answer)
      }
    }
    #expect(!answers.isEmpty)
  }
}
