import Fitting
import MemoryLayout
import Testing

/// Answers of the search against those of trying all placements of small memories.
@Suite struct BruteForceTests {
  @Test(arguments: Array<UInt64>(1...200))
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

  /// Three items, of which the solver has more cases to tell apart.
  @Test(arguments: Array<UInt64>(1001...1020))
  func threeItems(seed: UInt64) throws {
    let question = SmallQuestion(seed: seed, itemCount: 3)
    let exists = question.hasPlacement(
      keeping: question.constraints, below: SmallQuestion.byteCount)
    let answer = try question.search.find()
    if case .fits = answer { #expect(exists) } else { #expect(!exists, "\(answer)") }
  }

  @Test(arguments: Array<UInt64>(1...60), PlacementObjective.allCases)
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
    switch try question.search.find(objective, of: question.items) {
    case .fits(let placement):
      #expect(placement.broken(of: question.constraints).isEmpty)
      #expect(objective.value(of: placement, question.items) == best)
    case .conflict: #expect(best == nil)
    case .inconclusive(let reason): Issue.record("\(reason)")
    }
  }

  @Test(arguments: Array<UInt64>(1...60))
  func ranges(seed: UInt64) throws {
    let question = SmallQuestion(seed: seed)
    let bounds: ClosedRange<UInt64> = seed % 4...(seed % 4 + seed % 13)
    let fitting = bounds.filter { count in
      let more = PlacementConstraint(
        .wanted, .atLeast("item 1", byteCount: count), "\(count) bytes")
      return question.hasPlacement(
        keeping: question.constraints + [more], below: SmallQuestion.byteCount)
    }
    func find(_ quantifier: ByteCountRange.Quantifier) throws -> RangeAnswer {
      try question.search.find(ByteCountRange("item 1", bounds, quantifier))
    }
    #expect(try find(.some).answer.fits == !fitting.isEmpty)
    #expect(try find(.all).answer.fits == (fitting.count == bounds.count))
    let largest = try find(.largest)
    #expect(largest.answer.fits == !fitting.isEmpty)
    if let best = fitting.max() {
      #expect(largest.byteCount == best)
      #expect((largest.beyond == nil) == (best == bounds.upperBound))
    }
  }

  /// A relaxation fits, and the next closer demand of its kind does not.
  @Test(arguments: Array<UInt64>(1...120))
  func relaxations(seed: UInt64) throws {
    let question = SmallQuestion(seed: seed)
    guard case .conflict(let conflict) = try question.search.find() else { return }
    let (relaxations, isComplete) = try question.search.relaxations(of: conflict)
    #expect(isComplete)
    for constraint in conflict.constraints {
      guard let index = question.constraints.firstIndex(of: constraint) else {
        Issue.record("a constraint that the question does not have")
        continue
      }
      func fits(_ demand: PlacementConstraint.Demand?) -> Bool {
        var others = question.constraints
        others[index] = PlacementConstraint(constraint.rule, .totalAtMost([], byteCount: 0), "")
        if let demand { others[index] = PlacementConstraint(constraint.rule, demand, "") }
        return question.hasPlacement(keeping: others, below: SmallQuestion.farByteCount)
      }
      guard constraint.rule != .inUsableRAM, constraint.rule != .disjoint else {
        #expect(!relaxations.contains { $0.constraint == constraint })
        continue
      }
      guard let relaxation = relaxations.first(where: { $0.constraint == constraint }) else {
        #expect(!fits(nil), "\(constraint.reason)")
        continue
      }
      #expect(fits(relaxation.demand))
      switch relaxation.demand {
      case .atLeast(let item, let count):
        #expect(!fits(.atLeast(item, byteCount: count + 1)))
      case .atMost(let item, let count):
        #expect(!fits(.atMost(item, byteCount: count - 1)))
      case .totalAtMost(let items, let count):
        #expect(!fits(.totalAtMost(items, byteCount: count - 1)))
      case .countAtMost(let items, let count): #expect(!fits(.countAtMost(items, count - 1)))
      case .startAligned(let item, let unit, let offset):
        #expect(!fits(.startAligned(item, unit: unit * 2, offset: offset)))
      default: break
      }
    }
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
