internal import MemoryLayout

/// Sizes of KHO's scratch areas, and where `kho_scratch=` puts them.
///
/// kho_reserve_scratch of kernel/liveupdate/kexec_handover.c takes one below 4 GiB, one anywhere and
/// one of each node, from the top, in this order.
struct HandoverScratchSizing {
  /// In the order of `kho_scratch=`: the low one first.
  private let now: [UInt64]
  private let free: AddressSet
  private static let unit = PlacementNumber.handoverBlock

  init(_ areas: [AddressRange], _ question: PlacementQuestion) {
    now = areas.sorted().map(\.byteCount.clamped)
    free = question.map.usableRAM.subtracting(question.inUse).subtracting(question.handedOver)
  }

  /// The sizes with no area but the low one below a size; if there is but one, it is no exception.
  func sizes(least: UInt64) -> [UInt64] {
    now.enumerated().map { index, byteCount in
      let wanted = index == 0 && now.count > 1 ? byteCount : max(byteCount, least)
      return min(wanted / Self.unit + (wanted % Self.unit == 0 ? 0 : 1), .max / Self.unit)
        * Self.unit
    }
  }

  /// Where areas of these sizes lie; nil if one has no room.
  func areas(_ sizes: [UInt64]) -> [AddressRange]? {
    var free = free
    var areas: [AddressRange] = []
    for (index, byteCount) in sizes.enumerated() {
      let end = index == 0 ? UInt128(PlacementNumber.bounceBufferEnd) : UInt128(UInt64.max)
      guard let area = Self.highest(byteCount, free, below: end) else { return nil }
      areas.append(area)
      free = free.subtracting(AddressSet([area]))
    }
    return areas
  }

  private static func highest(
    _ byteCount: UInt64, _ free: AddressSet, below limit: UInt128
  ) -> AddressRange? {
    for piece in free.ranges.reversed() {
      let end = min(piece.end, limit)
      guard end >= UInt128(byteCount) else { continue }
      let start = (end - UInt128(byteCount)) / UInt128(unit) * UInt128(unit)
      guard start >= UInt128(piece.start), start > 0, let first = UInt64(exactly: start) else {
        continue
      }
      return AddressRange(start: first, byteCount: byteCount)
    }
    return nil
  }

  /// The most that each but the low one can have; nil if there is no room for what they have now.
  var most: UInt64? {
    var failing = (free.ranges.map(\.byteCount.clamped).max() ?? 0) / Self.unit + 1
    var fitting: UInt64 = 0
    guard areas(sizes(least: 0)) != nil else { return nil }
    while failing - fitting > 1 {
      let middle = fitting + (failing - fitting) / 2
      if areas(sizes(least: middle * Self.unit)) != nil {
        fitting = middle
      } else {
        failing = middle
      }
    }
    return fitting * Self.unit
  }

  /// As the command line has it: low, global, and of each node. Of what is none there is as little as
  /// can be: some kernels take no 0.
  func option(_ sizes: [UInt64]) -> String {
    let all = (0..<3).map {
      sizes.indices.contains($0) ? sizes[$0] : $0 == 1 ? sizes[0] : Self.unit
    }
    return "kho_scratch=" + all.map { ByteCountText.option(UInt128($0)) }.joined(separator: ",")
  }
}
