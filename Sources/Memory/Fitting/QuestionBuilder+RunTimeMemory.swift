internal import MemoryLayout

extension QuestionBuilder {
  /// What the relieving kernel takes while it runs, beside what is loaded.
  mutating func addRunTimeMemory() throws(LayoutError) {
    try addManagement()
    try addProcessors()
    try addBounceBuffers()
    if let size = description.lowDMA { try add("ISA DMA", .lowDMA, size, setting: "dma") }
    if let size = description.processes { try add("processes", .processes, size) }
    if description.processes == nil, description.handedOver.isEmpty {
      assumptions.append(
        "no process is copied, and none handed over where it lies: none has memory of its own here"
          + " (`processes`, `handed-over`)")
    }
    if let size = description.crashKernel { try addCrashKernel(size) }
    if let size = description.grant { try add("grant", .grant, size) }
    for item in description.items {
      try add(item.name, item.role, item.size ?? .exactly(0), isKeptIfEmpty: true)
    }
  }

  /// Tables that grow with the memory that the kernel manages.
  private mutating func addManagement() throws(LayoutError) {
    let reserved =
      question.isCrashImage
      ? question.crashMemory.byteCount : question.region?.range.byteCount ?? 0
    let memory = description.memory ?? .exactly(UInt64(clamping: reserved))
    if description.memory == nil {
      assumptions.append(
        question.isCrashImage
          ? "the crash kernel manages the \(ByteCountText.format(reserved)) reserved for it (`memory`)"
          : "the relieving kernel manages the \(ByteCountText.format(reserved)) of the region that it"
            + " is put into (`memory`)")
    }
    question.managedByteCount = memory.least
    let most = try bounds(memory)?.upperBound ?? memory.least
    let end = question.map.systemRAM.ranges.last?.end ?? 0
    if UInt128(most) > end {
      assumptions.append(
        "`memory` goes up to \(ByteCountText.format(UInt128(most))), and RAM ends at"
          + " \(ByteCountText.format(end)): the rest is to be added, and has its tables from the"
          + " beginning")
    }
    let frame =
      question.image.architecture.value == .i386
      ? PlacementNumber.pageFrame32 : PlacementNumber.pageFrame64
    let page = question.frameByteCount
    var needs = [
      RangedQuantity.Need("struct page", divisor: page, factor: frame)
    ]
    // Above the lowest level there are as many tables as the largest value takes: a sum of
    // quotients is no quotient.
    let levels = question.directMapLevels.byteCounts
    let isLow = question.image.architecture.value == .i386
    let mapped = isLow ? min(most, PlacementNumber.lowMemoryEnd) : most
    func tables(_ levels: some Sequence<UInt64>) -> UInt64 {
      levels.reduce(0) { $0 + mapped / $1 + (mapped % $1 == 0 ? 0 : 1) } * page
    }
    let above = tables(levels.dropFirst()) + page
    // What lies above 896 MiB is not mapped, so that the largest value counts.
    let all = isLow ? above + tables(levels.prefix(1)) : 0
    items += [
      PlacementItem("struct page", .pageFrames),
      PlacementItem("direct map", .directMap, byteCount: all),
    ]
    if let lowest = levels.first, !isLow {
      needs.append(
        RangedQuantity.Need(
          "direct map", divisor: lowest, factor: page, base: above))
    }
    try addRange("memory", memory, needs: needs + (try confidentialNeeds(memory)))
  }

