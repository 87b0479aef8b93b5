import Fitting
import MemoryLayout
import RandomModels
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
}
