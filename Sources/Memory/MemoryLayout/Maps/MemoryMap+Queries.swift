extension MemoryMap {
  /// The addresses of all regions of some kind.
  package func addresses(where isWanted: (MemoryRegion) -> Bool) -> AddressSet {
    AddressSet(regions.lazy.filter(isWanted).map(\.range))
  }

  package func addresses(of kind: MemoryRegion.Kind) -> AddressSet {
    addresses { $0.kind == kind }
  }

  /// The regions of some kind, lowest first.
  package func regions(of kind: MemoryRegion.Kind) -> [MemoryRegion] {
    regions.filter { $0.kind == kind }
  }

  /// All of the System RAM, with what lies in it.
  package var systemRAM: AddressSet { addresses(of: .systemRAM) }

  /// System RAM without anything that lies in it or overlaps it: the running kernel's image, crash
  /// kernels, reservations, tables, and whatever else has a line of its own.
  ///
  /// It does not say that this memory is free: processes of the running kernel use it. A map that
  /// does not show the kernel (`format.showsKernel`) has the kernel's image in here too.
  package var usableRAM: AddressSet { systemRAM.subtracting(occupied) }

  /// Everything that takes away from RAM: regions that are not RAM. In `/proc/iomem` a device
  /// around RAM, such as the window of a CXL bridge, does not; a reservation around RAM does.
  package var occupied: AddressSet {
    var containsRAM = [Bool](repeating: false, count: regions.count)
    for region in regions where format == .procIOMem && region.kind == .systemRAM {
      var next = region.parent
      while let index = next, !containsRAM[index] {
        containsRAM[index] = true
        next = regions[index].parent
      }
    }
    return AddressSet(
      regions.indices.lazy
        .filter { index in
          let kind = self.regions[index].kind
          return kind != .systemRAM && !(containsRAM[index] && kind.maySurroundRAM)
        }
        .map { self.regions[$0].range })
  }

  /// What holds the running kernel's image: code, rodata, data and bss. The gaps between them are
  /// not part of it. Empty if the source does not show the kernel.
  package var runningKernel: AddressSet { addresses { $0.kind.isKernelImage } }

  /// Zero, one or two regions.
  package var crashKernel: AddressSet { addresses(of: .crashKernel) }

  /// ACPI tables and non-volatile storage.
  package var acpi: AddressSet {
    addresses { $0.kind == .acpiTables || $0.kind == .acpiNonVolatile }
  }

  package var reserved: AddressSet {
    addresses { $0.kind == .reserved || $0.kind == .softReserved || $0.kind == .unusable }
  }

  /// Usable RAM below 1 MiB, where x86 starts its processors.
  package var usableLowMegabyte: AddressSet {
    usableRAM.intersection(AddressRange(unchecked: 0, (1 << 20) - 1))
  }

  /// Addresses below the highest region's end that no region covers.
  package var holes: AddressSet {
    let covered = addresses { _ in true }
    guard let last = covered.ranges.last?.last else { return .empty }
    return covered.complement.intersection(AddressRange(unchecked: 0, last))
  }
}

extension MemoryRegion.Kind {
  /// Whether RAM is put into it by the kernel: devices, and what a driver made RAM of.
  fileprivate var maySurroundRAM: Bool {
    switch self {
    case .other, .persistent, .softReserved, .managedRAM: true
    default: false
    }
  }
}
