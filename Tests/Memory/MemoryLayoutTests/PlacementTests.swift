import MemoryLayout
import Testing

/// Placements against the rules, by plain arithmetic.
@Suite struct PlacementTests {
  /// The guest's machine, a kernel of 0x123000 bytes, and what belongs to it.
  static func question(
    _ image: [UInt8] = ImageBuilders.bzImage(), loader: PlacementQuestion.Loader = .kexecFile
  ) throws -> PlacementQuestion {
    var question = PlacementQuestion(
      map: try Samples.map("kvm-guest-6.18.iomem.txt"),
      image: try KernelImage.read(path: "vmlinuz", image),
      items: [
        PlacementItem("new kernel", .kernel), PlacementItem("initrd", .initrd),
        PlacementItem("parameters", .bootParameters), PlacementItem("purgatory", .purgatory),
        PlacementItem("trampoline", .trampoline), PlacementItem("swiotlb", .bounceBuffers),
        PlacementItem("crash", .crashKernel), PlacementItem("crash low", .crashKernelLow),
        PlacementItem("frames", .pageFrames), PlacementItem("percpu", .perProcessor),
        PlacementItem("tables", .pageTables), PlacementItem("control", .controlPages),
        PlacementItem("processes", .processes, byteCount: 1 << 30),
        PlacementItem("memory", .grant),
      ], loader: loader)
    question.initrdByteCount = 5_000_000
    question.commandLineByteCount = 100
    question.managedByteCount = 4 << 30
    question.processorCount = 2
    question.memoryBlockByteCount = 128 << 20
    return question
  }

  /// All of it, found by hand: 5,000,000 bytes are 1,221 pages; 4 GiB are 2^20 frames of 64 bytes.
  private static func placement() throws -> Placement {
    [
      "new kernel": try range(0x400_0000, 0x412_2FFF),
      "initrd": try range(0x500_0000, 0x54C_4FFF),
      "parameters": try range(0x1_0000, 0x1_2FFF),
      "purgatory": try range(0x1_4000, 0x1_8FFF),
      "trampoline": try range(0x9_0000, 0x9_0FFF),
      "swiotlb": try range(0x1000_0000, 0x13FF_FFFF),
      "crash": try range(0x2_0000_0000, 0x2_0FFF_FFFF),
      "crash low": try range(0x2000_0000, 0x2FFF_FFFF),
      "frames": try range(0x1_0000_0000, 0x1_03FF_FFFF),
      "percpu": try range(0x1_1000_0000, 0x1_1008_3FFF),
      // RAM lies in 24 of 25 GiB: 24 pages, one of 512 GiB, and four; on another map one more.
      "tables": try range(0x1_2000_0000, 0x1_2001_DFFF),
      "control": try range(0x1_2100_0000, 0x1_2100_1FFF),
      "processes": try range(0x1_4000_0000, 0x1_7FFF_FFFF),
      "memory": try range(0x1_8000_0000, 0x2_7FFF_FFFF),
    ]
  }

  static func broken(
    _ question: PlacementQuestion, _ placement: Placement
  ) -> Set<PlacementRule> {
    Set(placement.broken(of: question.constraints).map(\.rule))
  }

  @Test func aPlacementThatKeepsAllRules() throws {
    let broken = try Self.placement().broken(of: Self.question().constraints)
    #expect(broken.isEmpty, "\(broken.map(\.reason))")
  }

