import Fitting
import Foundation
import MemoryLayout
import SMT
import Testing

/// Maps of small ranges, and what does not fit into one of them.
@Suite struct PieceTests {
  /// - Parameter change: Of a layout with `count` ranges of so many MiB from 1 GiB on, or from 16
  ///   MiB on for 32 bits, each 1 MiB behind the one before, and 636 KiB of low memory.
  private static func result<Result>(
    _ count: UInt64, ofMiB size: UInt64, _ architecture: KernelImage.Architecture = .x86_64,
    _ change: (inout LayoutDescription) -> Void, _ body: (LayoutDescription) throws -> Result
  ) throws -> Result {
    func line(_ start: UInt64, _ end: UInt64) -> String {
      String(start, radix: 16) + "-" + String(end - 1, radix: 16) + " : System RAM\n"
    }
    var map = line(0x1000, 0xA_0000)
    for index in 0..<count {
      let start = (architecture == .i386 ? 16 << 20 : 1 << 30) + index * ((size + 1) << 20)
      map += line(start, start + size << 20)
    }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("pieces-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try map.write(
      to: folder.appendingPathComponent("map.iomem.txt"), atomically: true, encoding: .utf8)
    var layout = LayoutDescription(name: "pieces")
    layout.folder = folder.path + "/"
    layout.map = "map.iomem.txt"
    layout.statedKernel = LayoutDescription.StatedKernel(
      architecture: architecture, size: .exactly(1 << 20), alignment: 1 << 20, isRelocatable: true)
    layout.loader = .bootProtocol
    layout.bounceBuffers = .exactly(0)
    change(&layout)
    return try body(layout)
  }

  private static func placement(_ result: LayoutResult) -> Placement {
    if case .fits(let placement) = result.answer { placement } else { [:] }
  }

