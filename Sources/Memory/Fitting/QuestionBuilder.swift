internal import MemoryLayout

/// Collects items, constraints and assumptions of a layout.
struct QuestionBuilder {
  let description: LayoutDescription
  var question: PlacementQuestion
  var items: [PlacementItem] = []
  /// Constraints that go with the settings and not with the items.
  var more: [PlacementConstraint] = []
  var quantities: [RangedQuantity] = []
  var assumptions: [String] = []
  /// What has to be so beside the map that there is; the end of a sentence.
  var condition: String?
  /// Whether Linux looks for a place above 4 GiB where a crash kernel has none below.
  var mayHaveHighCrashKernel = false
  var estimates: [SizeEstimate] = []

  /// Of the file, if there is one.
  private let disk: InitialRamDisk?

  init(
    _ description: LayoutDescription, map: MemoryMap, image: KernelImage, disk: InitialRamDisk?
  ) {
    self.description = description
    self.disk = disk
    question = PlacementQuestion(
      map: map, image: image, items: [], loader: description.loader)
    question.inUse = AddressSet(description.inUse)
    question.handedOver = AddressSet(description.handedOver)
    question.handoverScratch = description.handoverScratch
    question.memoryBlockByteCount = description.memoryBlockByteCount
    question.isCrashImage = description.isCrashImage
    question.pagingLevelCount = description.pagingLevelCount ?? 4
    addTraits()
  }

  /// Which kernels these are: what is said, or what the image says, or today's.
  private mutating func addTraits() {
    let image = question.image
    var version = KernelVersion.newest
    if let stated = description.kernelVersion {
      version = stated
    } else if case .bzImage(let header) = image.format,
      let read = header.versionText.flatMap({ KernelVersion($0) })
    {
      version = read
      assumptions.append(
        "both kernels are of Linux \(read), as \(image.path) says (`kernel-version`)")
    } else {
      assumptions.append("both kernels are of Linux \(version) (`kernel-version`)")
    }
    question.traits = KernelTraits(
      version: version, architecture: image.architecture.value, stated: description.traits)
  }

  /// Says what a trait is taken to be, unless somebody has said it.
  mutating func assume(_ trait: KernelTrait, _ sentence: String) {
    guard description.traits[trait] == nil else { return }
    assumptions.append("\(sentence) (`\(trait.rawValue)`: \(trait.source))")
  }

  var isX86: Bool {
    question.image.architecture.value == .x86_64 || question.image.architecture.value == .i386
  }

  var is64BitX86: Bool { question.image.architecture.value == .x86_64 }

  mutating func addImage() throws(LayoutError) {
    items.append(PlacementItem("kernel", .kernel))
    if let size = description.statedKernel?.size {
      try addRange("kernel", size, needs: [RangedQuantity.Need("kernel")])
    }
    if let byteCount = question.image.memoryByteCount.value {
      assumptions.append(
        "the image takes no more than \(ByteCountText.format(UInt128(byteCount))) by"
          + " \(question.image.memoryByteCount.origin) until it has read its memory map")
    } else {
      assumptions.append(
        "the image takes the \(question.image.loadedByteCount.value) bytes that are loaded:"
          + " \(question.image.memoryByteCount.origin)")
    }
    if question.map.format.showsKernel {
      assumptions.append(
        "the running kernel keeps its own image alone: what its processes use may be moved away")
    } else {
      assumptions.append(
        "\(question.map.path) does not show where the running kernel lies:"
          + " only what is in use by the settings is kept")
    }
    if !question.map.dynamicReservations.isEmpty {
      let names = question.map.dynamicReservations.map { "`\($0.name)`" }.joined(separator: ", ")
      assumptions.append(
        "where the running kernel has put \(names) is not known, and not kept (`in-use`)")
    }
  }

