import Fitting
import Foundation
import MemoryLayout
import SMT
import Testing

/// Made-up kernels on the maps of real machines.
@Suite struct SampleMapTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("MemoryLayoutTests/Samples").path

  private static let maps = [
    "kvm-guest-6.18.iomem.txt", "kvm-guest-6.18.dmesg.txt", "kvm-guest-6.18.memmap.txt",
    "qemu-7.2.dmesg.txt", "x86-2003.dmesg.txt", "x86-rodata-after.iomem.txt",
    "raspberry-pi-4.iomem.txt", "board.dtb",
  ]

  private static func layout(
    _ map: String, _ architecture: KernelImage.Architecture, kernel: UInt64
  ) -> LayoutDescription {
    var layout = LayoutDescription(name: map)
    layout.folder = "\(folder)/"
    layout.map = map
    layout.statedKernel = LayoutDescription.StatedKernel(
      architecture: architecture, size: .exactly(kernel), alignment: 2 << 20)
    layout.loader = .bootProtocol
    layout.memory = .exactly(16 << 20)
    layout.bounceBuffers = .exactly(0)
    return layout
  }

  /// The next multiple; the maps' addresses are far from the end of 64 bits.
  private static func multiple(_ address: UInt64, _ unit: UInt64) -> UInt64 {
    (address + unit - 1) / unit * unit
  }

  /// First fit, lowest first: it misses placements, but finds none that is not there.
  private static func firstFit(_ layout: LayoutQuestion) -> Placement? {
    var placement: Placement = [:]
    let others = layout.constraints.filter { $0.rule != .placed }
    var least: [String: UInt64] = [:]
    for constraint in layout.constraints {
      guard case .atLeast(let item, let count) = constraint.demand else { continue }
      least[item] = max(least[item] ?? 1, count)
    }
    for item in layout.question.items {
      var starts: [UInt64] = []
      for range in layout.question.map.usableRAM.ranges {
        starts += stride(from: multiple(range.start, 4_096), through: range.last, by: 1 << 20)
          .prefix(512)
        starts.append(multiple(range.start, 2 << 20))
      }
      // The firmware's page is not free.
      starts.append(0x1000)
      starts += placement.values.map { multiple($0.last, 4_096) }
      starts.sort()
      var found: AddressRange?
      for start in starts where found == nil {
        guard let range = AddressRange(start: start, byteCount: least[item.name] ?? 1) else {
          continue
        }
        var more = placement
        more[item.name] = range
        if more.broken(of: others).isEmpty { found = range }
      }
      guard let found else { return nil }
      placement[item.name] = found
    }
    return placement.broken(of: layout.constraints).isEmpty ? placement : nil
  }

  @Test(arguments: maps)
  func whatFirstFitPlacesFits(map: String) throws {
    let isArm = map.hasPrefix("raspberry") || map.hasSuffix(".dtb")
    let layout = Self.layout(map, isArm ? .arm64 : .x86_64, kernel: 8 << 20)
    let result = try layout.decide()
    let greedy = Self.firstFit(result.layout)
    if greedy != nil { #expect(result.verdict == .fits) }
    if case .fits(let placement) = result.answer {
      #expect(placement.broken(of: result.layout.constraints).isEmpty)
    }
    // What these machines have is known to be enough.
    if map.hasPrefix("kvm") || map.hasPrefix("raspberry") { #expect(greedy != nil) }
  }

  /// Two lines of a listing, and neither of them is RAM.
  @Test func aPartOfAListingIsRefused() throws {
    let layout = Self.layout("crash-kernel-low-and-high.iomem.txt", .x86_64, kernel: 1)
    let error = #expect(throws: LayoutError.self) { try layout.decide() }
    #expect(error?.description.contains("shows no System RAM") == true)
  }

  @Test(arguments: maps)
  func aKernelLargerThanAnyPieceDoesNot(map: String) throws {
    let isArm = map.hasPrefix("raspberry") || map.hasSuffix(".dtb")
    var layout = Self.layout(map, isArm ? .arm64 : .x86_64, kernel: 1)
    let pieces = try layout.question().question.map.usableRAM.ranges
    let largest = pieces.map(\.byteCount).max() ?? 0
    layout.statedKernel?.size = .exactly(UInt64(largest) + 1)
    let result = try layout.decide()
    guard case .conflict(let conflict) = result.answer else {
      Issue.record("\(result.answer)")
      return
    }
    #expect(conflict.isMinimal)
    // On the other maps something else may be missing as well.
    guard map.hasPrefix("kvm") || map.hasPrefix("raspberry") else { return }
    #expect(conflict.constraints.map(\.rule) == [.placed, .inUsableRAM, .imageSize])
  }

  /// What a verdict hangs on is said: that there is no more memory than shown, and which may be divided.
  @Test func whatIsTakenForGrantedIsSaid() throws {
    func assumptions(_ memory: LayoutDescription.Size) throws -> String {
      var layout = Self.layout(Self.maps[0], .x86_64, kernel: 1 << 20)
      layout.memory = memory
      layout.processes = .exactly(1 << 20)
      return try layout.question().assumptions.joined(separator: "\n")
    }
    // RAM ends at 25 GiB.
    let more = "`memory` goes up to 26 GiB, and RAM ends at 25 GiB"
    #expect(try assumptions(.exactly(26 << 30)).contains(more))
    #expect(try assumptions(.between(1...(26 << 30))).contains(more))
    #expect(try !assumptions(.exactly(25 << 30)).contains("RAM ends at"))
    #expect(
      try assumptions(.exactly(1 << 30)).contains(
        "each of `struct page`, `direct map`, `per-CPU areas`, `working memory`, `processes` lies in"
          + " one piece if that fits, and otherwise in pieces of whole pages (`struct page` of 2 MiB)"
      ))
  }

  @Test func questionsThatCannotBeAsked() throws {
    func message(_ change: (inout LayoutDescription) -> Void) throws -> String {
      var layout = Self.layout(Self.maps[0], .x86_64, kernel: 1 << 20)
      change(&layout)
      let error = #expect(throws: LayoutError.self) { try layout.decide() }
      return error?.description ?? ""
    }
    #expect(try message { $0.map = nil }.contains("`map` is missing"))
    #expect(try message { $0.map = "none" }.contains("cannot be read"))
    #expect(try message { $0.memory = nil }.contains("`memory` is missing"))
    #expect(try message { $0.statedKernel = nil }.contains("`kernel` is missing"))
    // All that is missing at once, each by its key.
    let all = try message { ($0.map, $0.memory, $0.statedKernel) = (nil, nil, nil) }
    #expect(
      all.split(separator: "\n").map { $0.prefix { $0 != " " } } == [
        "`map`", "`kernel`", "`memory`",
      ])
    let crash = try message { ($0.map, $0.memory, $0.isCrashImage) = (nil, nil, true) }
    #expect(!crash.contains("`memory`"))
    #expect(
      try message { $0.initrd = .file("6.1.img") }
        .contains("6.1.img, which is no size such as 64MiB, and there is no such file"))
    #expect(try message { $0.initrd = .file("none.img") }.contains("No such file"))
    #expect(try message { $0.kernel = "vmlinuz" }.contains("not both"))
    // Nothing is known of MIPS, and to keep no rule is not to fit.
    #expect(
      try message { $0.statedKernel?.architecture = .other(8) }.contains("is for ELF machine 8"))
    #expect(
      try message { $0.quantifiers = .init(ofOthers: .all) }.contains("`for` is about a range"))
    #expect(
      try message { $0.items = [.init("kernel", .grant, size: .exactly(1))] }
        .contains("two items"))
    #expect(
      try message {
        $0.initrd = .between(1...2)
        $0.processes = .between(1...2)
        $0.quantifiers = .init(ofOthers: .largest)
      }.contains("`largest initrd`"))
    #expect(
      try message {
        $0.initrd = .between(1...2)
        try? $0.set("for", to: "some memory")
      }.contains("`memory`, which is no range; there is `initrd`"))
    #expect(try message { $0.isCrashImage = true }.contains("loaded by kexec"))
    #expect(try message { $0.objective = .mostForProcesses }.contains("no item for processes"))
  }

  @Test func whatIsNotDecidedIsInconclusive() throws {
    let question = try Self.layout(Self.maps[0], .x86_64, kernel: 1 << 20).question()
    let search = PlacementSearch(
      items: question.question.items.map(\.name), constraints: question.constraints,
      limits: Limits(resourceUnits: 1))
    // What is found by putting one item after the other needs no solver.
    guard case .fits = try search.find() else {
      Issue.record("it fits")
      return
    }
    // Arithmetic does not look at windows.
    let more = PlacementConstraint(
      .wanted, .sharedWindow(search.items, byteCount: 1, alignment: 1), "less than there has to be")
    let none = PlacementSearch(
      items: search.items, constraints: search.constraints + [more],
      limits: Limits(resourceUnits: 1))
    guard case .inconclusive = try none.find() else {
      Issue.record("one unit of work is enough")
      return
    }
  }
}
