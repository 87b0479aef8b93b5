/// Where Linux puts what `crashkernel=` asks for.
///
/// From Linux 6.7 on (commits 9c08a2a139fe and fdc268232dbb) x86 and arm64 do it alike:
/// reserve_crashkernel_generic, kernel/crash_reserve.c. Without an address it looks below the low
/// limit first and then above, where a part below goes with it; with `,high` it is the other way
/// round. With an address it is there or nowhere. Memory is taken from the top
/// (memblock_phys_alloc_range).
///
/// What a map shows is all that is known to be in use. Linux reserves before it knows of all that
/// it will use, so that a reservation may lie somewhat lower than said here, and seldom fail.
package struct CrashKernelReservation: Hashable, Sendable {
  /// Whose way it is.
  package enum Manner: Hashable, Sendable {
    case generic
    /// Of arch/x86/kernel/setup.c and arch/arm64/mm/init.c of Linux 6.1.
    case ofArchitecture

    package init(_ version: KernelVersion) {
      self = version < KernelVersion(6, 7) ? .ofArchitecture : .generic
    }
  }

  /// What the image is put into.
  package let main: AddressRange
  /// What goes with it below the low limit, for devices.
  package let low: AddressRange?

  package var ranges: [AddressRange] { [low, main].compactMap { $0 } }

  /// Why nothing is reserved.
  package enum Refusal: Error, Hashable, Sendable {
    /// The parameter has no size for so much memory.
    case nothing(memory: UInt128)
    /// It is as much as the machine has, or more.
    case allOfMemory(UInt64, memory: UInt128)
    case inUse(UInt64, at: UInt64)
    case unaligned(at: UInt64, unit: UInt64)
    /// In no piece is there room; what would have.
    case noRoom(UInt64, largest: UInt128)
    /// The low part has no room, so that the high one is given back.
    case noLowRoom(UInt64, below: UInt64)
    case unknownArchitecture
  }
}

extension CrashKernelReservation {
  /// Reserves memory of a machine.
  ///
  /// - Parameters:
  ///   - map: What it shows as reserved for a crash kernel is given back first.
  ///   - bounceBufferByteCount: What the running kernel asks for swiotlb.
  ///   - inUse: What is in use beside what the map shows.
  /// - Throws: `Refusal`, as Linux would say it in its log.
  package init(
    _ parameter: CrashKernelParameter, in map: MemoryMap,
    architecture: KernelImage.Architecture, manner: Manner = .generic,
    bounceBufferByteCount: UInt64 = PlacementNumber.bounceBuffers, inUse: AddressSet = .empty
  ) throws(Refusal) {
    guard let limits = Limits(architecture, map) else { throw .unknownArchitecture }
    let memory = map.systemRAM.union(map.crashKernel).byteCount
    let byteCount = parameter.byteCount(memory: memory)
    guard byteCount > 0 else { throw .nothing(memory: memory) }
    guard UInt128(byteCount) < memory else { throw .allOfMemory(byteCount, memory: memory) }
    let free = FreeMemory(limits, map, inUse)
    let search = Search(
      limits: limits, manner: manner, free: free, byteCount: byteCount,
      lowByteCount: limits.lowByteCount(bounceBufferByteCount))
    switch parameter.form {
    case .size(_, let address?), .shares(_, let address?):
      main = try search.fixed(address)
      // The generic way leaves the low part to `,high`; the older one of x86 does not ask.
      let hasLow =
        manner == .ofArchitecture && limits.isX86 && UInt128(main.start) >= limits.lowEnd
      low = hasLow ? try search.low(search.lowByteCount) : nil
    case .size(_, nil), .shares(_, nil):
      main = try search.lowFirst()
      low = UInt128(main.start) >= limits.lowEnd ? try search.low(search.lowByteCount) : nil
    case .high(_, let stated):
      main = try search.highFirst()
      let usual = manner == .ofArchitecture && !limits.isX86 ? 0 : search.lowByteCount
      low = UInt128(main.start) >= limits.lowEnd ? try search.low(stated ?? usual) : nil
    }
  }

  /// `CRASH_ALIGN`, `CRASH_ADDR_LOW_MAX` and `CRASH_ADDR_HIGH_MAX`.
  private struct Limits {
    let isX86: Bool
    let hasLowPart: Bool
    let alignment: UInt64
    let lowEnd: UInt128
    let highEnd: UInt128

