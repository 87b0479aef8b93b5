import Fitting
import MemoryLayout
import Randomness
import SMT
import TestSupport
import Testing

/// Objectives with several items in memory with holes, against all placements, without Z3.
@Suite struct ObjectiveTests {
  /// No work at all for Z3, so that what is proved is proved by arithmetic.
  private static let none = Limits(resourceUnits: 1)

  private struct Question {
    let items: [PlacementItem]
    let constraints: [PlacementConstraint]
    let pieces: [AddressRange]

    init(seed: UInt64, itemCount: Int, byteCount: UInt64, processCount: Int) {
      var random = SplitMix64(seed: seed)
      func below(_ count: UInt64) -> UInt64 { random.next() % count }
      var pieces: [AddressRange] = []
      var start = below(3)
      while start < byteCount {
        let length = min(1 + below(7), byteCount - start)
        pieces += [AddressRange(start: start, byteCount: length)].compactMap { $0 }
        start += length + 1 + below(2)
      }
      items = (0..<itemCount).map {
        PlacementItem("item \($0)", $0 < processCount ? .processes : .kernel)
      }
      var constraints: [PlacementConstraint] = []
      for item in items {
        let name = item.name
        constraints += [
          .init(.placed, .placed(name), ""), .init(.inUsableRAM, .within(name, pieces), ""),
          .init(.wanted, .atLeast(name, byteCount: 1 + below(4)), ""),
        ]
        if below(3) == 0 {
          constraints.append(
            .init(
              .imageAlignment, .startAligned(name, unit: 1 << below(3), offset: below(3)), ""))
        }
        if below(3) == 0 {
          constraints.append(.init(.kexecPages, .endAligned(name, unit: 1 << below(3)), ""))
        }
        if below(4) == 0 {
          let low = [AddressRange(start: 0, byteCount: byteCount / 2)].compactMap { $0 }
          constraints.append(.init(.bounceBuffers, .within(name, low), ""))
        }
        if below(8) == 0 {
          let kept = [AddressRange(start: below(byteCount), byteCount: 2)].compactMap { $0 }
          constraints.append(.init(.parkedProcessors, .apart(name, kept), ""))
        }
      }
      // Sometimes the last item may contain the others.
      let separate = below(4) == 0 ? items.dropLast() : items[...]
      constraints.append(.init(.disjoint, .disjoint(separate.map(\.name)), ""))
      self.constraints = constraints
      self.pieces = pieces
    }

    var search: PlacementSearch {
      PlacementSearch(items: items.map(\.name), constraints: constraints)
    }

    /// The best value, by trying every first and last byte of every item.
    func best(_ objective: PlacementObjective) -> UInt128? {
      var best: UInt128?
      let own = items.map { item in
        constraints.filter { constraint in
          if case .disjoint = constraint.demand { return false }
          return true
        }
      }
      let places = items.indices.map { index in
        let name = items[index].name
        return pieces.flatMap { piece in
          (piece.start...piece.last).flatMap { start in
            (start...piece.last).compactMap { AddressRange(start: start, last: $0) }
          }
        }.filter { range in
          let placement = [name: range]
          return own[index].allSatisfy { constraint in
            if case .placed = constraint.demand { return true }
            return constraint.isKept(by: placement)
          }
        }
      }
      let disjoint = constraints.filter {
        if case .disjoint = $0.demand { return true }
        return false
      }
      func extend(_ placement: Placement, _ index: Int) {
        guard index < items.count else {
          let value = objective.value(of: placement, items)
          if best.map({ objective.isBetter(value, than: $0) }) ?? true { best = value }
          return
        }
        var next = placement
        for range in places[index] {
          next[items[index].name] = range
          if next.broken(of: disjoint).isEmpty { extend(next, index + 1) }
        }
      }
      extend([:], 0)
      return best
    }
  }

  @Test(arguments: [UInt64](1...150), [PlacementObjective.lowest, .highest])
  func sumsOfStarts(seed: UInt64, objective: PlacementObjective) throws {
    let question = Question(seed: seed, itemCount: 4, byteCount: 17, processCount: 0)
    let best = question.best(objective)
    let found = try question.search.find(objective, of: question.items, effort: Self.none)
    switch found.answer {
    case .fits(let placement):
      #expect(placement.broken(of: question.constraints).isEmpty)
      #expect(objective.value(of: placement, question.items) == best)
      #expect(found.isOptimal)
    case .conflict: #expect(best == nil)
    case .inconclusive(let reason): Issue.record("\(reason)")
    }
  }

  /// What is said to be the most is; most questions are decided by arithmetic.
  @Test(arguments: [1, 2, 3])
  func mostForProcesses(processCount: Int) throws {
    var (proved, count) = (0, 0)
    for seed in UInt64(1)...100 {
      let question = Question(
        seed: seed, itemCount: 3, byteCount: 20, processCount: processCount)
      guard let best = question.best(.mostForProcesses) else { continue }
      let found = try question.search.find(
        .mostForProcesses, of: question.items, effort: Self.none)
      guard case .fits(let placement) = found.answer else {
        Issue.record("seed \(seed) fits")
        continue
      }
      #expect(placement.broken(of: question.constraints).isEmpty)
      let value = PlacementObjective.mostForProcesses.value(of: placement, question.items)
      #expect(value <= best)
      count += 1
      if found.isOptimal {
        #expect(value == best, "seed \(seed)")
        proved += 1
      }
    }
    #expect(count >= 50)
    #expect(proved * 2 > count, "\(proved) of \(count)")
  }
}