  /// An item of the placement above that lies elsewhere, and all rules that it then breaks.
  private static let moves:
    [(item: String, start: UInt64, last: UInt64, rules: Set<PlacementRule>)] =
      [
        ("new kernel", 0x410_0000, 0x422_2FFF, [.imageAlignment]),
        ("new kernel", 0x400_0000, 0x412_1FFF, [.imageSize]),
        ("new kernel", 0x400_0000, 0x412_2FFE, [.imageSize, .kexecPages]),
        // Below pref_address; 2 MiB is free memory.
        ("new kernel", 0x20_0000, 0x32_2FFF, [.kexecLowestKernel]),
        // The gap behind the running kernel's code is free, but too short.
        ("new kernel", 0x220_0000, 0x232_2FFF, [.inUsableRAM, .parkedProcessors]),
        ("new kernel", 0xC000_0000, 0xC012_2FFF, [.inUsableRAM]),
        ("new kernel", 0x520_0000, 0x532_2FFF, [.disjoint]),
        ("initrd", 0x500_0000, 0x54C_3FFF, [.initrdSize]),
        ("initrd", 0x500_0200, 0x54C_51FF, [.kexecPages]),
        ("initrd", 0xB0_0000, 0xFC_4FFF, [.kexecLowestInitrd]),
        ("parameters", 0x1000, 0x3FFF, [.kexecLowestParameters]),
        // 4,096 of zero page, 101 of command line, and 4,396 of what kexec adds are 8,593.
        ("parameters", 0x1_0000, 0x1_1FFF, [.bootParametersSize]),
        ("purgatory", 0x2000, 0x3FFF, [.kexecLowestParameters]),
        ("trampoline", 0x10_0000, 0x10_0FFF, [.trampoline]),
        ("trampoline", 0x9_0800, 0x9_17FF, [.trampoline]),
        ("trampoline", 0x9_0000, 0x9_0FFE, [.trampoline]),
        // 0x9f000 is a page that RAM ends in.
        ("trampoline", 0x9_F000, 0x9_FFFF, [.inUsableRAM]),
        ("swiotlb", 0x3_0000_0000, 0x3_03FF_FFFF, [.bounceBuffers]),
        ("crash", 0x2_0080_0000, 0x2_107F_FFFF, [.crashKernelAlignment]),
        ("crash low", 0x2_2000_0000, 0x2_2FFF_FFFF, [.crashKernelLimit]),
        ("frames", 0x1_0000_0000, 0x1_03FF_FFFE, [.structPages, .wholePages]),
        ("percpu", 0x1_1000_0000, 0x1_1008_3FFE, [.perProcessorUnits, .wholePages]),
        ("crash low", 0x2000_0000, 0x2FFF_FFFE, [.crashKernelLowSize]),
        ("swiotlb", 0x1000_0000, 0x13FF_FFFE, [.bounceBufferSize, .wholePages]),
        ("tables", 0x1_2000_0000, 0x1_2001_CFFE, [.kexecPageTables, .wholePages]),
        ("control", 0x1_2100_0000, 0x1_2100_0FFF, [.controlPages]),
        ("processes", 0x1_4000_0000, 0x1_7FFF_FFFE, [.wanted, .wholePages]),
        ("memory", 0x1_8400_0000, 0x2_83FF_FFFF, [.memoryBlocks]),
        ("memory", 0x1_8000_0000, 0x2_83FF_FFFF, [.memoryBlocks]),
      ]

  @Test(arguments: moves.indices)
  func anItemElsewhere(index: Int) throws {
    let move = Self.moves[index]
    var placement = try Self.placement()
    placement[move.item] = try range(move.start, move.last)
    #expect(Self.broken(try Self.question(), placement) == move.rules)
  }

  @Test func whatHasNoPlaceIsMissing() throws {
    var placement = try Self.placement()
    placement["swiotlb"] = nil
    #expect(Self.broken(try Self.question(), placement) == [.placed])
    #expect(Self.broken(try Self.question(), [:]) == [.placed])
  }

