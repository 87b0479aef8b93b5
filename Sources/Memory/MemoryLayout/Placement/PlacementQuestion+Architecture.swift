/// What only one architecture asks for.
extension PlacementQuestion {
  var architectureConstraints: [PlacementConstraint] {
    bounceBufferConstraints + ownConstraints
  }

  private var ownConstraints: [PlacementConstraint] {
    switch image.architecture.value {
    case .x86_64: x86Constraints + crashKernelConstraints
    case .i386: x86Constraints + crashKernelConstraints + lowMemoryConstraints
    case .arm64: armConstraints + contiguousConstraints + crashKernelConstraints
    case .other: []
    }
  }

  private func below(
    _ end: UInt64, _ names: [String], _ rule: PlacementRule, _ reason: String
  ) -> [PlacementConstraint] {
    names.map { .init(rule, .within($0, [AddressRange(unchecked: 0, end - 1)]), reason) }
  }

  private var x86Constraints: [PlacementConstraint] {
    var constraints: [PlacementConstraint] = []
    let page = PlacementNumber.page
    for name in names([.trampoline]) {
      constraints += [
        .init(
          .trampoline, .startAligned(name, unit: page, offset: 0),
          "the vector of a STARTUP IPI is the number of a page"),
        .init(.trampoline, .atLeast(name, byteCount: page), "at least one page"),
      ]
    }
    constraints += below(
      PlacementNumber.trampolineEnd, names([.trampoline]), .trampoline,
      "below 1 MiB: the number of a page has 8 bits")
    constraints += below(
      PlacementNumber.lowDMAEnd, names([.lowDMA]), .lowDMA, "below 16 MiB, where ISA devices reach")
    let living: Set<PlacementItem.Role> = [
      .unpackedInitrd, .bounceBuffers, .lowDMA, .crashKernel, .crashKernelLow, .directMap,
      .pageFrames, .perProcessor, .workingMemory, .processes, .handoverScratch,
    ]
    constraints += names(living).map {
      .init(
        .firstMegabyte, .within($0, [AddressRange(unchecked: PlacementNumber.trampolineEnd, .max)]),
        "`\($0)` lies above 1 MiB: firmware may write below, and Linux reserves it")
    }
    let (needed, parts) = bootParameters
    constraints += names([.bootParameters]).map {
      .init(.bootParametersSize, .atLeast($0, byteCount: needed), parts)
    }
    if let limit = image.commandLineByteCount.value, commandLineByteCount > limit {
      constraints += names([.bootParameters]).map {
        .init(
          .commandLineLength, .within($0, []),
          "it has \(commandLineByteCount) characters, and by"
            + " \(image.commandLineByteCount.origin) \(limit) are taken")
      }
    }
    return constraints
  }

  /// What the boot parameters take beside the characters of the command line.
  package var bootParametersBase: UInt64 {
    // The zero page, and the zero behind the command line.
    let base = PlacementNumber.zeroPage + 1
    if loader == .kexec { return base + kexecToolsParameters }
    guard loader == .kexecFile, image.architecture.value == .x86_64 else { return base }
    // Twice up to 15 bytes are lost to alignment.
    return base + PlacementNumber.kexecCommandLine + PlacementNumber.kexecSetupData
      + traits[.firmwareMap] + 30
  }

  /// What kexec-tools add to the zero page: they keep room for the code for real mode that an image
  /// begins with, and for a command line of the purgatory (kexec-bzImage64.c, `PURGATORY_CMDLINE_SIZE`).
  private var kexecToolsParameters: UInt64 {
    var setup = PlacementNumber.usualSetup
    if case .bzImage(let header) = image.format { setup = header.protectedModeOffset }
    return max(setup, PlacementNumber.zeroPage) - PlacementNumber.zeroPage
      + PlacementNumber.purgatoryCommandLine
  }

  private var bootParameters: (byteCount: UInt64, parts: String) {
    let (sum, overflows) = bootParametersBase.addingReportingOverflow(commandLineByteCount)
    return (
      overflows ? .max : sum,
      "\(bootParametersBase) bytes of zero page and what goes with it, and \(commandLineByteCount)"
        + " characters of command line"
    )
  }

  private var bounceBufferConstraints: [PlacementConstraint] {
    let names = names([.bounceBuffers])
    let isShared = traits.has(.sharesSwiotlb)
    let byteCount =
      isShared
      ? BounceBuffers.byteCount(asked: bounceBufferByteCount)
      : BounceBuffers.wholeSegments(bounceBufferByteCount)
    let areas =
      isShared ? BounceBuffers.byteCount(areas: bounceBufferAreaCount ?? processorCount) : 0
    var constraints =
      bounceBufferReach.map { end in
        below(
          end, names, .bounceBuffers,
          "below \(hexadecimal(end)), where devices reach"
            + (end == PlacementNumber.bounceBufferEnd ? " that have 32 bits of address" : ""))
      } ?? []
    constraints += names.map {
      .init(
        .bounceBufferSize, .atLeast($0, byteCount: byteCount),
        "\(byteCount) bytes in one piece"
          + (isConfidential ? ", by 6 % of \(managedByteCount) bytes of memory" : "")
          + (byteCount == bounceBufferByteCount
            ? ""
            : isShared
              ? ", the power of two that holds \(bounceBufferByteCount)"
              : ", whole segments of \(bounceBufferByteCount)"))
    }
    // What is less would say nothing.
    if areas > byteCount {
      constraints += names.map {
        .init(
          .bounceBufferAreas, .atLeast($0, byteCount: areas),
          "\(areas) bytes in one piece: "
            + (bounceBufferAreaCount.map { "\($0) areas of \(BounceBuffers.area)" }
              ?? "an area of \(BounceBuffers.area) for each of \(processorCount) processors")
            + ", in a power of two")
      }
    }
    return constraints
  }

