package import MemoryLayout

/// The least value of a parameter with which a layout fits.
package struct SizeResult: Sendable {
  package struct Part: Hashable, Sendable {
    package let name: String
    package let byteCount: UInt128
  }

  package let parameter: SizedParameter
  package let description: LayoutDescription
  /// As the command line has it; nil if no value was found.
  package let option: String?
  /// In bytes; of several areas that of the largest.
  package let byteCount: UInt64
  /// What lies in the memory that the parameter is about, the largest first.
  package let parts: [Part]
  /// Of that memory what no item takes.
  package let left: UInt128
  /// Whether one unit less is known not to fit, and no smaller value either.
  package let isLeast: Bool
  /// What one unit is.
  package let unit: UInt64
  /// The rules that conflict with one unit less; empty if that was not found out.
  package let limits: [PlacementRule]
  /// Up to where larger values fit, as far as was asked, in bytes.
  package let most: UInt64
  /// One that fits beyond some that do not; nil if none was found.
  package let again: UInt64?
  package let growth: [SizeGrowth]
  /// What is said of the layout with that value; of none, with the one that leaves the most room.
  package let result: LayoutResult?
}

extension LayoutDescription {
  /// Finds the least value of a parameter.
  ///
  /// Of ranges the values count that decide: the greatest of those that are asked for all.
  ///
  /// - Throws: `LayoutError`; `.invalid` where the parameter is none of such a machine.
  package func least(_ parameter: SizedParameter) throws(LayoutError) -> SizeResult {
    guard let kernels else { return try least(parameter, try inputs()) }
    guard parameter == .pool, let first = kernels.kernels.first else {
      throw .invalid("of several kernels the size of `pool` is asked for")
    }
    // Their files are read with each question.
    return try least(parameter, try first.settings.inputs())
  }

  /// - Parameter hasGrowth: Whether tables are wanted, which are many questions.
  package func least(
    _ parameter: SizedParameter, _ inputs: LayoutInputs, hasGrowth: Bool = true
  ) throws(LayoutError) -> SizeResult {
    let axis = try SizeAxis(parameter, self, inputs)
    let search = SizeSearch(axis: axis)
    guard let found = try search.least(self) else {
      return SizeResult(
        parameter: parameter, description: self, option: nil, byteCount: 0, parts: [], left: 0,
        isLeast: false, unit: axis.unit, limits: [], most: 0, again: nil, growth: [],
        result: try failing(axis))
    }
    let (changed, changedInputs) = try axis.machine(found.size, self)
    let memory = axis.memory(found.layout)
    let inside = found.placement.filter { memory?.contains($0.value) ?? true }
    let (most, again) = try larger(search, found.size)
    return SizeResult(
      parameter: parameter, description: self, option: axis.option(found.size),
      byteCount: found.size * axis.unit, parts: Self.parts(inside),
      left: (memory?.byteCount ?? 0)
        - min(
          memory?.byteCount ?? 0, inside.values.reduce(0) { $0 + $1.byteCount }),
      isLeast: found.isLeast, unit: axis.unit,
      limits: try limits(search, found.size), most: most * axis.unit,
      again: again.map { $0 * axis.unit },
      growth: hasGrowth && kernels == nil ? try growth(search, inputs, found.layout) : [],
      result: try changed.decide(changedInputs))
  }

  /// The rules by which one unit less does not fit.
  private func limits(
    _ search: SizeSearch, _ size: UInt64
  ) throws(LayoutError) -> [PlacementRule] {
    guard let first = search.axis.bounds?.lowerBound, size > first else { return [] }
    let (changed, inputs) = try search.axis.machine(size - 1, self)
    guard case .conflict(let conflict) = try changed.decideLowFirst(inputs).answer else {
      return []
    }
    var rules: [PlacementRule] = []
    for rule in conflict.constraints.map(\.rule) where rule != .placed && !rules.contains(rule) {
      rules.append(rule)
    }
    return rules
  }

  /// With pieces of one item together.
  private static func parts(_ placement: Placement) -> [SizeResult.Part] {
    var sums: [String: UInt128] = [:]
    for (name, range) in placement {
      let words = name.split(separator: " ")
      let isPiece = words.last?.contains("/") ?? false
      sums[isPiece ? words.dropLast().joined(separator: " ") : name, default: 0] += range.byteCount
    }
    return sums.map { SizeResult.Part(name: $0.key, byteCount: $0.value) }
      .sorted { ($1.byteCount, $0.name) < ($0.byteCount, $1.name) }
  }

