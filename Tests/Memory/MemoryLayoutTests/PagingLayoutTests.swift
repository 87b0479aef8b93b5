import MemoryLayout
import Testing

/// Page tables of 4 and 5 levels, and the pages that kexec keeps between two kernels.
@Suite struct PagingLayoutTests {
  private static let page: UInt64 = 4_096
  private static let tib: UInt64 = 1 << 40

  private func question(
    _ text: String, flags: UInt64 = 0x63, levels: Int, _ items: [PlacementItem],
    loader: PlacementQuestion.Loader = .kexecFile
  ) throws -> PlacementQuestion {
    var image = ImageBuilders.bzImage()
    ImageBuilders.put(flags, at: 0x236, 2, in: &image)
    var question = PlacementQuestion(
      map: try map(text), image: try KernelImage.read(path: "vmlinuz", image), items: items,
      loader: loader)
    question.pagingLevelCount = levels
    return question
  }

  private func least(_ item: String, of question: PlacementQuestion) -> UInt64 {
    question.constraints.reduce(0) { most, constraint in
      guard case .atLeast(item, let byteCount) = constraint.demand else { return most }
      return max(most, byteCount)
    }
  }

  /// RAM ends at 65 TiB: 66,560 pages for a GiB each and 130 for 512 GiB each. With 4 levels, the
  /// top and three tables for the code that copies; with 5, one for 256 TiB, the top and four.
  @Test(arguments: [(4, UInt64(66_694)), (5, 66_696)])
  func identityMap(levels: Int, pages: UInt64) throws {
    let question = try question(
      "00000000-40ffffffffff : System RAM\n", levels: levels,
      [PlacementItem("tables", .pageTables)])
    #expect(least("tables", of: question) == pages * Self.page)
  }

  /// Of 4 GiB: four tables, one for 512 GiB and the top, and with 5 levels one for 256 TiB. An
  /// image that does not know 5 levels has 4 of its own.
  @Test(arguments: [(UInt64(0x63), 4, UInt64(6)), (0x63, 5, 7), (0x23, 5, 6), (0x03, 5, 6)])
  func directMap(flags: UInt64, levels: Int, pages: UInt64) throws {
    var question = try question(
      "00000000-1ffffffff : System RAM\n", flags: flags, levels: levels,
      [PlacementItem("direct map", .directMap)])
    question.managedByteCount = 4 << 30
    #expect(least("direct map", of: question) == pages * Self.page)
  }

  /// With 5 levels the last address is 2^52 - 1: a segment ends a page before the end, and a
  /// control page two.
  @Test func whereKexecReachesWithFiveLevels() throws {
    let end: UInt64 = 1 << 52
    let items = [
      PlacementItem("purgatory", .purgatory), PlacementItem("control", .controlPages),
    ]
    func broken(_ levels: Int, _ last: UInt64, control: UInt64) throws -> Set<PlacementRule> {
      PlacementTests.broken(
        try question("00000000-10ffffffffffff : System RAM\n", levels: levels, items),
        [
          "purgatory": try range(last - Self.page, last - 1),
          "control": try range(control - 2 * Self.page, control - 1),
        ])
    }
    #expect(try broken(5, end - Self.page, control: end - 2 * Self.page).isEmpty)
    #expect(try broken(5, end, control: Self.tib) == [.kexecReach])
    #expect(try broken(5, Self.tib, control: end - Self.page) == [.kexecReach])
    #expect(try broken(4, 65 * Self.tib, control: Self.tib) == [.kexecReach])
    #expect(try broken(4, Self.tib, control: 65 * Self.tib) == [.kexecReach])
    // 65 TiB are below 4 PiB, so that nothing is said.
    let low = try question("00000000-40ffffffffff : System RAM\n", levels: 5, items)
    #expect(!low.hasRAMBeyondKexec)
    #expect(!low.constraints.contains { $0.rule == .kexecReach })
  }

