import MemoryLayout
import Testing

/// The e820 map in kernel logs of twenty years.
@Suite struct E820LogTests {
  private func log(_ text: String) throws(LayoutInputError) -> E820Log {
    try E820Log.read(path: "dmesg", bytes: Array(text.utf8))
  }

  /// The three sources of one machine agree.
  @Test func aGuestsLogAgreesWithItsOtherMaps() throws {
    let log = try E820Log.read(contentsOf: Samples.path("kvm-guest-6.18.dmesg.txt"))
    #expect(log.firmware.regions.count == 5)
    #expect(log.inEffect.format == .e820)
    #expect(log.inEffect.findings.isEmpty)
    let iomem = try Samples.map("kvm-guest-6.18.iomem.txt")
    #expect(log.inEffect.systemRAM == iomem.systemRAM)
    let firmware = try Samples.map("kvm-guest-6.18.memmap.txt")
    #expect(log.firmware.systemRAM == firmware.systemRAM)
    #expect(log.firmware.reserved == firmware.reserved)
    // The first page is reserved by the kernel, not by the firmware.
    #expect(log.firmware.systemRAM.contains(try range(0, 0xFFF)))
    #expect(try log.inEffect.reserved.ranges.first == range(0, 0xFFF))
    #expect(log.firmware.regions.first?.place == .line(1))
    #expect(log.inEffect == (try Samples.map("kvm-guest-6.18.dmesg.txt")))
    #expect(!log.inEffect.format.showsKernel)
  }

