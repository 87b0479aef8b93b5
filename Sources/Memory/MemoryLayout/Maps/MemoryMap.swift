/// A machine's physical memory, from whatever source.
///
/// `/proc/iomem` nests: a region within RAM takes away from it, and a device around RAM does not.
/// The other sources are flat: where entries overlap, anything else wins over RAM.
package struct MemoryMap: Hashable, Sendable {
  /// Where a map comes from.
  package enum Format: String, Hashable, Sendable, CaseIterable {
    case procIOMem = "/proc/iomem"
    case e820 = "e820 map of the kernel log"
    case efi = "EFI map of the kernel log"
    case ranges = "memory ranges of the kernel log"
    case firmwareMap = "/sys/firmware/memmap"
    case deviceTree = "flattened device tree"

    /// Whether the source shows where the running kernel and its crash kernel lie.
    package var showsKernel: Bool { self == .procIOMem }
  }

  /// What the user calls the source.
  package let path: String
  package let format: Format

  /// By start; of those with the same start the longer first, then as in the source. A region comes
  /// behind the one that contains it.
  package let regions: [MemoryRegion]

  /// What a device tree wants to be reserved anywhere: the kernel chooses the place.
  package let dynamicReservations: [DynamicReservation]

  /// What is odd about the source, in its order.
  package let findings: [MapFinding]

  /// The most regions that a map may have; a server has some 200.
  package static let maximumRegionCount = 100_000

  /// Sorts regions and finds out which contains which.
  ///
  /// - Parameter regions: In the order of the source.
  /// - Complexity: O(n log n).
  init(
    path: String, format: Format, regions: [MemoryRegion],
    dynamicReservations: [DynamicReservation] = [], findings: [MapFinding] = []
  ) {
    self.path = path
    self.format = format
    self.dynamicReservations = dynamicReservations
    var (nested, overlaps) = Self.nested(regions)
    var outside: [MapFinding] = []
    for index in nested.indices where nested[index].kind.isPartOfRAM {
      if !Self.isWithinRAM(index, nested) {
        let region = nested[index]
        outside.append(MapFinding(.outsideRAM(name: region.name), at: region.place))
      }
    }
    overlaps += outside
    self.regions = nested
    self.findings = findings + overlaps
  }

  /// The same map with one more finding.
  func with(_ finding: MapFinding) -> MemoryMap {
    MemoryMap(copying: self, findings: findings + [finding])
  }

  private init(copying map: MemoryMap, findings: [MapFinding]) {
    path = map.path
    format = map.format
    regions = map.regions
    dynamicReservations = map.dynamicReservations
    self.findings = findings
  }

  private static func nested(
    _ regions: [MemoryRegion]
  ) -> (regions: [MemoryRegion], overlaps: [MapFinding]) {
    // Sorting is stable for equal ranges by the index, because `sorted` does not promise it.
    let order = regions.indices.sorted {
      (regions[$0].range, $0) < (regions[$1].range, $1)
    }
    var sorted = order.map { regions[$0] }
    var overlaps: [MapFinding] = []
    // Regions that may contain later ones, outermost first: their ends never grow, since one that
    // ends before its successor does is contained in or replaced by it.
    var open: [Int] = []
    for index in sorted.indices {
      let region = sorted[index]
      while let top = open.last, sorted[top].range.last < region.range.last {
        if sorted[top].range.overlaps(region.range) {
          overlaps.append(
            MapFinding(
              .partialOverlap(name: region.name, other: sorted[top].name), at: region.place))
        }
        open.removeLast()
      }
      // What is left open begins no later and ends no earlier.
      sorted[index].parent = open.last
      open.append(index)
    }
    return (sorted, overlaps)
  }

  private static func isWithinRAM(_ index: Int, _ regions: [MemoryRegion]) -> Bool {
    let range = regions[index].range
    // Parents come first, and chains are short; a hostile map makes them long, so not too far.
    var parent = regions[index].parent
    for _ in 0..<64 {
      guard let at = parent else { return false }
      if regions[at].kind.isRAM, regions[at].range.contains(range) { return true }
      parent = regions[at].parent
    }
    return false
  }
}

extension MemoryRegion.Kind {
  /// Memory of the machine, whoever manages it.
  var isRAM: Bool { self == .systemRAM || self == .managedRAM }

  /// What only makes sense within RAM.
  fileprivate var isPartOfRAM: Bool { isKernelImage || self == .crashKernel }
}

/// A reservation of a device tree with a size and no address.
package struct DynamicReservation: Hashable, Sendable {
  package let name: String
  /// At least 1.
  package let byteCount: UInt64
  /// A power of two, or nil if the tree says nothing.
  package let alignment: UInt64?
  /// Where it may lie; empty if anywhere.
  package let allowed: [AddressRange]
  package let restrictions: MemoryRegion.Restrictions
  package let place: InputPlace
}
