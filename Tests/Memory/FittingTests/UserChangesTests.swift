import Fitting
import MemoryLayout
import Testing

/// What is named as a change is one that a user can make.
@Suite struct UserChangesTests {
  private static let byteCount: UInt64 = 32 << 20

  /// The changes for a kernel at a multiple of 2 MiB in one piece of RAM of exactly its size.
  private static func changes(
    ramAt start: UInt64, _ rule: PlacementRule = .imageAlignment
  ) throws -> Relaxations {
    let piece = try #require(AddressRange(start: start, byteCount: byteCount))
    let search = PlacementSearch(
      items: ["kernel"],
      constraints: [
        .init(.placed, .placed("kernel"), ""),
        .init(.inUsableRAM, .within("kernel", [piece]), ""),
        .init(rule, .startAligned("kernel", unit: 2 << 20, offset: 0), ""),
        .init(.imageSize, .atLeast("kernel", byteCount: byteCount), ""),
      ])
    var conflict: Conflict?
    if case .conflict(let found) = try search.find() { conflict = found }
    return try search.relaxations(of: #require(conflict), needed: ["kernel"])
  }

  private static func demands(_ relaxations: Relaxations) -> [PlacementConstraint.Demand?] {
    relaxations.all.flatMap { $0.changes.map(\.demand) }
  }

  /// From 16 MiB and a page on, a page is as far as the alignment goes; what is left from 18 MiB to
  /// 48 MiB and a page is 30 MiB and a page.
  @Test func anAlignmentGoesDownToAPage() throws {
    let found = try Self.demands(Self.changes(ramAt: 0x100_1000))
    #expect(
      Set(found) == [
        .startAligned("kernel", unit: 4_096, offset: 0),
        .atLeast("kernel", byteCount: (30 << 20) + 4_096),
      ])
    // From half a page on it would have to be half a page.
    #expect(
      try Self.demands(Self.changes(ramAt: 0x100_0800))
        == [.atLeast("kernel", byteCount: (30 << 20) + 2_048)])
  }

  @Test func whatPageTablesMapIsWholePages() throws {
    #expect(
      try Self.demands(Self.changes(ramAt: 0x100_1000, .wholePages))
        == [.atLeast("kernel", byteCount: (30 << 20) + 4_096)])
  }

  /// One page below 1 MiB for two trampolines, and no way out.
  @Test func aTrampolineStaysBelow1MiB() throws {
    let names = ["one", "two"]
    let ram = [0x1000, 0x10_0000].compactMap { AddressRange(start: $0, byteCount: 4_096) }
    let low = [AddressRange(start: 0, byteCount: 1 << 20)].compactMap { $0 }
    let constraints = names.flatMap { name -> [PlacementConstraint] in
      [
        .init(.placed, .placed(name), ""), .init(.inUsableRAM, .within(name, ram), ""),
        .init(.trampoline, .within(name, low), ""),
        .init(.trampoline, .startAligned(name, unit: 4_096, offset: 0), ""),
        .init(.trampoline, .atLeast(name, byteCount: 4_096), ""),
      ]
    }
    let search = PlacementSearch(
      items: names, constraints: constraints + [.init(.disjoint, .disjoint(names), "")])
    guard case .conflict(let conflict) = try search.find() else {
      Issue.record("it does not fit")
      return
    }
    let found = try search.relaxations(of: conflict, needed: Set(names))
    #expect(found.all.isEmpty && found.isComplete)
  }
}
