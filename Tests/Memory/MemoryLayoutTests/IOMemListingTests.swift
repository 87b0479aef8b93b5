import Foundation
import MemoryLayout
import Testing

/// `/proc/iomem`: real listings, and every trap that is known of them.
@Suite struct IOMemListingTests {
  @Test func aGuestsListing() throws {
    let map = try Samples.map("kvm-guest-6.18.iomem.txt")
    #expect(map.format == .procIOMem)
    #expect(map.regions.count == 27)
    #expect(map.findings.isEmpty)
    #expect(
      try map.systemRAM.ranges == [
        range(0x1000, 0x9_FBFF), range(0x10_0000, 0xBFFF_FFFF), range(0x1_0000_0000, 0x6_3FFF_FFFF),
      ])
    // 0x9ec00 + 0xbff00000 + 0x540000000 bytes.
    #expect(map.systemRAM.byteCount == 650_240 + 3_220_176_896 + 22_548_578_304)
    #expect(
      try map.runningKernel.ranges == [
        range(0x100_0000, 0x220_9987), range(0x240_0000, 0x2E0_9FFF), range(0x300_0000, 0x327_C0FF),
        range(0x3B3_4000, 0x3C5_7FFF),
      ])
    #expect(map.usableRAM == map.systemRAM.subtracting(map.runningKernel))
    #expect(map.crashKernel.isEmpty)
    #expect(try map.usableLowMegabyte.ranges == [range(0x1000, 0x9_FBFF)])
    #expect(try map.holes.ranges.first == range(0xC000_0000, 0xC000_0FFF))
    let code = try #require(map.regions(of: .kernelCode).first)
    #expect(code.place == .line(7))
    #expect(map.regions[try #require(code.parent)].name == "System RAM")
    #expect(map.regions[try #require(code.parent)].range.start == 0x10_0000)
  }

  @Test func rodataIsPartOfTheKernelSince2019() throws {
    let before = try Samples.map("x86-rodata-before.iomem.txt")
    #expect(before.regions(of: .kernelReadOnlyData).isEmpty)
    // Code, data and bss; data begins right behind the code.
    #expect(
      try before.runningKernel.ranges == [
        range(0x100_0000, 0x256_19BF), range(0x2A9_5000, 0x35F_FFFF),
      ])
    let after = try Samples.map("x86-rodata-after.iomem.txt")
    // Memory between the parts is free.
    #expect(after.runningKernel.ranges.count == 4)
    #expect(after.usableRAM.contains(try range(0x1E0_11D1, 0x1FF_FFFF)))
    #expect(after.usableRAM.contains(try range(0x23D_5000, 0x23F_FFFF)))
  }

  /// A kernel dropped the line of the RAM around the crash kernel.
  @Test func aCrashKernelWithoutRAMIsFound() throws {
    let buggy = try Samples.map("loongarch-crash-kernel-buggy.iomem.txt")
    #expect(buggy.findings.map(\.kind) == [.outsideRAM(name: "Crash kernel")])
    #expect(buggy.findings.first?.place == .line(3))
    #expect(buggy.usableRAM.intersection(try range(0xE620_0000, 0xF61F_FFFF)).isEmpty)
    let fixed = try Samples.map("loongarch-crash-kernel-fixed.iomem.txt")
    #expect(fixed.findings.isEmpty)
    #expect(try fixed.crashKernel.ranges == [range(0xE620_0000, 0xF61F_FFFF)])
    #expect(
      try fixed.usableRAM.ranges == [
        range(0x9040_0000, 0xE61F_FFFF), range(0xF620_0000, 0xF621_FFFF),
        range(0xF623_0000, 0xFA17_FFFF),
      ])
    #expect(try Samples.map("loongarch-plain.iomem.txt").findings.isEmpty)
  }

  /// With KASLR the kernel may lie above 4 GiB, and what is between its parts is free.
  @Test func aKernelAboveFourGiB() throws {
    let text = """
      00001000-0009efff : System RAM
      100000000-107fffffff : System RAM
        d3f000000-d40a02867 : Kernel code
        d40c00000-d4148cfff : Kernel rodata
        d41600000-d418aa53f : Kernel data
        d41cc9000-d421fffff : Kernel bss

      """
    let map = try MemoryMap.read(path: "map", bytes: Array(text.utf8))
    #expect(
      map.runningKernel.ranges == [
        try range(0xD_3F00_0000, 0xD_40A0_2867), try range(0xD_40C0_0000, 0xD_4148_CFFF),
        try range(0xD_4160_0000, 0xD_418A_A53F), try range(0xD_41CC_9000, 0xD_421F_FFFF),
      ])
    #expect(map.usableRAM.contains(try range(0xD_40A0_2868, 0xD_40BF_FFFF)))
    #expect(map.findings.isEmpty)
  }

  @Test func thereMayBeTwoCrashKernels() throws {
    let both = try Samples.map("crash-kernel-low-and-high.iomem.txt")
    #expect(both.crashKernel.ranges.map(\.byteCount) == [256 << 20, 200 << 20])
    #expect(both.findings.count == 2)
    // After a shrink to 50 MiB the kernel still shows all of the low one.
    let shrunk = try Samples.map("crash-kernel-shrunk.iomem.txt")
    #expect(shrunk.crashKernel.byteCount == 256 << 20)
  }

  /// Copies lose the indentation; the ranges still tell what contains what.
  @Test(arguments: ["x86-32-flattened.iomem.txt", "x86-guest-flattened.iomem.txt"])
  func nestingIsRebuiltFromRanges(name: String) throws {
    let map = try Samples.map(name)
    #expect(map.findings.map(\.kind) == [.indentationLost])
    let kernel = map.regions.filter { $0.kind.isKernelImage }
    #expect(kernel.count >= 2)
    for part in kernel {
      #expect(map.regions[try #require(part.parent)].kind == .systemRAM)
    }
    #expect(map.usableRAM.intersection(map.runningKernel).isEmpty)
  }

  @Test func thirtyTwoBitMachine() throws {
    let map = try Samples.map("x86-32-flattened.iomem.txt")
    // 0x9fc00 + 0x7f00000 bytes.
    #expect(map.systemRAM.byteCount == 654_336 + 133_169_152)
    #expect(try map.runningKernel.ranges == [range(0x10_0000, 0x2E_09CB)])
    #expect(map.regions(of: .reserved).count == 2)
    #expect(map.regions.last?.range.last == 0xFFFF_FFFF)
  }

  /// Of two equal ranges the first contains the second.
  @Test func equalRangesNestInTheirOrder() throws {
    let map = try Samples.map("x86-guest-flattened.iomem.txt")
    let rom = try #require(map.regions(of: .rom).first)
    let around = map.regions[try #require(rom.parent)]
    #expect(around.kind == .reserved)
    #expect(around.range == rom.range)
  }

  @Test func reservedWithinRAMOnArm64() throws {
    let map = try Samples.map("arm64-reserved-children.iomem.txt")
    // Line by line: 0x14000000…, minus 0x1000, 0xa10000, 0x1760000, 0x500000, 0xae0000, 0x28000.
    #expect(
      map.usableRAM.byteCount
        == 0xB00_0000 - 0x1000 - 0xA1_0000 - 0x176_0000 - 0x50_0000 - 0xAE_0000 - 0x2_8000)
    let pi = try Samples.map("raspberry-pi-4.iomem.txt")
    #expect(pi.usableRAM.contains(try range(0x8_0000, 0x107_FFFF)))
    #expect(pi.usableRAM.intersection(try range(0x220_0000, 0x25F_FFFF)).isEmpty)
    #expect(pi.findings.isEmpty)
  }

  @Test func aUserWhoIsNotRootIsTold() throws {
    let hidden = try error {
      try map("00000000-00000000 : Reserved\n00000000-00000000 : System RAM\n")
    }
    #expect(hidden.reason == .addressesHidden)
    #expect(hidden.description.contains("sudo cat /proc/iomem"))
    #expect(hidden.description.contains("/sys/firmware/memmap"))
    #expect(try error { try map("00000000-00000000 : System RAM") }.reason == .addressesHidden)
  }

  @Test func aStrayZeroRangeIsPassedOver() throws {
    let map = try map(
      "00001000-0009ffff : System RAM\n00000000-00000000 : PCI Bus 0000:00\n")
    #expect(map.regions.count == 1)
    #expect(map.findings == [MapFinding(.zeroRange(name: "PCI Bus 0000:00"), at: .line(2))])
  }

  /// A prefix of a name is another name.
  @Test func namesAreMatchedExactly() throws {
    let map = try map(
      """
      00100000-3fffffff : System RAM
        10000000-1fffffff : System RAM (multikernel)
        20000000-20000fff : Kernel code of old
        30000000-30000fff : kernel data
      40000000-4fffffff : System RAM (kmem)
      50000000-5fffffff : system ram

      """)
    #expect(try map.systemRAM.ranges == [range(0x10_0000, 0x3FFF_FFFF)])
    #expect(map.regions(of: .managedRAM).count == 2)
    #expect(map.runningKernel.isEmpty)
    #expect(
      map.usableRAM.byteCount == 0x3FF0_0000 - 0x1000_0000 - 0x1000 - 0x1000)
  }

  @Test func namesMayBeAnything() throws {
    let names = [
      "VIA Technologies, Inc. VT82C597 [Apollo VP3]", "a : b : c", "<BAD>", "0000:00:01.0",
      "été ∀", "00001000-00001fff : System RAM", "",
    ]
    var text = "00001000-0009ffff : System RAM\n"
    for (index, name) in names.enumerated() {
      let start = String(0x10_0000 + 0x1000 * index, radix: 16)
      text += "00\(start)-00\(start) : \(name)\n"
    }
    let map = try map(text)
    #expect(map.regions.dropFirst().map(\.name) == names)
    #expect(map.regions.dropFirst().allSatisfy { $0.kind == .other })
    // Bytes that are no UTF-8, and a terminal's escape.
    let odd = try MemoryMap.read(
      path: "map", bytes: Array("00001000-00001fff : A".utf8) + [0xFF, 0x1B] + Array("Z\r\n".utf8))
    #expect(odd.regions.first?.name == "A\u{FFFD}\u{1B}Z")
    // A copy may lose the blank behind the colon of an empty name.
    #expect(try MemoryLayoutTests.map("00001000-00001fff :\n").regions.first?.name == "")
  }

  @Test func endsAreInclusiveAndOfSixtyFourBits() throws {
    let map = try map("fffffffffffff000-ffffffffffffffff : System RAM\n0-0fff : a\n")
    #expect(map.systemRAM.byteCount == 4096)
    #expect(map.systemRAM.ranges.last?.end == UInt128(1) << 64)
    #expect(try MemoryLayoutTests.map("00000000-ffffffffffffffff : a\n").holes.isEmpty)
    #expect(try MemoryLayoutTests.map("5-5 : System RAM\n").systemRAM.byteCount == 1)
    let wide = try error { try MemoryLayoutTests.map("0-f : a\n0-10000000000000000 : b\n") }
    #expect(wide.place == .line(2))
  }

  /// The window around RAM does not take away from it; what lies in RAM does.
  @Test func aWindowAroundRAMIsNoOccupant() throws {
    let map = try map(
      """
      100000000-1ffffffff : CXL Window 0
        100000000-17fffffff : region0
          100000000-17fffffff : System RAM
            100000000-1000fffff : something new

      """)
    #expect(try map.usableRAM.ranges == [range(0x1_0010_0000, 0x1_7FFF_FFFF)])
  }

  @Test func aReservationAroundRAMIsOne() throws {
    let map = try map(
      """
      00000000-00ffffff : Reserved
        00100000-001fffff : System RAM

      """)
    #expect(map.usableRAM.isEmpty)
    #expect(map.systemRAM.byteCount == 1 << 20)
  }

  /// The machine that this runs on: as root its RAM, or else that root is needed.
  @Test(.enabled(if: FileManager.default.isReadableFile(atPath: "/proc/iomem")))
  func thisMachine() throws {
    do {
      let map = try MemoryMap.read(contentsOf: "/proc/iomem")
      #expect(map.usableRAM.byteCount > 1 << 20)
    } catch {
      #expect(error.reason == .addressesHidden || error.reason == .noRegions)
    }
  }

  @Test func partialOverlapsAreFoundAndTakeAway() throws {
    let map = try map(
      """
      00000000-00ffffff : System RAM
        00f00000-01ffffff : Broken
        00f00000-00ffffff : Child of both

      """)
    #expect(map.findings.map(\.kind) == [.partialOverlap(name: "Broken", other: "System RAM")])
    #expect(try map.usableRAM.ranges == [range(0, 0xEF_FFFF)])
    let child = try #require(map.regions.last { $0.name == "Child of both" })
    #expect(map.regions[try #require(child.parent)].range.contains(child.range))
  }

  @Test(arguments: [
    ("00001000-0009ffff : System RAM\n00100000-bff", 2),
    ("00001000-0009ffff : System RAM\n00100000-", 2),
    ("00001000-0009ffff : System RAM\n001000\n00200000-002fffff : a\n", 2),
    ("00001000-0009ffff : System RAM\n00100000-001fffff System RAM\n", 2),
    ("00001000-0009ffff : System RAM\n0x00100000-0x001fffff : System RAM\n", 2),
    ("\n00001000-0009ffff : System RAM\n...\n", 3),
    ("00001000-0009ffff : System RAM\n00200000-001fffff : a\n", 2),
  ])
  func brokenLinesAreRefusedWithTheirNumber(text: String, line: Int) throws {
    let error = try error { try map(text) }
    #expect(error.place == .line(line))
    guard case .malformed = error.reason else {
      Issue.record("\(error)")
      return
    }
  }

  @Test func aCutNameIsNoticed() throws {
    let map = try map("00001000-0009ffff : System RAM\n  00002000-00002fff : Kernel co")
    #expect(map.findings == [MapFinding(.unfinishedLastLine, at: .line(2))])
    // Whatever it was, it is not usable.
    #expect(map.usableRAM.byteCount == 0x9_F000 - 0x1000)
  }

  @Test func nothingIsNoMap() throws {
    #expect(try error { try map("") }.reason == .noRegions)
    #expect(try error { try map("\n \n") }.reason == .noRegions)
    let other = try error { try map("Hello\n") }
    #expect(other.description.contains("/proc/iomem"))
    let missing = try error { try MemoryMap.read(contentsOf: "/nowhere/iomem") }
    #expect(missing.description.hasPrefix("/nowhere/iomem: cannot be read: No such file"))
  }

  /// Parents beside the definition: the last region in order that contains another one.
  @Test func nestingIsThatOfTheDefinition() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      var text = ""
      for number in 0..<Int.random(in: 1..<12, using: &generator) {
        let start = Int.random(in: 0..<12, using: &generator)
        let last = Int.random(in: start..<12, using: &generator)
        let name = Bool.random(using: &generator) ? "System RAM" : "r\(number)"
        text += "\(String(start + 1, radix: 16))-\(String(last + 1, radix: 16)) : \(name)\n"
      }
      let map = try map(text)
      for (index, region) in map.regions.enumerated() {
        let expected = map.regions[..<index].lastIndex { $0.range.contains(region.range) }
        #expect(region.parent == expected, "\(text)")
      }
      // Address by address: RAM, and whatever lies there is RAM or around RAM.
      for address in UInt64(1)...12 {
        let there = map.regions.filter { $0.range.contains(address) }
        let isUsable =
          there.contains { $0.kind == .systemRAM }
          && there.allSatisfy { one in
            one.kind == .systemRAM
              || map.regions.contains { $0.kind == .systemRAM && isAround(one, $0, map) }
          }
        #expect(map.usableRAM.contains(try range(address, address)) == isUsable, "\(text)")
      }
    }
  }

  /// Whether one region is among the parents of another.
  private func isAround(_ one: MemoryRegion, _ other: MemoryRegion, _ map: MemoryMap) -> Bool {
    var next = other.parent
    while let index = next {
      if map.regions[index].place == one.place { return true }
      next = map.regions[index].parent
    }
    return false
  }
}
