/// What the image and the initrd ask for, and what kexec does with them.
extension PlacementQuestion {
  var imageConstraints: [PlacementConstraint] {
    names([.kernel]).flatMap { name in imageConstraints(name) }
  }

  private func imageConstraints(_ name: String) -> [PlacementConstraint] {
    var constraints: [PlacementConstraint] = []
    let least = image.memoryByteCount.value ?? image.loadedByteCount.value
    constraints.append(
      .init(
        .imageSize, .atLeast(name, byteCount: least),
        "\(least) bytes by \(sizeOrigin); it may need more before it can read its memory map"))
    if image.isRelocatable.value {
      constraints.append(
        .init(
          .imageAlignment,
          .startAligned(
            name, unit: image.alignment.value, offset: image.offsetFromBase.value),
          "a multiple of \(image.alignment.value) by \(image.alignment.origin), and"
            + " \(image.offsetFromBase.value) bytes more"))
    } else if let address = image.preferredAddress.value {
      constraints.append(
        .init(
          image.segments.isEmpty ? .imagePreferredAddress : .imageSegments,
          .startsAt(name, address),
          "at \(hexadecimal(address)) by \(image.preferredAddress.origin), because of"
            + " \(image.isRelocatable.origin)"))
    }
    if let limit = image.addressLimit.value, limit > 0 {
      constraints.append(
        .init(
          .imageAddressLimit, .within(name, [AddressRange(unchecked: 0, limit - 1)]),
          "below \(hexadecimal(limit)): \(image.addressLimit.origin)"))
    }
    return constraints
  }

  private var sizeOrigin: String {
    image.memoryByteCount.value == nil
      ? "\(image.loadedByteCount.origin) (\(image.memoryByteCount.origin))"
      : image.memoryByteCount.origin
  }

  var initrdConstraints: [PlacementConstraint] {
    names([.initrd]).flatMap { name -> [PlacementConstraint] in
      var constraints: [PlacementConstraint] = []
      if let count = initrdByteCount, count > 0 {
        constraints.append(
          .init(.initrdSize, .atLeast(name, byteCount: count), "its file has \(count) bytes"))
      }
      // A kernel that takes 64-bit addresses takes the initrd's too; the limit is that of the
      // 32-bit entry.
      if let last = image.lastInitrdAddress.value, image.addressLimit.value != nil {
        constraints.append(
          .init(
            .initrdLimit, .within(name, [AddressRange(unchecked: 0, last)]),
            "its last byte is at most \(hexadecimal(last)): \(image.lastInitrdAddress.origin)"))
      }
      return constraints
    }
  }

