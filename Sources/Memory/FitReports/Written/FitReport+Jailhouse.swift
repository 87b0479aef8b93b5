internal import Fitting
internal import MemoryLayout

extension FitReport {
  /// The configuration of a cell that starts Linux, as C for Jailhouse's build
  /// (include/jailhouse/cell-config.h of siemens/jailhouse; memory as in
  /// configs/x86/linux-x86-demo.c).
  ///
  /// On x86 the cell sees its memory from address 0 on, with the communication region behind the
  /// first megabyte; on arm64 where it is. Interrupts, ports and PCI devices are not known here.
  func jailhouseCell(_ name: String?) throws(WritingFailure) -> String {
    let placement = try severalKernels("a cell of Jailhouse")
    let names = placement.kernels.map { "`\($0.name)`" }.joined(separator: ", ")
    guard name != nil || placement.kernels.count == 1 else {
      throw WritingFailure("a cell is written of one kernel, as jailhouse:NAME; there are \(names)")
    }
    guard let kernel = placement.kernels.first(where: { name == nil || $0.name == name }) else {
      throw WritingFailure("there is no kernel `\(name ?? "")`; there are \(names)")
    }
    guard !kernel.processorNumbers.isEmpty else {
      throw WritingFailure(
        "a cell's processors are named, and none is for `\(kernel.name)` (`cpus`)")
    }
    let regions = try memoryRegions(kernel, placement)
    let mask = Self.processorMask(kernel.processorNumbers)
    let isX86 = kernel.architecture == .x86_64
    return """
      /* Cell `\(Self.nodeName(kernel.name))`: memory, processors and apertures. Interrupts, ports
       * and PCI devices are to be added. */
      #include <jailhouse/types.h>
      #include <jailhouse/cell-config.h>

      struct {
      \tstruct jailhouse_cell_desc cell;
      #if JAILHOUSE_CONFIG_REVISION >= 15
      \tstruct jailhouse_cpu cpus[\(kernel.processorNumbers.count)];
      #else
      \t__u64 cpus[\(mask.count)];
      #endif
      \tstruct jailhouse_memory mem_regions[\(regions.count)];
      } __attribute__((packed)) config = {
      \t.cell = {
      \t\t.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
      \t\t.revision = JAILHOUSE_CONFIG_REVISION,
      \t\t.architecture = \(isX86 ? "JAILHOUSE_X86" : "JAILHOUSE_ARM64"),
      \t\t.name = "\(Self.nodeName(kernel.name))",
      \t\t.flags = JAILHOUSE_CELL_PASSIVE_COMMREG |
      \t\t\tJAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED,

      #if JAILHOUSE_CONFIG_REVISION >= 15
      \t\t.num_cpus = ARRAY_SIZE(config.cpus),
      #else
      \t\t.cpu_set_size = sizeof(config.cpus),
      #endif
      \t\t.num_memory_regions = ARRAY_SIZE(config.mem_regions),
      \t},

      \t.cpus = {
      #if JAILHOUSE_CONFIG_REVISION >= 15
      \(kernel.processorNumbers.map { "\t\t{ .phys_id = \(Self.address($0)) }," }.joined(separator: "\n"))
      #else
      \(mask.map { "\t\t\(Self.address($0))," }.joined(separator: "\n"))
      #endif
      \t},

      \t.mem_regions = {
      \(regions.joined(separator: "\n"))
      \t},
      };

      """
  }

  /// Bits of processors, 64 in a word.
  private static func processorMask(_ numbers: [UInt64]) -> [UInt64] {
    // More than Jailhouse takes are no mask of gigabytes.
    let words = Int(min((numbers.max() ?? 0) / 64, 1_023)) + 1
    var mask = [UInt64](repeating: 0, count: words)
    for number in numbers where number / 64 < UInt64(words) {
      mask[Int(number / 64)] |= 1 << (number % 64)
    }
    return mask
  }

