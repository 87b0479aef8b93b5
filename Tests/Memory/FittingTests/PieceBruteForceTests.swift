import Fitting
import MemoryLayout
import Randomness
import SMT
import TestSupport
import Testing

/// A made-up question in a few bytes about items of which two may be divided, and whether it has a
/// placement by trying all of those that may not.
private struct DividedQuestion {
  static let byteCount: UInt64 = 16

  let granule: UInt64
  let whole = ["kernel", "initrd"]
  let divisible = ["tables", "areas"]
  let constraints: [PlacementConstraint]

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func below(_ count: UInt64) -> UInt64 { random.next() % count }
    granule = 1 << below(2)
    var constraints: [PlacementConstraint] = []
    func add(_ rule: PlacementRule, _ demand: PlacementConstraint.Demand) {
      constraints.append(PlacementConstraint(rule, demand, "\(rule): \(constraints.count)"))
    }
    for name in whole + divisible {
      // Pieces with a hole of a byte at least between them.
      var (next, pieces): (UInt64, [AddressRange]) = (below(3), [])
      while next < Self.byteCount {
        let last = min(next + 1 + below(5), Self.byteCount - 1)
        pieces += [AddressRange(start: next, last: last)].compactMap { $0 }
        next = last + 2 + below(2)
      }
      add(.inUsableRAM, .within(name, pieces))
      add(.placed, .placed(name))
      add(.wanted, .atLeast(name, byteCount: 1 + below(divisible.contains(name) ? 5 : 4)))
      if below(3) == 0 {
        add(
          .inUsableRAM,
          .within(name, [AddressRange(start: 0, last: 5 + below(9))].compactMap { $0 }))
      }
      if below(4) == 0 {
        add(
          .parkedProcessors,
          .apart(name, [AddressRange(start: below(14), byteCount: 1)].compactMap { $0 }))
      }
      if whole.contains(name), below(2) == 0 {
        add(.imageAlignment, .startAligned(name, unit: 2, offset: 0))
      }
    }
    add(.disjoint, .disjoint(whole + divisible))
    self.constraints = constraints
  }

  var search: PlacementSearch {
    PlacementSearch(
      items: whole + divisible, constraints: constraints,
      granules: Dictionary(uniqueKeysWithValues: divisible.map { ($0, granule) }))
  }

  /// Whether there is a placement with pieces of so many bytes.
  ///
  /// By Hall's theorem, two items find their pieces if there are enough for each, and for both.
  func hasPlacement(
    _ constraints: [PlacementConstraint], granule: UInt64, below end: UInt64
  ) -> Bool {
    let placed = constraints.compactMap { constraint -> String? in
      if case .placed(let item) = constraint.demand { item } else { nil }
    }
    let areDisjoint = constraints.contains { constraint in
      if case .disjoint = constraint.demand { true } else { false }
    }
    func least(_ item: String) -> UInt64 {
      constraints.reduce(1) { least, constraint in
        if case .atLeast(item, let count) = constraint.demand { max(least, count) } else { least }
      }
    }
    func mayTake(_ item: String, _ range: AddressRange) -> Bool {
      constraints.allSatisfy { constraint in
        switch constraint.demand {
        case .within(item, _), .apart(item, _), .startAligned(item, _, _):
          constraint.isKept(by: [item: range])
        default: true
        }
      }
    }
    func havePieces(beside taken: [AddressRange]) -> Bool {
      let items = divisible.filter(placed.contains)
      let needed = items.map { (least($0) + granule - 1) / granule }
      let free = items.map { item in
        Set(
          stride(from: 0, to: end, by: UInt64.Stride(granule)).filter { start in
            guard let block = AddressRange(start: start, byteCount: granule), block.last < end,
              !areDisjoint || !taken.contains(where: block.overlaps)
            else { return false }
            return mayTake(item, block)
          })
      }
      guard zip(needed, free).allSatisfy({ $0 <= $1.count }) else { return false }
      guard areDisjoint, items.count == 2 else { return true }
      return needed[0] + needed[1] <= free[0].union(free[1]).count
    }
    func extend(_ items: ArraySlice<String>, _ taken: [AddressRange]) -> Bool {
      guard let item = items.first else { return havePieces(beside: taken) }
      return (0..<end).contains { start in
        guard let range = AddressRange(start: start, byteCount: least(item)), range.last < end,
          mayTake(item, range), !areDisjoint || !taken.contains(where: range.overlaps)
        else { return false }
        return extend(items.dropFirst(), taken + [range])
      }
    }
    return extend(whole.filter(placed.contains)[...], [])
  }

  /// Whether a placement is one, piece by piece.
  func isKept(by placement: Placement) -> Bool {
    let ranges = placement.values.sorted()
    guard zip(ranges, ranges.dropFirst()).allSatisfy({ $0.last < $1.start }) else { return false }
    return (whole + divisible).allSatisfy { item in
      let pieces = placement.filter { $0.key == item || $0.key.hasPrefix("\(item) ") }.map(\.value)
      guard pieces.count == 1 || divisible.contains(item) && !pieces.isEmpty else { return false }
      let isWhole = pieces.count == 1
      return constraints.allSatisfy { constraint in
        switch constraint.demand {
        case .atLeast(item, let count):
          pieces.reduce(0) { $0 + $1.byteCount } >= UInt128(count)
        case .within(item, _), .apart(item, _), .startAligned(item, _, _):
          pieces.allSatisfy { constraint.isKept(by: [item: $0]) }
        default: true
        }
      }
        && (isWhole
          || pieces.allSatisfy { $0.start % granule == 0 && $0.byteCount % UInt128(granule) == 0 })
    }
  }
}