  /// 32 GiB have 2^23 frames of 64 bytes, which are 512 MiB: two ranges of 256 MiB, or more if the
  /// others are not whole.
  @Test func structPagesInRangesOf256MiB() throws {
    let start = ContinuousClock.now
    let (result, query) = try Self.result(200, ofMiB: 256) {
      $0.memory = .exactly(32 << 30)
    } _: {
      let result = try $0.decide()
      return (result, try #require(try result.proof()))
    }
    #expect(result.verdict == .fits)
    let pieces = Self.placement(result).filter { $0.key.hasPrefix("struct page") }
    #expect(Set(pieces.keys) == ["struct page 1/2", "struct page 2/2"])
    #expect(pieces.values.allSatisfy { $0.byteCount == 256 << 20 })
    #expect(Self.placement(result)["direct map"] != nil)
    #expect(query.expectation == .satisfiable)
    #expect(try query.verify(limits: .none) == .confirmed)
    #expect(try result.layout.evidence(of: query)?.claim == .fitsInPieces)
    #expect(ContinuousClock.now - start < .seconds(20))
    // A piece less is another question.
    let script = query.script.replacingOccurrences(of: "536870912", with: "536870911")
    #expect(try result.layout.evidence(of: Query(script: script)) == nil)
  }

  /// What fits in one piece lies in one.
  @Test func onePieceIfThatFits() throws {
    let result = try Self.result(200, ofMiB: 256) {
      $0.memory = .exactly(16 << 30)
    } _: {
      try $0.decide()
    }
    let pieces = Self.placement(result).filter { $0.key.hasPrefix("struct page") }
    #expect(pieces["struct page"]?.byteCount == 256 << 20)
    #expect(pieces.count == 1)
  }

  /// 4 TiB have 64 GiB of struct pages, and 200 ranges of 256 MiB are 50 GiB. That 512 MiB do not
  /// lie in one of the ranges is another claim than that they do not fit.
  @Test func moreThanThereIs() throws {
    let (result, query) = try Self.result(200, ofMiB: 256) {
      $0.memory = .exactly(4 << 40)
    } _: {
      let result = try $0.decide()
      return (result, try #require(try result.proof()))
    }
    #expect(result.verdict == .doesNotFit)
    #expect(result.conflictingRules == [.placed, .inUsableRAM, .structPages])
    #expect(try result.layout.evidence(of: query)?.claim == .doesNotFit)
    let script = query.script.replacingOccurrences(of: "68719476736", with: "536870912")
    let whole = try Query(script: script)
    #expect(try whole.verify(limits: .none) == .confirmed)
    let less = try Self.result(200, ofMiB: 256) {
      $0.memory = .exactly(32 << 30)
    } _: {
      try $0.question()
    }
    #expect(try less.evidence(of: whole)?.claim == .doesNotFitWhole)
  }

  /// Ranges of 3 MiB, 1 MiB behind each other from 1 GiB on, have one piece of 2 MiB each that is
  /// aligned to 2 MiB. 40 of them are enough for 32 and not for 41, which are 82 MiB of 120: no
  /// proof by counting bytes.
  @Test func alignmentOfPieces() throws {
    func verdict(_ pieces: UInt64) throws -> LayoutResult {
      try Self.result(40, ofMiB: 3) {
        $0.memory = .exactly((pieces << 21) / 64 * 4_096)
        $0.processors = .exactly(1)
      } _: {
        try $0.decide()
      }
    }
    let fits = try verdict(32)
    #expect(fits.verdict == .fits)
    let pieces = Self.placement(fits).filter { $0.key.hasPrefix("struct page") }
    #expect(pieces.count == 32)
    #expect(pieces.values.allSatisfy { $0.start % (2 << 20) == 0 && $0.byteCount == 2 << 20 })
    let open = try verdict(41)
    #expect(open.verdict == .inconclusive)
    #expect(try open.proof() == nil)
    // What would decide it: there is no range that could be smaller, and more time does not help.
    #expect(open.waysOut.count == 1)
    #expect(open.waysOut.first?.hasPrefix("less memory for what may be divided") == true)
    #expect(fits.waysOut.isEmpty)
  }

  /// 16 per-CPU units of 1 MiB lie in ranges of 4 MiB; the 8 MiB of struct pages of 32 bits for 1
  /// GiB do not, and 2 MiB of them do.
  @Test func thirtyTwoBits() throws {
    func result(memory: UInt64, processors: UInt64) throws -> LayoutResult {
      try Self.result(100, ofMiB: 4, .i386) {
        $0.memory = .exactly(memory)
        $0.processors = .exactly(processors)
        $0.traits[.perProcessor] = 1 << 20
      } _: {
        try $0.decide()
      }
    }
    let fits = try result(memory: 256 << 20, processors: 16)
    let areas = Self.placement(fits).filter { $0.key.hasPrefix("per-CPU areas") }
    #expect(areas.count == 4)
    #expect(areas.values.reduce(0) { $0 + $1.byteCount } == 16 << 20)
    let conflict = try result(memory: 1 << 30, processors: 1)
    #expect(conflict.verdict == .doesNotFit)
    #expect(conflict.conflictingRules.contains(.structPages))
    #expect(
      conflict.layout.assumptions.contains { $0.hasPrefix("`struct page` lies in one piece") })
  }

  /// 60 ranges of 2 MiB, for a kernel of 1 MiB, struct pages of 2 MiB, other tables of less than one,
  /// and processes: these find more than 115 MiB, and 120 MiB are not left.
  @Test func largestProcesses() throws {
    let result = try Self.result(60, ofMiB: 2) {
      $0.memory = .exactly(16 << 20)
      $0.traits[.workingMemory] = 0
      $0.processes = .between((1 << 20)...(1 << 30))
      $0.quantifiers = .init(ofOthers: .largest)
    } _: {
      try $0.decide()
    }
    #expect(result.verdict == .fits)
    let value = try #require(result.values["processes"])
    #expect(value > 115 << 20 && value < 120 << 20)
    let taken = Self.placement(result).values.reduce(0) { $0 + $1.byteCount }
    #expect(taken <= 120 << 20 + 636 << 10)
    #expect(value % 4_096 == 0)
    #expect(result.beyond != nil)
  }

  /// 12 GiB in ranges of 101 MiB are 122 pieces at least, and a proof of some megabytes.
  @Test func aProofOfManyPieces() throws {
    let (result, query) = try Self.result(150, ofMiB: 101) {
      $0.memory = .exactly(1 << 30)
      $0.processes = .exactly(12 << 30)
    } _: {
      let result = try $0.decide()
      return (result, try #require(try result.proof()))
    }
    #expect(Self.placement(result).keys.count { $0.hasPrefix("processes ") } == 122)
    #expect(try query.verify() == .confirmed)
    #expect(try result.layout.evidence(of: query)?.claim == .fitsInPieces)
  }
}
