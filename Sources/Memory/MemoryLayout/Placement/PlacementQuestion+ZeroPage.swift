/// What a relieving kernel is told of memory.
extension PlacementQuestion {
  /// What `kexec_file_load` does not pass on of the map; nil if it passes on everything.
  ///
  /// kexec-tools has another way, and a crash image is told of its own memory alone.
  package var lostEntries: MemoryMap.BeyondZeroPage? {
    // What is put into a region is told of that region by other means.
    guard loader == .kexecFile, image.architecture.value == .x86_64, !isCrashImage, region == nil
    else {
      return nil
    }
    return beyondZeroPage
  }

  /// What the zero page does not hold. Before Linux 6.9 (commit fc7f27cda843) nodes of `setup_data`
  /// divided the entries that kexec passes on.
  package var beyondZeroPage: MemoryMap.BeyondZeroPage? {
    map.beyondZeroPage(isJoined: joinsEntries)
  }

  /// Bytes of a node of `setup_data` with what the zero page does not hold.
  package var setupDataByteCount: UInt64 { map.setupDataByteCount(isJoined: joinsEntries) }

  private var joinsEntries: Bool { traits.version >= KernelVersion(6, 9) }

  /// What a kernel needs while it runs lies in memory that it knows.
  ///
  /// Linux makes RAM of where its own image lies, and copies an initrd that lies elsewhere, which
  /// takes its size once more. Neither is relied upon.
  var zeroPageConstraints: [PlacementConstraint] {
    guard let lost = lostEntries, !lost.ram.isEmpty else { return [] }
    return names(Self.livingRoles).map { name in
      .init(
        .zeroPageMap, .within(name, [lost.known]),
        "`\(name)` ends at \(hexadecimal(lost.known.last)) at most, as do the first"
          + " \(PlacementNumber.zeroPageEntryCount) of \(lost.entryCount) ranges of \(map.path)")
    }
  }

  /// What a kernel needs while it runs.
  static let livingRoles: Set<PlacementItem.Role> = [
    .kernel, .initrd, .unpackedInitrd, .bounceBuffers, .contiguous, .lowDMA, .crashKernel,
    .crashKernelLow, .directMap, .pageFrames, .perProcessor, .workingMemory, .processes,
  ]
}
