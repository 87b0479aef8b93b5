internal import MemoryLayout

extension QuestionBuilder {
  /// Puts everything into the region that the settings name.
  mutating func addRegion() throws(LayoutError) {
    guard question.region == nil, let text = description.into else { return }
    let region = try MemoryRegionChoice(question.map, setting: "into").region(text)
    guard !question.isCrashImage else {
      throw .invalid(
        "`into` is not for a crash image (`crash-image`), which lies where memory is reserved for it:"
          + " `crashkernel: \(ByteCountText.option(region.range.byteCount))"
          + "@0x\(String(region.range.start, radix: 16))`")
    }
    question.region = region
    assumptions.append(
      "everything lies in \(region.text), kexec's page tables and control pages too, as with a"
        + " multikernel; all but a trampoline below 1 MiB, and nothing else of the machine uses"
        + " the region")
    if let unseen = region.unseen(in: question.map) { assumptions.append(unseen) }
  }
}

extension PlacementRegion {
  /// What is taken for granted of a region that a map does not show all of; nil if it does.
  func unseen(in map: MemoryMap) -> String? {
    let unseen = AddressSet([range]).subtracting(map.addresses { _ in true })
    guard !unseen.isEmpty else { return nil }
    return
      "\(ByteCountText.format(unseen.byteCount)) of \(text) are no part of \(map.path), and are"
      + " taken to be RAM, as behind `mem=`"
  }
}

/// Finds the region of a map that is meant by a setting.
struct MemoryRegionChoice {
  let map: MemoryMap
  /// What the setting is called, for messages.
  let setting: String

  init(_ map: MemoryMap, setting: String) {
    self.map = map
    self.setting = setting
  }

  /// Reads `0x40000000-0x47ffffff`, `128MiB@0x40000000`, or a name as the map has it.
  ///
  /// - Throws: Where the name is of no region or of several, or where no kernel can lie.
  func region(_ text: String) throws(LayoutError) -> PlacementRegion {
    if let range = try range(text) { return try region(range, name: nil) }
    let named = map.regions.filter { $0.name == text }
    guard let first = named.first else { throw unknown(text) }
    let ranges = AddressSet(named.map(\.range)).ranges
    guard ranges.count == 1, let range = ranges.first else {
      let shown = ranges.prefix(8).map(\.description).joined(separator: ", ")
      let rest = ranges.count > 8 ? " and \(ranges.count - 8) more" : ""
      throw .invalid(
        "`\(setting)`: \(map.path) has \(ranges.count) regions `\(text)`; say which by its"
          + " addresses: \(shown)\(rest)")
    }
    try check(first)
    return try region(range, name: text)
  }

  private func range(_ text: String) throws(LayoutError) -> AddressRange? {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    if parts.count == 2, let byteCount = ByteCountText.parse(parts[0]),
      let start = ByteCountText.parse(parts[1])
    {
      guard let range = AddressRange(start: start, byteCount: byteCount) else {
        throw .invalid("`\(setting)`: \(text) is empty, or leaves 64 bits")
      }
      return range
    }
    guard isRange(text) else { return nil }
    guard text.split(separator: "-").allSatisfy({ $0.hasPrefix("0x") }),
      let range = ByteCountText.parseAddresses(text)
    else {
      throw .invalid(
        "`\(setting)`: a range is its first and last byte, such as 0x40000000-0x47ffffff, and not"
          + " \(text)")
    }
    return range
  }

  /// Whether a text has the form of a range, right or wrong.
  private func isRange(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isHexDigit || $0 == "x" } }
  }

  private func region(
    _ range: AddressRange, name: String?
  ) throws(LayoutError) -> PlacementRegion {
    // What surrounds the region is what it is called; what lies in it, or across its end, is
    // somebody else's.
    let inside = map.regions.filter {
      $0.range.overlaps(range) && !$0.range.contains(range)
    }
    let taken = inside.filter { $0.kind != .systemRAM }.map(\.range)
    let around = map.regions.filter { $0.range.contains(range) && $0.name != name }
    if name == nil, let innermost = around.last { try check(innermost) }
    let free = AddressSet([range]).subtracting(AddressSet(taken))
    guard !free.isEmpty else {
      throw .invalid(
        "`\(setting)`: nothing is free in \(range): \(map.path) has other regions there")
    }
    return PlacementRegion(range, free: free, name: name)
  }

  /// Refuses what is known to be no memory for a kernel.
  private func check(_ region: MemoryRegion) throws(LayoutError) {
    let why: String
    switch region.kind {
    case .systemRAM, .managedRAM, .reserved, .softReserved, .persistent, .initialRamDisk: return
    case .crashKernel:
      why = "it is kept for a crash (`crash-image: true` is about what lies there)"
    case .kernelCode, .kernelReadOnlyData, .kernelData, .kernelBSS:
      why = "the running kernel's image lies there"
    case .acpiTables, .acpiNonVolatile, .rom: why = "it is the firmware's"
    case .ramBuffer, .unusable: why = "it is no RAM that can be used"
    case .other:
      guard Self.isDevice(region.name) else { return }
      why = "it is a device's, and no RAM"
    }
    throw .invalid("`\(setting)`: no kernel lies in `\(region.name)`, \(region.range): \(why)")
  }

  /// Names that Linux gives what is no memory.
  private static func isDevice(_ name: String) -> Bool {
    let prefixes = [
      "PCI ", "IOAPIC", "Local APIC", "HPET", "pnp ", "dmar", "amd_iommu", "Video RAM",
    ]
    if prefixes.contains(where: name.hasPrefix) { return true }
    // `0000:00:02.0`, and names of drivers below it.
    let digits = name.split(separator: ":", omittingEmptySubsequences: false)
    return digits.count == 3 && digits[0].count == 4 && digits[0].allSatisfy(\.isHexDigit)
      && digits[2].contains(".")
  }

  private func unknown(_ text: String) -> LayoutError {
    var names: [String] = []
    for region in map.regions where !names.contains(region.name) && region.kind != .systemRAM {
      guard !Self.isDevice(region.name), !region.name.isEmpty else { continue }
      names.append(region.name)
    }
    let shown = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    return .invalid(
      "`\(setting)`: \(map.path) has no region `\(text)`"
        + (names.isEmpty ? "" : "; it has \(shown)\(names.count > 12 ? ", …" : "")")
        + "; a range is 0x40000000-0x47ffffff")
  }
}
