import MemoryLayout
import Testing

/// Tables of kernel logs that are not the BIOS's, and logs of several starts.
@Suite struct KernelLogFormTests {
  /// A guest of Xen gets its RAM from the hypervisor; what it gave back is not in its table.
  @Test(arguments: [
    """
    [    0.000000] Released 97 page(s)
    [    0.000000] e820: BIOS-provided physical RAM map:
    [    0.000000] Xen: [mem 0x0000000000000000-0x000000000009efff] usable
    [    0.000000] Xen: [mem 0x00000000000a0000-0x00000000000fffff] reserved
    [    0.000000] Xen: [mem 0x0000000000100000-0x000000007fffffff] usable
    [    0.000000] xen: using vcpuop timer interface
    [    0.000000] Xen: initializing cpu0
    """,
    """
    [    0.000000] BIOS-provided physical RAM map:
    [    0.000000]  Xen: 0000000000000000 - 000000000009f000 (usable)
    [    0.000000]  Xen: 00000000000a0000 - 0000000000100000 (reserved)
    [    0.000000]  Xen: 0000000000100000 - 0000000080000000 (usable)
    [    0.000000] released 0 pages of unused memory
    """,
    """
    (XEN) Xen-e820 RAM map:
    (XEN)  [0000000000000000, 000000000009efff] (usable)
    (XEN)  [00000000000a0000, 00000000000fffff] (reserved)
    (XEN)  [0000000000100000, 000000007fffffff] (usable)
    (XEN) System RAM: 2047MB (2096700kB)
    """,
    """
    (XEN) Xen-e820 RAM map:
    (XEN)  0000000000000000 - 000000000009f000 (usable)
    (XEN)  00000000000a0000 - 0000000000100000 (reserved)
    (XEN)  0000000000100000 - 0000000080000000 (usable)
    """,
    """
    (XEN) [2026-11-30 03:00:00]  [0000000000000000, 000000000009efff] (usable)
    (XEN) [2026-11-30 03:00:00]  [00000000000a0000, 00000000000fffff] (reserved)
    (XEN) [2026-11-30 03:00:00]  [0000000000100000, 000000007fffffff] (usable)
    """,
  ])
  func xen(log: String) throws {
    let map = try map(log)
    #expect(map.format == .e820)
    #expect(try map.systemRAM.ranges == [range(0, 0x9_EFFF), range(0x10_0000, 0x7FFF_FFFF)])
    #expect(try map.reserved.ranges == [range(0xA_0000, 0xF_FFFF)])
    #expect(map.findings.isEmpty)
  }

  /// The hypervisor keeps memory from the kernel that it starts, in whatever order the logs stand.
  @Test func aKernelHasLessThanItsHypervisor() throws {
    let hypervisor = "(XEN)  [0000000000000000, 000000007fffffff] (usable)\n"
    let kernel =
      "BIOS-provided physical RAM map:\nXen: [mem 0x0000000000000000-0x000000003fffffff] usable\n"
    for log in [hypervisor + kernel, kernel + hypervisor] {
      let map = try map(log)
      #expect(map.systemRAM.byteCount == 1 << 30)
      #expect(map.findings.isEmpty)
    }
  }

  @Test func anOldBIOS() throws {
    let map = try map(
      """
      BIOS-provided physical RAM map:
       BIOS-88: 0000000000000000 - 000000000009f000 (usable)
       BIOS-88: 0000000000100000 - 0000000004000000 (usable)
      """)
    #expect(try map.systemRAM.ranges == [range(0, 0x9_EFFF), range(0x10_0000, 0x3FF_FFFF)])
  }

  // MARK: EFI