@Suite struct PieceBruteForceTests {
  /// "Fits" comes with a placement, "does not fit" is true of pieces of single bytes and of the
  /// conflict by itself, and little is left open.
  @Test func existence() throws {
    var counts: [String: Int] = [:]
    for seed in UInt64(1)...600 {
      let question = DividedQuestion(seed: seed)
      let end = DividedQuestion.byteCount
      switch try question.search.find() {
      case .fits(let placement):
        #expect(question.isKept(by: placement), "seed \(seed): \(placement)")
        counts[placement.count > 4 ? "pieces" : "whole", default: 0] += 1
      case .conflict(let conflict):
        #expect(
          !question.hasPlacement(question.constraints, granule: 1, below: end), "seed \(seed)")
        #expect(
          !question.hasPlacement(conflict.constraints, granule: 1, below: 30), "seed \(seed)")
        counts["conflict", default: 0] += 1
      case .inconclusive:
        let exists = question.hasPlacement(
          question.constraints, granule: question.granule, below: end)
        counts[exists ? "missed" : "open", default: 0] += 1
      }
    }
    #expect(counts["pieces", default: 0] >= 50, "\(counts)")
    #expect(counts["conflict", default: 0] >= 50, "\(counts)")
    #expect(counts["missed", default: 0] <= 6, "\(counts)")
    #expect(counts["open", default: 0] <= 60, "\(counts)")
  }

  /// The largest that is found fits, and if it is said that no more does, none does.
  @Test func largest() throws {
    var (provedCount, openCount) = (0, 0)
    for seed in UInt64(1)...150 {
      let question = DividedQuestion(seed: seed)
      let range = RangedQuantity(item: "tables", 1...12, .largest)
      let found = try question.search.find([range])
      guard case .fits(let placement) = found.answer, let value = found.values["tables"] else {
        continue
      }
      let tables = placement.filter { $0.key.hasPrefix("tables") }
      #expect(tables.values.reduce(0) { $0 + $1.byteCount } >= UInt128(value), "seed \(seed)")
      switch found.beyond {
      case .conflict?:
        let more = PlacementConstraint(.wanted, .atLeast("tables", byteCount: value + 1), "")
        #expect(
          !question.hasPlacement(
            question.constraints + [more], granule: 1, below: DividedQuestion.byteCount),
          "seed \(seed)")
        provedCount += 1
      case .inconclusive?: openCount += 1
      default: break
      }
    }
    #expect(provedCount >= 30, "\(provedCount), \(openCount)")
  }
}