  private func memoryRegions(
    _ kernel: KernelsPlacement.Kernel, _ placement: KernelsPlacement
  ) throws(WritingFailure) -> [String] {
    let flags = ["READ", "WRITE", "EXECUTE", "DMA", "LOADABLE"]
    let megabyte: UInt64 = 1 << 20
    let size = UInt64(clamping: kernel.memory.byteCount)
    let start = kernel.memory.start
    var regions: [String] = []
    var seen: AddressSet
    switch kernel.architecture {
    case .x86_64:
      guard size > 2 * megabyte else {
        throw WritingFailure("a cell of x86 takes more than 2 MiB: the first is its low memory")
      }
      regions = [
        Self.region("low RAM", start, at: 0, megabyte, flags),
        Self.communication(at: megabyte),
        Self.region("high RAM", start + megabyte, at: 2 * megabyte, size - megabyte, flags),
      ]
      seen = AddressSet([AddressRange(start: 0, byteCount: size + megabyte)].compactMap { $0 })
    case .arm64:
      let page = try freePage(kernel, placement)
      regions = [
        Self.region("RAM", start, at: start, size, flags), Self.communication(at: page.start),
      ]
      seen = AddressSet([kernel.memory, page])
    case .i386, .other:
      throw WritingFailure("Jailhouse has no cells for \(kernel.architecture)")
    }
    for range in kernel.apertures {
      guard seen.intersection(range).isEmpty else {
        throw WritingFailure(
          "the aperture \(range) lies where the cell of `\(kernel.name)` sees its memory")
      }
      regions.append(
        Self.region(
          "aperture", range.start, at: range.start, UInt64(clamping: range.byteCount),
          ["READ", "WRITE"]))
      seen = seen.union(AddressSet([range]))
    }
    for region in placement.regions where region.kernels.contains(kernel.name) {
      let view = try Self.view(of: region.range, beside: seen)
      seen = seen.union(AddressSet([view]))
      regions.append(
        Self.region(
          region.name, region.range.start, at: view.start,
          UInt64(clamping: region.range.byteCount),
          ["READ", "WRITE"] + (region.kernels.count > 1 ? ["ROOTSHARED"] : [])))
    }
    return regions
  }

  /// Where a cell sees a region: where it is, or behind what it sees otherwise.
  private static func view(
    of range: AddressRange, beside seen: AddressSet
  ) throws(WritingFailure) -> AddressRange {
    if seen.intersection(range).isEmpty { return range }
    let unit: UInt128 = 2 << 20
    let end = ((seen.ranges.last?.end ?? 0) + unit - 1) / unit * unit
    guard let start = UInt64(exactly: end),
      let view = AddressRange(start: start, byteCount: UInt64(clamping: range.byteCount))
    else { throw WritingFailure("a cell has no addresses left for \(range)") }
    return view
  }

  /// A page that the cell sees nothing else at, from 2 GiB on, as the demonstrations have it.
  private func freePage(
    _ kernel: KernelsPlacement.Kernel, _ placement: KernelsPlacement
  ) throws(WritingFailure) -> AddressRange {
    let seen = AddressSet(
      [kernel.memory] + placement.regions.map(\.range) + kernel.apertures)
    let candidates = (0..<64).map { UInt64(0x8000_0000) + $0 << 24 }
    for start in candidates {
      if let page = AddressRange(start: start, byteCount: PlacementNumber.page),
        seen.intersection(page).isEmpty
      {
        return page
      }
    }
    throw WritingFailure("there is no page for the communication region of `\(kernel.name)`")
  }

  private static func communication(at virtual: UInt64) -> String {
    """
    \t\t/* communication region */ {
    \t\t\t.virt_start = \(address(virtual)),
    \t\t\t.size = 0x1000,
    \t\t\t.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
    \t\t\t\tJAILHOUSE_MEM_COMM_REGION,
    \t\t},
    """
  }

  private static func region(
    _ what: String, _ physical: UInt64, at virtual: UInt64, _ size: UInt64, _ flags: [String]
  ) -> String {
    """
    \t\t/* \(nodeName(what)) */ {
    \t\t\t.phys_start = \(address(physical)),
    \t\t\t.virt_start = \(address(virtual)),
    \t\t\t.size = \(address(size)),
    \t\t\t.flags = \(flags.map { "JAILHOUSE_MEM_\($0)" }.joined(separator: " |\n\t\t\t\t")),
    \t\t},
    """
  }
}