  /// Until Linux 3.5 the end was the address behind the last byte.
  @Test func oldLogsHaveExclusiveEnds() throws {
    let log = try E820Log.read(contentsOf: Samples.path("x86-2003.dmesg.txt"))
    #expect(log.firmware.regions.count == 9)
    #expect(
      try log.firmware.systemRAM.ranges == [
        range(0, 0x9_FBFF), range(0x10_0000, 0x2FFE_FFFF),
      ])
    #expect(
      try log.firmware.regions(of: .acpiNonVolatile).map(\.range) == [
        range(0x2FFF_8000, 0x2FFF_FFFF)
      ])
    #expect(log.firmware.acpi.byteCount == 0x1_0000)
  }

  @Test func aUserDefinedMapReplacesTheFirmwares() throws {
    let log = try E820Log.read(contentsOf: Samples.path("x86-user-defined.dmesg.txt"))
    #expect(
      try log.firmware.systemRAM.ranges == [
        range(0, 0x9_D7FF), range(0x10_0000, 0x7FF1_FFFF),
      ])
    #expect(
      try log.inEffect.systemRAM.ranges == [
        range(0x1000, 0x9_D7FF), range(0x10_0000, 0x3FFF_FFFF),
      ])
    #expect(log.inEffect.findings.isEmpty)
  }

  /// From Linux 7.0 on types have the names of `/proc/iomem`, and gaps are printed.
  @Test func newLogsHaveOtherNames() throws {
    let log = try E820Log.read(contentsOf: Samples.path("qemu-7.2.dmesg.txt"))
    #expect(log.firmware.regions.count == 7)
    #expect(
      try log.firmware.systemRAM.ranges == [
        range(0, 0x9_FBFF), range(0x10_0000, 0xFFD_FFFF),
      ])
    #expect(log.firmware.regions(of: .reserved).count == 5)
    let sized = try self.log(
      "BIOS-e820: [mem 0x0000000000100000-0x000000007ffdbfff]    1.9 GB kernel usable RAM\n")
    #expect(sized.firmware.systemRAM.byteCount == 0x7FED_C000)
  }

  @Test(arguments: [
    "", "[    0.000000] ", "<6>[    0.000000] ", "[    0.000000][    T0] ",
    "Nov 25 07:50:00 host kernel: ", "[Sun Jul 12 15:43:37 2020] ", "  ",
    "Jul 17 15:25:55 host kernel: [    0.000000] ",
  ])
  func whateverStandsBefore(prefix: String) throws {
    let log = try log(
      """
      \(prefix)BIOS-provided physical RAM map:
      \(prefix)BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
      \(prefix)BIOS-e820: [mem 0x0000000000100000-0x00000000bfffffff] usable
      \(prefix)e820: update [mem 0x00000000-0x00000fff] usable ==> reserved

      """)
    #expect(log.firmware.regions.count == 2)
    #expect(log.inEffect.regions.count == 3)
    #expect(try map("noise\n\(prefix)BIOS-e820: [mem 0x0-0xfff] usable\n").format == .e820)
  }

  @Test func allTypesAreKnown() throws {
    let types: [(String, MemoryRegion.Kind)] = [
      ("usable", .systemRAM), ("reserved", .reserved), ("ACPI data", .acpiTables),
      ("ACPI NVS", .acpiNonVolatile), ("unusable", .unusable),
      ("persistent (type 12)", .persistent), ("persistent RAM (type 7)", .persistent),
      ("soft reserved", .softReserved), ("type 20", .other), ("System RAM", .systemRAM),
      ("device reserved", .reserved), ("Device reserved", .reserved),
      ("ACPI tables", .acpiTables), ("ACPI non-volatile storage", .acpiNonVolatile),
      ("Persistent memory (legacy)", .persistent), ("Type 13", .other),
      ("System RAM (of another)", .other),
    ]
    var text = ""
    for (index, type) in types.enumerated() {
      let start = String(0x10_0000 + index * 0x1000, radix: 16)
      text += "BIOS-e820: [mem 0x\(start)-0x\(start.dropLast(3))fff] \(type.0)\n"
    }
    #expect(try log(text).firmware.regions.map(\.kind) == types.map(\.1))
  }

  /// What is changed is only what has the type that is named.
  @Test func changesApplyToOneType() throws {
    let log = try log(
      """
      BIOS-e820: [mem 0x00001000-0x00005fff] usable
      BIOS-e820: [mem 0x00006000-0x00007fff] reserved
      BIOS-e820: [mem 0x00008000-0x0000ffff] usable
      e820: update [mem 0x00003000-0x00008fff] usable ==> ACPI data
      e820: remove [mem 0x0000b000-0x0000bfff] usable
      e820: remove [mem 0x00006000-0x00006fff]

      """)
    #expect(
      try log.inEffect.systemRAM.ranges == [
        range(0x1000, 0x2FFF), range(0x9000, 0xAFFF), range(0xC000, 0xFFFF),
      ])
    #expect(try log.inEffect.acpi.ranges == [range(0x3000, 0x5FFF), range(0x8000, 0x8FFF)])
    #expect(try log.inEffect.reserved.ranges == [range(0x7000, 0x7FFF)])
  }

  /// `mem=` removes "all from here on", which is printed as ending one byte early.
  @Test func removingAllFromHereOnRemovesTheLastByte() throws {
    let log = try log(
      """
      BIOS-e820: [mem 0x0000000000000000-0xffffffffffffffff] usable
      e820: remove [mem 0x40000000-0xfffffffffffffffe] usable

      """)
    #expect(log.firmware.systemRAM.byteCount == UInt128(1) << 64)
    #expect(try log.inEffect.systemRAM.ranges == [range(0, 0x3FFF_FFFF)])
  }

  @Test func aTableModifiedTwiceCountsOnce() throws {
    let log = try log(
      """
      BIOS-e820: [mem 0x00000000-0x000fffff] usable
      e820: modified physical RAM map:
      modified: [mem 0x00000000-0x0007ffff] usable
      modified: [mem 0x00080000-0x000fffff] reserved
      modified physical RAM map:
      modified: [mem 0x00000000-0x0003ffff] usable
      modified: [mem 0x00040000-0x000fffff] reserved

      """)
    #expect(log.inEffect.regions.count == 2)
    #expect(log.inEffect.systemRAM.byteCount == 0x4_0000)
    #expect(log.inEffect.findings.isEmpty)
    #expect(log.firmware.systemRAM.byteCount == 0x10_0000)
  }

  /// `dmesg | grep ACPI` leaves some lines of a table.
  @Test func aTableWithoutHeadingIsNoticed() throws {
    let log = try log(
      """
      [    0.000000] BIOS-e820: [mem 0x0000000009f00000-0x0000000009f27fff] ACPI NVS
      [    0.012460] modified: [mem 0x0000000009f00000-0x0000000009f27fff] ACPI NVS

      """)
    #expect(
      log.inEffect.findings == [
        MapFinding(.tableWithoutHeading(table: "modified"), at: .line(2))
      ])
  }

  @Test func aSecondStartInTheLogCounts() throws {
    let log = try log(
      """
      BIOS-provided physical RAM map:
      BIOS-e820: [mem 0x00000000-0x000fffff] usable
      BIOS-provided physical RAM map:
      BIOS-e820: [mem 0x00000000-0x0007ffff] usable

      """)
    #expect(log.firmware.systemRAM.byteCount == 0x8_0000)
  }

  /// What `grep e820` leaves of the log of two starts, with half of the memory the second time.
  @Test(arguments: [true, false])
  func aSecondStartWithoutHeadingsCounts(hasChanges: Bool) throws {
    let changes = """
      e820: update [mem 0x00000000-0x00000fff] usable ==> reserved
      e820: remove [mem 0x000a0000-0x000fffff] usable

      """
    func start(_ last: String) -> String {
      """
      BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
      BIOS-e820: [mem 0x0000000000100000-0x000000000\(last)] usable

      """ + (hasChanges ? changes : "")
    }
    let log = try log(start("7fffffff") + start("3fffffff"))
    #expect(log.firmware.systemRAM.byteCount == 0x9_FC00 + 0x3FF0_0000)
    #expect(
      log.inEffect.systemRAM.byteCount == (hasChanges ? 0x9_EC00 : 0x9_FC00) + 0x3FF0_0000)
  }

  /// Overlaps are resolved as the kernel does: what is not RAM wins.
  @Test func overlapsAreNotUsable() throws {
    let log = try log(
      """
      BIOS-e820: [mem 0x00000000-0x000fffff] usable
      BIOS-e820: [mem 0x00080000-0x0017ffff] reserved
      BIOS-e820: [mem 0x00010000-0x00010fff] ACPI data
      BIOS-e820: [mem 0x00200000-0x002fffff] usable
      BIOS-e820: [mem 0x00200000-0x003fffff] reserved
      BIOS-e820: [mem 0x00500000-0x005fffff] usable
      BIOS-e820: [mem 0x00400000-0x007fffff] type 20

      """)
    #expect(try log.inEffect.usableRAM.ranges == [range(0, 0xFFFF), range(0x1_1000, 0x7_FFFF)])
  }

  /// kexec passes on 128 entries; what is behind them is lost.
  @Test func aFullZeroPageIsNoticed() throws {
    func text(_ count: Int) -> String {
      (0..<count).map { index in
        let start = String(0x10_0000 + index * 0x2000, radix: 16)
        let last = String(0x10_0FFF + index * 0x2000, radix: 16)
        return "BIOS-e820: [mem 0x\(start)-0x\(last)] usable\n"
      }.joined()
    }
    #expect(try log(text(127)).firmware.findings.isEmpty)
    #expect(try log(text(128)).firmware.findings.map(\.kind) == [.fullZeroPage(entryCount: 128)])
  }

  @Test(arguments: [
    "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff]\n",
    "BIOS-e820: [mem 0x0000000000000000-0x00000000000\n",
    "BIOS-e820: [mem 0x0000000000002000-0x0000000000000fff] usable\n",
    "BIOS-e820: 0000000000000000 - 00000000000a0000\n",
    "BIOS-e820: [mem 0-1] usable\n",
    "BIOS-e820: [mem 0x0-0x1ffffffffffffffff] usable\n",
    "e820: update [mem 0x00000000-0x00000fff] usable\n",
    "e820: remove [mem 0x00000000-0x] usable\n",
  ])
  func brokenLinesAreRefused(line: String) throws {
    let error = try error { try log("noise\n\(line)") }
    #expect(error.place == .line(2))
    guard case .malformed = error.reason else {
      Issue.record("\(error)")
      return
    }
  }

  @Test func otherLinesAreNone() throws {
    let text = """
      update e820 for mtrr
      e820: reserve RAM buffer [mem 0x0009fc00-0x0009ffff]
      e820: last_pfn = 0x640000 max_arch_pfn = 0x400000000
      e820: [mem 0xc0000000-0xeebfffff] available for PCI devices
      user: the one who did it
      Zone ranges:

      """
    #expect(try error { try log(text) }.reason == .noRegions)
    #expect(throws: LayoutInputError.self) { try map(text) }
    // An empty entry, as some firmware has.
    #expect(
      try log(
        "BIOS-e820: [mem 0x1000-0x0fff] reserved\nBIOS-e820: [mem 0x1000-0x1fff] usable\n"
      ).firmware.regions.count == 1)
  }
}
