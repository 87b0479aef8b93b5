import Fitting
import MemoryLayout
import SMT
import Testing

/// Answers of the search against those of trying all placements of small memories.
@Suite struct BruteForceTests {
  @Test(arguments: [UInt64](1...200))
  func existenceAndCores(seed: UInt64) throws {
    let question = SmallQuestion(seed: seed)
    let exists = question.hasPlacement(
      keeping: question.constraints, below: SmallQuestion.byteCount)
    switch try question.search.find() {
    case .fits(let placement):
      #expect(exists)
      #expect(placement.broken(of: question.constraints).isEmpty)
    case .conflict(let conflict):
      #expect(!exists)
      #expect(conflict.isMinimal)
      let core = conflict.constraints
      #expect(Set(core).isSubset(of: Set(question.constraints)))
      #expect(!question.hasPlacement(keeping: core, below: SmallQuestion.farByteCount))
      for index in core.indices {
        var rest = core
        rest.remove(at: index)
        #expect(
          question.hasPlacement(keeping: rest, below: SmallQuestion.farByteCount),
          "not needed: \(core[index].reason)")
      }
    case .inconclusive(let reason): Issue.record("\(reason)")
    }
  }

  /// A solver that gives up at once leaves the question to counting and to orders of items.
  @Test func existenceWithoutSolver() throws {
    var decidedCounts = [true: 0, false: 0]
    for seed in UInt64(1)...200 {
      let question = SmallQuestion(seed: seed)
      let search = PlacementSearch(
        items: question.items.map(\.name), constraints: question.constraints,
        limits: Limits(resourceUnits: 1))
      let exists = question.hasPlacement(
        keeping: question.constraints, below: SmallQuestion.byteCount)
      switch try search.find() {
      case .fits(let placement):
        #expect(exists, "seed \(seed)")
        #expect(placement.broken(of: question.constraints).isEmpty)
      case .conflict(let conflict):
        #expect(!exists, "seed \(seed)")
        #expect(
          !question.hasPlacement(keeping: conflict.constraints, below: SmallQuestion.farByteCount),
          "seed \(seed)")
        for index in conflict.constraints.indices where conflict.isMinimal {
          var rest = conflict.constraints
          rest.remove(at: index)
          #expect(
            question.hasPlacement(keeping: rest, below: SmallQuestion.farByteCount),
            "seed \(seed): not needed: \(conflict.constraints[index].reason)")
        }
      case .inconclusive: continue
      }
      decidedCounts[exists, default: 0] += 1
    }
    #expect(decidedCounts.values.allSatisfy { $0 >= 20 }, "\(decidedCounts)")
  }

  /// Three items, of which the solver has more cases to tell apart.
  @Test(arguments: [UInt64](1001...1020))
  func threeItems(seed: UInt64) throws {
    let question = SmallQuestion(seed: seed, itemCount: 3)
    let exists = question.hasPlacement(
      keeping: question.constraints, below: SmallQuestion.byteCount)
    let answer = try question.search.find()
    if case .fits = answer { #expect(exists) } else { #expect(!exists, "\(answer)") }
  }

  @Test(arguments: [UInt64](1...60), PlacementObjective.allCases)
  func optimum(seed: UInt64, objective: PlacementObjective) throws {
    let question = SmallQuestion(seed: seed)
    var values: [UInt128] = []
    question.forEachPlacement(
      keeping: question.constraints, below: SmallQuestion.byteCount
    ) {
      values.append(objective.value(of: $0, question.items))
      return true
    }
    let best =
      objective == .leastReserved || objective == .lowest ? values.min() : values.max()
    let found = try question.search.find(objective, of: question.items, effort: .none)
    #expect(found.isOptimal)
    switch found.answer {
    case .fits(let placement):
      #expect(placement.broken(of: question.constraints).isEmpty)
      #expect(objective.value(of: placement, question.items) == best)
    case .conflict: #expect(best == nil)
    case .inconclusive(let reason): Issue.record("\(reason)")
    }
  }

  @Test(arguments: [UInt64](1...60))
  func ranges(seed: UInt64) throws {
    let question = SmallQuestion(seed: seed)
    let bounds: ClosedRange<UInt64> = seed % 4...(seed % 4 + seed % 13)
    let fitting = bounds.filter { count in
      let more = PlacementConstraint(
        .wanted, .atLeast("item 1", byteCount: count), "\(count) bytes")
      return question.hasPlacement(
        keeping: question.constraints + [more], below: SmallQuestion.byteCount)
    }
    func find(_ quantifier: RangedQuantity.Quantifier) throws -> RangeAnswer {
      try question.search.find([RangedQuantity(item: "item 1", bounds, quantifier)])
    }
    #expect(try find(.some).answer.fits == !fitting.isEmpty)
    #expect(try find(.all).answer.fits == (fitting.count == bounds.count))
    let largest = try find(.largest)
    #expect(largest.answer.fits == !fitting.isEmpty)
    if let best = fitting.max() {
      #expect(largest.values["item 1"] == best)
      #expect((largest.beyond == nil) == (best == bounds.upperBound))
    }
  }
}

/// Several ranges.
@Suite struct SeveralAtOnceTests {
  /// Two ranges, of which both items take; all values are tried.
  @Test(arguments: [UInt64](1...40))
  func ranges(seed: UInt64) throws {
    let question = SmallQuestion(seed: seed)
    let (one, other): (ClosedRange<UInt64>, ClosedRange<UInt64>) = (
      1...(1 + seed % 5), (seed % 3)...(seed % 3 + seed % 4)
    )
    // The second quantity is counted in threes, and one more byte.
    func needs(_ quantity: UInt64) -> UInt64 { (quantity + 2) / 3 * 3 + 1 }
    func fits(_ first: UInt64, _ second: UInt64) -> Bool {
      let more = [
        PlacementConstraint(.wanted, .atLeast("item 0", byteCount: first), ""),
        PlacementConstraint(.wanted, .atLeast("item 1", byteCount: needs(second)), ""),
      ]
      return question.hasPlacement(
        keeping: question.constraints + more, below: SmallQuestion.byteCount)
    }
    func find(
      _ first: RangedQuantity.Quantifier, _ second: RangedQuantity.Quantifier
    ) throws -> RangeAnswer {
      try question.search.find([
        RangedQuantity(item: "item 0", one, first),
        RangedQuantity(
          "threes", other, second, unit: .count,
          needs: [.init("item 1", divisor: 3, factor: 3, base: 1)]),
      ])
    }
    #expect(
      try find(.all, .all).answer.fits == one.allSatisfy { x in other.allSatisfy { fits(x, $0) } })
    #expect(
      try find(.some, .some).answer.fits == one.contains { x in other.contains { fits(x, $0) } })
    #expect(
      try find(.all, .some).answer.fits
        == one.allSatisfy { x in other.contains { fits(x, $0) } })
    let largest = try find(.all, .largest)
    let best = other.filter { y in one.allSatisfy { fits($0, y) } }.max()
    #expect(largest.answer.fits == (best != nil))
    if let best { #expect(largest.values["threes"] == best) }
  }
}

extension SmallQuestion {
  var search: PlacementSearch {
    PlacementSearch(items: items.map(\.name), constraints: constraints)
  }
}

extension FitAnswer {
  var fits: Bool { if case .fits = self { true } else { false } }
}
