import Foundation
import SMT
import Testing

/// Questions that are not decided. The question is the pigeonhole principle, which is hard for a
/// solver that does not count: `count` integers, all different, among one fewer.
@Suite struct LimitTests {
  private static func pigeonhole(_ count: Int) -> [BoolTerm] {
    let pigeons = (0..<count).map { IntTerm(unknown: "pigeon\($0)") }
    return pigeons.enumerated().flatMap { number, pigeon in
      [1 <= pigeon, pigeon < IntTerm(count)]
        + pigeons[..<number].map { pigeon.differs(from: $0) }
    }
  }

  private static func hardSolver(_ limits: Limits) throws -> Solver {
    let solver = try Solver(limits: limits)
    for formula in pigeonhole(14) { try solver.assert(formula) }
    return solver
  }

  @Test func timeout() throws {
    let solver = try Self.hardSolver(Limits(timeoutMilliseconds: 100))
    #expect(try solver.check() == .unknown(.timeout(milliseconds: 100)))
    #expect(throws: SMTError.noModel) { try solver.model() }
    #expect(throws: SMTError.noCore) { try solver.core() }
  }

  @Test func resourceLimit() throws {
    let solver = try Self.hardSolver(Limits(resourceUnits: 20_000))
    #expect(try solver.check() == .unknown(.resourceLimit(units: 20_000)))
    // A limit is of one check, and can be changed.
    let easy = try Solver(limits: Limits(resourceUnits: 20_000))
    for formula in Self.pigeonhole(4) { try easy.assert(formula) }
    for _ in 0..<20 { #expect(try easy.check() == .unsatisfiable) }
    easy.limits = Limits(resourceUnits: 1)
    try easy.assert(IntTerm(unknown: "x") > 0)
    #expect(try easy.check(assuming: [IntTerm(unknown: "x") < 5]) != .satisfiable)
    easy.limits = .none
    #expect(try easy.check() == .unsatisfiable)
  }

  @Test func limitsOfOptimisers() throws {
    let optimizer = try Optimizer(limits: Limits(timeoutMilliseconds: 100))
    for formula in Self.pigeonhole(14) { try optimizer.assert(formula) }
    try optimizer.add(.least(IntTerm(unknown: "pigeon0")))
    let answer = try optimizer.check()
    #expect(answer == .unknown(.timeout(milliseconds: 100)))
  }

  @Test func coresAtALimitAreNotCalledMinimal() throws {
    let solver = try Self.hardSolver(Limits(resourceUnits: 20_000))
    // Only with this is the question easy.
    try solver.assert(IntTerm(unknown: "pigeon0").equals(0), named: "nowhere")
    #expect(try solver.check() == .unsatisfiable)
    #expect(try solver.core() == Core(names: ["nowhere"], assumptions: [], isMinimal: false))
  }

  @Test func interruptFromAnotherThread() throws {
    let solver = try Self.hardSolver(.none)
    let interrupter = solver.interrupter
    let thread = Thread {
      Thread.sleep(forTimeInterval: 0.1)
      interrupter.interrupt()
    }
    thread.start()
    let start = ContinuousClock.now
    #expect(try solver.check() == .unknown(.interrupted))
    #expect(ContinuousClock.now - start < .seconds(60))
    // It stays so until it is told otherwise.
    #expect(try solver.check() == .unknown(.interrupted))
    interrupter.reset()
    let easy = try Solver()
    easy.interrupter.interrupt()
    easy.interrupter.reset()
    #expect(try easy.check() == .satisfiable)
  }

  /// No interrupt is lost, whenever it comes.
  @Test func interruptsAtAnyMoment() throws {
    for microseconds in stride(from: 0, to: 2000, by: 40) {
      let solver = try Self.hardSolver(.none)
      let interrupter = solver.interrupter
      let thread = Thread {
        Thread.sleep(forTimeInterval: Double(microseconds) * 1e-6)
        interrupter.interrupt()
      }
      thread.start()
      #expect(try solver.check() == .unknown(.interrupted))
    }
  }

  /// A solver that is gone is not touched.
  @Test func interruptAfterTheEnd() throws {
    var solver: Solver? = try Solver()
    let interrupter = try #require(solver?.interrupter)
    #expect(try solver?.check() == .satisfiable)
    solver = nil
    interrupter.interrupt()
    #expect(interrupter.isRequested)
  }

  @Test func solversSideBySide() async throws {
    let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
      for number in 0..<8 {
        group.addTask {
          let solver = try Solver()
          for formula in Self.pigeonhole(4 + number % 3) { try solver.assert(formula) }
          for round in 0..<20 {
            _ = try solver.check(assuming: [IntTerm(unknown: "x") > IntTerm(round)])
          }
          return try solver.check()
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers == Array(repeating: .unsatisfiable, count: 8))
  }
}
