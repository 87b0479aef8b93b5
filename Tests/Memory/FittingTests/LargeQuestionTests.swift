import Fitting
import MemoryLayout
import Randomness
import SMT
import TestSupport
import Testing

/// A server's map: 200 pieces of RAM and 20 things to place.
@Suite struct LargeQuestionTests {
  private static let page: UInt64 = 4_096

  /// Pieces of 1 to 512 MiB with gaps, and items of 1 to `largest` MiB with all sorts of rules.
  private static func search(seed: UInt64, largest: UInt64) -> PlacementSearch {
    var random = SplitMix64(seed: seed)
    func below(_ count: UInt64) -> UInt64 { random.next() % count }
    var pieces: [AddressRange] = []
    var next: UInt64 = 1 << 20
    for _ in 0..<200 {
      let byteCount = (1 + below(512)) << 20
      pieces += [AddressRange(start: next, byteCount: byteCount)].compactMap { $0 }
      next += byteCount + (1 + below(64)) * page
    }
    let names = (0..<20).map { "item \($0)" }
    var constraints: [PlacementConstraint] = []
    for (index, name) in names.enumerated() {
      let byteCount = (1 + below(largest)) << 20
      constraints += [
        .init(.placed, .placed(name), "placed"),
        .init(.inUsableRAM, .within(name, pieces), "in RAM"),
        .init(.wanted, .atLeast(name, byteCount: byteCount), "\(byteCount) bytes"),
        .init(.kexecPages, .startAligned(name, unit: page, offset: 0), "whole pages"),
        .init(.kexecPages, .endAligned(name, unit: page), "whole pages"),
      ]
      if index % 4 == 0 {
        constraints.append(
          .init(.imageAlignment, .startAligned(name, unit: 2 << 20, offset: 0), "2 MiB"))
      }
      if index % 5 == 0 {
        let low = [AddressRange(start: 0, byteCount: 4 << 30)].compactMap { $0 }
        constraints.append(.init(.bounceBuffers, .within(name, low), "below 4 GiB"))
      }
    }
    constraints.append(.init(.disjoint, .disjoint(names), "no two overlap"))
    return PlacementSearch(items: names, constraints: constraints)
  }

  /// Items of 23 MiB for 11 MiB of memory, which a solver that is left alone is long busy with.
  @Test func farTooMuch() throws {
    let pieces = [
      AddressRange(start: 0x1000, last: 0x2FFF), AddressRange(start: 0x10_0000, last: 0x4C_1587),
      AddressRange(start: 0x5C_1588, last: 0xD8_1587),
    ].compactMap { $0 }
    let sizes: [(name: String, byteCount: UInt64, unit: UInt64)] = [
      ("kernel", 4_199_304, 1 << 20), ("initrd", 1 << 20, 4_096), ("unpacked", 1 << 20, 4_096),
      ("parameters", 6_144, 4_096), ("trampoline", 4_096, 4_096), ("another", 4_096, 4_096),
      ("purgatory", 65_536, 4_096), ("page tables", 24_576, 4_096), ("frames", 2 << 20, 4_096),
      ("direct map", 12_288, 4_096), ("per CPU", 3 << 20, 4_096), ("swiotlb", 1 << 20, 4_096),
      ("processes", 7_340_033, 4_096), ("more", 2_244_608, 4_096),
    ]
    var constraints = sizes.flatMap { name, byteCount, unit -> [PlacementConstraint] in
      [
        .init(.placed, .placed(name), "placed"),
        .init(.inUsableRAM, .within(name, pieces), "in RAM"),
        .init(.wanted, .atLeast(name, byteCount: byteCount), "\(byteCount) bytes"),
        .init(.wholePages, .startAligned(name, unit: unit, offset: 0), "aligned"),
        .init(.wholePages, .endAligned(name, unit: 4_096), "whole pages"),
      ]
    }
    let low = [AddressRange(start: 0, byteCount: 1 << 20)].compactMap { $0 }
    for name in ["trampoline", "another"] {
      constraints.append(.init(.trampoline, .within(name, low), "below 1 MiB"))
    }
    constraints.append(.init(.disjoint, .disjoint(sizes.map(\.name)), "no two overlap"))
    let search = PlacementSearch(
      items: sizes.map(\.name), constraints: constraints,
      limits: Limits(resourceUnits: 1_000_000))
    guard case .conflict(let conflict) = try search.find() else {
      Issue.record("it does not fit")
      return
    }
    #expect(conflict.isMinimal)
  }

  @Test func fits() throws {
    let search = Self.search(seed: 1, largest: 256)
    let clock = ContinuousClock()
    let start = clock.now
    guard case .fits(let placement) = try search.find() else {
      Issue.record("it fits")
      return
    }
    print("200 ranges, 20 items: fits after \(clock.now - start)")
    #expect(placement.broken(of: search.constraints).isEmpty)
    #expect(placement.count == 20)
  }

