/// What a kernel takes for the memory and the processors that it manages.
extension PlacementQuestion {
  var managementConstraints: [PlacementConstraint] {
    pageFrameConstraints + directMapConstraints + perProcessorConstraints + workingMemory
  }

  /// Bytes of memory that a piece of the map of struct pages is about: `SECTION_SIZE_BITS` of
  /// arch/x86/include/asm/sparsemem.h and arch/arm64/include/asm/sparsemem.h. Of a section of which
  /// there is a part, `sparse_init` makes the whole map. Kernels of 32 bits have a flat one.
  package var sectionByteCount: UInt64 {
    switch image.architecture.value {
    case .arm64 where frameByteCount == 64 << 10: 512 << 20
    case .x86_64, .arm64: 128 << 20
    case .i386, .other: frameByteCount
    }
  }

  /// Sections with memory that the kernel manages. Where that is all of a map, or a crash kernel's,
  /// it is known where they are.
  private var sectionCount: UInt64 {
    let unit = sectionByteCount
    let least = managedByteCount / unit + (managedByteCount % unit == 0 ? 0 : 1)
    return max(least, UInt64(clamping: managedMemory?.blockCount(of: unit) ?? 0))
  }

  /// The memory that the kernel manages, if it is known which that is.
  var managedMemory: AddressSet? {
    if isCrashImage {
      // The first 640 KiB are a crash kernel's, too: crash_setup_memmap_entries,
      // arch/x86/kernel/crash.c.
      let low = isX86 ? [AddressRange(unchecked: 0, 0x9_FFFF)] : []
      return map.crashKernel.union(map.systemRAM.intersection(AddressSet(low)))
    }
    // Where the memory of one of several kernels will lie is not known.
    if let region {
      return region.range.byteCount <= UInt128(managedByteCount) ? AddressSet([region.range]) : nil
    }
    return managesWholeMap ? map.systemRAM : nil
  }

  private var pageFrameConstraints: [PlacementConstraint] {
    let frame = traits[.pageFrame]
    let unit = sectionByteCount
    let (bytes, overflows) = (unit / frameByteCount * frame)
      .multipliedReportingOverflow(by: sectionCount)
    guard managedByteCount > 0 else { return [] }
    let byteCount = overflows ? .max : bytes
    return names([.pageFrames]).map {
      .init(
        .structPages, .atLeast($0, byteCount: byteCount),
        "\(frame) bytes for each frame of \(managedByteCount) bytes"
          + (unit > frameByteCount ? ", in whole sections of \(unit)," : "") + " are \(byteCount)")
    }
  }

  // MARK: Page tables

  /// Bytes of memory that one page of each level of page tables maps, the lowest level first, and
  /// how.
  package var directMapLevels: (byteCounts: [UInt64], how: String) {
    switch image.architecture.value {
    case .x86_64:
      (
        [1 << 30, 512 << 30] + (relievingPagingLevelCount == 5 ? [256 << 40] : []),
        "mapped by 2 MiB"
      )
    case .arm64:
      // A table is a page of entries of 8 bytes.
      switch frameByteCount {
      case 16 << 10: ([32 << 20, 64 << 30, 128 << 40], "mapped by 16 KiB")
      case 64 << 10: ([512 << 20, 4 << 40], "mapped by 64 KiB")
      default:
        (
          [2 << 20, 1 << 30, 512 << 30], "mapped by 4 KiB"
        )
      }
    case .i386: ([2 << 20, 1 << 30], "mapped by 4 KiB below 896 MiB")
    case .other: ([], "")
    }
  }

  /// Pages that the direct map takes: of each level as many as there is memory for, and the top.
  private var directMapConstraints: [PlacementConstraint] {
    guard managedByteCount > 0 else { return [] }
    let (levels, how) = directMapLevels
    let isLow = image.architecture.value == .i386
    let byteCount = isLow ? min(managedByteCount, PlacementNumber.lowMemoryEnd) : managedByteCount
    let memory = isLow ? nil : managedMemory
    let pages = levels.reduce(UInt64(1)) { sum, unit in
      let least = byteCount / unit + (byteCount % unit == 0 ? 0 : 1)
      return sum + max(least, UInt64(clamping: memory?.blockCount(of: unit) ?? 0))
    }
    let (bytes, overflows) = pages.multipliedReportingOverflow(by: frameByteCount)
    return names([.directMap]).map {
      .init(
        .directMap, .atLeast($0, byteCount: overflows ? .max : bytes),
        "\(pages) pages of tables for \(managedByteCount) bytes, \(how)")
    }
  }

  private var workingMemory: [PlacementConstraint] {
    let byteCount = traits[.workingMemory]
    guard byteCount > 0 else { return [] }
    return names([.workingMemory]).map {
      .init(
        .workingMemory, .atLeast($0, byteCount: byteCount),
        "\(byteCount) bytes until the first program runs (`working-memory`)")
    }
  }

  // MARK: Processors

  /// Bytes that the per-CPU variables of a processor take, in whole pages.
  ///
  /// `pcpu_embed_first_chunk` (mm/percpu.c) takes memory by 2 MiB on x86 and gives back what a unit
  /// does not need, so that this is what lasts. Where it finds no such piece, it takes single pages.
  package var perProcessorByteCount: UInt64 {
    let page = frameByteCount
    return (traits[.perProcessor] + page - 1) / page * page
  }

  private var perProcessorConstraints: [PlacementConstraint] {
    let unit = perProcessorByteCount
    let (units, overflows) = processorCount.multipliedReportingOverflow(by: unit)
    guard units > 0 || overflows else { return [] }
    return names([.perProcessor]).map {
      .init(
        .perProcessorUnits, .atLeast($0, byteCount: overflows ? .max : units),
        "\(processorCount) processor\(processorCount == 1 ? "" : "s") of \(unit) bytes")
    }
  }
}
