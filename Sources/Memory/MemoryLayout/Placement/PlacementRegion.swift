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
  /// Where an item lies that is put into a region.
  func within(_ region: PlacementRegion, _ item: PlacementItem) -> PlacementConstraint {
    .init(
      .inRegion, .within(item.name, region.free.ranges),
      "`\(item.name)` lies in \(region.text), of which \(region.free.byteCount) bytes are free")
  }
}
