/// What is to be placed, and where.
package struct PlacementQuestion: Sendable {
  /// Who puts the image into memory.
  package enum Loader: String, Hashable, Sendable, CaseIterable {
    /// The system call `kexec_file_load`.
    case kexecFile = "kexec_file_load"
    /// The system call `kexec_load`, with kexec-tools.
    case kexec = "kexec_load"
    /// A boot loader, or a kernel that acts as one, by the boot protocol alone.
    case bootProtocol = "boot-protocol"
  }

  package var map: MemoryMap
  package var image: KernelImage
  package var items: [PlacementItem]
  package var loader: Loader

  /// Whether kexec loads the image for a crash (`kexec -p`): it lives in the memory that the map
  /// shows as `Crash kernel`.
  package var isCrashImage = false

  /// What everything of the relieving kernel is put into; nil for any usable RAM, and of a crash image.
  package var region: PlacementRegion?

  /// Bytes of the initrd's file.
  package var initrdByteCount: UInt64?

  /// Characters of the command line, without the zero behind them.
  package var commandLineByteCount: UInt64 = 0

  /// Bytes of RAM that the relieving kernel manages; 0 if not known.
  package var managedByteCount: UInt64 = 0

  /// Bytes of RAM that the first root's limit is counted from; 0 if not known. More memory makes other
  /// demands harder and this one easier, so that it is not always that of `managedByteCount`.
  package var rootfsMemoryByteCount: UInt64 = 0

  /// Processors that the relieving kernel may have; 0 if not known.
  package var processorCount: UInt64 = 0

  /// Bytes that are asked for swiotlb; items of that role take what `BounceBuffers` makes of it.
  package var bounceBufferByteCount: UInt64 = PlacementNumber.bounceBuffers

  /// Areas that swiotlb is told to have, by `swiotlb=N,AREAS`; nil for one of each processor.
  package var bounceBufferAreaCount: UInt64?

  /// Whether these are the share of its memory that a kernel asks for whose memory is encrypted.
  package var isConfidential = false

  /// Levels of page tables of x86-64, 4 or 5: of the running kernel, and of the relieving one if
  /// its image knows them.
  package var pagingLevelCount = 4

  /// What is known of the kernels by their version, and what was said of them.
  package var traits: KernelTraits

  /// Whether the memory that the relieving kernel manages is all that the map shows, so that what
  /// it takes of tables depends on where that lies.
  package var managesWholeMap = false

  /// Scratch areas of KHO; nil if it is off.
  package var handoverScratch: [AddressRange]?

  /// Memory that the running kernel or its parked processors use beside the kernel's image.
  package var inUse: AddressSet = .empty

  /// Memory of processes that the relieving kernel takes over where it lies.
  package var handedOver: AddressSet = .empty

  /// `memory_block_size_bytes` of the relieving kernel, a power of two; nil if nothing is granted
  /// by hot-plug.
  package var memoryBlockByteCount: UInt64?

  /// - Precondition: the items' names are unique.
  package init(
    map: MemoryMap, image: KernelImage, items: [PlacementItem], loader: Loader
  ) {
    precondition(Set(items.map(\.name)).count == items.count, "items' names are unique")
    self.map = map
    self.image = image
    self.items = items
    self.loader = loader
    traits = KernelTraits(architecture: image.architecture.value)
  }

  /// Everything that a placement has to keep, rule by rule.
  package var constraints: [PlacementConstraint] {
    generalConstraints + imageConstraints + initrdConstraints + kexecConstraints
      + controlPageConstraints + reachConstraints + zeroPageConstraints + architectureConstraints
      + handoverConstraints + rootfsConstraints
  }

  func names(_ roles: Set<PlacementItem.Role>) -> [String] {
    items.filter { roles.contains($0.role) }.map(\.name)
  }

  var isX86: Bool { image.architecture.value == .x86_64 || image.architecture.value == .i386 }

  /// What kexec passes to the kernel as segments.
  var segments: [String] {
    names([
      .kernel, .initrd, .bootParameters, .setupData, .purgatory, .deviceTree, .elfHeaders,
      .lowBackup, .handoverArray,
    ])
  }
}

