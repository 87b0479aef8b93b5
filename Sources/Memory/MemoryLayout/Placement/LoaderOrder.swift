/// How a loader looks for places: for one segment after the other, each at the first place that it
/// comes upon, and never again for one that has a place.
package struct LoaderOrder: Hashable, Sendable {
  package struct Step: Hashable, Sendable {
    package let item: String
    /// What is looked through, in this order.
    package let areas: [AddressRange]
    /// Whether the highest place of an area is taken, and not the lowest.
    package let isTopDown: Bool
  }

  /// Of no two is the item the same.
  package let steps: [Step]
  /// Whether the kernel is tried further on where what comes behind it has no place.
  package let triesAgain: Bool
}

extension PlacementQuestion {
  /// The order in which the loader places its segments; nil if it is not known, or if whoever gives
  /// the memory of a region places them.
  ///
  /// By `kimage_file_prepare_segments` and `locate_mem_hole_callback` of kernel/kexec_file.c,
  /// arch/x86/kernel/kexec-bzimage64.c and kexec_image.c of arm64; and by `locate_hole` of kexec-tools,
  /// kexec/kexec.c, with kexec-bzImage64.c, kexec-bzImage.c and kexec-arm64.c.
  package var loaderOrder: LoaderOrder? {
    guard traits.has(.loaderOrder), region == nil else { return nil }
    if case .elf = image.format { return nil }
    let roles: [(PlacementItem.Role, isTopDown: Bool)]
    switch (loader, image.architecture.value) {
    case (.kexecFile, .x86_64): roles = kexecFileRolesX86
    case (.kexecFile, .arm64): roles = kexecFileRolesArm64
    case (.kexec, .x86_64), (.kexec, .i386): roles = kexecRolesX86
    case (.kexec, .arm64): roles = kexecRolesArm64
    default: return nil
    }
    let steps = roles.flatMap { role, isTopDown in
      names([role]).map { name in
        LoaderOrder.Step(
          item: name, areas: areas(of: role, isTopDown: isTopDown), isTopDown: isTopDown)
      }
    }
    return LoaderOrder(
      steps: steps, triesAgain: loader == .kexecFile && image.architecture.value == .arm64)
  }

  private var kexecFileRolesX86: [(PlacementItem.Role, isTopDown: Bool)] {
    [
      (.handoverArray, true), (.elfHeaders, false), (.purgatory, true), (.bootParameters, true),
      (.kernel, true), (.initrd, true),
    ]
  }

  private var kexecFileRolesArm64: [(PlacementItem.Role, isTopDown: Bool)] {
    [
      (.handoverArray, true), (.kernel, false), (.elfHeaders, true), (.initrd, false),
      (.deviceTree, true),
    ]
  }

  /// An image that is not entered with 64 bits is placed as one of 32 bits.
  private var kexecRolesX86: [(PlacementItem.Role, isTopDown: Bool)] {
    var isHigh = image.architecture.value == .x86_64
    if case .bzImage(let header) = image.format {
      isHigh = header.extendedLoadFlags.isSuperset(of: [.kernel64, .canBeLoadedAbove4G])
    }
    return [
      (.lowBackup, true), (.elfHeaders, true), (.purgatory, true),
      (.bootParameters, isHigh || isCrashImage), (.kernel, isHigh), (.initrd, true),
      (.setupData, false),
    ]
  }

  private var kexecRolesArm64: [(PlacementItem.Role, isTopDown: Bool)] {
    [
      (.kernel, false), (.elfHeaders, true), (.initrd, false), (.deviceTree, false),
      (.purgatory, false),
    ]
  }

  /// What is looked through for a segment.
  private func areas(of role: PlacementItem.Role, isTopDown: Bool) -> [AddressRange] {
    if isCrashImage { return map.crashKernel.ranges.suffix(1) }
    // kho_locate_mem_hole goes through the areas as they are numbered.
    if loader == .kexecFile, let handoverScratch { return handoverScratch }
    let ranges = map.systemRAM.ranges
    let isArm = image.architecture.value == .arm64
    let fromTop = isTopDown && (loader == .kexec || isArm || traits.version >= KernelVersion(6, 8))
    let lowest = loader == .kexec && isX86 ? PlacementNumber.kexecToolsLowest(role) : 0
    let usable = ranges.compactMap { range in
      AddressRange(start: max(range.start, lowest), last: range.last)
    }
    return fromTop ? usable.reversed() : usable
  }
}

extension PlacementNumber {
  /// Where kexec-tools begin to look on x86: kexec-bzImage64.c and x86-linux-setup.c.
  fileprivate static func kexecToolsLowest(_ role: PlacementItem.Role) -> UInt64 {
    switch role {
    case .initrd: kexecLowestInitrd
    case .kernel, .setupData: 1 << 20
    case .purgatory, .bootParameters: kexecLowestParameters
    default: 0
    }
  }
}