  mutating func addInitrd() throws(LayoutError) {
    guard let initrd = description.initrd, initrd != .exactly(0) else {
      assumptions.append("there is no initrd")
      return
    }
    items.append(PlacementItem("initrd", .initrd))
    var needs = [RangedQuantity.Need("initrd")]
    var unpacked: UnpackedSize?
    var byteCount = initrd.least
    if case .file = initrd, let disk {
      byteCount = disk.byteCount
      unpacked = disk.unpacked
    }
    question.initrdByteCount = byteCount
    if let stated = description.unpackedInitrd {
      try add("unpacked initrd", .unpackedInitrd, stated, setting: "unpacked-initrd")
    } else if let unpacked, unpacked.byteCount != nil {
      addUnpacked(unpacked, of: byteCount)
    } else {
      let need = RangedQuantity.Need("unpacked initrd", factor: Self.usualUnpacking)
      items.append(
        PlacementItem("unpacked initrd", .unpackedInitrd, byteCount: need.byteCount(for: byteCount))
      )
      needs.append(need)
      estimates.append(
        SizeEstimate(
          "unpacked initrd", "three times the initrd (`unpacked-initrd`)",
          byteCount...RangedQuantity.Need("", factor: 6).byteCount(for: byteCount)))
      let why = if case .unknown(let reason)? = unpacked { ": \(reason)" } else { "" }
      assumptions.append(
        "the initrd unpacks to three times its size (`unpacked-initrd`)\(why)")
    }
    try addRange("initrd", initrd, needs: needs)
  }

  /// What an initrd unpacks to for each of its bytes, where nothing says more.
  private static let usualUnpacking: UInt64 = 3

  /// Adds what an initrd of so many bytes unpacks to, as it was read off the file.
  private mutating func addUnpacked(_ unpacked: UnpackedSize, of fileByteCount: UInt64) {
    let name = "unpacked initrd"
    func bytes(_ count: UInt64) -> String { ByteCountText.needed(UInt128(count)) }
    let byteCount: UInt64
    let plausible: ClosedRange<UInt64>
    switch unpacked {
    case .exactly(let count, let from):
      byteCount = count
      // What files lose in their last pages.
      plausible = count...(count + min(count / 16, .max - count))
      assumptions.append(
        "the initrd unpacks to \(bytes(count)), \(from): each of its files takes whole pages, which"
          + " is not counted (`unpacked-initrd`)")
    case .atMost(let count, let from):
      byteCount = count
      plausible = count / 4...count
      assumptions.append(
        "the initrd unpacks to the \(bytes(count)) that it has at most, \(from)"
          + " (`unpacked-initrd`)")
    case .moreThan(let count, let from):
      let usual = RangedQuantity.Need(name, factor: Self.usualUnpacking)
      byteCount = max(count, usual.byteCount(for: fileByteCount))
      plausible = byteCount...(.max)
      assumptions.append(
        "the initrd unpacks to more than \(bytes(count)), \(from): \(bytes(byteCount)) are taken"
          + " (`unpacked-initrd`)")
    case .unknown: return
    }
    guard byteCount > 0 else { return }
    items.append(PlacementItem(name, .unpackedInitrd, byteCount: byteCount))
    estimates.append(SizeEstimate(name, "by its file (`unpacked-initrd`)", plausible))
  }