  /// XLF_5LEVEL is bit 5. kexec_load does not look.
  @Test func imagesForFiveLevels() throws {
    func isRefused(
      _ flags: UInt64, _ levels: Int, _ loader: PlacementQuestion.Loader
    ) throws -> Bool {
      try question(
        "00000000-1ffffffff : System RAM\n", flags: flags, levels: levels,
        [PlacementItem("kernel", .kernel)], loader: loader
      ).constraints.contains { $0.rule == .kexecFileImage }
    }
    #expect(try isRefused(0x03, 5, .kexecFile))
    #expect(try !isRefused(0x03, 4, .kexecFile))
    #expect(try !isRefused(0x03, 5, .kexec))
    #expect(try !isRefused(0x23, 5, .kexecFile))
    #expect(try !isRefused(0x63, 5, .kexecFile))
  }

  /// 64 TiB for page tables of 4 levels, 4 PiB for 5, and 64 GiB for 32 bits with PAE.
  @Test func whatTheRelievingKernelReaches() throws {
    let items = [PlacementItem("processes", .processes)]
    func broken(_ flags: UInt64, _ levels: Int, _ start: UInt64) throws -> Set<PlacementRule> {
      PlacementTests.broken(
        try question(
          "00000000-40ffffffffff : System RAM\n", flags: flags, levels: levels, items,
          loader: .bootProtocol),
        ["processes": try range(start, start + Self.page - 1)])
    }
    let end = 64 * Self.tib
    #expect(try broken(0x63, 4, end - Self.page).isEmpty)
    #expect(try broken(0x63, 4, end) == [.relievingReach])
    #expect(try broken(0x63, 5, end).isEmpty)
    #expect(try broken(0x23, 5, end) == [.relievingReach])
    let old = PlacementQuestion(
      map: try map("00000000-1fffffffff : System RAM\n"),
      image: .stated(
        path: "numbers", architecture: .i386, memoryByteCount: 1 << 20, alignment: 1 << 20,
        preferredAddress: nil, isRelocatable: true, addressLimit: nil),
      items: items, loader: .bootProtocol)
    let low = try range((64 << 30) - Self.page, (64 << 30) - 1)
    #expect(PlacementTests.broken(old, ["processes": low]).isEmpty)
    let high = try range(64 << 30, (64 << 30) + Self.page - 1)
    #expect(PlacementTests.broken(old, ["processes": high]) == [.relievingReach])
  }

  // MARK: Control pages

  /// One for code and one to exchange others with; on 32-bit x86 below 896 MiB.
  @Test func controlPages() throws {
    let text = "00000000-7fffffff : System RAM\n  60000000-6fffffff : Crash kernel\n"
    var question = PlacementQuestion(
      map: try map(text),
      image: .stated(
        path: "numbers", architecture: .i386, memoryByteCount: 1 << 20, alignment: 1 << 20,
        preferredAddress: nil, isRelocatable: true, addressLimit: nil),
      items: [PlacementItem("control", .controlPages)], loader: .kexec)
    let limit: UInt64 = 896 << 20
    func broken(_ start: UInt64, pages: UInt64) throws -> Set<PlacementRule> {
      PlacementTests.broken(question, ["control": try range(start, start + pages * Self.page - 1)])
    }
    #expect(try broken(limit - 2 * Self.page, pages: 2).isEmpty)
    #expect(try broken(limit - Self.page, pages: 2) == [.lowControlPages])
    #expect(try broken(limit, pages: 1) == [.lowControlPages, .controlPages])
    // A boot loader has none.
    question.loader = .bootProtocol
    #expect(try broken(limit, pages: 1).isEmpty)
    // For a crash one page does, where the memory is reserved.
    question.loader = .kexec
    question.isCrashImage = true
    question.map = try map("00000000-7fffffff : System RAM\n  30000000-3fffffff : Crash kernel\n")
    #expect(try broken(0x3000_0000, pages: 1).isEmpty)
    #expect(try broken(0x2000_0000, pages: 1) == [.crashImage])
    #expect(try broken(limit, pages: 1) == [.lowControlPages])
    // 64 bits map all memory.
    question.isCrashImage = false
    question.image = .stated(
      path: "numbers", architecture: .x86_64, memoryByteCount: 1 << 20, alignment: 1 << 20,
      preferredAddress: nil, isRelocatable: true, addressLimit: nil)
    #expect(try broken(0x7000_0000, pages: 2).isEmpty)
    #expect(try broken(0x7000_0000, pages: 1) == [.controlPages])
  }

