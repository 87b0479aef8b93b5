internal import MemoryLayout

/// The sizes of a parameter: what a machine is with each of them.
struct SizeAxis {
  /// Bytes from one size to the next.
  let unit: UInt64
  /// In units, the least at least 1; nil if no size makes sense.
  let bounds: ClosedRange<UInt64>?
  /// - Parameter size: In units.
  let machine:
    (_ size: UInt64, LayoutDescription) throws(LayoutError) -> (
      LayoutDescription, LayoutInputs
    )
  /// As the command line has it.
  let option: (_ size: UInt64) -> String
  /// Whether more is room, and not what takes it.
  var isRoom = true
  /// Memory that the parameter is about; nil if it is no memory of its own.
  let memory: (_ layout: LayoutQuestion) -> AddressSet?
}

extension SizeAxis {
  /// - Throws: `LayoutError.invalid` where the parameter is none of such a machine.
  init(
    _ parameter: SizedParameter, _ description: LayoutDescription, _ inputs: LayoutInputs
  ) throws(LayoutError) {
    switch parameter {
    case .crashKernel: self = try .crashKernel(description, inputs)
    case .handoverScratch: self = try .handoverScratch(description, inputs)
    case .bounceBuffers: self = try .bounceBuffers(description, inputs)
    case .memory: self = try .memory(description, inputs)
    case .pool: self = try .pool(description, inputs)
    }
  }

  private static func crashKernel(
    _ description: LayoutDescription, _ inputs: LayoutInputs
  ) throws(LayoutError) -> SizeAxis {
    guard description.isCrashImage else {
      throw .invalid("the size of `crashkernel` is that for a crash image (`crash-image`)")
    }
    let sizing = CrashKernelSizing(description, inputs)
    let unit: UInt64 = 1 << 20
    return SizeAxis(
      unit: unit, bounds: sizing.most.map { 1...$0 / unit },
      machine: { size, description in
        var changed = description
        changed.crashKernelParameter = sizing.parameter(size * unit)
        return (changed, inputs)
      },
      option: { sizing.parameter($0 * unit).option },
      memory: { $0.question.map.crashKernel })
  }

  private static func handoverScratch(
    _ description: LayoutDescription, _ inputs: LayoutInputs
  ) throws(LayoutError) -> SizeAxis {
    guard !description.isCrashImage else {
      throw .invalid("a crash image does not lie in scratch areas of KHO (`crash-image`)")
    }
    let unit = PlacementNumber.handoverBlock
    // Three areas, of whatever size there is now: the low one, the global one, and that of a node.
    let least = (0..<3).compactMap { AddressRange(start: UInt64($0) * unit, byteCount: unit) }
    let question = try description.question(inputs).question
    let sizing = HandoverScratchSizing(description.handoverScratch ?? least, question)
    let low = description.handoverScratch == nil
    func sizes(_ size: UInt64) -> [UInt64] {
      let sizes = sizing.sizes(least: size * unit)
      return low ? sizes.map { max($0, size * unit) } : sizes
    }
    return SizeAxis(
      unit: unit, bounds: sizing.most.map { 1...max(1, $0 / unit) },
      machine: { size, description in
        var changed = description
        changed.handoverScratch = sizing.areas(sizes(size)) ?? []
        return (changed, inputs)
      },
      option: { sizing.option(sizes($0)) },
      memory: { AddressSet($0.question.handoverScratch ?? []) })
  }

  private static func bounceBuffers(
    _ description: LayoutDescription, _ inputs: LayoutInputs
  ) throws(LayoutError) -> SizeAxis {
    let unit = BounceBuffers.area
    let most = inputs.map.systemRAM.byteCount.clamped / unit
    let areas = description.bounceBufferAreaCount.map { ",\($0)" } ?? ""
    return SizeAxis(
      unit: unit, bounds: 1...max(1, most),
      machine: { size, description in
        var changed = description
        changed.bounceBuffers = .exactly(size * unit)
        return (changed, inputs)
      },
      option: { "swiotlb=\($0 * unit / 2_048)\(areas)" }, isRoom: false, memory: { _ in nil })
  }

  /// The machine with so much memory, counted from address 0 on as `mem=` of x86 does, and of others
  /// from where memory begins.
  private static func memory(
    _ description: LayoutDescription, _ inputs: LayoutInputs
  ) throws(LayoutError) -> SizeAxis {
    guard !description.isCrashImage else {
      throw .invalid(
        "a crash image manages what is reserved for it: ask for the size of `crashkernel`")
    }
    let unit: UInt64 = 1 << 20
    let isX86 = inputs.image.architecture.value != .arm64
    let ram = inputs.map.systemRAM
    let end = isX86 ? ram.ranges.last?.end ?? 0 : ram.byteCount
    return SizeAxis(
      unit: unit,
      bounds: 1...min(max(1, ((end + UInt128(unit) - 1) / UInt128(unit)).clamped), .max / unit),
      machine: { size, description in
        let map = inputs.map.limited(to: size * unit, isByAddress: isX86)
        var changed = description
        changed.memory = .exactly(max(1, map.systemRAM.byteCount.clamped))
        return (changed, LayoutInputs(map: map, image: inputs.image, disk: inputs.disk))
      },
      option: { "mem=\(ByteCountText.option(UInt128($0 * unit)))" },
      memory: { $0.question.map.systemRAM })
  }

  /// A pool from where it begins on: where that is said, or at the largest hole.
  private static func pool(
    _ description: LayoutDescription, _ inputs: LayoutInputs
  ) throws(LayoutError) -> SizeAxis {
    let isShared = description.kernels != nil
    let setting = isShared ? "pool" : "into"
    let text = isShared ? description.kernels?.pool : description.into
    guard isShared || text != nil else {
      throw .invalid(
        "the size of `pool` is that of several kernels (`kernels`) or of a region (`into`)")
    }
    let unit: UInt64 = 2 << 20
    var hole = inputs.map.usableRAM.ranges.compactMap { $0.trimmed(to: unit) }
      .max { $0.byteCount < $1.byteCount }
    if let text {
      let range = try MemoryRegionChoice(inputs.map, setting: setting).region(text).range
      // It may grow up to the end of the RAM around it.
      let around = inputs.map.regions.first {
        ($0.kind == .systemRAM || $0.kind == .managedRAM) && $0.range.contains(range)
      }?.range
      hole = AddressRange(start: range.start, last: around?.last ?? range.last)
    }
    let most = (hole?.byteCount ?? 0) / UInt128(unit)
    func place(_ size: UInt64) -> String {
      "\(ByteCountText.option(UInt128(size * unit)))@0x\(String(hole?.start ?? 0, radix: 16))"
    }
    return SizeAxis(
      unit: unit, bounds: most > 0 ? 1...min(most.clamped, .max / unit) : nil,
      machine: { size, description in
        var changed = description
        if isShared { changed.kernels?.pool = place(size) } else { changed.into = place(size) }
        return (changed, inputs)
      },
      option: { "\(setting): \(place($0))" },
      memory: { layout in layout.question.region.map { AddressSet([$0.range]) } })
  }
}
