import MemoryLayout
import Testing

/// NUMA nodes of kernel logs.
@Suite struct MachineNodeTests {
  private static func nodes(_ text: String) throws -> [MachineNode] {
    try MachineNodes.read(path: "log", bytes: Array(text.utf8))
  }

  private static func set(_ ranges: (UInt64, UInt64)...) -> AddressSet {
    AddressSet(ranges.compactMap { AddressRange(start: $0.0, last: $0.1) })
  }

  @Test func theFirmwaresTableGoesFirst() throws {
    let nodes = try Self.nodes(
      """
      [    0.004] ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x0009ffff]
      [    0.004] ACPI: SRAT: Node 0 PXM 0 [mem 0x00100000-0x7fffffff]
      [    0.004] ACPI: SRAT: Node 1 PXM 1 [mem 0x100000000-0x17fffffff] hotplug
      [    0.005] Early memory node ranges
      [    0.005]   node   0: [mem 0x0000000000001000-0x000000000009efff]

      """)
    #expect(
      nodes == [
        MachineNode(0, Self.set((0, 0x9_FFFF), (0x10_0000, 0x7FFF_FFFF))),
        MachineNode(1, Self.set((0x1_0000_0000, 0x1_7FFF_FFFF))),
      ])
  }

  @Test func earlyRangesWhereThereIsNoTable() throws {
    let nodes = try Self.nodes(
      """
      [    0.005]   node   1: [mem 0x0000000100000000-0x000000017fffffff]
      [    0.005]   node   0: [mem 0x0000000000001000-0x000000000009efff]
      Initmem setup node 0 [mem 0x0000000000001000-0x000000007fffffff]
      """)
    #expect(nodes.map(\.number) == [0, 1])
    #expect(nodes[0].memory == Self.set((0x1000, 0x9_EFFF)))
  }

  @Test(arguments: [
    "", "nothing", "ACPI: SRAT: PXM 0 -> APIC 0x00 -> Node 0", "node 0: [mem 0x-0x]",
    "ACPI: SRAT: Node 0 hotplug",
  ])
  func linesThatSayNothing(text: String) throws {
    #expect(try Self.nodes(text).isEmpty)
  }

  @Test(arguments: [
    "ACPI: SRAT: Node 0 PXM 0 [mem 0x2000-0x1000]", "ACPI: SRAT: Node 0 PXM 0 [mem 0x1000-0x",
    "ACPI: SRAT: Node x PXM 0 [mem 0x1000-0x1fff]",
    "ACPI: SRAT: Node 99999999999999999999 PXM 0 [mem 0x1000-0x1fff]",
    "ACPI: SRAT: Node 0 PXM 0 [mem 0x1000-0x1ffffffffffffffff]",
  ])
  func brokenLines(text: String) {
    let error = #expect(throws: LayoutInputError.self) { try Self.nodes("first\n" + text) }
    #expect(error?.place == .line(2))
  }
}
