import Fitting
import Foundation
import MemoryLayout

extension BootOutcome {
  /// The question to `fit` that a boot has answered.
  ///
  /// - Parameters:
  ///   - map: A file with the first kernel's `/proc/iomem`.
  ///   - isOnlyLoaded: Whether the second kernel's life is left out, so that only kexec can refuse.
  func layout(map: String, isOnlyLoaded: Bool = false) throws -> LayoutDescription {
    var layout = LayoutDescription(name: testDescription)
    layout.map = map
    layout.statedKernel = LayoutDescription.StatedKernel(
      architecture: kernel.header.architecture == "arm64" ? .arm64 : .x86_64,
      size: .exactly(kernel.header.size), alignment: kernel.header.alignment,
      preferredAddress: kernel.header.address, isRelocatable: kernel.header.relocatable)
    try layout.set("loader", to: question.loader)
    layout.isCrashImage = question.load != "reboot"
    layout.initrd = .exactly(initrdByteCount)
    layout.unpackedInitrd = .exactly(unpackedByteCount)
    layout.processors = .exactly(possibleProcessors)
    if !layout.isCrashImage { layout.memory = .exactly(try ramByteCount(map)) }
    if let stated = bounceBuffers { layout.bounceBuffers = .exactly(stated) }
    if LayoutDescription.keys.contains("kernel-version") {
      try layout.set("kernel-version", to: kernel.version)
    }
    if isOnlyLoaded {
      layout.unpackedInitrd = .exactly(0)
      layout.processors = .exactly(0)
      layout.bounceBuffers = .exactly(0)
      layout.memory = .exactly(1)
      // Memory is counted in whole sections, each with a `struct page` of at least so many bytes.
      for (key, least) in [("working-memory", "0"), ("struct-page", "8")]
      where LayoutDescription.keys.contains(key) {
        try layout.set(key, to: least)
      }
    }
    return layout
  }

  /// What `swiotlb=` asks for, in slots of 2 KiB; 64 MiB if it is only to be there.
  private var bounceBuffers: UInt64? {
    guard
      let word = question.append.split(separator: " ").first(where: { $0.hasPrefix("swiotlb=") })
    else { return nil }
    let slots = word.dropFirst("swiotlb=".count).prefix { $0.isNumber }
    return UInt64(slots).map { $0 << 11 } ?? 64 << 20
  }

  private func ramByteCount(_ map: String) throws -> UInt64 {
    UInt64(clamping: try MemoryMap.read(contentsOf: map).systemRAM.byteCount)
  }

  /// Writes the first kernel's map, and gives its path to a body.
  func withMap<Result>(_ body: (String) throws -> Result) throws -> Result {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("boot-\(UUID().uuidString).iomem")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data((firstIomem.joined(separator: "\n") + "\n").utf8).write(to: file)
    return try body(file.path)
  }

  /// What `fit` says of a boot.
  struct Answer {
    /// Nil if it has found out nothing.
    var refuser: Refuser?
    /// Bytes of the memory that the second kernel lives in and that no item takes.
    var leftByteCount: Int64?
  }

  func answer() throws -> Answer {
    try withMap { map in
      let result = try layout(map: map, isOnlyLoaded: isOnlyLoaded).decide()
      switch result.answer {
      case .inconclusive: return Answer()
      case .fits(let placement):
        return Answer(refuser: .nobody, leftByteCount: left(result, placement))
      case .conflict:
        if result.layout.question.map.crashKernel.isEmpty, question.load != "reboot" {
          return Answer(refuser: .reservation)
        }
        let loaded = try layout(map: map, isOnlyLoaded: true).decide()
        if case .inconclusive = loaded.answer { return Answer() }
        return Answer(refuser: loaded.verdict == .fits ? .second : .kexec)
      }
    }
  }

  private func left(_ result: LayoutResult, _ placement: Placement) -> Int64 {
    let map = result.layout.question.map
    let memory = question.load != "reboot" ? map.crashKernel : map.systemRAM
    let items = result.layout.question.items.filter { placement[$0.name] != nil }
    let taken = items.reduce(UInt128(0)) { sum, item in
      guard let range = placement[item.name] else { return sum }
      return sum + AddressSet([range]).intersection(memory).byteCount
    }
    return Int64(clamping: Int128(memory.byteCount) - Int128(taken))
  }
}

extension BootOutcome {
  /// Where the boot loader has put the first kernel's initrd, which no map shows.
  var inUse: [AddressRange] {
    firstLog.compactMap { line in
      guard let open = line.range(of: "RAMDISK: [mem 0x") ?? line.range(of: "initrd: [mem 0x")
      else {
        return nil
      }
      let words = line[open.upperBound...].prefix { $0 != "]" }.split(separator: "-")
      guard words.count == 2, let start = UInt64(words[0], radix: 16),
        let last = UInt64(words[1].dropFirst(2), radix: 16)
      else { return nil }
      return AddressRange(start: start, last: last)
    }
  }
}
