internal import MemoryLayout

/// A size that nobody stated, and what it may be as well.
package struct SizeEstimate: Hashable, Sendable {
  package let item: String
  /// What is taken for it, such as "three times its file".
  package let words: String
  /// Bytes.
  package let plausible: ClosedRange<UInt64>

  package init(_ item: String, _ words: String, _ plausible: ClosedRange<UInt64>) {
    (self.item, self.words, self.plausible) = (item, words, plausible)
  }
}

extension LayoutResult {
  /// Sizes of a question that were estimated: those that were noted with it, and those that go with
  /// a role and that no setting states.
  var estimates: [SizeEstimate] {
    let constraints = asked.constraints
    let byRole = layout.question.items.compactMap { item -> SizeEstimate? in
      let byteCounts = constraints.compactMap { constraint -> UInt64? in
        if case .atLeast(item.name, let byteCount) = constraint.demand { byteCount } else { nil }
      }
      guard let byteCount = byteCounts.max() else { return nil }
      return estimate(item, byteCount)
    }
    return layout.estimates + byRole
  }

  private func estimate(_ item: PlacementItem, _ byteCount: UInt64) -> SizeEstimate? {
    switch item.role {
    case .bounceBuffers where description.bounceBuffers == nil:
      SizeEstimate(item.name, "though no setting asks for it (`swiotlb`)", 0...byteCount)
    case .perProcessor:
      // A unit has what a kernel's configuration puts into it.
      description.processors == nil
        ? SizeEstimate(
          item.name, "for one processor (`processors`)",
          byteCount / 4...Self.times(16, byteCount))
        : SizeEstimate(
          item.name, "by the unit of a processor that is assumed",
          byteCount / 4...Self.times(2, byteCount))
    // What it may have at most is taken.
    case .elfHeaders:
      SizeEstimate(item.name, "the most that there is", min(64 << 10, byteCount)...byteCount)
    case .deviceTree:
      SizeEstimate(
        item.name, "as large as those of Linux",
        min(4 << 10, byteCount)...PlacementNumber.armDeviceTree)
    case .contiguous:
      SizeEstimate(item.name, "by the usual configuration (`cma`)", 0...Self.times(4, byteCount))
    default: nil
    }
  }

  /// As many bytes so often, or all that 64 bits count.
  private static func times(_ count: UInt64, _ byteCount: UInt64) -> UInt64 {
    let (product, overflows) = byteCount.multipliedReportingOverflow(by: count)
    return overflows ? .max : product
  }
}
