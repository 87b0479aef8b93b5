extension MemoryMap {
  /// The map of a machine with no more RAM than so many bytes, as by `mem=`.
  ///
  /// - Parameter isByAddress: Whether it ends at that address, as on x86, or where there are so many
  ///   bytes of RAM before.
  package func limited(to byteCount: UInt64, isByAddress: Bool) -> MemoryMap {
    var end = UInt128(byteCount)
    if !isByAddress {
      var left = UInt128(byteCount)
      end = 0
      for range in systemRAM.ranges where left > 0 {
        let taken = min(left, range.byteCount)
        end = UInt128(range.start) + taken
        left -= taken
      }
    }
    guard end > 0, let last = UInt64(exactly: end - 1) else { return self }
    let kept = AddressRange(unchecked: 0, last)
    return MemoryMap(
      path: path, format: format,
      regions: regions.compactMap { region in
        guard region.kind == .systemRAM else { return region }
        return region.range.intersection(kept).map {
          MemoryRegion(
            range: $0, kind: region.kind, name: region.name, place: region.place,
            restrictions: region.restrictions)
        }
      }, dynamicReservations: dynamicReservations,
      findings: findings.filter { !$0.isAboutNesting })
  }
}