  /// One item is larger than any piece: the core is that item's alone.
  @Test func doesNotFit() throws {
    let search = Self.search(seed: 1, largest: 256)
    let large = PlacementConstraint(.wanted, .atLeast("item 7", byteCount: 513 << 20), "513 MiB")
    let more = PlacementSearch(
      items: search.items, constraints: search.constraints + [large])
    let clock = ContinuousClock()
    let start = clock.now
    guard case .conflict(let conflict) = try more.find() else {
      Issue.record("it does not fit")
      return
    }
    print("200 ranges, 20 items: does not fit after \(clock.now - start)")
    #expect(conflict.isMinimal)
    #expect(conflict.constraints.map(\.rule) == [.placed, .inUsableRAM, .wanted])
  }

  /// More items than pieces that are large enough for one of them: counted, and not tried.
  @Test func tooManyLargeItems() throws {
    let search = Self.search(seed: 1, largest: 256)
    let size: UInt64 = 490 << 20
    let within = search.constraints.compactMap { constraint -> [AddressRange]? in
      if case .within(_, let ranges) = constraint.demand { return ranges }
      return nil
    }
    let pieces = try #require(within.first)
    let count = pieces.count { $0.byteCount >= UInt128(size) }
    #expect((1..<20).contains(count))
    let large = search.items.map {
      PlacementConstraint(.wanted, .atLeast($0, byteCount: size), "490 MiB")
    }
    // Items that have to lie low, and are not too many by themselves, would be another conflict.
    let others = search.constraints.filter { $0.rule != .bounceBuffers }
    let more = PlacementSearch(items: search.items, constraints: others + large)
    let clock = ContinuousClock()
    let start = clock.now
    guard case .conflict(let conflict) = try more.find() else {
      Issue.record("it does not fit")
      return
    }
    print("200 ranges, 20 items: too many after \(clock.now - start)")
    #expect(conflict.isMinimal)
    let placed = conflict.constraints.count { $0.rule == .placed }
    #expect(placed == count + 1)
    #expect(conflict.constraints.count { $0.rule == .disjoint } == 1)
    // Each of them lies in RAM and is large.
    #expect(conflict.constraints.count == 3 * placed + 1)
    let fewer = PlacementSearch(
      items: Array(search.items.prefix(count)),
      constraints: (others + large).filter { constraint in
        search.items.dropFirst(count).allSatisfy { !"\(constraint.demand)".contains("\"\($0)\"") }
      })
    guard case .fits = try fewer.find() else {
      Issue.record("as many as there are pieces fit")
      return
    }
  }

  /// What is found is proved to be best; the work is counted and not timed, so that the result is
  /// the same on every machine.
  @Test(arguments: PlacementObjective.allCases, [UInt64](1...8))
  func objectives(objective: PlacementObjective, seed: UInt64) throws {
    let search = Self.search(seed: seed, largest: 256)
    let items = search.items.map { PlacementItem($0, .processes) }
    let clock = ContinuousClock()
    let start = clock.now
    let found = try search.find(
      objective, of: items, effort: Limits(resourceUnits: LayoutDescription.objectiveUnits))
    print("200 ranges, 20 items, seed \(seed): \(objective.rawValue) after \(clock.now - start)")
    guard case .fits(let placement) = found.answer, case .fits(let any) = try search.find() else {
      Issue.record("it fits")
      return
    }
    #expect(placement.broken(of: search.constraints).isEmpty)
    let value = objective.value(of: placement, items)
    #expect(!objective.isBetter(objective.value(of: any, items), than: value))
    #expect(found.isOptimal)
  }

  /// A map that no formula is made of: what is too large for any piece is said by arithmetic.
  @Test func aHundredThousandPieces() throws {
    let pieces = (UInt64(0)..<100_000).compactMap {
      AddressRange(start: $0 << 21, byteCount: 1 << 20)
    }
    func search(_ byteCount: UInt64) -> PlacementSearch {
      let names = ["one", "other", "third"]
      return PlacementSearch(
        items: names,
        constraints: names.flatMap { name in
          [
            PlacementConstraint(.placed, .placed(name), ""),
            PlacementConstraint(.inUsableRAM, .within(name, pieces), ""),
            PlacementConstraint(.wanted, .atLeast(name, byteCount: byteCount), ""),
          ]
        } + [PlacementConstraint(.disjoint, .disjoint(names), "")])
    }
    guard case .fits(let placement) = try search(1 << 20).find() else {
      Issue.record("it fits")
      return
    }
    #expect(placement.broken(of: search(1 << 20).constraints).isEmpty)
    guard case .conflict(let conflict) = try search((1 << 20) + 1).find() else {
      Issue.record("it does not fit")
      return
    }
    #expect(conflict.isMinimal)
    #expect(conflict.constraints.map(\.rule) == [.placed, .inUsableRAM, .wanted])
  }
}