  @Test func otherQuestions() throws {
    var broken: Set<PlacementRule> = []
    let whole = try Self.placement()
    func check(
      _ question: PlacementQuestion, _ placement: Placement, _ rules: Set<PlacementRule>
    ) {
      #expect(Self.broken(question, placement) == rules)
      broken.formUnion(rules)
    }

    // KHO: everything that kexec puts somewhere is in one scratch area.
    // What the next kernel allocates early is left to another suite.
    let early = ["swiotlb", "crash", "crash low", "frames", "percpu"]
    var handover = try Self.question()
    handover.items.removeAll { early.contains($0.name) }
    var placement = whole.filter { !early.contains($0.key) }
    handover.handoverScratch = [
      try range(0x400_0000, 0x4FF_FFFF), try range(0x500_0000, 0x5FF_FFFF),
    ]
    check(handover, placement, [.handoverScratch])
    handover.handoverScratch = [try range(0, 0x5FF_FFFF)]
    check(handover, placement, [])

    // A region that holds all but what lies above 4 GiB.
    var put = try Self.question()
    put.items = handover.items
    let region = try range(0x1_0000, 0xFFFF_FFFF)
    put.region = PlacementRegion(region, free: AddressSet([region]))
    check(put, placement, [.inRegion])
    let both = try range(0x1_0000, 0x2_7FFF_FFFF)
    put.region = PlacementRegion(both, free: AddressSet([both]))
    check(put, placement, [])

    // Its list takes 16 bytes for each area, from a multiple of 64 KiB, and is a segment.
    handover.items.append(PlacementItem("list", .handoverArray))
    var listed = placement
    listed["list"] = try range(0x32_0000, 0x32_0FFF)
    check(handover, listed, [])
    listed["list"] = try range(0x32_1000, 0x32_1FFF)
    check(handover, listed, [.handoverArray])
    listed["list"] = try range(0x1_2010_0000, 0x1_2010_0FFF)
    check(handover, listed, [.handoverScratch])
    // For a crash there is other memory.
    handover.isCrashImage = true
    #expect(!handover.constraints.contains { $0.rule == .handoverScratch })
    placement = whole

    // The header says 2047 characters.
    var talkative = try Self.question()
    talkative.commandLineByteCount = 2_047
    check(talkative, placement, [])
    talkative.commandLineByteCount = 2_048
    check(talkative, placement, [.commandLineLength])

    // kexec_file_load refuses what may not lie above 4 GiB, and what has the 32-bit entry alone.
    for (flags, refused) in [(UInt8(3), false), (1, true), (2, true)] {
      var image = ImageBuilders.bzImage()
      image[0x236] = flags
      let rules = Set(try Self.question(image).constraints.map(\.rule))
      #expect(rules.contains(.kexecFileImage) == refused)
      let other = Set(try Self.question(image, loader: .kexec).constraints.map(\.rule))
      #expect(!other.contains(.kexecFileImage))
    }
    var narrow = ImageBuilders.bzImage()
    narrow[0x236] = 1
    check(try Self.question(narrow), placement, [.kexecFileImage])

    // Another part of the old kernel is still in use.
    var inUse = try Self.question()
    inUse.inUse = AddressSet([try range(0x14C4_0000, 0x1_0000_0000)])
    check(inUse, placement, [.parkedProcessors])

    // For a crash, segments go where memory is reserved for it, and nothing else does.
    var crash = try Self.question()
    crash.isCrashImage = true
    crash.map = try map(
      "00000000-63fffffff : System RAM\n  04000000-0fffffff : Crash kernel\n")
    check(crash, placement, [.crashImage, .crashMemory])
    crash.items = [
      PlacementItem("new kernel", .kernel), PlacementItem("swiotlb", .bounceBuffers),
      PlacementItem("trampoline", .trampoline), PlacementItem("headers", .elfHeaders),
    ]
    // 16,386 headers of 56 bytes and one of 64 are 917,680 bytes, in 225 pages.
    var within = placement
    within["swiotlb"] = try range(0x800_0000, 0xBFF_FFFF)
    within["headers"] = try range(0x700_0000, 0x70E_0FFF)
    check(crash, within, [])
    within["headers"] = try range(0x700_0000, 0x70D_FFFF)
    check(crash, within, [.elfHeaders])
    within["headers"] = try range(0x700_0000, 0x70E_0FFF)
    // kexec-tools keep a copy of the RAM below 640 KiB.
    var copied = crash
    copied.loader = .kexec
    copied.items.append(PlacementItem("backup", .lowBackup))
    var kept = within
    kept["backup"] = try range(0x600_0000, 0x609_FFFF)
    check(copied, kept, [])
    kept["backup"] = try range(0x600_0000, 0x609_EFFF)
    check(copied, kept, [.lowBackup])
    // Of two reservations the low one is for devices: swiotlb may lie there, and no segment.
    crash.map = try map(
      "00000000-fffffffff : System RAM\n  04000000-0fffffff : Crash kernel\n"
        + "  800000000-81fffffff : Crash kernel\n")
    check(crash, within, [.crashImage])
    within["new kernel"] = try range(0x8_0000_0000, 0x8_0012_2FFF)
    within["headers"] = try range(0x8_1000_0000, 0x8_100E_0FFF)
    check(crash, within, [])
    within["swiotlb"] = try range(0x2000_0000, 0x23FF_FFFF)
    check(crash, within, [.crashMemory])
    crash.map = try map("00000000-fffffffff : System RAM\n")
    check(crash, within, [.crashImage])

    // Processes stay where they are.
    var inPlace = try Self.question()
    inPlace.handedOver = AddressSet([try range(0x412_0000, 0x412_0FFF)])
    check(inPlace, placement, [.handedOver])
    inPlace.handedOver = AddressSet([try range(0x412_3000, 0x412_3FFF)])
    check(inPlace, placement, [])

    // A map of the firmware's shows the first page as RAM, and the BIOS' area may be.
    var firmware = try Self.question()
    firmware.map = try map("00000000-63fffffff : System RAM\n")
    var low = placement
    low["trampoline"] = try range(0, 0xFFF)
    check(firmware, low, [.firmwareAreas])
    low["trampoline"] = try range(0xF_F000, 0xF_FFFF)
    check(firmware, low, [.firmwareAreas])

    // Page tables are pages: 4 of them for the direct map of 4 GiB, of 512 GiB, and the top.
    var direct = try Self.question()
    direct.items.append(PlacementItem("direct map", .directMap))
    var mapped = placement
    mapped["direct map"] = try range(0x1_3000_0000, 0x1_3000_5FFF)
    check(direct, mapped, [])
    mapped["direct map"] = try range(0x1_3000_0000, 0x1_3000_4FFF)
    check(direct, mapped, [.directMap])
    mapped["direct map"] = try range(0x1_3000_0800, 0x1_3000_67FF)
    check(direct, mapped, [.wholePages])
    // The first megabyte is for trampolines alone.
    mapped["direct map"] = try range(0x10_0000, 0x10_5FFF)
    check(direct, mapped, [])
    mapped["direct map"] = try range(0x2_0000, 0x2_5FFF)
    check(direct, mapped, [.firstMegabyte])

    // Devices of 24 bits.
    var devices = try Self.question()
    devices.items.append(PlacementItem("dma", .lowDMA))
    var reached = placement
    reached["dma"] = try range(0x20_0000, 0x20_FFFF)
    check(devices, reached, [])
    reached["dma"] = try range(0x600_0000, 0x600_FFFF)
    check(devices, reached, [.lowDMA])

    // A boot loader keeps no rule of kexec.
    var moved = placement
    moved["new kernel"] = try range(0x20_0000, 0x32_2FFF)
    moved["initrd"] = try range(0x500_0200, 0x54C_51FF)
    check(try Self.question(loader: .bootProtocol), moved, [])
    moved["initrd"] = placement["initrd"]
    check(try Self.question(loader: .kexec), moved, [])

    // A kernel that is not relocatable, at another place and at its own, where the old one is.
    var fixed = ImageBuilders.bzImage()
    ImageBuilders.put(0, at: 0x234, 1, in: &fixed)
    check(try Self.question(fixed), placement, [.imagePreferredAddress])
    moved["new kernel"] = try range(0x100_0000, 0x112_2FFF)
    check(try Self.question(fixed), moved, [.inUsableRAM, .parkedProcessors])

    // An ELF file.
    let elf = ImageBuilders.elf(
      is64Bit: true, isBigEndian: false,
      [.init(offset: 0, address: 0x500_0000, fileByteCount: 64, memoryByteCount: 0x10_0000)])
    check(try Self.question(elf), placement, [.imageSegments, .kexecLowestKernel, .kexecFileImage])

    // 17 segments of one page each.
    var many = try Self.question()
    many.items = (0..<17).map { PlacementItem("\($0)", .purgatory) }
    var pages: Placement = [:]
    for index in UInt64(0)..<17 {
      pages["\(index)"] = try range(0x1000_0000 + index << 12, 0x1000_0FFF + index << 12)
    }
    check(many, pages, [.kexecCount])
    many.items.removeLast()
    pages["16"] = nil
    check(many, pages, [])

    // Half of 24 GiB: the largest piece of RAM has 21 GiB.
    var large = try Self.question()
    large.items = [PlacementItem("initrd", .initrd)]
    large.initrdByteCount = nil
    check(large, ["initrd": try range(0x1_0000_0000, 0x3_FFFF_FFFF)], [.kexecHalf])
    check(large, ["initrd": try range(0x1_0000_0000, 0x3_EFFF_FFFF)], [])

    // Every rule that the moves above do not break is broken here, below or in other suites.
    let elsewhere = Self.moves.reduce(into: Set<PlacementRule>()) { $0.formUnion($1.rules) }
    let others: Set<PlacementRule> = [
      .placed, .imageAddressLimit, .initrdLimit, .lowMemory, .armInitrdWindow, .armDeviceTree,
      .kexecReach, .entryReach, .zeroPageMap, .relievingReach, .lowControlPages,
      .bounceBufferAreas, .handoverBlocks, .pieces, .handoverEarly, .armAboveKernel, .onNode,
      .crashReservation, .loaderOrder,
      .ownMemory, .apertures,
      .armAddressBits, .rootfsShare,
      .workingMemory, .contiguous,
    ]
    #expect(broken.union(elsewhere).union(others) == Set(PlacementRule.allCases))
  }

