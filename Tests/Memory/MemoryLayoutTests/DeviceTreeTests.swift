import MemoryLayout
import Testing

/// Memory out of flattened device trees.
@Suite struct DeviceTreeTests {
  /// A blob that dtc made.
  @Test func aBoard() throws {
    let map = try Samples.map("board.dtb")
    #expect(map.format == .deviceTree)
    // The disabled node and the one below /soc are not memory of the machine.
    #expect(
      try map.systemRAM.ranges == [
        range(0x8000_0000, 0xBFFF_FFFF), range(0x8_8000_0000, 0x9_0FFF_FFFF),
      ])
    #expect(
      map.regions(of: .reserved).map(\.name) == [
        "memreserve", "firmware@80200000", "framebuffer@90000000", "memreserve",
      ])
    #expect(map.regions(of: .reserved).map(\.restrictions) == [[], .noMap, .reusable, []])
    // reg wins over size.
    #expect(try map.regions(of: .reserved)[2].range == range(0x9000_0000, 0x90FF_FFFF))
    #expect(
      try map.regions(of: .initialRamDisk).map(\.range) == [
        range(0x8800_0000, 0x8923_4566)
      ])
    #expect(map.regions.filter { $0.restrictions == .hotPluggable }.count == 1)
    #expect(
      map.usableRAM.byteCount
        == 0x4000_0000 + 0x8000_0000 + 0x1000_0000 - 0x1_0000 - 0x1_0000 - 0x20_0000 - 0x100_0000
        - 0x123_4567)
    let dynamic = try #require(map.dynamicReservations.first)
    #expect(map.dynamicReservations.count == 1)
    #expect(dynamic.name == "linux,cma")
    #expect(dynamic.byteCount == 0x400_0000)
    #expect(dynamic.alignment == 0x40_0000)
    #expect(try dynamic.allowed == [range(0x8000_0000, 0xBFFF_FFFF)])
    #expect(dynamic.restrictions == .reusable)
    #expect(
      map.findings.map(\.kind) == [
        .ignored(what: "/memory@a00000000", why: "its status is not okay"),
        .ignored(what: "/unused@a0000000", why: "its status is not okay"),
      ])
  }

  private func tree(_ body: (inout DeviceTreeBuilder) -> Void) throws(LayoutInputError) -> MemoryMap
  {
    var builder = DeviceTreeBuilder()
    builder.begin("")
    body(&builder)
    builder.end()
    return try MemoryMap.read(path: "dtb", bytes: builder.bytes)
  }

  private func memory(
    _ builder: inout DeviceTreeBuilder, cells: [UInt32], name: String = "memory@0"
  ) {
    builder.begin(name)
    builder.property("device_type", text: "memory")
    builder.property("reg", cells: cells)
    builder.end()
  }

  @Test(arguments: [1, 2] as [UInt32], [1, 2] as [UInt32])
  func cellsOfAnyWidth(address: UInt32, size: UInt32) throws {
    let map = try tree { builder in
      builder.property("#address-cells", cells: [address])
      builder.property("#size-cells", cells: [size])
      memory(
        &builder,
        cells: (address == 2 ? [1] : []) + [0x8000_0000] + (size == 2 ? [2] : []) + [0x1000])
    }
    let start: UInt64 = (address == 2 ? 0x1_0000_0000 : 0) + 0x8000_0000
    let byteCount: UInt64 = (size == 2 ? 0x2_0000_0000 : 0) + 0x1000
    #expect(try map.systemRAM.ranges == [range(start, start + byteCount - 1)])
    #expect(map.findings.isEmpty)
  }

  /// Linux takes one cell each where the root says nothing.
  @Test func cellsThatAreNotSaid() throws {
    let map = try tree { memory(&$0, cells: [0x1000, 0x2000]) }
    #expect(try map.systemRAM.ranges == [range(0x1000, 0x2FFF)])
    #expect(
      map.findings.map(\.kind) == [
        .assumedCells(property: "#address-cells"), .assumedCells(property: "#size-cells"),
      ])
  }

  @Test func theLastByteOfAll() throws {
    let map = try tree { builder in
      builder.property("#address-cells", cells: [2])
      builder.property("#size-cells", cells: [2])
      memory(&builder, cells: [0xFFFF_FFFF, 0xFFFF_0000, 0, 0x1_0000])
    }
    #expect(map.systemRAM.ranges.last?.end == UInt128(1) << 64)
    let beyond = try error {
      try tree { builder in
        builder.property("#address-cells", cells: [2])
        builder.property("#size-cells", cells: [2])
        memory(&builder, cells: [0xFFFF_FFFF, 0xFFFF_0000, 0, 0x1_0001])
      }
    }
    #expect(beyond.message.contains("leaves 64 bits"))
  }

  /// Linux passes over such a node; whoever wrote it wanted the memory to be kept.
  @Test func reservationsThatLinuxPassesOver() throws {
    let map = try tree { builder in
      builder.property("#address-cells", cells: [1])
      builder.property("#size-cells", cells: [1])
      memory(&builder, cells: [0, 0x10_0000])
      builder.begin("reserved-memory")
      builder.property("#address-cells", cells: [2])
      builder.property("#size-cells", cells: [1])
      builder.begin("a@1000")
      builder.property("reg", cells: [0, 0x1000, 0x1000])
      builder.end()
      builder.begin("b")
      builder.end()
      builder.end()
    }
    #expect(try map.reserved.ranges == [range(0x1000, 0x1FFF)])
    #expect(map.findings.count == 2)
  }

  /// As in libfdt.
  @Test func ofTwoPropertiesTheFirstCounts() throws {
    let map = try tree { builder in
      builder.begin("memory@0")
      builder.property("device_type", text: "memory")
      builder.property("reg", cells: [0x1000, 0x1000])
      builder.property("reg", cells: [0x8000, 0x1000])
      builder.end()
    }
    #expect(try map.systemRAM.ranges == [range(0x1000, 0x1FFF)])
  }

  @Test func aReservationAroundMemoryIsOne() throws {
    var builder = DeviceTreeBuilder()
    builder.reservations = [(0, 0x10_0000)]
    builder.begin("")
    memory(&builder, cells: [0x1000, 0x1000])
    builder.end()
    let map = try MemoryMap.read(path: "dtb", bytes: builder.bytes)
    #expect(map.systemRAM.byteCount == 0x1000)
    #expect(map.usableRAM.isEmpty)
  }

  @Test func memoryThatIsNone() throws {
    let none = try error {
      try tree { builder in
        builder.begin("memory")
        builder.property("reg", cells: [0, 0x1000])
        builder.end()
      }
    }
    #expect(none.reason == .noRegions)
    #expect(none.hint?.contains("/sys/firmware/fdt") == true)
    // Ranges without a byte are no regions.
    #expect(throws: LayoutInputError.self) { try tree { memory(&$0, cells: [0x1000, 0]) } }
  }

  /// A crash kernel is told which memory is its own.
  @Test func aCrashKernelsTree() throws {
    let map = try tree { builder in
      builder.property("#address-cells", cells: [1])
      builder.property("#size-cells", cells: [1])
      memory(&builder, cells: [0, 0x100_0000])
      builder.begin("chosen")
      builder.property("linux,usable-memory-range", cells: [0x10_0000, 0x10_0000])
      builder.property("linux,initrd-start", cells: [0x10_0000])
      builder.end()
    }
    #expect(try map.systemRAM.ranges == [range(0x10_0000, 0x1F_FFFF)])
    #expect(
      map.findings.map(\.kind) == [
        .ignored(what: "/chosen", why: "its initrd has a start or an end alone")
      ])
  }

  @Test func cellsThatAreRefused() throws {
    for count in [0, 3, 0xFFFF_FFFF] as [UInt32] {
      let refused = try error {
        try tree { builder in
          builder.property("#address-cells", cells: [count])
          memory(&builder, cells: [0, 0x1000])
        }
      }
      #expect(refused.message.contains("#address-cells"))
    }
    let odd = try error { try tree { memory(&$0, cells: [0, 0x1000, 0]) } }
    #expect(odd.message.contains("no multiple"))
  }

  @Test func headersThatLie() throws {
    let good = try Samples.bytes("board.dtb")
    // Each field of the header but the boot processor, as large as can be, and odd.
    for field in [1, 2, 3, 4, 5, 6, 8, 9] {
      for value in [[0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFC], [0, 0, 0, 1]] as [[UInt8]] {
        if field == 5, value[0] != 0 { continue }  // a later version that says it is compatible
        if field == 6, value[0] == 0 { continue }
        var bytes = good
        bytes.replaceSubrange(4 * field..<4 * field + 4, with: value)
        #expect(throws: LayoutInputError.self, "field \(field) of \(value)") {
          try MemoryMap.read(path: "dtb", bytes: bytes)
        }
      }
    }
    var old = DeviceTreeBuilder()
    old.version = 3
    old.begin("")
    old.end()
    let error = try error { try MemoryMap.read(path: "dtb", bytes: old.bytes) }
    #expect(error.hint?.contains("dtc") == true)
  }

  @Test func structuresThatAreNone() throws {
    func refuse(_ body: (inout DeviceTreeBuilder) -> Void) throws -> String {
      var builder = DeviceTreeBuilder()
      body(&builder)
      return try error { try MemoryMap.read(path: "dtb", bytes: builder.bytes) }.message
    }
    #expect(try refuse { _ in }.contains("no root"))
    #expect(try refuse { $0.begin("") }.contains("end within a node"))
    #expect(try refuse { $0.end() }.contains("did not begin"))
    #expect(try refuse { $0.property("a") }.contains("outside"))
    #expect(
      try refuse {
        $0.begin("")
        $0.end()
        $0.begin("")
        $0.end()
      }.contains("second root"))
    #expect(
      try refuse {
        $0.begin("")
        $0.begin("a")
        $0.end()
        $0.property("late")
        $0.end()
      }.contains("outside of a node's head"))
    #expect(
      try refuse {
        $0.begin("")
        $0.token(7)
        $0.end()
      }.contains("no token 0x7"))
    #expect(
      try refuse { builder in
        for _ in 0..<65 { builder.begin("") }
        for _ in 0..<65 { builder.end() }
      }.contains("64 deep"))
    #expect(
      try refuse {
        $0.begin(String(repeating: "a", count: 300))
        $0.end()
      }.contains("name does not end"))
    #expect(
      try refuse {
        $0.reservations = [(.max, 2)]
        $0.begin("")
        $0.end()
      }.contains("leaves 64 bits"))
  }
}