extension PlacementQuestion {
  private var generalConstraints: [PlacementConstraint] {
    var constraints: [PlacementConstraint] = []
    let usable = map.usableRAM
    // The blocks that a kernel is granted contain what else it has.
    let separate = items.filter { $0.role != .grant }.map(\.name)
    for item in items {
      constraints.append(.init(.placed, .placed(item.name), "`\(item.name)` has to be placed"))
      constraints.append(whereItLies(item, usable))
      if isX86 {
        let areas = [
          AddressRange(unchecked: 0, 0xFFF), AddressRange(unchecked: 0xA_0000, 0xF_FFFF),
        ]
        constraints.append(
          .init(
            .firmwareAreas, .apart(item.name, areas),
            "`\(item.name)` leaves the first page and the BIOS' area from 0xa0000 to 1 MiB alone,"
              + " which a map of the firmware's may show as RAM"))
      }
      if item.byteCount > 0 {
        constraints.append(
          .init(
            .wanted, .atLeast(item.name, byteCount: item.byteCount),
            "`\(item.name)` takes \(item.byteCount) bytes"))
      }
      let kept = inUse.union(map.runningKernel)
      if !kept.isEmpty {
        constraints.append(
          .init(
            .parkedProcessors, .apart(item.name, kept.ranges),
            "`\(item.name)` leaves the running kernel's \(kept.byteCount) bytes alone"))
      }
      if !handedOver.isEmpty {
        constraints.append(
          .init(
            .handedOver, .apart(item.name, handedOver.ranges),
            "`\(item.name)` leaves the processes' \(handedOver.byteCount) bytes alone"))
      }
    }
    constraints.append(.init(.disjoint, .disjoint(separate), "no two of the items overlap"))
    return constraints + wholePages + memoryBlocks + managementConstraints
  }

  private func whereItLies(_ item: PlacementItem, _ usable: AddressSet) -> PlacementConstraint {
    if let region, item.role != .trampoline { return within(region, item) }
    // A crash kernel is given the first megabyte, too, and starts its processors there.
    guard isCrashImage, item.role != .trampoline else {
      return .init(
        .inUsableRAM, .within(item.name, usable.ranges),
        "`\(item.name)` lies in "
          + (usable.ranges.count == 1
            ? "the one piece" : "one of the \(usable.ranges.count) pieces")
          + " of usable RAM of \(map.path)")
    }
    let reserved = map.crashKernel
    guard let highest = reserved.ranges.last else {
      return .init(
        .crashImage, .within(item.name, []),
        "`\(item.name)` lies in memory reserved for a crash kernel, and \(map.path) shows none"
          + " (`crashkernel=`)")
    }
    let isKexecs = item.role == .pageTables || item.role == .controlPages
    guard isKexecs || segments.contains(item.name) else {
      return .init(
        .crashMemory, .within(item.name, reserved.ranges),
        "`\(item.name)` lies in the \(reserved.byteCount) bytes reserved for a crash kernel")
    }
    // Of two the lower one is for devices, and kexec puts nothing there.
    return .init(
      .crashImage, .within(item.name, [highest]),
      "`\(item.name)` lies in \(highest), reserved for a crash kernel")
  }

  /// What page tables map, and they themselves: in pages of the relieving kernel, and kexec's in
  /// the smallest that there are.
  private var wholePages: [PlacementConstraint] {
    let own: Set<PlacementItem.Role> = [
      .directMap, .pageFrames, .perProcessor, .workingMemory, .processes, .bounceBuffers,
      .contiguous, .lowDMA, .unpackedInitrd,
    ]
    return wholePages(own, frameByteCount)
      + wholePages([.pageTables, .controlPages], PlacementNumber.page)
  }

  private func wholePages(
    _ roles: Set<PlacementItem.Role>, _ page: UInt64
  ) -> [PlacementConstraint] {
    names(roles).flatMap { name -> [PlacementConstraint] in
      [
        .init(
          .wholePages, .startAligned(name, unit: page, offset: 0),
          "`\(name)` starts at a multiple of \(page)"),
        .init(
          .wholePages, .endAligned(name, unit: page), "`\(name)` ends at a multiple of \(page)"),
      ]
    }
  }

  /// Bytes of a page of the relieving kernel.
  package var frameByteCount: UInt64 {
    guard case .arm64(let header) = image.format else {
      return image.architecture.value == .arm64 ? traits[.pageSize] : PlacementNumber.page
    }
    return switch header.pageSize {
    case .kib16: 16 << 10
    case .kib64: 64 << 10
    case .kib4: PlacementNumber.page
    case .unspecified: traits[.pageSize]
    }
  }

  private var memoryBlocks: [PlacementConstraint] {
    let unit = PlacementNumber.handoverBlock
    let scratch = names([.handoverScratch]).flatMap { name -> [PlacementConstraint] in
      let reason = "start and size are multiples of \(unit), what movable memory is made of"
      return [
        .init(.handoverBlocks, .startAligned(name, unit: unit, offset: 0), reason),
        .init(.handoverBlocks, .endAligned(name, unit: unit), reason),
      ]
    }
    guard let block = memoryBlockByteCount else { return scratch }
    let reason = "start and size are multiples of \(block), the size of a memory block"
    return scratch
      + names([.grant]).flatMap { name -> [PlacementConstraint] in
        [
          .init(.memoryBlocks, .startAligned(name, unit: block, offset: 0), reason),
          .init(.memoryBlocks, .endAligned(name, unit: block), reason),
        ]
      }
  }
}
