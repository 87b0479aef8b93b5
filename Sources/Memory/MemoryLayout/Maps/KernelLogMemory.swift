import Diagnostics

/// The memory map of a kernel log that has no e820 map, as those of arm64: EFI's, or the ranges that
/// the kernel's early allocator got.
///
/// EFI's table says most, the allocator's own (`memblock=debug`) what was reserved up to then, and
/// the ranges of the nodes what is RAM. Of several starts the last counts.
enum KernelLogMemory {
  /// What was printed from one start of the machine to the next.
  private struct Start {
    var firmware: [MemoryRegion] = []
    var blocks: [MemoryRegion] = []
    var nodes: [MemoryRegion] = []
    var reservations: [MemoryRegion] = []
    var crashKernels: [MemoryRegion] = []

    /// The table that says most, and whether it says of RAM alone.
    var table: (format: MemoryMap.Format, regions: [MemoryRegion], isAlone: Bool)? {
      func hasRAM(_ regions: [MemoryRegion]) -> Bool {
        regions.contains { $0.kind == .systemRAM }
      }
      if hasRAM(firmware) {
        return (.efi, firmware + reservations + crashKernels, false)
      }
      if hasRAM(blocks) { return (.ranges, blocks + reservations + crashKernels, false) }
      if hasRAM(nodes) { return (.ranges, nodes + reservations + crashKernels, true) }
      return nil
    }
  }

  static func recognises(_ line: ArraySlice<UInt8>) -> Bool {
    if EFIMapLine(line) != nil { return true }
    switch MemoryRangeLine(line) {
    case .ofNode, .ofBlock: return true
    case .reservation, .banner, nil: return false
    }
  }

  /// - Throws: `noRegions`; `unsupported` with the line.
  static func read(_ source: SourceText) throws(LayoutInputError) -> MemoryMap {
    var starts = [Start()]
    var count = 0
    for number in 1...source.lineCount {
      let bytes = source.bytes[source.lineRange(number)]
      let isRead = add(bytes, at: .line(number), to: &starts)
      count += isRead ? 1 : 0
      guard count <= MemoryMap.maximumRegionCount else {
        throw LayoutInputError(
          .unsupported("has more than \(MemoryMap.maximumRegionCount) regions"), path: source.path,
          at: .line(number))
      }
    }
    let tables = starts.compactMap(\.table)
    guard let taken = tables.last, let first = taken.regions.first else {
      throw LayoutInputError(.noRegions, path: source.path)
    }
    var findings: [MapFinding] = []
    if taken.isAlone { findings.append(MapFinding(.rangesAlone, at: first.place)) }
    let others = tables.count { !areSame($0.regions, taken.regions) }
    if others > 0 {
      findings.append(MapFinding(.severalStarts(count: others + 1), at: first.place))
    }
    return MemoryMap(
      path: source.path, format: taken.format, regions: taken.regions, findings: findings)
  }

  private static func areSame(_ some: [MemoryRegion], _ others: [MemoryRegion]) -> Bool {
    some.count == others.count
      && zip(some, others).allSatisfy { $0.range == $1.range && $0.kind == $1.kind }
  }

  /// Adds what a line says; whether it says anything.
  private static func add(
    _ bytes: ArraySlice<UInt8>, at place: InputPlace, to starts: inout [Start]
  ) -> Bool {
    func region(
      _ range: AddressRange, _ kind: MemoryRegion.Kind, _ name: String
    ) -> MemoryRegion {
      MemoryRegion(range: range, kind: kind, name: name, place: place)
    }
    let last = starts.count - 1
    if let line = EFIMapLine(bytes) {
      // Without its first lines, as `grep efi` leaves the logs of several starts.
      if line.isFirst, !starts[last].firmware.isEmpty { starts[last].firmware = [] }
      starts[last].firmware.append(region(line.range, line.kind, line.type))
      return true
    }
    switch MemoryRangeLine(bytes) {
    case .ofNode(let range):
      if starts[last].nodes.contains(where: { $0.range == range }) { return true }
      starts[last].nodes.append(region(range, .systemRAM, "node"))
    case .ofBlock(let kind, let range, let isFirst):
      if isFirst { starts[last].blocks = [] }
      starts[last].blocks.append(region(range, kind, "memblock"))
    case .reservation(let range, let name):
      starts[last].reservations.append(region(range, .reserved, name))
    case .banner: starts.append(Start())
    case nil:
      guard let range = CrashKernelLine.range(bytes) else { return false }
      starts[last].crashKernels.append(region(range, .crashKernel, "Crash kernel"))
    }
    return true
  }
}
