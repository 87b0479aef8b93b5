import Fitting
import Foundation
import MemoryLayout
import Randomness
import Testing

/// Where loaders put their segments, against their own loops, which go page by page.
@Suite struct LoaderOrderTests {
  private static let mib: UInt64 = 1 << 20
  private static let page: UInt64 = 4_096

  /// A segment, and how a loader looks for its place.
  private struct Segment {
    let item: String
    var byteCount: UInt64
    var alignment: UInt64 = page
    var lowest: UInt64 = 0
    /// Whether the highest place of a range is taken.
    var isTopDown = true
    /// Whether the range with the highest addresses is looked at first.
    var fromTop = true
    /// Behind the end of this one.
    var floor: String?
  }

  /// `locate_mem_hole_top_down` and `locate_mem_hole_bottom_up` of kernel/kexec_file.c, and what
  /// `locate_hole` of kexec-tools comes to: a page at a time.
  private static func places(_ segments: [Segment], _ ram: [AddressRange]) -> [String: UInt64]? {
    var places: [String: UInt64] = [:]
    var taken: [(start: UInt64, end: UInt64)] = []
    for segment in segments {
      let lowest = max(
        segment.lowest,
        segment.floor.flatMap { name in
          segments.first { $0.item == name }.map { (places[name] ?? 0) + $0.byteCount }
        } ?? 0)
      func isFree(_ start: UInt64) -> Bool {
        start % segment.alignment == 0 && start >= lowest
          && !taken.contains { $0.start < start + segment.byteCount && start < $0.end }
      }
      var found: UInt64?
      for range in segment.fromTop ? ram.reversed() : ram {
        guard range.byteCount >= UInt128(segment.byteCount) else { continue }
        let starts = stride(
          from: range.start, through: range.last + 1 - segment.byteCount, by: Int(page))
        found =
          segment.isTopDown ? starts.reversed().first(where: isFree) : starts.first(where: isFree)
        if found != nil { break }
      }
      guard let start = found else { return nil }
      places[segment.item] = start
      taken.append((start, start + segment.byteCount))
    }
    return places
  }

  private struct Machine {
    let ram: [AddressRange]
    let kernel: UInt64
    let initrd: UInt64
    let isCrash: Bool
  }

