internal import MemoryLayout

/// How the least size grows with a setting.
package struct SizeGrowth: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    /// Values of the setting, which all fit with this size.
    package let values: ClosedRange<UInt64>
    /// As the command line has it.
    package let option: String
  }

  /// `processors`, `memory` or `initrd`.
  package let setting: String
  package let unit: RangedQuantity.Unit
  package let rows: [Row]
  /// The least size for the first value, of which that of the first row is rounded up.
  package let first: String
  /// What the sizes of the rows are multiples of, in bytes.
  package let step: UInt64
  /// The first value for which no size was found; nil if there is one for each.
  package let end: UInt64?

  /// A value as people write it.
  package func text(_ value: UInt64) -> String {
    unit == .bytes ? ByteCountText.format(UInt128(value)) : "\(value)"
  }
}

extension SizeSearch {
  /// A setting and the values that a table is about.
  struct Variable {
    let setting: String
    let unit: RangedQuantity.Unit
    let bounds: ClosedRange<UInt64>
    /// What the ends of rows are multiples of.
    let granule: UInt64
    let set: (UInt64, inout LayoutDescription) -> Void
  }

  /// The table of a setting: more of it takes no less, so that each size holds up to some value.
  ///
  /// - Parameter rowCount: Rows at most; sizes are then multiples of more than the unit.
  func growth(
    _ variable: Variable, _ description: LayoutDescription, rowCount: UInt64
  ) throws(LayoutError) -> SizeGrowth? {
    func changed(_ value: UInt64) -> LayoutDescription {
      var changed = description
      variable.set(value, &changed)
      return changed
    }
    guard let bounds = axis.bounds, let first = try least(changed(variable.bounds.lowerBound))?.size
    else { return nil }
    let last = try least(changed(variable.bounds.upperBound))?.size ?? bounds.upperBound
    var step: UInt64 = 1
    while last > first, (last - first) / step >= rowCount { step *= 2 }
    var rows: [SizeGrowth.Row] = []
    var from = variable.bounds.lowerBound
    var size = (first + step - 1) / step * step
    while true {
      size = min(size, bounds.upperBound)
      if let most = try most(variable, from: from, size, changed) {
        rows.append(SizeGrowth.Row(values: from...most, option: axis.option(size)))
        guard most < variable.bounds.upperBound else { break }
        from = most + 1
      }
      guard size < bounds.upperBound, size < last + step else { break }
      size += step
    }
    let end = rows.last?.values.upperBound
    return SizeGrowth(
      setting: variable.setting, unit: variable.unit, rows: rows, first: axis.option(first),
      step: step * axis.unit, end: end == variable.bounds.upperBound ? nil : end.map { $0 + 1 })
  }

  /// The greatest value from a value on with which a size fits; nil if that one does not.
  private func most(
    _ variable: Variable, from: UInt64, _ size: UInt64, _ changed: (UInt64) -> LayoutDescription
  ) throws(LayoutError) -> UInt64? {
    let top = variable.bounds.upperBound
    if try fits(size, changed(top)) { return top }
    guard try fits(size, changed(from)) else { return nil }
    var fitting = from / variable.granule
    var failing = top / variable.granule + 1
    while failing - fitting > 1 {
      let middle = fitting + (failing - fitting) / 2
      if try fits(size, changed(min(middle * variable.granule, top))) {
        fitting = middle
      } else {
        failing = middle
      }
    }
    return max(from, fitting * variable.granule)
  }
}