  /// Sizes swiotlb of a guest with encrypted memory, and the low crash kernel with it.
  ///
  /// - Returns: What they take by the memory, for a range of it.
  private mutating func confidentialNeeds(
    _ memory: LayoutDescription.Size
  ) throws(LayoutError) -> [RangedQuantity.Need] {
    guard description.isConfidential else { return [] }
    guard is64BitX86 else {
      throw .invalid(
        "`confidential` is about guests of SEV and TDX, and the image is one for"
          + " \(question.image.architecture.value)")
    }
    guard description.bounceBuffers != .exactly(0) else {
      throw .invalid("a confidential guest does all of its DMA through swiotlb: `swiotlb` is not 0")
    }
    guard statedBounceBuffers == nil else { return [] }
    question.isConfidential = true
    question.bounceBufferByteCount = ConfidentialBounceBuffers.asked(memory: memory.least)
    guard let bounds = try bounds(memory) else { return [] }
    let least = ConfidentialBounceBuffers.byteCount(memory: memory.least)
    let steps = ConfidentialBounceBuffers.steps(memory: bounds)
    // Of the low crash kernel the least size of 256 MiB is another demand. In whole segments of 256
    // KiB; where 6 % are a fraction of a byte more than so many, it is one more than the kernel's.
    let segments = 100 * BounceBuffers.area
    let more = PlacementNumber.crashKernelLowMore
    return [need("swiotlb", least, steps)]
      + lowCrashKernels.map {
        RangedQuantity.Need(
          $0, multiplier: 6, divisor: segments, factor: BounceBuffers.area, base: more,
          most: ConfidentialBounceBuffers.most + more)
      }
  }

  private func need(
    _ item: String, _ least: UInt64, _ steps: [BounceBuffers.Step]
  ) -> RangedQuantity.Need {
    RangedQuantity.Need(
      item, factor: 0, base: least,
      steps: steps.map { RangedQuantity.Need.Step(from: $0.value, $0.byteCount) })
  }

  private var lowCrashKernels: [String] {
    description.items.filter { $0.role == .crashKernelLow }.map(\.name)
  }

  private mutating func addProcessors() throws(LayoutError) {
    let processors = description.processors ?? .exactly(1)
    question.processorCount = processors.least
    if description.processors == nil {
      assumptions.append("the relieving kernel has one processor (`processors`)")
    }
    guard processors != .exactly(0) else { return }
    items.append(PlacementItem("per-CPU areas", .perProcessor))
    assumptions.append("a processor's per-CPU unit takes 1 MiB, as measured with Linux 6.18")
    var needs = [RangedQuantity.Need("per-CPU areas", factor: PlacementNumber.perProcessorUnit)]
    if hasBounceBuffers, description.bounceBufferAreaCount == nil,
      let bounds = try bounds(processors)
    {
      needs.append(
        need(
          "swiotlb", BounceBuffers.byteCount(areas: bounds.lowerBound),
          BounceBuffers.steps(areas: bounds)))
    }
    try addRange("processors", processors, unit: .count, needs: needs)
  }

  /// What the command line says of swiotlb; nil if the kernel decides.
  private var statedBounceBuffers: LayoutDescription.Size? {
    // A guest with encrypted memory cannot tell the usual size from none.
    let usual = LayoutDescription.Size.exactly(PlacementNumber.bounceBuffers)
    return description.isConfidential && description.bounceBuffers == usual
      ? nil : description.bounceBuffers
  }

  private var hasBounceBuffers: Bool {
    guard let stated = statedBounceBuffers else { return is64BitX86 || hasHighMemoryOfArm64 }
    return stated != .exactly(0)
  }

  /// Whether an arm64 kernel has RAM on both sides of 4 GiB, where devices of 32 bits end.
  private var hasHighMemoryOfArm64: Bool {
    guard question.image.architecture.value == .arm64 else { return false }
    let map = question.map
    let ranges = (description.isCrashImage ? question.crashMemory : map.systemRAM).ranges
    let end = UInt128(PlacementNumber.bounceBufferEnd)
    guard let first = ranges.first, let last = ranges.last else { return false }
    return UInt128(first.start) < end && last.end > end
  }