    init?(_ architecture: KernelImage.Architecture, _ map: MemoryMap) {
      switch architecture {
      case .x86_64:
        (isX86, hasLowPart) = (true, true)
        alignment = PlacementNumber.crashKernelAlignmentX86
        lowEnd = UInt128(PlacementNumber.crashKernelLowEnd)
        highEnd = UInt128(PlacementNumber.crashKernelHighEnd)
      case .i386:
        (isX86, hasLowPart) = (true, false)
        alignment = PlacementNumber.crashKernelAlignmentX86
        lowEnd = UInt128(PlacementNumber.crashKernelEnd32)
        highEnd = lowEnd
      case .arm64:
        (isX86, hasLowPart) = (false, true)
        alignment = PlacementNumber.crashKernelAlignmentArm64
        // `arm64_dma_phys_limit`, by max_zone_phys: 32 bits, or all where memory begins above.
        let memory = map.systemRAM.union(map.crashKernel).ranges
        let end = memory.last?.end ?? 0
        let low = UInt128(PlacementNumber.crashKernelLowEnd)
        lowEnd = UInt128(memory.first?.start ?? 0) >= low ? end : min(low, end)
        highEnd = UInt128(PlacementNumber.crashKernelEndArm64)
      case .other: return nil
      }
    }

    /// `DEFAULT_CRASH_KERNEL_LOW_SIZE`; 0 where there is no such part.
    func lowByteCount(_ bounceBuffers: UInt64) -> UInt64 {
      guard hasLowPart else { return 0 }
      guard isX86 else { return PlacementNumber.crashKernelLowArm64 }
      let (sum, overflows) = BounceBuffers.wholeSegments(bounceBuffers)
        .addingReportingOverflow(PlacementNumber.crashKernelLowMore)
      return overflows ? .max : max(PlacementNumber.crashKernelLow, sum)
    }
  }

  private struct FreeMemory {
    var set: AddressSet

    init(_ limits: Limits, _ map: MemoryMap, _ inUse: AddressSet) {
      var used = inUse
      if limits.isX86 {
        used = used.union(
          AddressSet([AddressRange(unchecked: 0, PlacementNumber.trampolineEnd - 1)]))
      }
      set = map.usableRAM.union(map.crashKernel).subtracting(used)
    }

    /// memblock_phys_alloc_range: the highest place.
    func highest(_ byteCount: UInt64, _ unit: UInt64, from: UInt128, to: UInt128) -> AddressRange? {
      for piece in set.ranges.reversed() {
        // The first page is never given away.
        let start = max(UInt128(piece.start), from, UInt128(PlacementNumber.page))
        let end = min(piece.end, to)
        guard start < end, end - start >= UInt128(byteCount) else { continue }
        let place = (end - UInt128(byteCount)) / UInt128(unit) * UInt128(unit)
        guard place >= start, let first = UInt64(exactly: place) else { continue }
        return AddressRange(start: first, byteCount: byteCount)
      }
      return nil
    }
  }

  private struct Search {
    let limits: Limits
    let manner: Manner
    let free: FreeMemory
    let byteCount: UInt64
    let lowByteCount: UInt64

    func fixed(_ address: UInt64) throws(Refusal) -> AddressRange {
      // The older way of x86 asks for a multiple of 1 MiB.
      let unit = manner == .ofArchitecture && limits.isX86 ? 1 << 20 : limits.alignment
      guard address % unit == 0 else { throw .unaligned(at: address, unit: unit) }
      guard let range = AddressRange(start: address, byteCount: byteCount),
        free.set.contains(range)
      else { throw .inUse(byteCount, at: address) }
      return range
    }

    func lowFirst() throws(Refusal) -> AddressRange {
      if let range = place(from: 0, to: limits.lowEnd) { return range }
      let isLowOnly = manner == .ofArchitecture && !limits.isX86
      guard !isLowOnly, let range = place(from: limits.lowEnd, to: limits.highEnd) else {
        throw noRoom(below: isLowOnly ? limits.lowEnd : limits.highEnd)
      }
      return range
    }

    func highFirst() throws(Refusal) -> AddressRange {
      if let range = place(from: limits.lowEnd, to: limits.highEnd) { return range }
      guard let range = place(from: 0, to: limits.lowEnd) else {
        throw noRoom(below: limits.highEnd)
      }
      return range
    }

    private func place(from: UInt128, to: UInt128) -> AddressRange? {
      free.highest(byteCount, limits.alignment, from: from, to: to)
    }

    private func noRoom(below end: UInt128) -> Refusal {
      let unit = UInt128(limits.alignment)
      // Low and high are looked through one after the other.
      let holes = [(0, min(limits.lowEnd, end)), (limits.lowEnd, end)].flatMap { from, to in
        free.set.ranges.map { piece -> UInt128 in
          let start = (max(UInt128(piece.start), from, unit) + unit - 1) / unit * unit
          let end = min(piece.end, to)
          return end > start ? end - start : 0
        }
      }
      return .noRoom(byteCount, largest: holes.max() ?? 0)
    }

    func low(_ byteCount: UInt64) throws(Refusal) -> AddressRange? {
      guard byteCount > 0 else { return nil }
      guard let range = free.highest(byteCount, limits.alignment, from: 0, to: limits.lowEnd)
      else { throw .noLowRoom(byteCount, below: UInt64(clamping: limits.lowEnd)) }
      return range
    }
  }
}
