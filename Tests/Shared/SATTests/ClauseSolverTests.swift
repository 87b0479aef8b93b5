import Randomness
import SAT
import Testing

/// The solver against all assignments of a few variables.
@Suite struct ClauseSolverTests {
  private struct Formula {
    var clauses: [[Int]] = []

    /// Variables from 1 on; a negative number is a negation.
    func isSatisfiable(_ variableCount: Int, assuming assumptions: [Int]) -> Bool {
      (0..<1 << variableCount).contains { values in
        func isTrue(_ literal: Int) -> Bool {
          (values >> (abs(literal) - 1)) & 1 == (literal > 0 ? 1 : 0)
        }
        return assumptions.allSatisfy(isTrue) && clauses.allSatisfy { $0.contains(where: isTrue) }
      }
    }
  }

  private static func literal(_ number: Int, _ variables: [Literal]) -> Literal {
    number > 0 ? variables[number - 1] : !variables[-number - 1]
  }

  @Test func answersAreThoseOfAllAssignments() {
    var draws = SplitMix64(seed: 1)
    var answers = [0, 0]
    for _ in 0..<400 {
      let count = 3 + Int(draws.next() % 8)
      var solver = ClauseSolver()
      let variables = (0..<count).map { _ in solver.addVariable() }
      var formula = Formula()
      func number() -> Int {
        let variable = 1 + Int(draws.next() % UInt64(count))
        return draws.next() % 2 == 0 ? variable : -variable
      }
      // Clauses come between questions, as engines add them.
      for _ in 0..<count {
        for _ in 0..<5 {
          let clause = (0..<1 + Int(draws.next() % 3) + (draws.next() % 4 == 0 ? 0 : 1)).map { _ in
            number()
          }
          formula.clauses.append(clause)
          solver.add(clause.map { Self.literal($0, variables) })
        }
        let assumptions = (0..<Int(draws.next() % 4)).map { _ in number() }
        let answer = solver.solve(assuming: assumptions.map { Self.literal($0, variables) })
        let expected = formula.isSatisfiable(count, assuming: assumptions)
        #expect(answer == (expected ? .satisfiable : .unsatisfiable))
        if expected {
          answers[0] += 1
          for clause in formula.clauses {
            let isKept = clause.contains { solver.isTrue(Self.literal($0, variables)) }
            #expect(isKept)
          }
          for number in assumptions {
            let isKept = solver.isTrue(Self.literal(number, variables))
            #expect(isKept)
          }
        } else {
          answers[1] += 1
          let core = solver.failedAssumptions
          let failed = assumptions.filter { core.contains(Self.literal($0, variables)) }
          #expect(!formula.isSatisfiable(count, assuming: failed))
        }
      }
    }
    #expect(answers.allSatisfy { $0 > 500 }, "\(answers)")
  }

  /// So many pigeons have no place in one hole less: restarts, and clauses that are forgotten.
  @Test func pigeonsDoNotFit() {
    var solver = ClauseSolver()
    let (pigeons, holes) = (8, 7)
    let places = (0..<pigeons).map { _ in (0..<holes).map { _ in solver.addVariable() } }
    for pigeon in places { solver.add(pigeon) }
    for hole in 0..<holes {
      for one in 0..<pigeons {
        for other in 0..<one { solver.add([!places[one][hole], !places[other][hole]]) }
      }
    }
    let answers = [solver.solve(assuming: [places[0][0]]), solver.solve()]
    #expect(answers == [.unsatisfiable, .unsatisfiable])
    let count = solver.conflictCount
    #expect(count > 100)
  }

  @Test func endsWhenItIsTold() {
    var solver = ClauseSolver()
    let (pigeons, holes) = (12, 11)
    let places = (0..<pigeons).map { _ in (0..<holes).map { _ in solver.addVariable() } }
    for pigeon in places { solver.add(pigeon) }
    for hole in 0..<holes {
      for one in 0..<pigeons {
        for other in 0..<one { solver.add([!places[one][hole], !places[other][hole]]) }
      }
    }
    let answer = solver.solve(isStopped: { true })
    #expect(answer == .stopped)
  }
}