  private mutating func addBounceBuffers() throws(LayoutError) {
    guard hasBounceBuffers else {
      if description.bounceBufferAreaCount != nil {
        throw .invalid("there is no swiotlb that could have `swiotlb-areas`")
      }
      if description.bounceBuffers == nil { assumptions.append("there is no swiotlb (`swiotlb`)") }
      return
    }
    items.append(PlacementItem("swiotlb", .bounceBuffers))
    question.bounceBufferAreaCount = description.bounceBufferAreaCount
    let whose = description.bounceBufferAreaCount.map { "of \($0) areas" } ?? "processor"
    let areas = "and 256 KiB for each \(whose) if that is more, as since Linux 6.0"
    guard let stated = statedBounceBuffers else {
      assumptions.append(
        description.isConfidential
          ? "swiotlb takes 6 % of the memory, in a power of two from 64 MiB to 1 GiB, \(areas)"
          : "swiotlb has its usual 64 MiB, \(areas) (`swiotlb: 0` if there is none)")
      return
    }
    assumptions.append(
      "swiotlb takes a power of two of bytes that holds what `swiotlb` says, \(areas)")
    if case .file = stated { throw .invalid("`swiotlb` takes a size and no file") }
    question.bounceBufferByteCount = stated.least
    guard let bounds = try bounds(stated) else { return }
    let swiotlb = need(
      "swiotlb", BounceBuffers.byteCount(asked: bounds.lowerBound),
      BounceBuffers.steps(asked: bounds))
    let low = is64BitX86 ? lowCrashKernels : []
    try addRange(
      "swiotlb", stated,
      needs: [swiotlb]
        + low.map {
          RangedQuantity.Need(
            $0, divisor: BounceBuffers.area, factor: BounceBuffers.area,
            base: PlacementNumber.crashKernelLowMore)
        })
  }

  private mutating func addCrashKernel(_ size: LayoutDescription.Size) throws(LayoutError) {
    try add("crash kernel", .crashKernel, size, setting: "crash-kernel")
    if question.image.architecture.value == .arm64 {
      assumptions.append(
        "devices of arm64 reach 4 GiB: on a Raspberry Pi 4 it is 1 GiB, and what has to lie below"
          + " has to lie there")
    }
    guard is64BitX86 || hasHighMemoryOfArm64, lowCrashKernels.isEmpty,
      let low = AddressRange(start: 0, last: PlacementNumber.crashKernelLowEnd - 1)
    else { return }
    more.append(
      PlacementConstraint(
        .crashKernelLimit, .within("crash kernel", [low]),
        "below 4 GiB, because no item for a low crash kernel is in the question"))
  }

  /// - Parameter isKeptIfEmpty: Whether something of no size is an item, for what rules ask of it.
  mutating func add(
    _ name: String, _ role: PlacementItem.Role, _ size: LayoutDescription.Size,
    setting: String? = nil, isKeptIfEmpty: Bool = false
  ) throws(LayoutError) {
    if case .file = size { throw .invalid("`\(name)` takes a size and no file") }
    if size == .exactly(0), !isKeptIfEmpty { return }
    items.append(PlacementItem(name, role, byteCount: size.least))
    try addRange(setting ?? name, size, needs: [RangedQuantity.Need(name)])
  }

  // MARK: Ranges

  /// Notes a quantity if it is a range.
  mutating func addRange(
    _ name: String, _ size: LayoutDescription.Size, unit: RangedQuantity.Unit = .bytes,
    needs: [RangedQuantity.Need]
  ) throws(LayoutError) {
    guard let bounds = try bounds(size) else { return }
    guard !quantities.contains(where: { $0.name == name }) else {
      throw .invalid("there are two ranges `\(name)`")
    }
    let quantifiers = description.quantifiers
    let others = quantifiers?.ofOthers ?? .all
    quantities.append(
      RangedQuantity(name, bounds, quantifiers?.named[name] ?? others, unit: unit, needs: needs))
  }

  /// Of a range; where it is open, there is nothing above what the machine has of bytes.
  func bounds(_ size: LayoutDescription.Size) throws(LayoutError) -> ClosedRange<UInt64>? {
    switch size {
    case .exactly, .file: return nil
    case .between(let bounds): return bounds
    case .from(let least):
      let most = UInt64(clamping: question.map.systemRAM.byteCount)
      return least...max(least, most)
    }
  }

  func checkQuantifiers() throws(LayoutError) {
    guard let quantifiers = description.quantifiers else { return }
    guard !quantities.isEmpty else {
      throw .invalid("`for` is about a range, and no size is one")
    }
    let names = quantities.map(\.name)
    if let unknown = quantifiers.named.keys.sorted().first(where: { !names.contains($0) }) {
      let known = names.map { "`\($0)`" }.joined(separator: ", ")
      throw .invalid("`for` names `\(unknown)`, which is no range; there is \(known)")
    }
    guard quantities.count(where: { $0.quantifier == .largest }) <= 1 else {
      throw .invalid(
        "of several ranges one is to be the largest, and the others hold for all of their values:"
          + " say which, such as `largest \(names[0])`")
    }
  }
}