  private var contiguousConstraints: [PlacementConstraint] {
    bounceBufferReach.map { end in
      below(
        end, names([.contiguous]), .contiguous,
        "below \(hexadecimal(end)), where all devices reach")
    } ?? []
  }

  /// Where swiotlb and CMA end at most; nil if they lie anywhere. arm64 without memory that all devices
  /// reach takes it that they reach all (`max_zone_phys`, arch/arm64/mm/init.c).
  private var bounceBufferReach: UInt64? {
    guard image.architecture.value == .arm64 else { return PlacementNumber.bounceBufferEnd }
    let end = traits[.deviceReach]
    let memory = isCrashImage ? map.crashKernel : map.systemRAM
    return memory.ranges.first.map { $0.start < end } == false ? nil : end
  }

  private var crashKernelConstraints: [PlacementConstraint] {
    let alignment =
      isX86
      ? PlacementNumber.crashKernelAlignmentX86 : PlacementNumber.crashKernelAlignmentArm64
    var constraints: [PlacementConstraint] = names([.crashKernel, .crashKernelLow]).map {
      .init(
        .crashKernelAlignment, .startAligned($0, unit: alignment, offset: 0),
        "a multiple of \(alignment)")
    }
    let is32Bit = image.architecture.value == .i386
    if !is32Bit {
      constraints += names([.crashKernelLow]).map {
        .init(
          .crashKernelLowSize, .atLeast($0, byteCount: crashKernelLowByteCount),
          "\(crashKernelLowByteCount) bytes beside a high crash kernel")
      }
    }
    if isX86 {
      let end = is32Bit ? PlacementNumber.crashKernelEnd32 : PlacementNumber.crashKernelHighEnd
      constraints += below(
        end, names([.crashKernel]), .crashKernelLimit, "below \(hexadecimal(end))")
    }
    let low = is32Bit ? PlacementNumber.crashKernelEnd32 : PlacementNumber.crashKernelLowEnd
    return constraints
      + below(low, names([.crashKernelLow]), .crashKernelLimit, "below \(hexadecimal(low))")
  }

  /// `DEFAULT_CRASH_KERNEL_LOW_SIZE`. x86-64 counts what is asked for swiotlb: memory for a crash
  /// kernel is reserved before processors are counted.
  private var crashKernelLowByteCount: UInt64 {
    guard isX86 else { return PlacementNumber.crashKernelLowArm64 }
    let (sum, overflows) = BounceBuffers.wholeSegments(bounceBufferByteCount)
      .addingReportingOverflow(PlacementNumber.crashKernelLowMore)
    return overflows ? .max : max(PlacementNumber.crashKernelLow, sum)
  }

  private var lowMemoryConstraints: [PlacementConstraint] {
    below(
      PlacementNumber.lowMemoryEnd, names([.kernel, .pageFrames, .perProcessor, .directMap]),
      .lowMemory,
      "below 896 MiB, what a 3:1 split maps permanently")
  }

  private var armConstraints: [PlacementConstraint] {
    var constraints: [PlacementConstraint] = []
    let unit =
      loader == .kexecFile
      ? PlacementNumber.armKexecDeviceTreeAlignment : PlacementNumber.armDeviceTreeAlignment
    for name in names([.deviceTree]) {
      constraints += [
        .init(
          .armDeviceTree, .startAligned(name, unit: unit, offset: 0),
          "aligned to \(unit) bytes" + (loader == .kexecFile ? " by kexec_file_load" : "")),
        .init(
          .armDeviceTree, .atMost(name, byteCount: PlacementNumber.armDeviceTree),
          "at most 2 MiB"),
      ]
    }
    let together = names([.kernel, .initrd])
    if !names([.initrd]).isEmpty {
      constraints.append(
        .init(
          .armInitrdWindow,
          .sharedWindow(
            together, byteCount: PlacementNumber.armWindow,
            alignment: PlacementNumber.armWindowAlignment),
          "within 32 GiB from a multiple of 1 GiB"))
    }
    return constraints + armKexecConstraints
  }

  /// The kernel goes into a hole from below, and what comes with it above its end.
  private var armKexecConstraints: [PlacementConstraint] {
    guard loader != .bootProtocol else { return [] }
    let others = names([.initrd, .deviceTree])
    let above =
      others.isEmpty
      ? []
      : names([.kernel]).map { kernel in
        PlacementConstraint(
          .armAboveKernel, .above(others, kernel),
          "\(others.map { "`\($0)`" }.joined(separator: " and ")) above the end of `\(kernel)`")
      }
    guard loader == .kexecFile else { return above }
    let unit = PlacementNumber.armElfHeaderAlignment
    return above
      + names([.elfHeaders]).map {
        .init(
          .elfHeaders, .startAligned($0, unit: unit, offset: 0),
          "aligned to \(unit) bytes by kexec_file_load")
      }
  }
}
