/// A part of memory that everything of the relieving kernel is put into.
///
/// It need not be RAM by the map: what `memmap=N$X` sets aside, a multikernel's pool or a cell of
/// Jailhouse is shown as reserved, under a name of its own, or not at all.
package struct PlacementRegion: Hashable, Sendable {
  package let range: AddressRange
  /// What of it may be used.
  package let free: AddressSet
  /// Its name in the map; nil of a range that was given by its addresses.
  package let name: String?

  package init(_ range: AddressRange, free: AddressSet, name: String? = nil) {
    self.range = range
    self.free = free
    self.name = name
  }

  /// `` `NAME`, 0x…-0x… ``, or the range alone.
  package var text: String { name.map { "`\($0)`, \(range)" } ?? "\(range)" }
}

extension PlacementQuestion {
  /// What a crash kernel lives in: the region that is to be reserved for it, or what is reserved.
  package var crashMemory: AddressSet {
    region.map { AddressSet([$0.range]) } ?? map.crashKernel
  }

  /// Where an item lies that is put into a region.
  func within(_ region: PlacementRegion, _ item: PlacementItem) -> PlacementConstraint {
    .init(
      .inRegion, .within(item.name, region.free.ranges),
      "`\(item.name)` lies in \(region.text), of which \(region.free.byteCount) bytes are free")
  }

  /// Memory with an address is reserved for a crash kernel there and nowhere else
  /// (reserve_crashkernel_generic, kernel/crash_reserve.c).
  func crashReservation(_ kernel: String) -> [PlacementConstraint] {
    guard isCrashImage, let range = region?.range else { return [] }
    let unit =
      isX86
      ? PlacementNumber.crashKernelAlignmentX86 : PlacementNumber.crashKernelAlignmentArm64
    var reasons: [(rule: PlacementRule, reason: String)] = []
    if range.start % unit != 0 {
      reasons.append((.crashKernelAlignment, "takes an address that is a multiple of \(unit)"))
    }
    if !map.usableRAM.contains(range) {
      reasons.append((.inUsableRAM, "reserves usable RAM, which not all of \(range) is"))
    }
    return reasons.map { rule, reason in
      .init(rule, .within(kernel, []), "`\(kernel)` has no place: `crashkernel=` \(reason)")
    }
  }
}