  /// Asks what is larger, each time twice as much.
  ///
  /// - Returns: Up to where all that were asked fit, and one beyond what does not that does.
  private func larger(
    _ search: SizeSearch, _ size: UInt64
  ) throws(LayoutError) -> (most: UInt64, again: UInt64?) {
    guard let bounds = search.axis.bounds else { return (size, nil) }
    var most = size
    var isOver = false
    var next = size
    while next < bounds.upperBound {
      next = next > bounds.upperBound / 2 ? bounds.upperBound : next * 2
      let isFitting = try search.fits(next, self)
      if isOver, isFitting { return (most, next) }
      if isFitting { most = next }
      guard !isFitting, !isOver else { continue }
      isOver = true
      var failing = next
      while failing - most > 1 {
        let middle = most + (failing - most) / 2
        if try search.fits(middle, self) { most = middle } else { failing = middle }
      }
    }
    return (most, nil)
  }

  /// What is said where no value fits: with the one that leaves the most room.
  private func failing(_ axis: SizeAxis) throws(LayoutError) -> LayoutResult? {
    guard let bounds = axis.bounds else { return nil }
    let (changed, inputs) = try axis.machine(
      axis.isRoom ? bounds.upperBound : bounds.lowerBound, self)
    return try changed.decide(inputs)
  }

  // MARK: Growth

  /// Tables of the settings that are ranges; if none is, short ones of what is usual.
  private func growth(
    _ search: SizeSearch, _ inputs: LayoutInputs, _ layout: LayoutQuestion
  ) throws(LayoutError) -> [SizeGrowth] {
    let ranges = layout.quantities.filter { ["processors", "memory", "initrd"].contains($0.name) }
    var tables: [SizeGrowth] = []
    if !ranges.isEmpty {
      for range in ranges {
        let variable = variable(range.name, range.bounds, inputs, layout, isRange: true)
        if let table = try search.growth(variable, self, rowCount: 16) { tables.append(table) }
      }
      return tables
    }
    let processors = max(1, layout.question.processorCount)
    let (most, overflows) = processors.multipliedReportingOverflow(by: 4)
    var variables = [
      variable("processors", processors...max(overflows ? .max : most, 64), inputs, layout)
    ]
    if let byteCount = layout.question.initrdByteCount, byteCount > 0, byteCount < 1 << 40 {
      variables.append(variable("initrd", byteCount...2 * byteCount, inputs, layout))
    }
    for variable in variables {
      if let table = try search.growth(variable, self, rowCount: 6) { tables.append(table) }
    }
    return tables
  }

  private func variable(
    _ setting: String, _ bounds: ClosedRange<UInt64>, _ inputs: LayoutInputs,
    _ layout: LayoutQuestion, isRange: Bool = false
  ) -> SizeSearch.Variable {
    func size(_ value: UInt64) -> Size { isRange ? .between(value...value) : .exactly(value) }
    switch setting {
    case "processors":
      return SizeSearch.Variable(setting: setting, unit: .count, bounds: bounds, granule: 1) {
        $1.processors = size($0)
      }
    case "memory":
      return SizeSearch.Variable(setting: setting, unit: .bytes, bounds: bounds, granule: 1 << 20) {
        $1.memory = size($0)
      }
    default:
      let now = max(1, layout.question.initrdByteCount ?? 1)
      let unpacked = layout.unpackedByteCount
      let isDerived = unpackedInitrd == nil && inputs.disk == nil
      return SizeSearch.Variable(
        setting: setting, unit: .bytes, bounds: bounds,
        granule: bounds.upperBound >= 16 << 20 ? 1 << 20 : PlacementNumber.page
      ) { value, changed in
        changed.initrd = size(value)
        // What it unpacks to grows with it.
        guard !isDerived, !isRange else { return }
        changed.unpackedInitrd = .exactly(
          (UInt128(unpacked) * UInt128(value) / UInt128(now)).clamped)
      }
    }
  }
}

extension LayoutQuestion {
  /// What the initrd unpacks to; 0 if there is none.
  var unpackedByteCount: UInt64 {
    (constraints + decidingDemands).lazy.compactMap { constraint -> UInt64? in
      guard case .atLeast("unpacked initrd", let byteCount) = constraint.demand else { return nil }
      return byteCount
    }.max() ?? 0
  }
}
