import Randomness
import SMT
import TestSupport
import Testing

/// Cores are cores, and minimal.
@Suite struct CoreTests {
  /// `left - right <= bound`.
  private struct Difference {
    let left: Int
    let right: Int
    let bound: Int

    var term: BoolTerm {
      IntTerm(unknown: "v\(left)") - IntTerm(unknown: "v\(right)") <= IntTerm(bound)
    }
  }

  /// Differences can hold together if and only if their graph has no negative cycle
  /// (Bellman and Ford), which needs no solver.
  private static func canHold(_ differences: [Difference], unknowns: Int) -> Bool {
    var distances = Array(repeating: 0, count: unknowns)
    for _ in 0...unknowns {
      var hasChanged = false
      for edge in differences where distances[edge.right] + edge.bound < distances[edge.left] {
        distances[edge.left] = distances[edge.right] + edge.bound
        hasChanged = true
      }
      if !hasChanged { return true }
    }
    return false
  }

  @Test func minimalCoresOfDifferences() throws {
    var random = SplitMix64(seed: 3)
    let unknowns = 5
    var coreSizes: Set<Int> = []
    var satisfiable = 0
    for _ in 0..<400 {
      let differences = (0..<9).map { _ in
        Difference(
          left: .random(in: 0..<unknowns, using: &random),
          right: .random(in: 0..<unknowns, using: &random),
          bound: .random(in: -4...6, using: &random))
      }
      let solver = try Solver()
      for (number, difference) in differences.enumerated() {
        try solver.assert(difference.term, named: "difference \(number)")
      }
      guard Self.canHold(differences, unknowns: unknowns) else {
        #expect(try solver.check() == .unsatisfiable)
        let core = try solver.core()
        #expect(core.isMinimal)
        let members = differences.enumerated().filter {
          core.names.contains("difference \($0.offset)")
        }.map(\.element)
        #expect(members.count == core.names.count)
        // Every subset by brute force: only the whole cannot hold.
        for subset in 0..<(1 << members.count) {
          let chosen = members.indices.filter { subset >> $0 & 1 == 1 }.map { members[$0] }
          let isWhole = chosen.count == members.count
          #expect(Self.canHold(chosen, unknowns: unknowns) == !isWhole)
        }
        coreSizes.insert(members.count)
        // What was asked for twice is the same, and the solver can go on.
        #expect(try solver.core() == core)
        #expect(try solver.check() == .unsatisfiable)
        continue
      }
      satisfiable += 1
      #expect(try solver.check() == .satisfiable)
    }
    #expect(satisfiable > 20 && coreSizes.count > 2)
  }

  /// Formulas of all kinds, of which Z3's own cores are often not minimal.
  @Test(arguments: 1...6)
  func minimalCoresOfFormulas(seed: UInt64) throws {
    var random = RandomTerm(seed: seed)
    var cores = 0
    for _ in 0..<25 {
      let bounds = RandomTerm.bounds.map { Assertion($0) }
      let formulas = (0..<12).map { Assertion(random.formula(depth: 2), named: "formula \($0)") }
      let solver = try Solver()
      for assertion in bounds + formulas { try solver.add(assertion) }
      guard try solver.check() == .unsatisfiable else { continue }
      let core = try solver.core()
      #expect(core.isMinimal)
      let members = formulas.filter { core.names.contains($0.name ?? "") }
      #expect(try Query(bounds + members).decide() == .unsatisfiable)
      for position in members.indices {
        var rest = members
        rest.remove(at: position)
        #expect(try Query(bounds + rest).decide() == .satisfiable)
      }
      cores += 1
    }
    #expect(cores > 5)
  }

  @Test func unnamedAssertionsAreTakenForGranted() throws {
    let x = IntTerm(unknown: "x")
    let solver = try Solver()
    try solver.assert(x > 10)
    try solver.assert(x < 20, named: "below 20")
    try solver.assert(x < 5, named: "below 5")
    try solver.assert(x < 4, named: "below 4")
    #expect(try solver.check() == .unsatisfiable)
    let core = try solver.core()
    #expect(core.names.count == 1 && core.names != ["below 20"])
    try solver.assert(x < 0)
    #expect(try solver.check() == .unsatisfiable)
    #expect(try solver.core() == Core(names: [], assumptions: [], isMinimal: true))
  }

  @Test func aCoreThatIsNotMinimizedIsACore() throws {
    let x = IntTerm(unknown: "x")
    let bounds = [10 <= x, x <= 20, x <= 5, x <= 8]
    let solver = try Solver()
    #expect(try solver.check(assuming: bounds) == .unsatisfiable)
    let core = try solver.core(minimizing: false)
    #expect(!core.isMinimal)
    // What is kept of it has to contradict itself: the lower bound, and one of the two that exclude
    // it.
    #expect(core.assumptions.contains(0))
    #expect(core.assumptions.contains(2) || core.assumptions.contains(3))
    // It is not kept for one that was asked to be minimal.
    let minimal = try solver.core()
    #expect(minimal.isMinimal && minimal.assumptions.count == 2)
  }
}
