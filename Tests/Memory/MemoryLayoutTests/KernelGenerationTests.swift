import MemoryLayout
import Testing

/// What depends on the kernels' version, and on what is said of them.
@Suite struct KernelGenerationTests {
  @Test(arguments: [
    ("6.12", KernelVersion(6, 12)), ("v7.2-rc3", KernelVersion(7, 2)),
    ("6.12.43+deb13-amd64", KernelVersion(6, 12)), ("5.10.0", KernelVersion(5, 10)),
  ])
  func aVersion(text: String, version: KernelVersion) { #expect(KernelVersion(text) == version) }

  @Test(arguments: ["", "6", "six.one", "6.", ".1", "-6.1", "99999.1", "6.x", "6 .1"])
  func noVersion(text: String) { #expect(KernelVersion(text) == nil) }

  @Test func versionsHaveAnOrder() {
    #expect(KernelVersion(6, 2) < KernelVersion(6, 12))
    #expect(KernelVersion(5, 19) < KernelVersion(6, 0))
  }

  private static let page: UInt64 = 4_096

  private static func question(
    _ text: String, _ architecture: KernelImage.Architecture, _ items: [PlacementItem],
    version: KernelVersion = .newest, _ stated: [KernelTrait: UInt64] = [:]
  ) throws -> PlacementQuestion {
    var question = PlacementQuestion(
      map: try MemoryMap.read(path: "iomem", bytes: Array(text.utf8)),
      image: .stated(
        path: "numbers", architecture: architecture, memoryByteCount: 1 << 20, alignment: 2 << 20,
        preferredAddress: nil, isRelocatable: true, addressLimit: nil),
      items: items, loader: .kexecFile)
    question.traits = KernelTraits(version: version, architecture: architecture, stated: stated)
    return question
  }

  // MARK: KHO

  /// 4 GiB of RAM, and scratch of 64 MiB at 1 GiB; memory is preserved at 3 GiB and 1 MiB.
  private static func handover(
    _ version: KernelVersion, _ stated: [KernelTrait: UInt64] = [:]
  ) throws -> PlacementQuestion {
    var question = try Self.question(
      "00000000-ffffffff : System RAM\n", .x86_64,
      [
        PlacementItem("frames", .pageFrames), PlacementItem("tables", .directMap),
        PlacementItem("low", .trampoline), PlacementItem("unpacked", .unpackedInitrd),
      ], version: version, stated)
    question.handoverScratch = [try range(0x4000_0000, 0x43FF_FFFF)]
    question.handedOver = AddressSet([try range(0xC010_0000, 0xC01F_FFFF)])
    return question
  }

  /// Where the two items that are allocated early lie, and whether that is allowed.
  @Test(arguments: [
    (UInt64(0x4000_0000), UInt64(0x4010_0000), KernelVersion(6, 16), true),
    // Whole GiB without preserved memory, which a kernel of 2026 adds; but not for its page tables.
    (0x8000_0000, 0x4010_0000, KernelVersion(6, 16), false),
    (0x8000_0000, 0x4010_0000, KernelVersion(7, 3), true),
    (0x8000_0000, 0x8010_0000, KernelVersion(7, 3), false),
    (0xC800_0000, 0x4010_0000, KernelVersion(7, 3), false),
  ])
  func earlyAllocations(
    frames: UInt64, tables: UInt64, version: KernelVersion, isAllowed: Bool
  ) throws {
    let placement: Placement = [
      "frames": try range(frames, frames + Self.page - 1),
      "tables": try range(tables, tables + Self.page - 1),
      "low": try range(0x9_0000, 0x9_0FFF),
      // The page allocator has all memory that is not preserved.
      "unpacked": try range(0xC800_1000, 0xC800_1FFF),
    ]
    let rules: Set<PlacementRule> = isAllowed ? [] : [.handoverEarly]
    #expect(PlacementTests.broken(try Self.handover(version), placement) == rules)
  }

  @Test func scratchIsExtendedIfSomebodySaysSo() throws {
    let extended = try Self.handover(KernelVersion(6, 16), [.extendsScratch: 1])
    let plain = try Self.handover(KernelVersion(7, 3), [.extendsScratch: 0])
    let placement: Placement = [
      "frames": try range(0x8000_0000, 0x8000_0FFF), "tables": try range(0x4000_0000, 0x4000_0FFF),
      "low": try range(0x9_0000, 0x9_0FFF), "unpacked": try range(0x10_0000, 0x10_0FFF),
    ]
    #expect(PlacementTests.broken(extended, placement).isEmpty)
    #expect(PlacementTests.broken(plain, placement) == [.handoverEarly])
  }

  // MARK: The first root

  /// 128 MiB of memory, 32 of an image and 16 of an initrd leave 80: a tmpfs holds 40 of them.
  @Test(arguments: [
    (UInt64(40), UInt64(50), true), (41, 50, false), (72, 90, true), (73, 90, false),
    (74, 100, true),
  ])
  func whatTheRootHolds(mebibytes: UInt64, percent: UInt64, isKept: Bool) throws {
    var question = try Self.question(
      "00000000-3fffffff : System RAM\n", .x86_64,
      [
        PlacementItem("kernel", .kernel), PlacementItem("initrd", .initrd),
        PlacementItem("frames", .pageFrames), PlacementItem("unpacked", .unpackedInitrd),
      ], [.rootfsShare: percent])
    question.rootfsMemoryByteCount = 128 << 20
    func piece(_ start: UInt64, _ count: UInt64) throws -> AddressRange {
      try range(start << 20, (start + count) << 20 - 1)
    }
    let placement: Placement = [
      "kernel": try piece(16, 32), "initrd": try piece(64, 16), "frames": try piece(96, 4),
      "unpacked": try piece(128, mebibytes),
    ]
    let rules: Set<PlacementRule> = isKept ? [] : [.rootfsShare]
    #expect(PlacementTests.broken(question, placement) == rules)
  }

  // MARK: Tables

  /// A section is 128 MiB, and takes 2 MiB of struct pages however little of it there is.
  @Test func sectionsOfACrashKernel() throws {
    // One that lies in two sections, and the first 640 KiB in a third.
    var question = try Self.question(
      "00001000-0009ffff : System RAM\n00100000-3fffffff : System RAM\n"
        + "  0f000000-10ffffff : Crash kernel\n",
      .x86_64, [PlacementItem("frames", .pageFrames)])
    question.isCrashImage = true
    question.managedByteCount = 32 << 20
    #expect(leastByteCount("frames", question) == 6 << 20)
  }

  /// 2 GiB of RAM, half of it at 8 TiB: two tables of 1 GiB, two of 512 GiB, and four.
  @Test func onlyWhatThereIsIsMapped() throws {
    let question = try Self.question(
      "00000000-3fffffff : System RAM\n80000000000-8003fffffff : System RAM\n", .x86_64,
      [PlacementItem("tables", .pageTables)])
    #expect(leastByteCount("tables", question) == 8 * Self.page)
  }

  private func leastByteCount(_ item: String, _ question: PlacementQuestion) -> UInt64 {
    question.constraints.reduce(0) { most, constraint in
      if case .atLeast(item, let byteCount) = constraint.demand {
        max(most, byteCount)
      } else {
        most
      }
    }
  }

  // MARK: arm64

  /// kexec puts an image into a hole from below, and an initrd and a device tree above its end.
  @Test func aboveTheKernelOfArm64() throws {
    var question = try Self.question(
      "40000000-7fffffff : System RAM\n", .arm64,
      [
        PlacementItem("kernel", .kernel), PlacementItem("initrd", .initrd),
        PlacementItem("dtb", .deviceTree, byteCount: 1 << 20),
      ])
    let kernel = try range(0x5000_0000, 0x500F_FFFF)
    let dtb = try range(0x6000_0000, 0x600F_FFFF)
    func broken(_ initrd: UInt64, dtb: AddressRange) throws -> Set<PlacementRule> {
      PlacementTests.broken(
        question, ["kernel": kernel, "initrd": try range(initrd, initrd + 0xFFF), "dtb": dtb])
    }
    #expect(try broken(0x5010_0000, dtb: dtb).isEmpty)
    #expect(try broken(0x4FFF_F000, dtb: dtb) == [.armAboveKernel])
    #expect(try broken(0x5010_0000, dtb: range(0x4000_0000, 0x400F_FFFF)) == [.armAboveKernel])
    // kexec_file_load aligns a device tree to 2 MiB, and a boot loader to 8 bytes.
    let odd = try range(0x6010_0000, 0x601F_FFFF)
    #expect(try broken(0x5010_0000, dtb: odd) == [.armDeviceTree])
    question.loader = .bootProtocol
    #expect(try broken(0x4FFF_F000, dtb: odd).isEmpty)
  }

  /// CMA lies where all devices reach, or anywhere where there is no such memory.
  @Test func contiguousMemoryOfArm64() throws {
    let item = [PlacementItem("cma", .contiguous, byteCount: 1 << 20)]
    let above: Placement = ["cma": try range(0x1_4000_0000, 0x1_400F_FFFF)]
    let high = "140000000-17fffffff : System RAM\n"
    let both = try Self.question("40000000-7fffffff : System RAM\n" + high, .arm64, item)
    #expect(PlacementTests.broken(both, above) == [.contiguous])
    #expect(PlacementTests.broken(both, ["cma": try range(0x4000_0000, 0x400F_FFFF)]).isEmpty)
    #expect(PlacementTests.broken(try Self.question(high, .arm64, item), above).isEmpty)
  }

  /// RAM behind 2^48 is of use from Linux 6.9 on.
  @Test(arguments: [(KernelVersion(6, 8), false), (KernelVersion(6, 9), true)])
  func bitsOfAnAddress(version: KernelVersion, reaches: Bool) throws {
    let question = try Self.question(
      "40000000-7fffffff : System RAM\n1000000000000-100003fffffff : System RAM\n", .arm64,
      [PlacementItem("percpu", .perProcessor)], version: version)
    let start: UInt64 = 1 << 48
    let placement: Placement = ["percpu": try range(start, start + 0xFFF)]
    #expect(
      PlacementTests.broken(question, placement) == (reaches ? [] : [.armAddressBits]))
  }
}
