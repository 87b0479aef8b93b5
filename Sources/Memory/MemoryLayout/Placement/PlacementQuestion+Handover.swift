/// What a kernel that takes over by KHO may allocate before its page allocator is up.
extension PlacementQuestion {
  /// What is allocated in `setup_arch`, when there are only scratch areas.
  private static let firstRoles: Set<PlacementItem.Role> = [
    .directMap, .contiguous, .crashKernel, .crashKernelLow,
  ]

  /// What is allocated later, and before `memblock_free_all`.
  private static let earlyRoles: Set<PlacementItem.Role> = [
    .pageFrames, .perProcessor, .bounceBuffers,
  ]

  /// From `kho_populate` until `memblock_free_all` memblock allocates from scratch areas alone
  /// (`memblock_set_kho_scratch_only`). Below 1 MiB x86 takes what it needs (`memblock_mark_kho_scratch`
  /// of arch/x86/kernel/e820.c).
  var handoverConstraints: [PlacementConstraint] {
    guard let scratch = handoverScratch, loader != .bootProtocol, !isCrashImage else { return [] }
    let first = Self.firstRoles
    let early = Self.earlyRoles
    let isExtended = traits.has(.extendsScratch)
    return within(scratch, names(isExtended ? first : first.union(early)), "a scratch area")
      + (isExtended
        ? within(
          extendedScratch.ranges, names(early),
          "a scratch area or a whole GiB without preserved memory") : [])
  }

  /// `kho_extend_scratch` adds blocks of 1 GiB that have no preserved memory.
  private var extendedScratch: AddressSet {
    let unit = PlacementNumber.extendedScratchBlock
    let busy = handedOver.ranges.compactMap { range in
      AddressRange(start: range.start / unit * unit, last: range.last | (unit - 1))
    }
    return AddressSet(busy).complement.union(AddressSet(handoverScratch ?? []))
  }

  private func within(
    _ ranges: [AddressRange], _ names: [String], _ what: String
  ) -> [PlacementConstraint] {
    names.map {
      .init(
        .handoverEarly, .within($0, ranges),
        "`\($0)` lies in \(what): until its page allocator is up, the relieving kernel has no other"
          + " memory")
    }
  }
}
