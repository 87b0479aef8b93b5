import Foundation
import SMT
import Testing

private var quarantines: Bool {
  dlsym(nil, "__asan_init") != nil
    && getenv("ASAN_OPTIONS").map { !String(cString: $0).contains("quarantine_size_mb=0") } ?? true
}

/// Nothing of Z3 is left behind. Each measurement has a process of its own, because other tests run
/// beside this one.
///
/// The address sanitizer keeps what was freed, 256 MiB of it, which is no leak; the suite runs there
/// with `ASAN_OPTIONS=quarantine_size_mb=0:thread_local_quarantine_size_kb=0`.
@Suite(.disabled(if: quarantines, "the address sanitizer keeps what was freed"))
struct MemoryTests {
  private static func residentBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = try #require(Int(text.split(separator: " ")[1]))
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }

  /// The growth of resident memory while `body` runs, after it ran for a tenth of that before, has
  /// to be below 8 MiB.
  private static func expectNoGrowth(rounds: Int, _ body: (Int) throws -> Void) throws {
    for round in 0..<(rounds / 10) { try body(round) }
    let before = try residentBytes()
    for round in 0..<rounds { try body(round) }
    let growth = try residentBytes() - before
    #expect(growth < 8 << 20, "grew by \(growth) bytes")
  }

  private static let bases = (0..<6).map { IntTerm(unknown: "base\($0)") }

  private static func question(_ round: Int) -> BoolTerm {
    bases[round % 6] + IntTerm(round) <= bases[(round * 7 + 3) % 6]
  }

  private static func place(_ solver: Solver) throws {
    for (first, second) in zip(bases, bases.dropFirst()) {
      try solver.assert(first + 0x20_0000 <= second, named: "\(first) lies below \(second)")
      try solver.assert(first.remainder(by: 0x1000, rounding: .euclidean).equals(0))
    }
  }

  private static func manyQuestions() throws {
    let solver = try Solver()
    try place(solver)
    var counts: [Answer: Int] = [:]
    try expectNoGrowth(rounds: 100_000) { round in
      let isAssumed = round % 10 < 5
      let answer: Answer
      if isAssumed {
        answer = try solver.check(assuming: [question(round)])
      } else {
        try solver.push()
        try solver.assert(question(round), named: "asked now")
        answer = try solver.check()
      }
      if round % 5 == 0 {
        if answer == .unsatisfiable { _ = try solver.core() } else { _ = try solver.model() }
      }
      if !isAssumed { try solver.pop() }
      counts[answer, default: 0] += 1
    }
    #expect(counts[.satisfiable, default: 0] > 1000 && counts[.unsatisfiable, default: 0] > 1000)
  }

  private static func manySolvers() throws {
    try expectNoGrowth(rounds: 500) { round in
      let solver = try Solver()
      try place(solver)
      if try solver.check(assuming: [question(round)]) == .unsatisfiable {
        _ = try solver.core()
      } else {
        _ = try solver.model()
      }
      #expect(throws: SMTError.self) { try solver.assert(IntTerm(unknown: "a|b") > 1) }
    }
  }

  private static func manyOptimizers() throws {
    try expectNoGrowth(rounds: 500) { round in
      let optimizer = try Optimizer()
      try optimizer.assert(bases[0] >= IntTerm(round))
      try optimizer.add(.least(bases[0]))
      let value = IntegerValue(round)
      #expect(
        try optimizer.check() == .optimal(Model(values: ["base0": .integer(value)]), [value]))
    }
  }

  #if compiler(>=6.2)
    @Test func aHundredThousandQuestions() async {
      await #expect(processExitsWith: .success) { try MemoryTests.manyQuestions() }
    }

    @Test func hundredsOfSolvers() async {
      await #expect(processExitsWith: .success) { try MemoryTests.manySolvers() }
    }

    @Test func hundredsOfOptimizers() async {
      await #expect(processExitsWith: .success) { try MemoryTests.manyOptimizers() }
    }
  #else
    /// One after the other, and in this process, since Swift 6.1 has no tests of processes.
    @Test func nothingIsLeftBehind() throws {
      try Self.manyQuestions()
      try Self.manySolvers()
      try Self.manyOptimizers()
    }
  #endif
}