  /// Of two reservations for a crash, kexec's own pages go where the image goes.
  @Test func controlPagesForACrash() throws {
    var question = try question(
      "00000000-fffffffff : System RAM\n  04000000-0fffffff : Crash kernel\n"
        + "  800000000-81fffffff : Crash kernel\n",
      levels: 4, [PlacementItem("control", .controlPages), PlacementItem("tables", .pageTables)])
    question.isCrashImage = true
    // RAM ends at 64 GiB: 64 pages, one, and four.
    let tables: UInt64 = 69 * Self.page
    func broken(_ control: UInt64, _ start: UInt64) throws -> Set<PlacementRule> {
      PlacementTests.broken(
        question,
        [
          "control": try range(control, control + Self.page - 1),
          "tables": try range(start, start + tables - 1),
        ])
    }
    #expect(try broken(0x8_0000_0000, 0x8_1000_0000).isEmpty)
    #expect(try broken(0x400_0000, 0x8_1000_0000) == [.crashImage])
    #expect(try broken(0x8_0000_0000, 0x400_0000) == [.crashImage])
  }

  /// 1 GiB from 1 GiB on and 1 MiB at 512 GiB: 512 and 1 tables for 2 MiB, 1 and 1 for 1 GiB, 1 and
  /// 1 for 512 GiB; the top, four and one.
  @Test func linearMapOfArm64() throws {
    var question = PlacementQuestion(
      map: try map("40000000-7fffffff : System RAM\n8000000000-80000fffff : System RAM\n"),
      image: try KernelImage.read(path: "Image", ImageBuilders.arm64()),
      items: [PlacementItem("tables", .pageTables)], loader: .kexecFile)
    #expect(least("tables", of: question) == (513 + 2 + 2 + 6) * Self.page)
    question.isCrashImage = true
    #expect(least("tables", of: question) == 0)
  }

  /// By the flags' pages of 4, 16 and 64 KiB, 64 GiB of RAM take: 2^24 frames of 64 bytes and
  /// 32,768, 64, 1 and 1 tables; 2^22 and 2,048, 1, 1 and 1; 2^20 and 128, 1 and 1.
  @Test(arguments: [
    (UInt64(0b1010), UInt64(4_096), UInt64(1 << 30), UInt64(32_834)),
    (0b1100, 16_384, 1 << 28, 2_051), (0b1110, 65_536, 1 << 26, 130),
    (0b1000, 4_096, 1 << 30, 32_834),
  ])
  func pagesOfArm64(flags: UInt64, page: UInt64, frames: UInt64, tables: UInt64) throws {
    var question = PlacementQuestion(
      map: try map("40000000-203fffffff : System RAM\n"),
      image: try KernelImage.read(path: "Image", ImageBuilders.arm64(flags: flags)),
      items: [PlacementItem("frames", .pageFrames), PlacementItem("direct map", .directMap)],
      loader: .bootProtocol)
    question.managedByteCount = 64 << 30
    #expect(least("frames", of: question) == frames)
    #expect(least("direct map", of: question) == tables * page)
    let start: UInt64 = 0x1_0000_0000
    let placement: Placement = [
      "frames": try range(start, start + frames - 1),
      "direct map": try range(2 * start, 2 * start + tables * page - 1),
    ]
    #expect(PlacementTests.broken(question, placement).isEmpty)
    var moved = placement
    moved["frames"] = try range(start + page / 2, start + page / 2 + frames - 1)
    #expect(PlacementTests.broken(question, moved) == [.wholePages])
  }

  /// Scratch areas of KHO begin and end at 4 MiB.
  @Test func scratchIsMadeOfBlocks() throws {
    let question = try question(
      "00000000-1ffffffff : System RAM\n", levels: 4, [PlacementItem("area", .handoverScratch)])
    func broken(_ start: UInt64, _ last: UInt64) throws -> Set<PlacementRule> {
      PlacementTests.broken(question, ["area": try range(start, last)])
    }
    #expect(try broken(0x1040_0000, 0x10BF_FFFF).isEmpty)
    #expect(try broken(0x1020_0000, 0x10BF_FFFF) == [.handoverBlocks])
    #expect(try broken(0x1040_0000, 0x109F_FFFF) == [.handoverBlocks])
  }
}
