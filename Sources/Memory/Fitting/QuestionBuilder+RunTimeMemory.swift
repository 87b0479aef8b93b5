internal import MemoryLayout

extension QuestionBuilder {
  /// What the relieving kernel takes while it runs, beside what is loaded.
  mutating func addRunTimeMemory() throws(LayoutError) {
    try addManagement()
    try addProcessors()
    addWorkingMemory()
    try addBounceBuffers()
    try addContiguous()
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
      ? question.map.crashKernel.byteCount : question.region?.range.byteCount ?? 0
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
    // Of all values the least holds the least, and of some or the largest the greatest holds the most.
    let quantifiers = description.quantifiers
    let quantifier = quantifiers?.named["memory"] ?? quantifiers?.ofOthers ?? .all
    question.rootfsMemoryByteCount = quantifier == .all ? memory.least : most
    question.managesWholeMap = UInt128(memory.least) >= question.map.systemRAM.byteCount
    if description.initrd != nil {
      assume(
        .rootfsShare,
        "the initrd is unpacked into a tmpfs, which holds half of what the kernel has left")
    }
    if UInt128(most) > end {
      // Firmware keeps some of what a machine has.
      if UInt128(most) > end + end / 16 {
        condition =
          "RAM is added: `memory` is \(ByteCountText.format(UInt128(most))), that of the map ends"
          + " at \(ByteCountText.format(end))"
      }
      assumptions.append(
        "`memory` goes up to \(ByteCountText.format(UInt128(most))), and RAM ends at"
          + " \(ByteCountText.format(end)): the rest is to be added, and has its tables from the"
          + " beginning")
    }
    let page = question.frameByteCount
    let section = question.sectionByteCount
    var needs = [
      RangedQuantity.Need(
        "struct page", divisor: section, factor: section / page * question.traits[.pageFrame])
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
    assume(
      .perProcessor,
      "the per-CPU variables of a processor take"
        + " \(ByteCountText.format(UInt128(question.perProcessorByteCount)))")
    var needs = [RangedQuantity.Need("per-CPU areas", factor: question.perProcessorByteCount)]
    if hasBounceBuffers, description.bounceBufferAreaCount == nil,
      question.traits.has(.sharesSwiotlb),
      let bounds = try bounds(processors)
    {
      needs.append(
        need(
          "swiotlb", BounceBuffers.byteCount(areas: bounds.lowerBound),
          BounceBuffers.steps(areas: bounds)))
    }
    try addRange("processors", processors, unit: .count, needs: needs)
  }

  private mutating func addWorkingMemory() {
    let byteCount = question.traits[.workingMemory]
    guard byteCount > 0 else { return }
    items.append(PlacementItem("working memory", .workingMemory))
    assume(
      .workingMemory,
      "until its first program runs the kernel takes \(ByteCountText.format(UInt128(byteCount)))"
        + " beside the others")
  }

  /// What the command line says of swiotlb; nil if the kernel decides.
  private var statedBounceBuffers: LayoutDescription.Size? {
    // A guest with encrypted memory cannot tell the usual size from none.
    let usual = LayoutDescription.Size.exactly(PlacementNumber.bounceBuffers)
    return description.isConfidential && description.bounceBuffers == usual
      ? nil : description.bounceBuffers
  }

  /// Whether the relieving kernel has swiotlb: where Linux makes it, and of the size that is asked for.
  private var hasBounceBuffers: Bool {
    guard statedBounceBuffers != .exactly(0) else { return false }
    return question.traits.has(.forcesSwiotlb) || makesBounceBuffers
  }

  /// Whether Linux makes swiotlb by itself: `pci_swiotlb_detect` of arch/x86/kernel/pci-dma.c, and
  /// `arch_mm_preinit` (before `mem_init`) of arch/arm64/mm/init.c.
  private var makesBounceBuffers: Bool {
    switch question.image.architecture.value {
    case .x86_64: description.isConfidential || hasHighMemory
    case .arm64: hasMemoryOnBothSides || bouncesSmallBuffers
    case .i386, .other: false
    }
  }

  /// Whether an x86-64 kernel knows of memory above 4 GiB. A crash kernel that lies below learns of
  /// it from ACPI's table of affinity, which many machines have.
  private var hasHighMemory: Bool {
    let limit = UInt128(PlacementNumber.bounceBufferEnd)
    let end = question.map.systemRAM.ranges.last?.end ?? 0
    guard end <= limit else { return true }
    // What is to be added lies behind the end.
    return !description.isCrashImage && UInt128(question.managedByteCount) > limit
  }

  /// Whether an arm64 kernel has RAM on both sides of where devices end.
  private var hasMemoryOnBothSides: Bool {
    let map = question.map
    let ranges = (description.isCrashImage ? question.map.crashKernel : map.systemRAM).ranges
    let end = UInt128(question.traits[.deviceReach])
    guard let first = ranges.first, let last = ranges.last else { return false }
    return UInt128(first.start) < end && last.end > end
  }

  /// Whether an arm64 kernel copies small buffers of `kmalloc` for devices that are not coherent:
  /// from Linux 6.5 on (CONFIG_DMA_BOUNCE_UNALIGNED_KMALLOC).
  private var bouncesSmallBuffers: Bool {
    question.image.architecture.value == .arm64 && question.traits.version >= KernelVersion(6, 5)
  }

  private mutating func addBounceBuffers() throws(LayoutError) {
    guard hasBounceBuffers else { return try addNoBounceBuffers() }
    items.append(PlacementItem("swiotlb", .bounceBuffers))
    question.bounceBufferAreaCount = description.bounceBufferAreaCount
    guard let stated = statedBounceBuffers else { return addUsualBounceBuffers() }
    assumptions.append("swiotlb takes \(powerOfTwo)what `swiotlb` says\(bounceBufferAreas)")
    if case .file = stated { throw .invalid("`swiotlb` takes a size and no file") }
    question.bounceBufferByteCount = stated.least
    guard let bounds = try bounds(stated) else { return }
    let area = BounceBuffers.area
    let swiotlb =
      question.traits.has(.sharesSwiotlb)
      ? need(
        "swiotlb", BounceBuffers.byteCount(asked: bounds.lowerBound),
        BounceBuffers.steps(asked: bounds))
      : RangedQuantity.Need("swiotlb", divisor: area, factor: area)
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

  /// CMA is kept early, beside image and initrd, where there is as much, and where there is not the kernel
  /// goes on without it: so more memory may leave less.
  private mutating func addContiguous() throws(LayoutError) {
    let byteCount = question.traits[.contiguous]
    guard byteCount > 0 else { return }
    let size = ByteCountText.format(UInt128(byteCount))
    guard try hasRoom(forContiguous: byteCount) else {
      assume(.contiguous, "there is no CMA, because \(size) are not free for it")
      return
    }
    items.append(PlacementItem("CMA", .contiguous, byteCount: byteCount))
    assume(.contiguous, "the relieving kernel keeps \(size) of CMA, as it is configured")
  }

  private func hasRoom(forContiguous byteCount: UInt64) throws(LayoutError) -> Bool {
    if let scratch = description.handoverScratch, !description.isCrashImage {
      return scratch.contains { $0.byteCount >= UInt128(byteCount) }
    }
    // Of all values the smallest initrd leaves most for it, and where one value is enough the largest.
    let quantifiers = description.quantifiers
    let quantifier = quantifiers?.named["initrd"] ?? quantifiers?.ofOthers ?? .all
    let most =
      try description.initrd.map { initrd throws(LayoutError) in try bounds(initrd) } ?? nil
    let initrd =
      quantifier == .all
      ? question.initrdByteCount ?? 0 : most?.upperBound ?? question.initrdByteCount ?? 0
    let image = question.image
    let kernel = image.memoryByteCount.value ?? image.loadedByteCount.value
    return UInt128(question.managedByteCount) >= UInt128(kernel) + UInt128(initrd)
      + UInt128(byteCount)
  }

  private var powerOfTwo: String {
    question.traits.has(.sharesSwiotlb) ? "a power of two of bytes that holds " : ""
  }

  private var bounceBufferAreas: String {
    guard question.traits.has(.sharesSwiotlb) else { return "" }
    let whose = description.bounceBufferAreaCount.map { "of \($0) areas" } ?? "processor"
    return ", and 256 KiB for each \(whose) if that is more, as since Linux 6.0"
  }

  private mutating func addNoBounceBuffers() throws(LayoutError) {
    guard description.bounceBufferAreaCount == nil else {
      throw .invalid("there is no swiotlb that could have `swiotlb-areas`")
    }
    switch description.bounceBuffers {
    case .exactly(0): break
    case nil:
      assumptions.append(
        "Linux makes no swiotlb, because \(noBounceBuffers) (`swiotlb-force`)")
    case _?:
      assumptions.append(
        "Linux makes no swiotlb whatever `swiotlb` says, because \(noBounceBuffers)"
          + " (`swiotlb-force`)")
    }
  }

  private var noBounceBuffers: String {
    switch question.image.architecture.value {
    case .x86_64: "no memory lies above 4 GiB"
    case .arm64: "no memory lies beyond where devices reach"
    case let architecture: "\(architecture) has none"
    }
  }

  private mutating func addUsualBounceBuffers() {
    if description.isConfidential {
      assumptions.append(
        "swiotlb takes 6 % of the memory, in a power of two from 64 MiB to 1 GiB\(bounceBufferAreas)"
      )
    } else if is64BitX86 || hasMemoryOnBothSides || question.traits.has(.forcesSwiotlb) {
      let announced =
        description.isCrashImage && is64BitX86
        ? ": the machine has memory above 4 GiB, and a crash kernel below learns of it where ACPI has"
          + " a table of affinity (SRAT)" : ""
      assumptions.append(
        "swiotlb has its usual 64 MiB\(bounceBufferAreas) (`swiotlb: 0` if there is none)\(announced)"
      )
    } else {
      question.bounceBufferByteCount = min(
        PlacementNumber.bounceBuffers, question.managedByteCount / 1_024)
      assumptions.append(
        "swiotlb has 1 MiB for each GiB, for buffers of devices that are not coherent, as on arm64"
          + " since Linux 6.5 (`swiotlb: 0` if there is none)")
    }
  }

  private mutating func addCrashKernel(_ size: LayoutDescription.Size) throws(LayoutError) {
    try add("crash kernel", .crashKernel, size, setting: "crash-kernel")
    if question.image.architecture.value == .arm64 {
      assumptions.append(
        "devices of arm64 reach 4 GiB: on a Raspberry Pi 4 it is 1 GiB, and what has to lie below"
          + " has to lie there")
    }
    guard is64BitX86 || hasMemoryOnBothSides, lowCrashKernels.isEmpty else { return }
    mayHaveHighCrashKernel =
      question.traits.version >= (is64BitX86 ? KernelVersion(5, 2) : KernelVersion(6, 2))
    let limit = PlacementNumber.crashKernelLowEnd
    if description.crashKernelIsHigh {
      items.append(PlacementItem("low crash kernel", .crashKernelLow))
      assumptions.append(
        "there is no room for the crash kernel below 4 GiB, so that Linux puts it above, and a part"
          + " below (`crashkernel=X,high` does so at once)")
    }
    let place =
      description.crashKernelIsHigh
      ? AddressRange(start: limit, last: .max) : AddressRange(start: 0, last: limit - 1)
    more.append(
      PlacementConstraint(
        .crashKernelLimit, .within("crash kernel", [place].compactMap { $0 }),
        description.crashKernelIsHigh
          ? "above 4 GiB, because it finds no room below"
          : "below 4 GiB, because no item for a low crash kernel is in the question"))
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
