/// What swiotlb takes of what is asked for, by kernel/dma/swiotlb.c.
///
/// From Linux 6.0 on, `swiotlb_init_remap` makes an area for each processor that is possible, in a
/// power of two, and `round_up_default_nslabs` gives an area 256 KiB at least and swiotlb a power
/// of two of bytes. Before, it took what was asked for, so that this is never too little. `swiotlb=N`
/// goes the same way, because the areas are counted after the command line is read;
/// `swiotlb=N,AREAS` alone keeps their number down (`swiotlb_adjust_nareas`). `limit_nareas`, which makes areas of what there
/// is, is for memory that was not found.
package enum BounceBuffers {
  /// From a number of something on, so many bytes more.
  package struct Step: Hashable, Sendable {
    package let value: UInt64
    package let byteCount: UInt64
  }

  /// `IO_TLB_SEGSIZE` slabs of `IO_TLB_SIZE` bytes: 128 of 2 KiB.
  package static let area: UInt64 = 256 << 10

  /// Bytes that are asked for in whole segments, as the command line's are: 0 of 0.
  package static func wholeSegments(_ byteCount: UInt64) -> UInt64 {
    let segments = byteCount / area + (byteCount % area == 0 ? 0 : 1)
    let (product, overflows) = segments.multipliedReportingOverflow(by: area)
    return overflows ? .max : product
  }

  /// What so many bytes are made: 0 of 0.
  package static func byteCount(asked: UInt64) -> UInt64 { powerOfTwo(wholeSegments(asked)) }

  /// What so many areas, or those of so many processors, take at least: 0 of 0.
  package static func byteCount(areas: UInt64) -> UInt64 {
    let (product, overflows) = powerOfTwo(areas).multipliedReportingOverflow(by: area)
    return overflows ? .max : product
  }

  /// Where `byteCount(asked:)` grows within a range, by what; its least value has all before.
  package static func steps(asked bounds: ClosedRange<UInt64>) -> [Step] {
    var steps: [Step] = []
    var byteCount = byteCount(asked: bounds.lowerBound)
    if byteCount == 0, bounds.upperBound > 0 {
      steps.append(Step(value: 1, byteCount: area))
      byteCount = area
    }
    while byteCount < bounds.upperBound, byteCount <= 1 << 62 {
      steps.append(Step(value: byteCount + 1, byteCount: byteCount))
      byteCount *= 2
    }
    return steps
  }

  /// Where `byteCount(areas:)` grows within a range, by what; its least value has all before.
  package static func steps(areas bounds: ClosedRange<UInt64>) -> [Step] {
    var steps: [Step] = []
    var count = powerOfTwo(bounds.lowerBound)
    if count == 0, bounds.upperBound > 0 {
      steps.append(Step(value: 1, byteCount: area))
      count = 1
    }
    // Of more areas 64 bits do not count the bytes.
    while count < bounds.upperBound, count <= 1 << 44 {
      steps.append(Step(value: count + 1, byteCount: count * area))
      count *= 2
    }
    return steps
  }

  /// The least power of two that is not less, or all that 64 bits count; 0 of 0.
  private static func powerOfTwo(_ number: UInt64) -> UInt64 {
    guard number > 1 else { return number }
    guard number <= 1 << 63 else { return .max }
    return 1 << (64 - (number - 1).leadingZeroBitCount)
  }
}
