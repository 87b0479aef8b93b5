import Fitting
import Foundation
import MemoryLayout
import Testing

/// Layouts whose answer depends on the kernels' version, or on what Linux does by itself.
@Suite struct KernelGenerationLayoutTests {
  private static let mebi: UInt64 = 1 << 20

  private static func decide(
    _ map: String, _ architecture: KernelImage.Architecture = .x86_64,
    _ change: (inout LayoutDescription) throws -> Void
  ) throws -> LayoutResult {
    let path = FileManager.default.temporaryDirectory.path + "/generation-\(UUID().uuidString)"
    try map.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var layout = LayoutDescription(name: "generation")
    layout.map = path
    layout.statedKernel = LayoutDescription.StatedKernel(
      architecture: architecture, size: .exactly(16 << 20), alignment: 2 << 20,
      isRelocatable: true)
    layout.memory = .exactly(512 << 20)
    try change(&layout)
    return try layout.decide()
  }

  private static func byteCount(_ item: String, _ result: LayoutResult) -> UInt128 {
    guard case .fits(let placement) = result.answer else { return 0 }
    return placement[item]?.byteCount ?? 0
  }

  /// 64 GiB, of which 2 lie below 4 GiB.
  private static let server = """
    00001000-0009ffff : System RAM
    00100000-7fffffff : System RAM
    100000000-107fffffff : System RAM

    """

  /// Without room below 4 GiB a crash kernel lies above, with 256 MiB below, from Linux 5.2 on.
  @Test func aCrashKernelThatFindsNoRoomBelow() throws {
    func result(_ size: UInt64, _ version: KernelVersion) throws -> LayoutResult {
      try Self.decide(Self.server) {
        $0.crashKernel = .exactly(size)
        $0.kernelVersion = version
      }
    }
    let low = try result(1 << 30, KernelVersion(6, 12))
    #expect(low.verdict == .fits && Self.byteCount("low crash kernel", low) == 0)
    let high = try result(4 << 30, KernelVersion(6, 12))
    #expect(high.verdict == .fits && Self.byteCount("low crash kernel", high) == 256 << 20)
    #expect(try result(4 << 30, KernelVersion(5, 1)).verdict == .doesNotFit)
    // There is no such room above, either.
    #expect(try result(128 << 30, KernelVersion(6, 12)).verdict == .doesNotFit)
  }

  @Test func theLargestCrashKernelLiesAbove() throws {
    let result = try Self.decide(Self.server) {
      $0.crashKernel = .between(1 << 30...1 << 40)
      try $0.set("for", to: "largest")
    }
    let value = try #require(result.values["crash-kernel"])
    #expect(value > 50 << 30 && value <= 62 << 30)
  }

