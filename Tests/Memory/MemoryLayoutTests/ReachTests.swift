import MemoryLayout
import Testing

/// What kexec, an entry and the zero page reach, and what a guest with encrypted memory takes.
@Suite struct ReachTests {
  /// KEXEC_DESTINATION_MEMORY_LIMIT is the last address, 2^46 - 1, and the end of a segment has to
  /// be below it: with whole pages at 2^46 - 4096. Of a control page the number of the page behind
  /// it has to be below that of the limit, 2^34 - 1: it ends at 2^46 - 8192.
  @Test func whereKexecReaches() throws {
    let page: UInt64 = 4_096
    let end: UInt64 = 1 << 46
    var question = PlacementQuestion(
      map: try map("00000000-40ffffffffff : System RAM\n"),
      image: try KernelImage.read(path: "vmlinuz", ImageBuilders.bzImage()),
      items: [PlacementItem("purgatory", .purgatory), PlacementItem("tables", .pageTables)],
      loader: .kexecFile)
    // RAM ends at 65 TiB: 66,560 pages for a GiB each, 130 for 512 GiB each, and four.
    let tables: UInt64 = (66_560 + 130 + 4) * page
    func broken(_ purgatory: UInt64, tables last: UInt64) throws -> Set<PlacementRule> {
      PlacementTests.broken(
        question,
        [
          "purgatory": try range(purgatory - page, purgatory - 1),
          "tables": try range(last - tables, last - 1),
        ])
    }
    #expect(try broken(end - page, tables: 1 << 40).isEmpty)
    #expect(try broken(end, tables: 1 << 40) == [.kexecReach])
    #expect(try broken(1 << 40, tables: end - 2 * page).isEmpty)
    #expect(try broken(1 << 40, tables: end - page) == [.kexecReach])
    // A boot loader has no such limit, and neither has arm64.
    question.loader = .bootProtocol
    #expect(try broken(end, tables: 1 << 40).isEmpty)
    question.loader = .kexecFile
    question.image = try KernelImage.read(path: "Image", ImageBuilders.arm64(textOffset: 0))
    #expect(!question.hasRAMBeyondKexec)
    // What is never broken is not said.
    question.image = try KernelImage.read(path: "vmlinuz", ImageBuilders.bzImage())
    question.map = try map("00000000-3fffffffdfff : System RAM\n")
    #expect(!question.constraints.contains { $0.rule == .kexecReach })
    question.map = try map("00000000-3fffffffffff : System RAM\n")
    #expect(question.constraints.contains { $0.rule == .kexecReach })
  }

  /// The zero page and an initrd behind 4 GiB, which a register and a field of 32 bits do not
  /// reach.
  @Test func whatAnEntryOf32BitsReaches() throws {
    var question = PlacementQuestion(
      map: try map("00000000-1ffffffff : System RAM\n"),
      image: .stated(
        path: "numbers", architecture: .i386, memoryByteCount: 1 << 20, alignment: 1 << 20,
        preferredAddress: nil, isRelocatable: true, addressLimit: nil),
      items: [PlacementItem("parameters", .bootParameters), PlacementItem("initrd", .initrd)],
      loader: .bootProtocol)
    let (low, high) = (try range(0xFFFF_0000, 0xFFFF_FFFF), try range(1 << 32, (1 << 32) + 65_535))
    func broken(_ parameters: AddressRange, _ initrd: AddressRange) -> Set<PlacementRule> {
      PlacementTests.broken(question, ["parameters": parameters, "initrd": initrd])
    }
    let other = try range(0x100_0000, 0x100_FFFF)
    #expect(broken(low, other).isEmpty)
    #expect(broken(high, other) == [.entryReach])
    #expect(broken(other, low).isEmpty)
    #expect(broken(other, high) == [.entryReach])
    // kexec on a kernel of 32 bits ends below the last address.
    question.loader = .kexec
    #expect(broken(low, other) == [.kexecReach])
    #expect(broken(other, high) == [.kexecReach, .entryReach])
    question.image = .stated(
      path: "numbers", architecture: .x86_64, memoryByteCount: 1 << 20, alignment: 1 << 20,
      preferredAddress: nil, isRelocatable: true, addressLimit: nil)
    #expect(broken(high, other).isEmpty)
    question.image = .stated(
      path: "numbers", architecture: .x86_64, memoryByteCount: 1 << 20, alignment: 1 << 20,
      preferredAddress: nil, isRelocatable: true, addressLimit: 1 << 32)
    #expect(broken(high, other) == [.entryReach])
  }

