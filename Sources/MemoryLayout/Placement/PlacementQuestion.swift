/// What is to be placed, and where.
public struct PlacementQuestion: Sendable {
  /// Who puts the image into memory.
  public enum Loader: String, Hashable, Sendable, CaseIterable {
    /// The system call `kexec_file_load`.
    case kexecFile = "kexec_file_load"
    /// The system call `kexec_load`, with kexec-tools.
    case kexec = "kexec_load"
    /// A boot loader, or a kernel that acts as one, by the boot protocol alone.
    case bootProtocol = "boot-protocol"
  }

  public var map: MemoryMap
  public var image: KernelImage
  public var items: [PlacementItem]
  public var loader: Loader

  /// Whether kexec loads the image for a crash (`kexec -p`): its segments lie in the memory that the
  /// map shows as `Crash kernel`.
  public var isCrashImage = false

  /// Bytes of the initrd's file.
  public var initrdByteCount: UInt64?

  /// Characters of the command line, without the zero behind them.
  public var commandLineByteCount: UInt64 = 0

  /// Bytes of RAM that the relieving kernel manages; 0 if not known.
  public var managedByteCount: UInt64 = 0

  /// Processors that the relieving kernel may have; 0 if not known.
  public var processorCount: UInt64 = 0

  /// Bytes of swiotlb, for items of that role.
  public var bounceBufferByteCount: UInt64 = PlacementNumber.bounceBuffers

  /// Scratch areas of KHO; nil if it is off.
  public var handoverScratch: [AddressRange]?

  /// Memory that the running kernel or its parked processors use beside the kernel's image.
  public var inUse: AddressSet = .empty

  /// `memory_block_size_bytes` of the relieving kernel, a power of two; nil if nothing is granted
  /// by hot-plug.
  public var memoryBlockByteCount: UInt64?

  /// - Precondition: the items' names are unique.
  public init(
    map: MemoryMap, image: KernelImage, items: [PlacementItem], loader: Loader
  ) {
    precondition(Set(items.map(\.name)).count == items.count, "items' names are unique")
    self.map = map
    self.image = image
    self.items = items
    self.loader = loader
  }

  /// Everything that a placement has to keep, rule by rule.
  public var constraints: [PlacementConstraint] {
    generalConstraints + imageConstraints + initrdConstraints + kexecConstraints
      + architectureConstraints
  }

  func names(_ roles: Set<PlacementItem.Role>) -> [String] {
    items.filter { roles.contains($0.role) }.map(\.name)
  }

  var isX86: Bool { image.architecture.value == .x86_64 || image.architecture.value == .i386 }

  /// What kexec passes to the kernel as segments.
  var segments: [String] {
    names([.kernel, .initrd, .bootParameters, .purgatory, .deviceTree])
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
      if isCrashImage, loader != .bootProtocol, segments.contains(item.name) {
        let reserved = map.crashKernel
        constraints.append(
          .init(
            .crashImage, .within(item.name, reserved.ranges),
            "`\(item.name)` lies in the \(reserved.byteCount) bytes reserved for a crash kernel"))
      } else {
        constraints.append(
          .init(
            .inUsableRAM, .within(item.name, usable.ranges),
            "`\(item.name)` lies in one of the \(usable.ranges.count) pieces of usable RAM of"
              + " \(map.path)"))
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
    }
    constraints.append(.init(.disjoint, .disjoint(separate), "no two of the items overlap"))
    return constraints + memoryBlocks + managementConstraints
  }

  private var memoryBlocks: [PlacementConstraint] {
    guard let block = memoryBlockByteCount else { return [] }
    let reason = "start and size are multiples of \(block), the size of a memory block"
    return names([.grant]).flatMap { name -> [PlacementConstraint] in
      [
        .init(.memoryBlocks, .startAligned(name, unit: block, offset: 0), reason),
        .init(.memoryBlocks, .endAligned(name, unit: block), reason),
      ]
    }
  }

  private var managementConstraints: [PlacementConstraint] {
    let page = PlacementNumber.page
    let frame =
      image.architecture.value == .i386
      ? PlacementNumber.pageFrame32 : PlacementNumber.pageFrame64
    // A frame's entry is smaller than the frame, so this does not overflow.
    let frames = managedByteCount / page * frame
    var constraints: [PlacementConstraint] = []
    if frames > 0 {
      constraints += names([.pageFrames]).map {
        .init(
          .structPages, .atLeast($0, byteCount: frames),
          "\(frame) bytes for each of \(managedByteCount / page) frames are \(frames)")
      }
    }
    let (units, overflows) = processorCount.multipliedReportingOverflow(
      by: PlacementNumber.perProcessorUnit)
    if units > 0 || overflows {
      constraints += names([.perProcessor]).map {
        .init(
          .perProcessorUnits, .atLeast($0, byteCount: overflows ? .max : units),
          "\(processorCount) processors of \(PlacementNumber.perProcessorUnit) bytes")
      }
    }
    return constraints
  }
}
