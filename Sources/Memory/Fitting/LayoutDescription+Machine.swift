package import MemoryLayout

extension LayoutDescription {
  /// Takes what a machine shows for settings that nobody stated, and notes where each is from.
  ///
  /// The relieving kernel is the one that runs, and gets all of the machine, unless settings say
  /// otherwise.
  package mutating func fill(from machine: MachineFindings) {
    fillMap(from: machine)
    fillKernel(from: machine)
    if processors == nil, !isCrashImage, let found = machine.processorCount {
      processors = .exactly(found.value)
      note("\(found.value) possible processors (`processors`)", from: found.path)
    }
    if pagingLevelCount == nil, let found = machine.hasFiveLevels, found.value {
      pagingLevelCount = 5
      note("page tables of 5 levels, `la57` (`paging`)", from: found.path)
    }
    fillOptions(from: machine)
    fillCrashKernel(from: machine)
    noteShrunkCrashKernel(of: machine)
    fillHandover(from: machine)
    if let found = machine.nodeCount, found.value > 1 {
      note("\(found.value) NUMA nodes, which no setting asks for", from: found.path)
    }
    if let found = machine.availableByteCount {
      note(
        "\(ByteCountText.approximate(UInt128(found.value))) are available to the running kernel"
          + " (MemAvailable): what kexec loads is kept there until the jump", from: found.path)
    }
    if let found = machine.isKexecLoaded, found.value {
      note("a kernel is loaded already, whose place another takes", from: found.path)
    }
    takenFrom += machine.notes
  }

  private mutating func note(_ what: String, from path: String) {
    takenFrom.append("from \(path): \(what)")
  }

  private mutating func fillMap(from machine: MachineFindings) {
    guard map == nil else { return }
    guard let found = machine.map else {
      mapRefusal = "this machine shows none: \(machine.refusedMaps.joined(separator: "; "))"
      return
    }
    map = found.path
    takenFrom += machine.refusedMaps.map { "not from \($0)" }
    let without =
      found.value.format.showsKernel
      ? "" : ", without the places of the running kernel and of what it has reserved"
    note("the memory map\(without)", from: found.path)
    if memory == nil, !isCrashImage {
      let ram = found.value.systemRAM.byteCount
      memory = .exactly(UInt64(clamping: ram))
      note(
        "the relieving kernel manages all RAM, \(ByteCountText.approximate(ram)) (`memory`)",
        from: found.path)
    }
  }

  /// An initrd goes with its kernel.
  private mutating func fillKernel(from machine: MachineFindings) {
    guard kernel == nil, statedKernel == nil, let found = machine.kernel else { return }
    kernel = found.value
    let release = machine.release.map { " of \($0.value), which runs" } ?? ""
    note("the image\(release) (`kernel`)", from: found.path)
    if kernelVersion == nil, let found = machine.release, let version = KernelVersion(found.value) {
      kernelVersion = version
      note("both kernels are of Linux \(version) (`kernel-version`)", from: found.path)
    }
    if initrd == nil, let found = machine.initrd {
      initrd = .file(found.value)
      note("its initrd (`initrd`)", from: found.path)
    }
  }

  private mutating func fillOptions(from machine: MachineFindings) {
    guard !isCrashImage, let found = machine.options else { return }
    if bounceBuffers == nil, !isConfidential, let count = found.value.bounceBufferByteCount {
      bounceBuffers = .exactly(count)
      note(
        count == 0
          ? "no swiotlb, `swiotlb=noforce`"
          : "swiotlb of \(ByteCountText.format(UInt128(count))), `swiotlb=`", from: found.path)
    }
    if bounceBufferAreaCount == nil, bounceBuffers != .exactly(0),
      let count = found.value.bounceBufferAreaCount
    {
      bounceBufferAreaCount = count
      note("\(count) areas of swiotlb, `swiotlb=`", from: found.path)
    }
    for limit in found.value.memoryLimits {
      note("`\(limit)` changes the running kernel's map: another may see more", from: found.path)
    }
  }

  /// The relieving kernel reserves what the running one did.
  private mutating func fillCrashKernel(from machine: MachineFindings) {
    guard crashKernel == nil, !isCrashImage else { return }
    let words = machine.options?.value.crashKernels.map { ", `crashkernel=\($0)`" }.joined() ?? ""
    // Of two the upper is the one that was asked for.
    if let found = machine.map, map == found.path, let last = found.value.crashKernel.ranges.last {
      crashKernel = .exactly(UInt64(clamping: last.byteCount))
      note(
        "a crash kernel of \(ByteCountText.format(last.byteCount)), as the running kernel has"
          + "\(words) (`crash-kernel`)", from: found.path)
      if found.value.crashKernel.ranges.count > 1,
        !items.contains(where: { $0.role == .crashKernelLow })
      {
        items.append(Item("low crash kernel", .crashKernelLow))
        note("a low part of it", from: found.path)
      }
    } else if let found = machine.crashKernelByteCount, found.value > 0 {
      crashKernel = .exactly(found.value)
      note(
        "a crash kernel of \(ByteCountText.format(UInt128(found.value))), as the running kernel has"
          + "\(words) (`crash-kernel`); where that lies is not shown", from: found.path)
    }
  }

  /// After a crash kernel's memory was made smaller, some kernels show what it was.
  private mutating func noteShrunkCrashKernel(of machine: MachineFindings) {
    guard let shown = machine.map, map == shown.path, let said = machine.crashKernelByteCount else {
      return
    }
    let region = shown.value.crashKernel
    let counts = [region.byteCount] + region.ranges.map(\.byteCount)
    guard !region.isEmpty, !counts.contains(UInt128(said.value)) else { return }
    note(
      "\(ByteCountText.format(UInt128(said.value))) are reserved for a crash kernel, and the map"
        + " shows \(ByteCountText.format(region.byteCount)): it does not show what was given back",
      from: said.path)
  }

  private mutating func fillHandover(from machine: MachineFindings) {
    guard handoverScratch == nil, loader == .kexecFile, !isCrashImage else { return }
    if let found = machine.handoverScratch {
      handoverScratch = found.value
      note("\(found.value.count) scratch areas of KHO (`scratch`)", from: found.path)
    } else if let options = machine.options, options.value.asksForHandover {
      note(
        "KHO is asked for, `kho=`, and its scratch areas are not shown: as root they are in"
          + " /sys/kernel/debug/kho/out (`scratch`)", from: options.path)
    }
  }
}
