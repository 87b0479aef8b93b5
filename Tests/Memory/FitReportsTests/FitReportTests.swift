import FitReports
import Fitting
import MemoryLayout
import Testing

/// What is said of an answer: that figures are those that arithmetic by hand gives, and that a
/// terminal of 24 lines holds it.
@Suite struct FitReportTests {
  private static let small = """
    00001000-0009ffff : System RAM
    000a0000-000fffff : Reserved
    00100000-3fffffff : System RAM
      01000000-01ffffff : Kernel code

    """
  private static let crash = small + "  30000000-33ffffff : Crash kernel\n"

  // MARK: Figures of what does not fit

  /// Two areas of 24 MiB that touch are not one of 48.
  @Test func areasThatTouchAreHolesOfTheirOwn() throws {
    let layout = try LayoutCase(Self.small) {
      $0.initrd = .exactly(40 << 20)
      $0.unpackedInitrd = .exactly(1 << 20)
      $0.traits[.extendsScratch] = 1
      $0.traits[.rootfsShare] = 100
      $0.handoverScratch = [
        AddressRange(start: 0x1000_0000, byteCount: 24 << 20),
        AddressRange(start: 0x1180_0000, byteCount: 24 << 20),
        AddressRange(start: 0x2000_0000, byteCount: 36 << 20),
      ].compactMap { $0 }
    }
    #expect(layout.result.verdict == .doesNotFit)
    #expect(layout.text().contains("`_` free KHO scratch"))
    #expect(layout.report.svg.contains(">free KHO scratch, 84.0 MiB</text>"))
    #expect(
      layout.words().contains(
        "no hole of 40 MiB is free for `initrd`: the largest has 36 MiB, at 0x20000000"),
      "\(layout.text())")
  }

  /// What is reserved or not there is no hole: 160 MiB lie behind the kernel, and 1 GiB above 4 GiB.
  @Test func aHoleIsFreeRAM() throws {
    let map = """
      00001000-0009ffff : System RAM
      00100000-0bffffff : System RAM
        01000000-01ffffff : Kernel code
      0c000000-bfffffff : Reserved
      100000000-13fffffff : System RAM

      """
    let layout = try LayoutCase(map) { $0.crashKernel = .exactly(1 << 30) }
    #expect(
      layout.words(.full).contains(
        "is free for `crash kernel` below 0x100000000: the largest has 160 MiB, at 0x2000000"),
      "\(layout.text(.full))")
  }

  /// 64 MiB are reserved. Of what has to lie there the kernel takes 32 MiB, the initrd 10, what it
  /// unpacks to 20, `struct page` of two sections four, per-CPU areas some, the ELF headers of 896 KiB
  /// and four pages 912, and the rest less than 256 KiB: more than 67 MiB and less than 70, and the
  /// conflict alone names less.
  @Test func whatIsNeededIsAllThatHasToLieThere() throws {
    let layout = try LayoutCase(Self.crash) {
      $0.isCrashImage = true
      $0.memory = nil
      $0.traits[.workingMemory] = 0
      $0.traits[.rootfsShare] = 100
      $0.initrd = .exactly(10 << 20)
      $0.unpackedInitrd = .exactly(20 << 20)
      $0.items = [LayoutDescription.Item("more", .processes, size: .exactly(1 << 20))]
    }
    #expect(layout.result.verdict == .doesNotFit)
    let words = layout.words()
    let match = try #require(
      words.firstMatch(
        of: try Regex("take ([0-9.]+) MiB together, .* 64 MiB are free in one piece")))
    let needed = try #require(match.output[1].substring.flatMap { Double($0) })
    #expect(needed > 66.9 && needed < 70, "\(words)")
    // With as much more reserved it fits, and with a MiB less than that it does not.
    let enough = (UInt64(needed * 10) + 9) / 10 + 2
    let last = String(0x3000_0000 + enough << 20 - 1, radix: 16)
    let larger = try LayoutCase(Self.small + "  30000000-\(last) : Crash kernel\n") {
      $0.isCrashImage = true
      $0.memory = .exactly(64 << 20)
      $0.traits[.workingMemory] = 0
      $0.traits[.rootfsShare] = 100
      $0.initrd = .exactly(10 << 20)
      $0.unpackedInitrd = .exactly(20 << 20)
      $0.items = [LayoutDescription.Item("more", .processes, size: .exactly(1 << 20))]
    }
    #expect(larger.result.verdict == .fits)
  }

  /// Half of 1022.6 MiB of RAM are 511.3; the image's 32 MiB and 485 more are more than that.
  @Test func whatIsAllowedTogether() throws {
    let layout = try LayoutCase(Self.small) {
      $0.initrd = .exactly(485 << 20)
      $0.unpackedInitrd = .exactly(1 << 20)
    }
    let words = layout.words()
    #expect(
      words.contains(
        try Regex("items, of which `initrd` is the largest, take 517[.0-9]* MiB together, and 503.")
      ),
      "\(words)")
  }

  // MARK: Figures of what fits

  @Test func whatIsLeft() throws {
    let layout = try LayoutCase(Self.crash) {
      $0.isCrashImage = true
      $0.initrd = .exactly(1 << 20)
      $0.unpackedInitrd = .exactly(1 << 20)
    }
    guard case .fits(let placement) = layout.result.answer else {
      Issue.record("it does not fit")
      return
    }
    let taken = placement.values.reduce(0) { $0 + $1.byteCount }
    // One page of it, the trampoline, is not of what is reserved.
    let tenths = ((UInt128(64 << 20) - (taken - 4_096)) * 10) >> 20
    let left = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    #expect(
      layout.words().contains(
        "; \(left) MiB of what is reserved for a crash kernel"),
      "\(layout.text())")
  }

  // MARK: What it depends on

  /// 16 MiB of RAM: what the kernel's 4, the device tree's 2, 1 of `struct page` with 32 bytes for
  /// each frame of a section, and 35 pages of tables leave is 9,076 KiB, for a processor that nobody
  /// has stated.
  @Test func howFarAnEstimateMayBeWrong() throws {
    let layout = try LayoutCase("40000000-40ffffff : System RAM\n") {
      $0.statedKernel = LayoutDescription.StatedKernel(
        architecture: .arm64, size: .exactly(4 << 20), alignment: 2 << 20)
      $0.loader = .bootProtocol
      $0.processors = nil
      $0.traits[.workingMemory] = 0
      $0.traits[.deviceTree] = 2 << 20
      $0.traits[.pageFrame] = 32
      $0.traits[.perProcessor] = 1 << 20
    }
    #expect(layout.result.verdict == .fits)
    #expect(
      layout.words().contains("it fits as long as `per-CPU areas` takes no more than 8.8 MiB: "),
      "\(layout.text())")
    // There is nothing that it depends on where there is room for much more.
    let large = try LayoutCase("40000000-7fffffff : System RAM\n") {
      $0.statedKernel = LayoutDescription.StatedKernel(
        architecture: .arm64, size: .exactly(4 << 20), alignment: 2 << 20)
      $0.loader = .bootProtocol
      $0.processors = nil
    }
    #expect(!large.text().contains("as long as"))
  }

  /// Of 1 GiB the processes take 700 MiB: with the lower half in use it does not fit, and it says up
  /// to where nothing may be in use. That this is true is asked again.
  @Test func memoryThatIsTakenForFree() throws {
    func layout(inUse: [AddressRange] = []) throws -> LayoutCase {
      try LayoutCase(Self.small) {
        $0.processes = .exactly(700 << 20)
        $0.inUse = inUse
      }
    }
    let words = try layout().words()
    let match = try #require(
      words.firstMatch(
        of: try Regex("as long as nothing but the kernel's image is in use below ([0-9]+) MiB")),
      "\(words)")
    let end = try #require(match.output[1].substring.flatMap { UInt64($0) }) << 20
    let above = try #require(AddressRange(start: end, last: 0x3FFF_FFFF))
    #expect(try layout(inUse: [above]).result.verdict == .fits)
    let lower = try #require(AddressRange(start: 0x10_0000, last: 0x1FFF_FFFF))
    #expect(try layout(inUse: [lower]).result.verdict == .doesNotFit)
    #expect(try !LayoutCase(Self.small).text().contains("as long as"))
  }

  /// swiotlb that nobody has asked for is what is too much.
  @Test func assumptionsThatAreTooMuch() throws {
    let map =
      "00001000-0009ffff : System RAM\n00100000-0fffffff : System RAM\n"
      + "100000000-10fffffff : System RAM\n"
    let layout = try LayoutCase(map) {
      $0.bounceBuffers = nil
      $0.lowDMA = .exactly(8 << 20)
      $0.items = [LayoutDescription.Item("more swiotlb", .bounceBuffers)]
      $0.crashKernel = .exactly(128 << 20)
    }
    #expect(layout.result.verdict == .doesNotFit)
    #expect(layout.text().contains("with other assumptions it would fit if"), "\(layout.text())")
    #expect(layout.words().contains("64 MiB are taken, though no setting asks for it (`swiotlb`)"))
  }

  // MARK: The picture

  @Test func ofACrashImageTheRestOfItsMemoryIsFree() throws {
    let layout = try LayoutCase(Self.crash) {
      $0.isCrashImage = true
      $0.traits[.workingMemory] = 0
      $0.initrd = .exactly(4 << 20)
    }
    let text = layout.text()
    let bar = try #require(text.split(separator: "\n").first { $0.hasPrefix("  [") })
    #expect(text.contains("reserved for a crash kernel, 0x30000000-0x33ffffff"))
    #expect(bar.contains(".....") && !bar.contains("-"))
    // All RAM has 1022.6 MiB, of which 64 are reserved and 16 are the kernel's.
    let full = layout.text(.full)
    #expect(full.contains("`-` running system's"))
    let svg = layout.report.svg
    #expect(svg.contains(">free, or an item's, 64.0 MiB</text>"))
    #expect(svg.contains(">running kernel, 16.0 MiB</text>"))
    #expect(svg.contains(">running system's, 943.6 MiB</text>"))
    #expect(svg.contains(">1 MiB</text>"))
  }

  @Test func whatHasNoPlaceIsShown() throws {
    let layout = try LayoutCase(Self.small) {
      $0.crashKernel = .exactly(1 << 30)
      $0.handedOver = [AddressRange(start: 0x2000_0000, byteCount: 16 << 20)].compactMap { $0 }
    }
    #expect(layout.result.verdict == .doesNotFit)
    let text = layout.text()
    #expect(text.contains("\n  no place: crash kernel, 1 GiB\n"), "\(text)")
    #expect(text.contains("kernel  ") && text.contains("`@` handed over"))
    let svg = layout.report.svg
    #expect(svg.contains(">no place: crash kernel, 1 GiB</text>"))
    #expect(svg.contains("class=\"lost\""))
    #expect(svg.contains(">handed over, 16.0 MiB</text>"))
    #expect(svg.contains(">running kernel, 16.0 MiB</text>"))
  }

  /// Each of the first 24 items has a colour of its own.
  @Test func coloursDiffer() throws {
    let layout = try LayoutCase(Self.small) { description in
      description.items = (0..<14).map {
        LayoutDescription.Item("item \($0)", .processes, size: .exactly(1 << 20))
      }
    }
    let svg = layout.report.svg
    let fills = svg.matches(of: try Regex("height=\"17\" fill=\"(#[0-9a-f]{6})\"")).compactMap {
      $0.output[1].substring
    }
    #expect(fills.count >= 22)
    #expect(Set(fills).count == min(fills.count, 24))
  }

  // MARK: Its length

  @Test func aTerminalHoldsIt() throws {
    let fits = try LayoutCase(Self.small) {
      $0.initrd = .exactly(20 << 20)
      $0.processes = .exactly(500 << 20)
      $0.crashKernel = .exactly(64 << 20)
    }
    let conflict = try LayoutCase(Self.crash) {
      $0.isCrashImage = true
      $0.initrd = .exactly(20 << 20)
      $0.unpackedInitrd = .exactly(40 << 20)
    }
    for layout in [fits, conflict] {
      let lines = layout.text().split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= 24, "\(layout.text())")
      #expect(lines.allSatisfy { $0.count <= 80 || $0.contains("kexec -") })
      // What is left out is said in full.
      #expect(layout.text().contains("--verbose"))
      #expect(layout.text(.full).contains("  assumed:\n"))
      #expect(!layout.text().contains("  assumed:\n"))
    }
    #expect(conflict.text(.full).contains("[sanity_check_segment_list"))
  }
}