  private static func machine(seed: UInt64) throws -> Machine {
    var random = SplitMix64(seed: seed)
    func below(_ count: UInt64) -> UInt64 { random.next() % count }
    let isCrash = below(3) == 0
    var ram = [try #require(AddressRange(start: 0x1000, last: 0x9_FFFF))]
    var start = 0x10_0000 + below(64) * page
    for _ in 0..<(isCrash ? 1 : 1 + below(4)) {
      let end = start + 12 * mib + below(10_000) * page
      ram.append(try #require(AddressRange(start: start, last: end - 1)))
      start = end + (1 + below(500)) * page
    }
    return Machine(
      ram: ram, kernel: (1 + below(1_600)) * page, initrd: (1 + below(4_000)) * page,
      isCrash: isCrash)
  }

  private static func layout(
    _ machine: Machine, _ architecture: KernelImage.Architecture,
    _ loader: PlacementQuestion.Loader, version: String
  ) throws -> (LayoutDescription, map: String) {
    var layout = LayoutDescription(name: "layout")
    layout.folder = FileManager.default.temporaryDirectory.path + "/"
    let map = "order-\(UUID().uuidString).iomem"
    let lines = machine.ram.enumerated().map { index, range in
      let text = "\(String(range.start, radix: 16))-\(String(range.last, radix: 16))"
      let crash = machine.isCrash && index == 1 ? "\n  \(text) : Crash kernel" : ""
      return "\(text) : System RAM\(crash)"
    }
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: layout.folder + map, atomically: true, encoding: .utf8)
    layout.map = map
    layout.statedKernel = LayoutDescription.StatedKernel(
      architecture: architecture, size: .exactly(machine.kernel), alignment: 2 * mib)
    layout.loader = loader
    layout.isCrashImage = machine.isCrash
    if !machine.isCrash { layout.memory = .exactly(8 * mib) }
    layout.initrd = .exactly(machine.initrd)
    layout.unpackedInitrd = .exactly(0)
    layout.bounceBuffers = .exactly(0)
    layout.commandLine = .exactly(100)
    for (key, text) in [
      ("kernel-version", version), ("working-memory", "0"), ("cma", "0"), ("struct-page", "8"),
      ("per-cpu", "4KiB"),
    ] {
      try layout.set(key, to: text)
    }
    return (layout, layout.folder + map)
  }

  private static func segments(
    _ machine: Machine, _ architecture: KernelImage.Architecture,
    _ loader: PlacementQuestion.Loader, version: String
  ) -> [Segment] {
    let fromTop = loader == .kexec || version != "6.1"
    let purgatory = Segment(
      item: "purgatory", byteCount: 9 * page, lowest: 0x3000, fromTop: fromTop)
    switch (loader, architecture) {
    case (.kexecFile, .x86_64):
      let headers = Segment(
        item: "ELF headers", byteCount: version == "6.1" ? 16 * page : 225 * page,
        isTopDown: false, fromTop: false)
      return (machine.isCrash ? [headers] : []) + [
        purgatory,
        // The zero page, the command line, setup data and EFI's map.
        Segment(item: "boot parameters", byteCount: 3 * page, lowest: 0x3000, fromTop: fromTop),
        Segment(
          item: "kernel", byteCount: machine.kernel, alignment: 2 * mib, lowest: mib,
          fromTop: fromTop),
        Segment(item: "initrd", byteCount: machine.initrd, lowest: 16 * mib, fromTop: fromTop),
      ]
    case (.kexec, .x86_64):
      let crash = [
        Segment(item: "backup of low memory", byteCount: 159 * page),
        Segment(item: "ELF headers", byteCount: version == "6.1" ? 16 * page : 225 * page),
      ]
      return (machine.isCrash ? crash : []) + [
        purgatory, Segment(item: "boot parameters", byteCount: 6 * page, lowest: 0x3000),
        Segment(item: "kernel", byteCount: machine.kernel, alignment: 2 * mib, lowest: mib),
        Segment(item: "initrd", byteCount: machine.initrd, lowest: 16 * mib),
      ]
    default:
      let isFile = loader == .kexecFile
      let headers = Segment(
        item: "ELF headers", byteCount: 16 * page, alignment: isFile ? 65_536 : page,
        floor: isFile ? "kernel" : nil)
      let behind = [
        Segment(
          item: "initrd", byteCount: machine.initrd, isTopDown: false, fromTop: false,
          floor: "kernel"),
        Segment(
          item: "device tree", byteCount: 32 * page, alignment: isFile ? 2 * mib : page,
          isTopDown: isFile, fromTop: isFile, floor: "kernel"),
      ]
      return [
        Segment(
          item: "kernel", byteCount: machine.kernel, alignment: 2 * mib, isTopDown: false,
          fromTop: false)
      ] + (machine.isCrash ? [headers] : []) + behind
        + (isFile
          ? []
          : [Segment(item: "purgatory", byteCount: 9 * page, isTopDown: false, fromTop: false)])
    }
  }

  @Test(arguments: [KernelImage.Architecture.x86_64, .arm64], [UInt64](1...60))
  func segmentsLieWhereTheLoaderFindsPlaces(
    architecture: KernelImage.Architecture, seed: UInt64
  ) throws {
    let machine = try Self.machine(seed: seed)
    let loader: PlacementQuestion.Loader = seed % 2 == 0 ? .kexec : .kexecFile
    let version = seed % 3 == 0 ? "6.1" : "6.12"
    let (layout, map) = try Self.layout(machine, architecture, loader, version: version)
    defer { try? FileManager.default.removeItem(atPath: map) }
    let result = try layout.decide()
    let ram = machine.isCrash ? [machine.ram[1]] : machine.ram
    let segments = Self.segments(machine, architecture, loader, version: version)
    var places = Self.places(segments, ram)
    // kexec_file_load of arm64 goes on behind the kernel.
    if places == nil, loader == .kexecFile, architecture == .arm64 {
      places = Self.behind(segments, ram)
    }
    switch result.answer {
    case .fits(let placement):
      for segment in segments {
        let range = try #require(placement[segment.item])
        #expect(range.byteCount == UInt128(segment.byteCount), "\(segment.item)")
        #expect(range.start == places?[segment.item], "\(segment.item), seed \(seed)")
      }
    case .conflict:
      // What is left has room for what no loader places.
      #expect(places == nil || !result.isRefusedByOrder, "seed \(seed)")
    case .inconclusive(let reason): Issue.record("\(reason)")
    }
  }

  private static func behind(
    _ segments: [Segment], _ ram: [AddressRange]
  ) -> [String: UInt64]? {
    var segments = segments
    for _ in 0..<100 {
      guard let first = places([segments[0]], ram)?["kernel"] else { return nil }
      segments[0].lowest = first + segments[0].byteCount
      if let places = places(segments, ram) { return places }
    }
    return nil
  }

  /// Linux before 6.8 looks at low memory first. An initrd of up to 124 MiB lies below 4 GiB, beside the
  /// image in 140 MiB, where it leaves no room for swiotlb if it has more than 60; a larger one lies
  /// above.
  @Test func eachValueOfARangeIsAskedWhereItMoves() throws {
    var layout = LayoutDescription(name: "layout")
    layout.folder = FileManager.default.temporaryDirectory.path + "/"
    let map = "turns-\(UUID().uuidString).iomem"
    let path = layout.folder + map
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = """
      00001000-0009ffff : System RAM
      10000000-18bfffff : System RAM
      100000000-112bfffff : System RAM

      """
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    layout.map = map
    layout.statedKernel = LayoutDescription.StatedKernel(
      architecture: .x86_64, size: .exactly(16 * Self.mib), alignment: 2 * Self.mib)
    layout.memory = .exactly(64 * Self.mib)
    layout.unpackedInitrd = .exactly(0)
    layout.bounceBuffers = .exactly(64 * Self.mib)
    try layout.set("kernel-version", to: "6.1")
    func result(
      _ low: UInt64, _ high: UInt64? = nil, _ quantifier: RangedQuantity.Quantifier = .all
    ) throws -> LayoutResult {
      let (low, high) = (low * Self.mib, (high ?? low) * Self.mib)
      layout.initrd = low == high ? .exactly(low) : .between(low...high)
      layout.quantifiers = low == high ? nil : .init(ofOthers: quantifier)
      return try layout.decide()
    }
    #expect(try result(30).verdict == .fits)
    #expect(try result(90).verdict == .doesNotFit)
    #expect(try result(90).isRefusedByOrder)
    #expect(try result(130).verdict == .fits)
    #expect(try result(30, 60).verdict == .fits)
    // The greatest value fits, and another does not.
    #expect(try result(30, 130).verdict == .doesNotFit)
    #expect(try result(125, 130).verdict == .fits)
    // The least value does not, and another does.
    #expect(try result(90, 130, .some).verdict == .fits)
    #expect(try result(90, 120, .some).verdict == .doesNotFit)
    #expect(try result(30, 130, .largest).values["initrd"] == 130 * Self.mib)
    #expect(try result(30, 124, .largest).values["initrd"] == 60 * Self.mib)
    try layout.set("loader-order", to: "false")
    #expect(try result(90).verdict == .fits)
  }
}
