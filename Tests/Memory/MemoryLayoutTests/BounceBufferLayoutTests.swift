import MemoryLayout
import Testing

/// What kernel/dma/swiotlb.c makes of what is asked for, and a crash kernel's low part with it.
@Suite struct BounceBufferLayoutTests {
  private static let mib: UInt64 = 1 << 20

  /// 256 KiB for each area, and areas are the next power of two of processors.
  private static let areasOf: [(UInt64, UInt64)] = [
    (0, 0), (1, 0x4_0000), (2, 0x8_0000), (3, 0x10_0000), (4, 0x10_0000), (5, 0x20_0000),
    (255, 0x400_0000), (256, 0x400_0000), (257, 0x800_0000), (512, 0x800_0000),
    (513, 0x1000_0000), (8_192, 0x8000_0000), (0x2000_0000_0000, 0x8000_0000_0000_0000),
    (0x2000_0000_0001, .max), (.max, .max),
  ]

  @Test(arguments: areasOf)
  func areas(processors: UInt64, byteCount: UInt64) {
    #expect(BounceBuffers.byteCount(areas: processors) == byteCount)
  }

  /// Whole segments of 256 KiB, and then the next power of two.
  private static let powersOf: [(UInt64, UInt64)] = [
    (0, 0), (1, 0x4_0000), (0x4_0000, 0x4_0000), (0x4_0001, 0x8_0000), (0xA_0000, 0x10_0000),
    (0x400_0000, 0x400_0000), (0x400_0001, 0x800_0000), (0x640_0000, 0x800_0000),
    (0x8000_0000_0000_0000, 0x8000_0000_0000_0000), (0x8000_0000_0000_0001, .max), (.max, .max),
  ]

  @Test(arguments: powersOf)
  func powersOfTwo(asked: UInt64, byteCount: UInt64) {
    #expect(BounceBuffers.byteCount(asked: asked) == byteCount)
  }

  /// Steps added up say the same of each value as the value by itself.
  @Test(arguments: [UInt64(0)...700, 1...700, 2...512, 3...3, 200...257, 257...300])
  func stepsOfProcessors(bounds: ClosedRange<UInt64>) {
    let steps = BounceBuffers.steps(areas: bounds)
    let least = BounceBuffers.byteCount(areas: bounds.lowerBound)
    for count in bounds {
      let sum = steps.reduce(least) { $0 + ($1.value <= count ? $1.byteCount : 0) }
      #expect(sum == BounceBuffers.byteCount(areas: count), "\(count)")
    }
    #expect(steps.allSatisfy { bounds.contains($0.value) && $0.value > bounds.lowerBound })
  }

  private static let rangesOfSizes: [ClosedRange<UInt64>] = [
    0...0x50_0000, 1...0x12C0_0000, 0x400_0000...0x400_0001, 0x30_0000...0x30_0000,
  ]

  @Test(arguments: rangesOfSizes)
  func stepsOfSizes(bounds: ClosedRange<UInt64>) {
    let steps = BounceBuffers.steps(asked: bounds)
    let least = BounceBuffers.byteCount(asked: bounds.lowerBound)
    // Around all places where something may change.
    let near = (0...1_200).flatMap { index in
      let multiple = UInt64(index) * 0x4_0000
      return [multiple, multiple + 1, multiple + 0x3_FFFF]
    }
    for value in near where bounds.contains(value) {
      let sum = steps.reduce(least) { $0 + ($1.value <= value ? $1.byteCount : 0) }
      #expect(sum == BounceBuffers.byteCount(asked: value), "\(value)")
    }
  }

  private static let rangesOfMemory: [ClosedRange<UInt64>] = [
    0...0x100_0000_0000, 0x4000_0000...0x1_8000_0000, 0x1_4000_0000...0x1_4000_0000,
    0x10_0000_0000...0x20_0000_0000,
  ]

  @Test(arguments: rangesOfMemory)
  func stepsOfMemory(bounds: ClosedRange<UInt64>) {
    let steps = ConfidentialBounceBuffers.steps(memory: bounds)
    let least = ConfidentialBounceBuffers.byteCount(memory: bounds.lowerBound)
    var values = (0...400).map { UInt64($0) * 100 * Self.mib }
    values += [1_118_481_083, 1_118_481_084, 1 << 40, .max]
    for value in values where bounds.contains(value) {
      let sum = steps.reduce(least) { $0 + ($1.value <= value ? $1.byteCount : 0) }
      #expect(sum == ConfidentialBounceBuffers.byteCount(memory: value), "\(value)")
    }
  }

