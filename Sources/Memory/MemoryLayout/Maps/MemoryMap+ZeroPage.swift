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
  ///
  /// - Parameter isJoined: Whether neighbours of one kind are one entry. The kernel joins what the
  ///   firmware has in pieces (`e820__update_table`), and shows apart where nodes of `setup_data` lie.
  package func firmwareEntries(isJoined: Bool) -> [FirmwareEntry] {
    guard format != .deviceTree, format != .ranges else { return [] }
    var isCovered = [Bool](repeating: false, count: regions.count)
    var entries: [FirmwareEntry] = []
    for (index, region) in regions.enumerated() {
      // What contains a region comes before it.
      let isWithin = region.parent.map { isCovered[$0] } ?? false
      let isEntry = region.kind.isOfFirmware && !isWithin
      if isEntry {
        if isJoined, let before = entries.last, before.kind == region.kind,
          before.range.end == UInt128(region.range.start)
        {
          let whole = AddressRange(unchecked: before.range.start, region.range.last)
          entries[entries.count - 1] = FirmwareEntry(kind: region.kind, range: whole)
        } else {
          entries.append(FirmwareEntry(kind: region.kind, range: region.range))
        }
      }
      isCovered[index] = isWithin || isEntry
    }
    return entries
  }

  /// Nil if the zero page holds the map.
  package func beyondZeroPage(isJoined: Bool) -> BeyondZeroPage? {
    let entries = firmwareEntries(isJoined: isJoined)
    let held = entries.prefix(PlacementNumber.zeroPageEntryCount)
    guard held.count < entries.count, let last = held.map(\.range.last).max() else { return nil }
    let ram = entries.dropFirst(held.count).filter { $0.kind == .systemRAM }.map(\.range)
    return BeyondZeroPage(
      entryCount: entries.count, known: AddressRange(unchecked: 0, last), ram: ram)
  }

  /// Bytes of a node of `setup_data` with the entries that the zero page does not hold; 0 if it
  /// holds all.
  package func setupDataByteCount(isJoined: Bool) -> UInt64 {
    guard let beyond = beyondZeroPage(isJoined: isJoined) else { return 0 }
    let count = beyond.entryCount - PlacementNumber.zeroPageEntryCount
    return PlacementNumber.setupDataHeader + UInt64(count) * PlacementNumber.firmwareEntry
  }
}

/// A line of the firmware's map.
package struct FirmwareEntry: Hashable, Sendable {
  package let kind: MemoryRegion.Kind
  package let range: AddressRange
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
