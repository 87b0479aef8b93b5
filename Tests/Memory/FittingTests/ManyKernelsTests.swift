import Fitting
import Foundation
import MemoryLayout
import Randomness
import Testing

/// 32 kernels on maps of 200 ranges.
@Suite struct ManyKernelsTests {
  private static let mib: UInt64 = 1 << 20

  /// Ranges of some MiB and pages, with holes between them.
  private static func map(_ sizes: [UInt64], seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    var lines = ["00001000-0009ffff : System RAM"]
    var start: UInt64 = 16 * mib
    for size in sizes {
      let end = start + size * mib + random.next() % 200 * 4_096
      lines.append(
        "\(String(start, radix: 16))-\(String(end - 1, radix: 16)) : System RAM")
      start = end + (1 + random.next() % 64) * 4_096
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func decide(
    _ map: String, _ kernels: [(memory: UInt64, count: UInt64)]
  ) throws -> LayoutResult {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("swapcheck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try map.write(to: folder.appendingPathComponent("map.txt"), atomically: true, encoding: .utf8)
    var layout = LayoutDescription(name: "layout")
    layout.folder = folder.path + "/"
    layout.map = "map.txt"
    // A range lies across 4 GiB.
    layout.bounceBuffers = .exactly(0)
    layout.statedKernel = LayoutDescription.StatedKernel(
      architecture: .x86_64, size: .exactly(32 << 20), alignment: 2 << 20)
    layout.kernels = KernelsDescription(
      kernels.enumerated().map { index, kernel in
        var settings = layout
        settings.memory = .exactly(kernel.memory * mib)
        return KernelDescription("k\(index)", settings: settings, count: .exactly(kernel.count))
      })
    return try layout.decide()
  }

  /// Each size has ranges that hold exactly one of it, and nothing else does.
  @Test(arguments: [1, 4, 16, 32]) func eachRangeIsFilled(kinds: Int) throws {
    // From 512 MiB on, so that no two are in one range.
    let sizes = (0..<kinds).map { 512 + UInt64($0) * 12 }
    let ranges = sizes.flatMap { Array(repeating: $0 + 3, count: 32 / kinds) }
    let small = Array(repeating: UInt64(64), count: 200 - ranges.count)
    let kernels = sizes.map { (memory: $0, count: UInt64(32 / kinds)) }
    let clock = ContinuousClock()
    var result: LayoutResult?
    let time = try clock.measure {
      result = try Self.decide(Self.map(ranges + small, seed: 1), kernels)
    }
    #expect(result?.verdict == .fits)
    #expect(result?.kernels?.placement?.kernels.count == 32)
    #expect(time < .seconds(10))
    // Without the largest range there is one kernel too many.
    let fewer = try Self.decide(Self.map(Array(ranges.dropLast()) + small, seed: 1), kernels)
    #expect(fewer.verdict == .doesNotFit)
    #expect(fewer.kernels?.shortage.isEmpty == false)
  }

  /// 200 ranges of 100 MiB hold as many kernels of 96 MiB, of which there are fewer trampolines.
  @Test func asManyAsThereAreRanges() throws {
    let map = Self.map(Array(repeating: 100, count: 158), seed: 2)
    #expect(try Self.decide(map, [(96, 158)]).verdict == .fits)
    let tooMany = try Self.decide(map, [(96, 159)])
    #expect(tooMany.conflictingRules == [.trampoline])
    let fewer = Self.map(Array(repeating: 100, count: 157), seed: 2)
    let result = try Self.decide(fewer, [(96, 158)])
    #expect(result.conflictingRules == [.placed, .inUsableRAM, .wanted, .disjoint])
  }
}