  /// 6 % of 5 GiB are 322,122,547 bytes.
  @Test func whatAConfidentialGuestAsksFor() {
    #expect(ConfidentialBounceBuffers.asked(memory: 0) == 64 * Self.mib)
    #expect(ConfidentialBounceBuffers.asked(memory: 5 << 30) == 322_122_547)
    #expect(ConfidentialBounceBuffers.asked(memory: .max) == 1 << 30)
  }

  private func question(
    _ image: [UInt8] = ImageBuilders.bzImage(), processors: UInt64 = 1, asked: UInt64? = nil
  ) throws -> PlacementQuestion {
    var question = PlacementQuestion(
      map: try map("00001000-1ffffffff : System RAM\n"),
      image: try KernelImage.read(path: "image", image),
      items: [PlacementItem("swiotlb", .bounceBuffers), PlacementItem("low", .crashKernelLow)],
      loader: .bootProtocol)
    question.processorCount = processors
    if let asked { question.bounceBufferByteCount = asked }
    return question
  }

  private func broken(
    _ question: PlacementQuestion, swiotlb: UInt64, low: UInt64
  ) throws -> Set<PlacementRule> {
    PlacementTests.broken(
      question,
      [
        "swiotlb": try range(0x1000_0000, 0x1000_0000 + swiotlb - 1),
        "low": try range(0x8000_0000, 0x8000_0000 + low - 1),
      ])
  }

  @Test func areasAreARule() throws {
    let many = try question(processors: 257)
    #expect(try broken(many, swiotlb: 128 * Self.mib, low: 256 * Self.mib).isEmpty)
    #expect(
      try broken(many, swiotlb: 128 * Self.mib - 4_096, low: 256 * Self.mib)
        == [.bounceBufferAreas])
    #expect(
      try broken(many, swiotlb: 64 * Self.mib - 4_096, low: 256 * Self.mib)
        == [.bounceBufferAreas, .bounceBufferSize])
    // What the usual size holds is not said.
    let few = try question(processors: 256)
    #expect(!few.constraints.contains { $0.rule == .bounceBufferAreas })
    // A size of the command line is no way out.
    let stated = try question(processors: 16, asked: Self.mib)
    #expect(try broken(stated, swiotlb: 4 * Self.mib, low: 256 * Self.mib).isEmpty)
    #expect(
      try broken(stated, swiotlb: 2 * Self.mib, low: 256 * Self.mib) == [.bounceBufferAreas])
    // A number of areas is; 5 make 8.
    var told = stated
    told.bounceBufferAreaCount = 5
    #expect(try broken(told, swiotlb: 2 * Self.mib, low: 256 * Self.mib).isEmpty)
    #expect(
      try broken(told, swiotlb: 2 * Self.mib - 4_096, low: 256 * Self.mib) == [.bounceBufferAreas])
  }

  /// max(swiotlb + 8 MiB, 256 MiB), of what is asked for and not of what becomes of it: areas and
  /// powers of two come later.
  @Test func lowPartOfACrashKernel() throws {
    let mib = Self.mib
    // The third is a segment of 256 KiB more.
    let sizes: [(asked: UInt64, low: UInt64)] = [
      (64 * mib, 256 * mib), (248 * mib, 256 * mib), (248 * mib + 1, 256 * mib + 0x4_0000),
      (300 * mib, 308 * mib), (0, 256 * mib),
    ]
    for (asked, low) in sizes {
      let question = try question(processors: 8_192, asked: asked)
      #expect(try !broken(question, swiotlb: 4_096, low: low).contains(.crashKernelLowSize))
      #expect(try broken(question, swiotlb: 4_096, low: low - 1).contains(.crashKernelLowSize))
    }
    // arm64 has 128 MiB, whatever swiotlb takes.
    let arm = try question(ImageBuilders.arm64(), asked: 300 * Self.mib)
    #expect(try broken(arm, swiotlb: 512 * Self.mib, low: 128 * Self.mib).isEmpty)
    #expect(
      try broken(arm, swiotlb: 512 * Self.mib, low: 126 * Self.mib) == [.crashKernelLowSize])
  }
}