  /// Memory of boot loaders and boot services is RAM when the kernel runs, unless it is kept for a
  /// purpose or is not cached; all else is not.
  @Test func efi() throws {
    func line(_ number: Int, _ type: String, _ attributes: String, _ range: String) -> String {
      "[    0.000000] efi: mem0\(number): [\(type)|\(attributes)] range=[\(range)] (1MB)\n"
    }
    let usual = "   |  |  |  |  |  |  |  |   |WB|WT|WC|UC"
    let log =
      line(0, "Boot Code          ", usual, "0x0000000000000000-0x0000000000000fff")
      + line(1, "Loader Data        ", usual, "0x0000000000001000-0x0000000000001fff")
      + line(2, "Conventional Memory", usual, "0x0000000000002000-0x0000000000002fff")
      + line(
        3, "Conventional       ", "   |  |SP|  |  |  |  |  |   |WB|WT|WC|UC",
        "0x0000000000003000-0x0000000000003fff")
      + line(
        4, "Conventional Memory", "   |  |  |  |  |  |  |  |   |  |  |  |UC",
        "0x0000000000004000-0x0000000000004fff")
      + line(
        5, "Runtime Data       ", "RUN|  |  |  |  |  |  |  |   |WB|WT|WC|UC",
        "0x0000000000005000-0x0000000000005fff")
      + line(6, "ACPI Reclaim Memory", usual, "0x0000000000006000-0x0000000000006fff")
      + line(7, "ACPI Memory NVS    ", usual, "0x0000000000007000-0x0000000000007fff")
      + line(
        8, "Memory Mapped I/O  ", "RUN|  |  |  |  |  |  |  |   |  |  |  |UC",
        "0x00000000e0000000-0x00000000efffffff")
    let map = try map(log)
    #expect(map.format == .efi)
    #expect(try map.systemRAM.ranges == [range(0, 0x2FFF)])
    #expect(
      map.regions.map(\.kind) == [
        .systemRAM, .systemRAM, .systemRAM, .softReserved, .reserved, .reserved, .acpiTables,
        .acpiNonVolatile, .reserved,
      ])
    #expect(map.findings.isEmpty)
  }

  @Test func olderEFI() throws {
    // Ends lie behind the last byte. Type 7 is conventional memory, 6 data at run time.
    let map = try map(
      """
      efi: mem00: type=7, attr=0xf, range=[0x0000000000000000-0x000000000009f000) (0MB)
      efi: mem01: type=6, attr=0x800000000000000f, range=[0x000000000009f000-0x00000000000a0000) (0MB)
      efi: mem02: type=3, attr=0xf, range=[0x0000000000100000-0x0000000040000000) (1023MB)
      """)
    #expect(try map.systemRAM.ranges == [range(0, 0x9_EFFF), range(0x10_0000, 0x3FFF_FFFF)])
    #expect(try map.reserved.ranges == [range(0x9_F000, 0x9_FFFF)])
  }

  @Test func efiOfArm64() throws {
    let map = try map(
      """
      [    0.000000] efi: Processing EFI memory map:
      [    0.000000] efi:   0x000040000000-0x00007fffffff [Conventional Memory|   |  |  |  |  |  |  |   |WB|WT|WC|UC]
      [    0.000000] efi:   0x000080000000-0x00008000ffff [Runtime Code       |RUN|  |  |  |  |  |  |   |WB|WT|WC|UC]*
      [    0.000000] Early memory node ranges
      [    0.000000]   node   0: [mem 0x0000000040000000-0x000000008000ffff]
      [    0.000000] crashkernel reserved: 0x0000000060000000 - 0x0000000070000000 (256 MB)
      """)
    #expect(map.format == .efi)
    #expect(try map.systemRAM.ranges == [range(0x4000_0000, 0x7FFF_FFFF)])
    #expect(try map.crashKernel.ranges == [range(0x6000_0000, 0x6FFF_FFFF)])
    #expect(
      try map.usableRAM.ranges == [
        range(0x4000_0000, 0x5FFF_FFFF), range(0x7000_0000, 0x7FFF_FFFF),
      ])
  }

  // MARK: The allocator's ranges

  @Test func nodeRanges() throws {
    let map = try map(
      """
      [    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd083]
      [    0.000000] Linux version 6.12.0
      [    0.000000] OF: reserved mem: 0x0000000080000000..0x0000000081ffffff (32768 KiB) nomap non-reusable svcbuffer@0
      [    0.000000] OF: reserved mem: 0x00000000fca00000..0x00000000fe9fffff (32768 KiB) map reusable linux,cma
      [    0.000000] NUMA: Faking a node at [mem 0x0000000080000000-0x00000009ffffffff]
      [    0.000000] Zone ranges:
      [    0.000000]   DMA      [mem 0x0000000080000000-0x00000000ffffffff]
      [    0.000000] Early memory node ranges
      [    0.000000]   node   0: [mem 0x0000000080000000-0x0000000081ffffff]
      [    0.000000]   node   0: [mem 0x0000000082000000-0x00000000ffffffff]
      [    0.000000]   node   1: [mem 0x0000000880000000-0x00000009ffffffff]
      [    0.000000] Initmem setup node 0 [mem 0x0000000080000000-0x00000009ffffffff]
      [    0.000000] Memory: 7999999K/8388608K available
      """)
    #expect(map.format == .ranges)
    #expect(
      try map.systemRAM.ranges == [
        range(0x8000_0000, 0xFFFF_FFFF), range(0x8_8000_0000, 0x9_FFFF_FFFF),
      ])
    #expect(try map.reserved.ranges == [range(0x8000_0000, 0x81FF_FFFF)])
    #expect(map.findings == [MapFinding(.rangesAlone, at: .line(9))])
    #expect(map.firmwareEntries(isJoined: false).isEmpty)
  }

  @Test func memblock() throws {
    let dump = """
      MEMBLOCK configuration:
       memory size = 0x0000000080000000 reserved size = 0x0000000002000000
       memory.cnt  = 0x2
       memory[0x0]\t[0x0000000040000000-0x00000000bfffffff], 0x0000000080000000 bytes on node 0 flags: 0x0
       memory[0x1]\t[0x00000000c0000000-0x00000000c00fffff], 0x0000000000100000 bytes on node 0 flags: 0x4
       reserved.cnt  = 0x1
       reserved[0x0]\t[0x0000000040200000-0x00000000421fffff], 0x0000000002000000 bytes flags: 0x0

      """
    let earlier = dump.replacing("bfffffff]", with: "7fffffff]")
    let map = try map(earlier + dump)
    #expect(map.format == .ranges)
    #expect(
      try map.usableRAM.ranges == [
        range(0x4000_0000, 0x401F_FFFF), range(0x4220_0000, 0xBFFF_FFFF),
      ])
    #expect(map.findings.isEmpty)
  }

  // MARK: Several starts

  private static func log(_ last: String, version: String = "6.12.0") -> String {
    """
    [    0.000000] Linux version \(version) (gcc)
    [    0.000000] BIOS-provided physical RAM map:
    [    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
    [    0.000000] BIOS-e820: [mem 0x000000000009fc00-0x00000000000fffff] reserved
    [    0.000000] BIOS-e820: [mem 0x0000000000100000-0x000000000\(last)] usable
    [    0.000000] e820: update [mem 0x00000000-0x00000fff] usable ==> reserved
    [    0.100000] Reserving 16MB of memory at 32MB for crashkernel (System RAM: 511MB)

    """
  }

  @Test func theLastStartIsTaken() throws {
    let map = try map(Self.log("3fffffff") + Self.log("1fffffff"))
    #expect(try map.systemRAM.ranges == [range(0x1000, 0x9_FBFF), range(0x10_0000, 0x1FFF_FFFF)])
    #expect(map.findings == [MapFinding(.severalStarts(count: 2), at: .line(10))])
    #expect(try map.crashKernel.ranges == [range(0x200_0000, 0x2FF_FFFF)])
    let same = try MemoryLayoutTests.map(Self.log("1fffffff") + Self.log("1fffffff"))
    #expect(same.findings.isEmpty)
    #expect(same.systemRAM == map.systemRAM)
  }

  /// The log ends within the tables of the last start.
  @Test func aStartThatIsCutIsNotTaken() throws {
    let whole = Self.log("3fffffff")
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
    for count in 1...4 {
      let text = whole + lines.prefix(count).joined(separator: "\n") + "\n"
      let map = try map(text)
      #expect(map.systemRAM.byteCount == 0x9_EC00 + 0x3FF0_0000, "\(count) lines")
    }
  }

  /// A start whose table was cut within a line, by a reset or by the end of the log.
  @Test func aStartThatIsBrokenIsNotTaken() throws {
    let whole = Self.log("3fffffff")
    let cut = """
      [    0.000000] BIOS-provided physical RAM map:
      [    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
      [    0.000000] BIOS-e820: [mem 0x0000000

      """
    for text in [whole + cut, cut + whole] {
      let map = try map(text)
      #expect(map.systemRAM.byteCount == 0x9_EC00 + 0x3FF0_0000)
      #expect(map.findings.map(\.kind) == [.severalStarts(count: 2)])
    }
    let error = try error { try map(cut) }
    #expect(error.place == .line(3))
  }

  @Test func nodeRangesOfSeveralStarts() throws {
    func log(_ last: String) -> String {
      "Linux version 6.12.0\n  node   0: [mem 0x0000000040000000-0x00000000\(last)]\n"
    }
    let map = try map(log("7fffffff") + log("bfffffff"))
    #expect(try map.systemRAM.ranges == [range(0x4000_0000, 0xBFFF_FFFF)])
    #expect(map.findings.map(\.kind) == [.rangesAlone, .severalStarts(count: 2)])
  }

  /// Two logs of one start, such as the kernel's and a daemon's, line by line.
  @Test func linesThatStandTwice() throws {
    let text = Self.log("1fffffff").split(separator: "\n").map { "\($0)\n\($0)\n" }.joined()
    let map = try map(text)
    #expect(map.regions.count == 5)
    #expect(map.findings.isEmpty)
    #expect(map.systemRAM.byteCount == 0x9_EC00 + 0x1FF0_0000)
  }

  // MARK: A crash kernel

  @Test(
    arguments: [
      ("crashkernel reserved: 0x0000000020000000 - 0x0000000030000000 (256 MB)", 0x2000_0000, 256),
      ("crashkernel low memory reserved: 0x20000000 - 0x28000000 (128 MB)", 0x2000_0000, 128),
      ("Reserving 64MB of memory at 512MB for crashkernel (System RAM: 1023MB)", 0x2000_0000, 64),
      (
        "Reserving 64MB of low memory at 512MB for crashkernel (System low RAM: 9MB)", 0x2000_0000,
        64
      ),
    ] as [(String, UInt64, UInt64)])
  func crashKernels(line: String, start: UInt64, mebibytes: UInt64) throws {
    let map = try map(
      "BIOS-e820: [mem 0x0000000000100000-0x000000003fffffff] usable\n[    0.01] \(line)\n")
    #expect(
      map.crashKernel.ranges == [AddressRange(start: start, byteCount: mebibytes << 20)])
    #expect(map.usableRAM.byteCount == (1 << 30) - (1 << 20) - UInt128(mebibytes << 20))
  }

  @Test(arguments: [
    "crashkernel reserved: 0x2000 - 0x1000 (0 MB)", "crashkernel reserved: none",
    "Reserving 99999999999999999999MB of memory at 0MB for crashkernel",
    "Reserving 0MB of memory at 512MB for crashkernel", "crashkernel reservation failed",
  ])
  func noCrashKernels(line: String) throws {
    let map = try map("BIOS-e820: [mem 0x0000000000100000-0x000000003fffffff] usable\n\(line)\n")
    #expect(map.crashKernel.isEmpty)
  }

  /// Half of a type would hide RAM.
  @Test(arguments: [
    "System", "1.9 GB", "1.9 GB kernel usable", "kernel",
    "usable BIOS-e820: [mem 0x0000000040000000-0x000000007fffffff] usable",
    "reserved [mem 0x0000000040000000-0x000000007fffffff] usable",
  ])
  func halfOfAType(type: String) throws {
    let error = try error {
      try map(
        """
        BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
        BIOS-e820: [mem 0x0000000000100000-0x000000003fffffff] \(type)
        RAM
        """)
    }
    #expect(error.place == .line(2))
  }
}