  /// The box of the proposal: 32 bits, and everything that must be low competes for 896 MiB.
  @Test func thirtyTwoBits() throws {
    var image = ImageBuilders.bzImage()
    ImageBuilders.put(0, at: 0x236, 2, in: &image)
    var question = PlacementQuestion(
      map: try map("00000000-0009ffff : System RAM\n00100000-13fffffff : System RAM\n"),
      image: try KernelImage.read(path: "vmlinuz", image),
      items: [
        PlacementItem("kernel", .kernel), PlacementItem("initrd", .initrd),
        PlacementItem("frames", .pageFrames), PlacementItem("crash", .crashKernel),
      ], loader: .kexec)
    question.managedByteCount = 1 << 30
    var placement: Placement = [
      "kernel": try range(0x100_0000, 0x112_2FFF), "initrd": try range(0x3000_0000, 0x3000_0FFF),
      // 2^18 frames of 32 bytes.
      "frames": try range(0x3780_0000 - 0x80_0000, 0x377F_FFFF),
      "crash": try range(0x1000_0000, 0x1FFF_FFFF),
    ]
    #expect(Self.broken(question, placement).isEmpty)
    placement["frames"] = try range(0x3780_0000, 0x3800_0000 - 1)
    #expect(Self.broken(question, placement).isEmpty)
    placement["frames"] = try range(0x3780_0000 + 0x1000, 0x3800_0000 + 0x1000 - 1)
    #expect(Self.broken(question, placement) == [.lowMemory])
    placement["frames"] = try range(0x3700_0000, 0x377F_FFFF)
    // initrd_addr_max is 0x37ffffff, the last byte that may be used.
    placement["initrd"] = try range(0x37FF_F000, 0x37FF_FFFF)
    #expect(Self.broken(question, placement).isEmpty)
    placement["initrd"] = try range(0x3800_0000, 0x3800_0FFF)
    #expect(Self.broken(question, placement) == [.initrdLimit])
    placement["initrd"] = nil
    placement["crash"] = try range(0x1800_0000, 0x2800_0000 - 1)
    placement["kernel"] = try range(0x1_0000_0000, 0x1_0012_2FFF)
    #expect(
      Self.broken(question, placement) == [
        .placed, .crashKernelLimit, .imageAddressLimit, .lowMemory, .kexecReach,
      ])
  }

  @Test func arm64() throws {
    let gib: UInt64 = 1 << 30
    var question = PlacementQuestion(
      map: try map("40000000-3fffffffff : System RAM\n"),
      image: try KernelImage.read(path: "Image", ImageBuilders.arm64(textOffset: 0x8_0000)),
      items: [
        PlacementItem("kernel", .kernel), PlacementItem("initrd", .initrd),
        PlacementItem("tree", .deviceTree),
      ], loader: .bootProtocol)
    question.initrdByteCount = 0x1000
    // The base is 2 MiB-aligned, the image 512 KiB behind it, in the last MiB of its GiB.
    let base = 2 * gib - (2 << 20)
    var placement: Placement = [
      "kernel": try range(base + 0x8_0000, base + 0xA_FFFF),
      // The window is from 1 GiB to 33 GiB.
      "initrd": try range(33 * gib - 0x1000, 33 * gib - 1),
      "tree": try range(3 * gib + 8, 3 * gib + 7 + (2 << 20)),
    ]
    #expect(Self.broken(question, placement).isEmpty)
    placement["initrd"] = try range(33 * gib, 33 * gib + 0xFFF)
    #expect(Self.broken(question, placement) == [.armInitrdWindow])
    placement["initrd"] = try range(33 * gib - 0x1000, 33 * gib - 1)
    placement["tree"] = try range(3 * gib + 4, 3 * gib + 0xFFF)
    #expect(Self.broken(question, placement) == [.armDeviceTree])
    placement["tree"] = try range(3 * gib + 8, 3 * gib + 8 + (2 << 20))
    #expect(Self.broken(question, placement) == [.armDeviceTree])
    placement["tree"] = try range(3 * gib, 3 * gib + 7)
    placement["kernel"] = try range(base, base + 0x2_FFFF)
    #expect(Self.broken(question, placement) == [.imageAlignment])
  }

  /// The real rules of real sources, each with its words.
  @Test func everyRuleHasAName() {
    #expect(PlacementRule.lowMemory.name == "low-memory")
    #expect(PlacementRule.inUsableRAM.name == "in-usable-ram")
    #expect(PlacementRule.kexecLowestInitrd.name == "kexec-lowest-initrd")
    #expect(Set(PlacementRule.allCases.map(\.name)).count == PlacementRule.allCases.count)
    for rule in PlacementRule.allCases { #expect(PlacementRule(name: rule.name) == rule) }
    #expect(PlacementRule(name: "lowMemory") == nil)
  }

  @Test func everyRuleHasASource() {
    for rule in PlacementRule.allCases { #expect(!rule.source.isEmpty) }
    #expect(Set(PlacementRule.allCases.map(\.rawValue)).count == PlacementRule.allCases.count)
  }

  @Test func arithmeticAtTheEndOfSixtyFourBits() throws {
    let last = try range(.max - 4_095, .max)
    func isKept(_ demand: PlacementConstraint.Demand) -> Bool {
      PlacementConstraint(.disjoint, demand, "").isKept(by: ["a": last, "b": .all])
    }
    #expect(isKept(.startAligned("a", unit: 4_096, offset: 0)))
    #expect(isKept(.endAligned("a", unit: 4_096)))
    #expect(isKept(.endAligned("b", unit: 1 << 63)))
    #expect(!isKept(.disjoint(["a", "b"])))
    #expect(!isKept(.totalAtMost(["a", "b"], byteCount: .max)))
    #expect(!isKept(.atMost("b", byteCount: .max)))
    #expect(isKept(.atLeast("b", byteCount: .max)))
    #expect(!isKept(.sharedWindow(["a", "b"], byteCount: .max, alignment: 1)))
    #expect(isKept(.sharedWindow(["a"], byteCount: 4_096, alignment: 4_096)))
    #expect(!isKept(.startAligned("a", unit: 1, offset: .max)))
    #expect(isKept(.placed("a")) && !isKept(.placed("c")))
    #expect(isKept(.countAtMost(["a", "b", "c"], 2)) && !isKept(.countAtMost(["a", "b"], 1)))
  }
}