  /// What it takes to start the image.
  mutating func addStart() throws(LayoutError) {
    try addPaging()
    if isX86 {
      try addBootParameters()
      addMemoryMap()
      items.append(PlacementItem("trampoline", .trampoline))
      if !description.isCrashImage {
        items.append(PlacementItem("running kernel's trampoline", .trampoline))
        assumptions.append(
          "the running kernel has a trampoline of its own below 1 MiB, which the map does not show:"
            + " a page is kept for it, and where it really lies is not free (`in-use`)")
      }
    }
    if question.image.architecture.value == .arm64 {
      items.append(
        PlacementItem("device tree", .deviceTree, byteCount: question.traits[.deviceTree]))
      assume(.deviceTree, "the device tree has up to 128 KiB")
    }
    guard description.loader != .bootProtocol else { return }
    // kexec_file_load has none on arm64: machine_kexec_file.c.
    let purgatory = question.traits[.purgatory]
    if purgatory > 0, isX86 || description.loader == .kexec {
      items.append(PlacementItem("purgatory", .purgatory, byteCount: purgatory))
      assume(.purgatory, "kexec's purgatory takes 36 KiB")
    }
    assumptions.append(
      "half of RAM, kexec's limit, is half of what the map shows as usable: the kernel counts less,"
        + " by what it has reserved for itself")
    items.append(PlacementItem("control pages", .controlPages))
    if question.image.architecture.value == .arm64, !description.isCrashImage {
      items.append(PlacementItem("page tables", .pageTables))
      assumptions.append(
        "kexec copies with tables of all RAM by pages of 4 KiB, as since Linux 5.16 on arm64")
      // A boot has shown it (docs/boots.md): Linux asks EFI alone to keep them.
      assumptions.append(
        "no interrupt controller writes to memory: the tables of a GICv3 with ITS stay in use, no map shows"
          + " them, and only where EFI started the machine the next kernel knows of them"
          + " (gic_reserve_range, drivers/irqchip/irq-gic-v3-its.c)")
    }
    if is64BitX86 { items.append(PlacementItem("page tables", .pageTables)) }
    if description.handoverScratch != nil, !description.isCrashImage {
      items.append(PlacementItem("list of KHO scratch", .handoverArray))
    }
    if description.isCrashImage {
      if isX86, description.loader == .kexec {
        items.append(PlacementItem("backup of low memory", .lowBackup))
      }
      items.append(PlacementItem("ELF headers", .elfHeaders))
      assume(
        .elfHeaders,
        "the crash image's ELF headers have \(ByteCountText.format(UInt128(question.traits[.elfHeaders])))"
      )
      if description.crashKernelParameter == nil {
        assumptions.append(
          "what the map shows as reserved for a crash kernel is still reserved: after it was made"
            + " smaller, some kernels show what it was (/sys/kernel/kexec_crash_size)")
      }
    }
  }

  /// How far page tables reach, and what is assumed of them.
  private mutating func addPaging() throws(LayoutError) {
    guard is64BitX86 || description.pagingLevelCount == nil else {
      throw .invalid(
        "`paging` is about page tables of x86-64, and the image is one for"
          + " \(question.image.architecture.value)")
    }
    let end = question.map.systemRAM.ranges.last?.end ?? 0
    if is64BitX86, description.pagingLevelCount == nil {
      let isBeyond = end > UInt128(PlacementNumber.reach64(pagingLevelCount: 4))
      assumptions.append(
        "page tables of both kernels have 4 levels (`paging`)"
          + (isBeyond ? ", with which they reach 64 TiB; with 5 it is 4 PiB" : ""))
    }
    if question.image.architecture.value == .i386, end > 1 << 32 {
      assumptions.append(
        "the relieving kernel is built with PAE: without, it does not reach beyond 4 GiB")
    }
    guard question.image.architecture.value == .arm64 else { return }
    if case .arm64(let header) = question.image.format {
      if !header.mayLieAnywhere {
        assumptions.append(
          "the relieving kernel needs no memory below its image: by the image's flags it loses"
            + " what lies there"
        )
      }
      if header.pageSize != .unspecified { return }
    }
    assume(
      .pageSize,
      "the relieving kernel's pages have \(ByteCountText.format(UInt128(question.traits[.pageSize])))"
    )
  }

  private mutating func addBootParameters() throws(LayoutError) {
    let name = "boot parameters"
    items.append(PlacementItem(name, .bootParameters))
    let limit = question.image.commandLineByteCount
    let usual = min(limit.value ?? 2_047, 2_047)
    let commandLine = description.commandLine ?? .exactly(usual)
    question.commandLineByteCount = commandLine.least
    if description.commandLine == nil {
      assumptions.append("the command line has up to \(usual) characters (`command-line`)")
    }
    if let most = try bounds(commandLine)?.upperBound, let limit = limit.value, most > limit {
      throw .invalid(
        "`command-line` goes up to \(most) characters, and the image takes \(limit)")
    }
    if description.loader == .kexecFile, is64BitX86 {
      assume(.firmwareMap, "EFI's map of what it uses at run time takes up to 4 KiB")
    }
    try addRange(
      "command-line", commandLine, unit: .count,
      needs: [RangedQuantity.Need(name, base: question.bootParametersBase)])
  }

