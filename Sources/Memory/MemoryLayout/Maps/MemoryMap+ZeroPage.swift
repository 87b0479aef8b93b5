/// What the zero page of x86 holds of a memory map.
extension MemoryMap {
  /// What does not get into the zero page.
  package struct BeyondZeroPage: Hashable, Sendable {
    /// Of all of the map.
    package let entryCount: Int
    /// From address 0 to the end of the last entry that the zero page holds.
    package let known: AddressRange
    /// RAM of the other entries, lowest first.
    package let ram: [AddressRange]
  }

  /// The entries that the firmware's map has, lowest first, as far as the source shows them: what
  /// lies within another entry is none, and neither is what the kernel or its drivers have made.
  package var firmwareEntries: [MemoryRegion] {
    guard format != .deviceTree, format != .ranges else { return [] }
    var isCovered = [Bool](repeating: false, count: regions.count)
    var entries: [MemoryRegion] = []
    for (index, region) in regions.enumerated() {
      // What contains a region comes before it.
      let isWithin = region.parent.map { isCovered[$0] } ?? false
      let isEntry = region.kind.isOfFirmware && !isWithin
      if isEntry { entries.append(region) }
      isCovered[index] = isWithin || isEntry
    }
    return entries
  }

  /// Nil if the zero page holds the map.
  package var beyondZeroPage: BeyondZeroPage? {
    let entries = firmwareEntries
    let held = entries.prefix(PlacementNumber.zeroPageEntryCount)
    guard held.count < entries.count, let last = held.map(\.range.last).max() else { return nil }
    let ram = entries.dropFirst(held.count).filter { $0.kind == .systemRAM }.map(\.range)
    return BeyondZeroPage(
      entryCount: entries.count, known: AddressRange(unchecked: 0, last), ram: ram)
  }

  /// Bytes of a node of `setup_data` with the entries that the zero page does not hold; 0 if it
  /// holds all.
  package var setupDataByteCount: UInt64 {
    let count = beyondZeroPage.map { $0.entryCount - PlacementNumber.zeroPageEntryCount } ?? 0
    guard count > 0 else { return 0 }
    return PlacementNumber.setupDataHeader + UInt64(count) * PlacementNumber.firmwareEntry
  }
}

extension MemoryRegion.Kind {
  /// Whether the e820 map has a type for it.
  fileprivate var isOfFirmware: Bool {
    switch self {
    case .systemRAM, .acpiTables, .acpiNonVolatile, .reserved, .softReserved, .unusable,
      .persistent:
      true
    case .managedRAM, .kernelCode, .kernelReadOnlyData, .kernelData, .kernelBSS, .crashKernel,
      .ramBuffer, .rom, .initialRamDisk, .other:
      false
    }
  }
}