  var kexecConstraints: [PlacementConstraint] {
    guard loader != .bootProtocol else { return [] }
    let page = PlacementNumber.page
    let half = UInt64(clamping: map.usableRAM.byteCount / 2)
    var constraints: [PlacementConstraint] = []
    for name in segments {
      constraints += [
        .init(
          .kexecPages, .startAligned(name, unit: page, offset: 0),
          "`\(name)` starts at a multiple of \(page)"),
        .init(
          .kexecPages, .endAligned(name, unit: page), "`\(name)` ends at a multiple of \(page)"),
        .init(
          .kexecHalf, .atMost(name, byteCount: half),
          "half of the usable RAM is \(half) bytes; the kernel counts less"),
      ]
      // The memory of a crash kernel is its own.
      if let scratch = handoverScratch, !isCrashImage {
        constraints.append(
          .init(
            .handoverScratch, .within(name, scratch),
            "KHO is on, and there "
              + (scratch.count == 1
                ? "is one scratch area" : "are \(scratch.count) scratch areas")))
      }
    }
    constraints += [
      .init(
        .kexecHalf, .totalAtMost(segments, byteCount: half),
        "together at most half of the usable RAM, \(half) bytes"),
      .init(
        .kexecCount, .countAtMost(segments, PlacementNumber.kexecSegmentCount),
        "at most \(PlacementNumber.kexecSegmentCount) segments"),
    ]
    constraints += names([.elfHeaders]).map {
      .init(
        .elfHeaders, .atLeast($0, byteCount: traits[.elfHeaders]),
        "\(traits[.elfHeaders]) bytes for processors and ranges of memory (`elf-headers`)")
    }
    constraints += names([.lowBackup]).map {
      .init(
        .lowBackup, .atLeast($0, byteCount: lowBackupByteCount),
        "\(lowBackupByteCount) bytes of RAM lie below 640 KiB")
    }
    let list = UInt64(handoverScratch?.count ?? 0) * PlacementNumber.handoverEntry
    constraints += names([.handoverArray]).flatMap { name -> [PlacementConstraint] in
      [
        .init(
          .handoverArray,
          .startAligned(name, unit: PlacementNumber.handoverAlignment, offset: 0),
          "a multiple of \(PlacementNumber.handoverAlignment)"),
        .init(
          .handoverArray, .atLeast(name, byteCount: list),
          "\(PlacementNumber.handoverEntry) bytes for each scratch area are \(list)"),
      ]
    }
    if loader == .kexecFile, let refusal = refusalOfFileLoad {
      constraints += names([.kernel]).map { .init(.kexecFileImage, .within($0, []), refusal) }
    }
    guard image.architecture.value == .x86_64, loader == .kexecFile else { return constraints }
    return constraints + kexecFileConstraints
  }

  /// What kexec-tools keep of the first RAM below 640 KiB; if no map shows any, all of it.
  private var lowBackupByteCount: UInt64 {
    let low = map.systemRAM.intersection(AddressRange(unchecked: 0, PlacementNumber.backupEnd - 1))
    return low.ranges.last.map { UInt64(clamping: $0.byteCount) } ?? PlacementNumber.backupEnd
  }

  /// Why `kexec_file_load` does not take an image for x86; nil if it does.
  private var refusalOfFileLoad: String? {
    switch (image.architecture.value, image.format) {
    case (.i386, _):
      "this is a kernel of 32 bits by \(image.architecture.origin) (`kexec_load` takes it)"
    case (.x86_64, .elf): "this is an ELF file (`kexec_load` takes it)"
    case (.x86_64, .bzImage(let header))
    where !header.extendedLoadFlags.contains(.canBeLoadedAbove4G):
      "\(image.addressLimit.origin) (`kexec_load` takes it)"
    case (.x86_64, .bzImage(let header))
    where pagingLevelCount == 5 && !header.extendedLoadFlags.contains(.fiveLevel):
      "no XLF_5LEVEL in xloadflags at 0x236, and the running kernel's page tables have 5 levels"
    default: nil
    }
  }

  private var kexecFileConstraints: [PlacementConstraint] {
    // Taken literally from the loader: pref_address, unless it is below 1 MiB.
    let kernel = max(image.preferredAddress.value ?? 0, PlacementNumber.kexecLowestKernel)
    return
      notBelow(
        kernel, names([.kernel]), .kexecLowestKernel,
        "from \(hexadecimal(kernel)) on: \(image.preferredAddress.origin)")
      + notBelow(
        PlacementNumber.kexecLowestInitrd, names([.initrd]), .kexecLowestInitrd,
        "from \(hexadecimal(PlacementNumber.kexecLowestInitrd)) on")
      + notBelow(
        PlacementNumber.kexecLowestParameters, names([.bootParameters, .purgatory]),
        .kexecLowestParameters, "from \(hexadecimal(PlacementNumber.kexecLowestParameters)) on")
  }

  private func notBelow(
    _ start: UInt64, _ names: [String], _ rule: PlacementRule, _ reason: String
  ) -> [PlacementConstraint] {
    names.map { .init(rule, .within($0, [AddressRange(unchecked: start, .max)]), reason) }
  }
}
