import Fitting
import Foundation
import MemoryLayout

extension BootOutcome {
  /// The question to `fit` that a boot has answered.
  ///
  /// - Parameter map: A file with the first kernel's `/proc/iomem`.
  func layout(map: String) throws -> LayoutDescription {
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
    if forcesBounceBuffers { try layout.set("swiotlb-force", to: "true") }
    try layout.set("kernel-version", to: kernel.version)
    // A header of 64 bytes, and 56 for each processor and range of memory, which are some ten.
    if question.loader == "kexec_file_load", kernel.version == "6.1" {
      try layout.set("elf-headers", to: "4KiB")
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

  private var forcesBounceBuffers: Bool {
    question.append.split(separator: " ").contains { word in
      word.hasPrefix("swiotlb=") && word.hasSuffix("force")
    }
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
      let layout = try layout(map: map)
      if isOnlyLoaded { return Answer(refuser: try refuserOfLoading(layout, others: .nobody)) }
      let result = try layout.decide()
      switch result.answer {
      case .inconclusive: return Answer()
      case .fits(let placement):
        return Answer(refuser: .nobody, leftByteCount: left(result, placement))
      case .conflict:
        if result.layout.question.map.crashKernel.isEmpty, question.load != "reboot" {
          return Answer(refuser: .reservation)
        }
        return Answer(refuser: try refuserOfLoading(layout, others: .second))
      }
    }
  }

  /// Kexec, if what it loads has no room by itself, or else who is named.
  private func refuserOfLoading(
    _ layout: LayoutDescription, others: Refuser
  ) throws -> Refuser? {
    let question = try layout.question()
    let items = question.question.items.filter { $0.role.isLoaded }.map(\.name)
    let constraints = question.constraints.filter { constraint in
      guard case .placed(let item) = constraint.demand else { return true }
      return items.contains(item)
    }
    let search = PlacementSearch(
      items: items, constraints: constraints, granules: question.question.granules,
      order: question.question.loaderOrder)
    return switch try search.find() {
    case .fits: others
    case .conflict: .kexec
    case .inconclusive: nil
    }
  }

  private func left(_ result: LayoutResult, _ placement: Placement) -> Int64 {
    let map = result.layout.question.map
    let memory = question.load != "reboot" ? map.crashKernel : map.systemRAM
    // What is kept as CMA is free.
    let items = result.layout.question.items.filter {
      placement[$0.name] != nil && $0.role != .contiguous
    }
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

extension BootOutcome {
  /// Where kexec has put the kernel, by its own words.
  var kernelStart: UInt64? { start(behind: ["Loaded 64bit kernel at 0x", "kernel_segment: "]) }

  /// Where it has put the initrd, if it says so.
  var initrdStart: UInt64? { start(behind: ["Loaded initrd at 0x"]) }

  private func start(behind words: [String]) -> UInt64? {
    for line in kexec + kexecLog {
      for word in words {
        guard let range = line.range(of: word) else { continue }
        return UInt64(line[range.upperBound...].prefix(while: \.isHexDigit), radix: 16)
      }
    }
    return nil
  }
}

extension PlacementItem.Role {
  /// Whether kexec needs it, and not only the second kernel.
  fileprivate var isLoaded: Bool {
    switch self {
    case .kernel, .initrd, .bootParameters, .setupData, .purgatory, .deviceTree, .controlPages,
      .pageTables, .elfHeaders, .lowBackup, .handoverArray:
      true
    default: false
    }
  }
}