  /// Linux makes swiotlb where memory lies above 4 GiB, or where it is told to.
  @Test func swiotlbIsMadeWhereItIsNeeded() throws {
    let small = "00001000-0009ffff : System RAM\n00100000-3fffffff : System RAM\n"
    func swiotlb(
      _ map: String, _ settings: [(String, String)] = []
    ) throws -> UInt128 {
      Self.byteCount(
        "swiotlb",
        try Self.decide(map) { layout in
          for (key, value) in settings { try layout.set(key, to: value) }
        })
    }
    #expect(try swiotlb(small) == 0)
    #expect(try swiotlb(small, [("swiotlb", "32MiB")]) == 0)
    #expect(try swiotlb(small, [("swiotlb", "32MiB"), ("swiotlb-force", "true")]) == 32 << 20)
    #expect(try swiotlb(Self.server) == 64 << 20)
    #expect(try swiotlb(Self.server, [("swiotlb", "0")]) == 0)
    // A power of two from Linux 6.0 on, whole segments before.
    #expect(try swiotlb(Self.server, [("swiotlb", "48MiB")]) == 64 << 20)
    #expect(
      try swiotlb(Self.server, [("swiotlb", "48MiB"), ("kernel-version", "5.10")]) == 48 << 20)
    // 512 areas of 256 KiB.
    #expect(try swiotlb(Self.server, [("processors", "512")]) == 128 << 20)
    #expect(
      try swiotlb(Self.server, [("processors", "512"), ("kernel-version", "5.10")]) == 64 << 20)
  }

  /// An arm64 kernel copies small buffers from Linux 6.5 on: 1 MiB for each GiB.
  @Test func swiotlbOfArm64() throws {
    func result(_ version: String, _ memory: UInt64) throws -> UInt128 {
      Self.byteCount(
        "swiotlb",
        try Self.decide("40000000-bfffffff : System RAM\n", .arm64) {
          $0.memory = .exactly(memory)
          try $0.set("kernel-version", to: version)
        })
    }
    #expect(try result("6.1", 2 << 30) == 0)
    #expect(try result("6.12", 2 << 30) == 2 << 20)
  }

  /// A crash kernel of arm64 of 16 MiB has 64 MiB of CMA in 128 MiB, and of what is left then its first root
  /// half: (128 - 16 - 20 - 64) / 2 = 14 MiB. In 96 MiB there are no 64 for it, and the root has 30.
  @Test func contiguousMemoryIsKeptWhereThereIsAsMuch() throws {
    func result(
      _ crash: UInt64, unpacked: UInt64, _ settings: [(String, String)] = []
    ) throws -> (verdict: LayoutResult.Verdict, hasContiguous: Bool) {
      let start: UInt64 = 0x5000_0000
      let map = """
        40000000-bfffffff : System RAM
          \(String(start, radix: 16))-\(String(start + crash << 20 - 1, radix: 16)) : Crash kernel

        """
      let result = try Self.decide(map, .arm64) {
        $0.memory = nil
        $0.isCrashImage = true
        $0.initrd = .exactly(20 << 20)
        $0.unpackedInitrd = .exactly(unpacked << 20)
        for (key, value) in settings { try $0.set(key, to: value) }
      }
      return (
        result.verdict, result.layout.question.items.contains { $0.role == .contiguous }
      )
    }
    #expect(try result(128, unpacked: 8) == (.fits, true))
    #expect(try result(128, unpacked: 15) == (.doesNotFit, true))
    #expect(try result(128, unpacked: 15, [("cma", "0")]) == (.fits, false))
    #expect(try result(96, unpacked: 28) == (.fits, false))
    #expect(try result(96, unpacked: 31) == (.doesNotFit, false))
    #expect(try result(96, unpacked: 15, [("cma", "32MiB")]) == (.doesNotFit, true))
  }

  /// An initrd that unpacks to 100 MiB has no room in a tmpfs of 128 MiB of memory, and has in one of
  /// 512: all values do not do, some do, and the largest is no less.
  @Test(arguments: [
    ("all", LayoutResult.Verdict.doesNotFit), ("some", .fits), ("largest", .fits),
  ])
  func theFirstRootOfARangeOfMemory(
    quantifier: String, verdict: LayoutResult.Verdict
  ) throws {
    let result = try Self.decide(Self.server) {
      $0.memory = .between(128 << 20...512 << 20)
      $0.initrd = .exactly(20 << 20)
      $0.unpackedInitrd = .exactly(100 << 20)
      try $0.set("for", to: quantifier)
    }
    #expect(result.verdict == verdict)
  }

  /// 126 lines of the firmware, of which 4 were divided by `setup_data`: joined they are fewer than
  /// 128, and before Linux 6.9 kexec passed on the first 128 of 130.
  @Test func entriesThatWereDivided() throws {
    var map = "BIOS-provided physical RAM map:\n"
    func line(_ start: UInt64, _ end: UInt64, _ kind: String) -> String {
      "BIOS-e820: [mem 0x\(String(start, radix: 16))-0x\(String(end - 1, radix: 16))] \(kind)\n"
    }
    map += line(0x1000, 0x9_F000, "usable")
    for index in 0..<UInt64(62) {
      let start = 0x10_0000 + index * 0x10_0000
      map +=
        line(start, start + 0xF_0000, "usable")
        + line(start + 0xF_0000, start + 0x10_0000, "reserved")
    }
    for index in 0..<UInt64(6) {
      map += line(0x4000_0000 + index << 28, 0x4000_0000 + (index + 1) << 28, "usable")
    }
    func verdict(_ version: KernelVersion) throws -> LayoutResult.Verdict {
      try Self.decide(map) {
        $0.kernelVersion = version
        $0.initrd = .exactly(32 << 20)
        $0.unpackedInitrd = .exactly(900 << 20)
        $0.traits[.rootfsShare] = 100
      }.verdict
    }
    #expect(try verdict(KernelVersion(6, 9)) == .fits)
    #expect(try verdict(KernelVersion(6, 8)) == .doesNotFit)
  }

  /// docs/layouts.md has a row for each setting of what kernels have by themselves.
  @Test(arguments: KernelTrait.allCases) func theyAreDocumented(trait: KernelTrait) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appendingPathComponent("docs/layouts.md"), encoding: .utf8)
    let row = try #require(
      text.split(separator: "\n").first { $0.hasPrefix("| `\(trait.rawValue)` | ") })
    let value = trait.value(.newest, .x86_64)
    let shown =
      switch trait.kind {
      case .bytes, .power:
        value < 1_024 ? "\(value)" : ByteCountText.format(UInt128(value))
      case .percent: "\(value)%"
      case .number: "\(value)"
      case .flag: value == 0 ? "false" : "true"
      }
    #expect(row.contains(trait == .elfHeaders ? "900 KiB" : shown), "\(row)")
  }

  @Test(arguments: [
    ("kernel-version", "six"), ("initramfs-share", "0%"), ("initramfs-share", "101%"),
    ("page-size", "5KiB"), ("address-bits", "64"), ("device-tree", "3MiB"), ("per-cpu", "0"),
    ("kho-extends-scratch", "maybe"),
  ])
  func valuesThatAreNone(key: String, value: String) {
    var layout = LayoutDescription(name: "none")
    #expect(throws: LayoutError.self) { try layout.set(key, to: value) }
  }
}