  /// Of 128 pages and one of 1 GiB behind them, by a loader that passes on the first 128, and a
  /// line within another is none of its own.
  @Test func aMapThatTheZeroPageDoesNotHold() throws {
    var text = ""
    for index in UInt64(0)..<128 {
      let start = (index + 1) << 20
      text += "\(String(start, radix: 16))-\(String(start + 0xFFFF, radix: 16)) : System RAM\n"
    }
    text += "  0000000008000000-000000000800ffff : Kernel code\n"
    let last = try range(0, 0x800_FFFF)
    let full = try map(text)
    #expect(full.firmwareEntries(isJoined: true).count == 128)
    #expect(full.beyondZeroPage(isJoined: true) == nil)
    text += "100000000-13fffffff : System RAM\n  100000000-100000fff : Reserved\n"
    text += "140000000-140000fff : Reserved\n"
    let long = try map(text)
    #expect(long.firmwareEntries(isJoined: true).count == 130)
    let beyond = try #require(long.beyondZeroPage(isJoined: true))
    #expect(beyond.entryCount == 130)
    #expect(beyond.known == last)
    #expect(beyond.ram == [try range(0x1_0000_0000, 0x1_3FFF_FFFF)])

    var question = PlacementQuestion(
      map: long, image: try KernelImage.read(path: "vmlinuz", ImageBuilders.bzImage()),
      items: [PlacementItem("frames", .pageFrames), PlacementItem("purgatory", .purgatory)],
      loader: .kexecFile)
    let placement: Placement = [
      "frames": try range(0x1_2000_0000, 0x1_2000_0FFF),
      "purgatory": try range(0x1_3000_0000, 0x1_3000_0FFF),
    ]
    // kexec's own code runs before there is a map.
    #expect(PlacementTests.broken(question, placement) == [.zeroPageMap])
    #expect(
      PlacementTests.broken(
        question,
        ["frames": try range(0x800_0000, 0x800_FFFF), "purgatory": placement["purgatory"]]
          .compactMapValues { $0 }) == [.inUsableRAM, .parkedProcessors])
    question.loader = .kexec
    #expect(PlacementTests.broken(question, placement).isEmpty)
    // 16 bytes of the node and 20 for each of two ranges.
    #expect(question.setupDataByteCount == 56)
    question.loader = .kexecFile
    question.isCrashImage = true
    #expect(!question.constraints.contains { $0.rule == .zeroPageMap })
    question.isCrashImage = false
    question.map = full
    #expect(!question.constraints.contains { $0.rule == .zeroPageMap })
  }

  /// 6 % of 4 GiB are 245.76 MiB, in whole powers of two 256 MiB.
  @Test func bounceBuffersOfConfidentialGuests() {
    let mib: UInt64 = 1 << 20
    func byteCount(_ memory: UInt64) -> UInt64 {
      ConfidentialBounceBuffers.byteCount(memory: memory) / mib
    }
    #expect(byteCount(0) == 64)
    #expect(byteCount(1024 * mib) == 64)
    // 6 % of 1,066 MiB are 63.96 MiB, of 1,067 MiB 64.02.
    #expect(byteCount(1_066 * mib) == 64)
    #expect(byteCount(1_067 * mib) == 128)
    #expect(byteCount(4_096 * mib) == 256)
    // 6 % of 4,267 MiB are 256.02 MiB.
    #expect(byteCount(4_266 * mib) == 256)
    #expect(byteCount(4_267 * mib) == 512)
    #expect(byteCount(16 * 1024 * mib) == 1_024)
    #expect(byteCount(.max) == 1_024)
    // 6 % are more than 64 MiB from 67,108,865 * 100 / 6 on, rounded up.
    #expect(ConfidentialBounceBuffers.byteCount(memory: 1_118_481_083) == 64 * mib)
    #expect(ConfidentialBounceBuffers.byteCount(memory: 1_118_481_084) == 128 * mib)
  }
}