  /// What becomes of a memory map that the zero page does not hold.
  private mutating func addMemoryMap() {
    guard !description.isCrashImage, question.region == nil,
      let beyond = question.beyondZeroPage
    else { return }
    let ranges = "ranges of memory of \(question.map.path), as its lines show them"
    let held = PlacementNumber.zeroPageEntryCount
    if question.lostEntries != nil {
      let ram = AddressSet(beyond.ram)
      let shown = beyond.ram.prefix(4).map(\.description).joined(separator: ", ")
      let rest = beyond.ram.count > 4 ? " and \(beyond.ram.count - 4) more" : ""
      let lost =
        beyond.ram.isEmpty
        ? "none of the others is RAM"
        : "the relieving kernel does not know of \(ByteCountText.format(ram.byteCount)) of RAM,"
          + " \(shown)\(rest)"
      assumptions.append(
        "kexec_file_load passes on the first \(held) of \(beyond.entryCount) \(ranges): \(lost)")
      return
    }
    let who = description.loader == .bootProtocol ? "the boot loader" : "kexec-tools"
    assumptions.append(
      "\(who) passes on what the zero page does not hold of \(beyond.entryCount) \(ranges):"
        + " \(beyond.entryCount - held) of them in setup_data")
    items.append(
      PlacementItem(
        "more of the memory map", .setupData, byteCount: question.setupDataByteCount))
  }

  mutating func finished() throws(LayoutError) -> LayoutQuestion {
    try checkQuantifiers()
    var names: Set<String> = []
    for item in items where !names.insert(item.name).inserted {
      throw .invalid("there are two items `\(item.name)`")
    }
    if let scratch = question.handoverScratch,
      !question.handedOver.intersection(AddressSet(scratch)).isEmpty
    {
      throw .invalid("`handed-over` memory lies in a scratch area (`scratch`), which KHO refuses")
    }
    question.items = items
    addPieces()
    addLoaderOrder()
    assumptions.append(
      "beside these items the relieving kernel finds what it needs in the memory that it manages")
    return LayoutQuestion(
      question: question, constraints: question.constraints + more, quantities: quantities,
      assumptions: assumptions, condition: condition,
      mayHaveHighCrashKernel: mayHaveHighCrashKernel && !description.crashKernelIsHigh,
      estimates: estimates)
  }

  /// Says how the loader chooses places.
  private mutating func addLoaderOrder() {
    let loader = question.loader
    guard let order = question.loaderOrder else {
      if loader != .bootProtocol, description.traits[.loaderOrder] == nil,
        question.region == nil
      {
        assumptions.append(
          "segments of an ELF file are placed in any order: that of \(loader.rawValue) is not known"
        )
      }
      return
    }
    let names = order.steps.map { "`\($0.item)`" }.joined(separator: ", ")
    assume(
      .loaderOrder,
      "\(loader.rawValue) places \(names) in this order, each where it fits first: of what is in use by"
        + " the settings it knows")
  }

  /// Says which items may lie in pieces, and which do not though some kernels divide them.
  private mutating func addPieces() {
    let granules = question.granules
    let divided = items.filter { granules[$0.name] != nil }
    if !divided.isEmpty {
      let names = divided.map { "`\($0.name)`" }.joined(separator: ", ")
      let large = ByteCountText.format(UInt128(PlacementNumber.pageFrameGranule))
      let hasLarge = divided.contains { granules[$0.name] == PlacementNumber.pageFrameGranule }
      assumptions.append(
        "each of \(names) lies in one piece if that fits, and otherwise in pieces of whole pages"
          + (hasLarge ? " (`struct page` of \(large))" : "")
          + ": `prefer` is about placements with each in one piece, if there are any")
    }
    let isArm = question.image.architecture.value == .arm64
    if isArm, divided.contains(where: { $0.role == .perProcessor }) {
      assumptions.append(
        "a kernel that has per-CPU areas in several pieces is one for NUMA (`CONFIG_NUMA`)")
    }
    let whole = items.filter { $0.role == .pageFrames && granules[$0.name] == nil }
    if !whole.isEmpty {
      assumptions.append(
        "`struct page` lies in one piece: where that does not fit, a kernel may still find room in"
          + " several")
    }
  }
}
