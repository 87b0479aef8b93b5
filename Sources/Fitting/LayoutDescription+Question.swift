public import MemoryLayout

/// A question with what it takes for granted.
public struct LayoutQuestion: Sendable {
  public let question: PlacementQuestion
  /// Those of the question, and the limits that go with the settings.
  public let constraints: [PlacementConstraint]
  public let range: ByteCountRange?
  /// One sentence each: numbers that nobody stated, and what is left out.
  public let assumptions: [String]
}

extension LayoutDescription {
  /// Bytes of kexec's purgatory; those of today's kernels have less.
  static let purgatoryByteCount: UInt64 = 64 << 10

  /// Reads the files and puts the question together.
  ///
  /// What a kernel needs to start is not what it needs to live, so there is no question without
  /// the memory that the relieving kernel manages.
  ///
  /// - Throws: `LayoutError.input`, `.invalid`.
  public func question() throws(LayoutError) -> LayoutQuestion {
    guard let map else { throw .invalid("the memory map is missing: `map`") }
    guard let memoryByteCount else {
      throw .invalid(
        "`memory` is missing, how much RAM the relieving kernel manages: its image says what it"
          + " takes to start, which is less than what it takes to live")
    }
    var builder = QuestionBuilder(
      self, map: try input { () throws(LayoutInputError) in
        try MemoryMap.read(contentsOf: path(map))
      }, image: try image())
    builder.addImage()
    try builder.addInitrd()
    builder.addStart()
    try builder.addLife(memoryByteCount)
    return try builder.finished(memoryByteCount)
  }

  private func image() throws(LayoutError) -> KernelImage {
    switch (kernel, statedKernel) {
    case (let kernel?, nil):
      return try input { () throws(LayoutInputError) in
        try KernelImage.read(contentsOf: path(kernel))
      }
    case (nil, let stated?):
      return .stated(
        path: name, architecture: stated.architecture, memoryByteCount: stated.byteCount,
        alignment: stated.alignment, preferredAddress: stated.preferredAddress,
        isRelocatable: stated.isRelocatable, addressLimit: stated.addressLimit)
    case (nil, nil): throw .invalid("the relieving kernel's image is missing: `kernel`")
    case (_?, _?): throw .invalid("the kernel is a file or numbers, and not both")
    }
  }

  func path(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }

  func input<Result>(
    _ read: () throws(LayoutInputError) -> Result
  ) throws(LayoutError) -> Result {
    do { return try read() } catch { throw .input(error) }
  }
}

/// Collects items, constraints and assumptions.
private struct QuestionBuilder {
  let description: LayoutDescription
  var question: PlacementQuestion
  var items: [PlacementItem] = []
  var more: [PlacementConstraint] = []
  var range: ByteCountRange?
  var assumptions: [String] = []

  init(_ description: LayoutDescription, map: MemoryMap, image: KernelImage) {
    self.description = description
    question = PlacementQuestion(
      map: map, image: image, items: [], loader: description.loader)
    question.inUse = AddressSet(description.inUse)
    question.handoverScratch = description.handoverScratch
    question.memoryBlockByteCount = description.memoryBlockByteCount
  }

  private var isX86: Bool {
    question.image.architecture.value == .x86_64 || question.image.architecture.value == .i386
  }

  private var is64BitX86: Bool { question.image.architecture.value == .x86_64 }

  mutating func addImage() {
    items.append(PlacementItem("kernel", .kernel))
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
    var unpacked: UInt64?
    var byteCount: UInt64
    switch initrd {
    case .exactly(let count): byteCount = count
    case .between(let bounds):
      byteCount = bounds.upperBound
      try setRange("initrd", bounds)
    case .file(let file):
      let path = description.path(file)
      let disk = try description.input { () throws(LayoutInputError) in
        try InitialRamDisk.read(contentsOf: path)
      }
      byteCount = disk.byteCount
      let counts = disk.parts.map(\.unpackedByteCount)
      if !counts.contains(nil) {
        unpacked = counts.compactMap { $0 }.reduce(0) { sum, count in
          let (total, overflows) = sum.addingReportingOverflow(count)
          return overflows ? .max : total
        }
      }
    }
    if range == nil { question.initrdByteCount = byteCount }
    items.append(PlacementItem("initrd", .initrd))
    if let stated = description.unpackedInitrd {
      try add("unpacked initrd", .unpackedInitrd, stated)
      return
    }
    if unpacked == nil {
      let (tripled, overflows) = byteCount.multipliedReportingOverflow(by: 3)
      unpacked = overflows ? .max : tripled
      assumptions.append(
        "the initrd unpacks to three times its size,"
          + " \(ByteCountText.format(UInt128(byteCount) * 3)) (`unpacked-initrd`)")
    }
    if let unpacked, unpacked > 0 {
      items.append(PlacementItem("unpacked initrd", .unpackedInitrd, byteCount: unpacked))
    }
  }

  /// What it takes to start the image.
  mutating func addStart() {
    let usesKexec = description.loader != .bootProtocol
    if isX86 {
      items.append(PlacementItem("boot parameters", .bootParameters))
      question.commandLineByteCount = description.commandLineByteCount ?? 2_047
      if description.commandLineByteCount == nil {
        assumptions.append("the command line has up to 2047 characters (`command-line`)")
      }
      items.append(PlacementItem("trampoline", .trampoline))
    }
    if question.image.architecture.value == .arm64 {
      items.append(
        PlacementItem("device tree", .deviceTree, byteCount: PlacementNumber.armDeviceTree))
      assumptions.append("the device tree has the 2 MiB that it may have")
    }
    guard usesKexec else { return }
    items.append(
      PlacementItem(
        "purgatory", .purgatory, byteCount: LayoutDescription.purgatoryByteCount))
    assumptions.append("kexec's purgatory takes 64 KiB")
    if is64BitX86 { items.append(PlacementItem("page tables", .pageTables)) }
  }

  /// What it takes to live.
  mutating func addLife(_ memoryByteCount: UInt64) throws(LayoutError) {
    question.managedByteCount = memoryByteCount
    items.append(PlacementItem("struct page", .pageFrames))
    question.processorCount = description.processorCount ?? 1
    if description.processorCount == nil {
      assumptions.append("the relieving kernel has one processor (`processors`)")
    }
    if question.processorCount > 0 {
      items.append(PlacementItem("per-CPU areas", .perProcessor))
      assumptions.append("a processor's per-CPU unit takes 1 MiB, as measured with Linux 6.18")
    }
    if let buffers = description.bounceBuffers {
      if buffers != .exactly(0) {
        question.bounceBufferByteCount = 0
        try add("swiotlb", .bounceBuffers, buffers)
      }
    } else if is64BitX86 {
      items.append(PlacementItem("swiotlb", .bounceBuffers))
      assumptions.append("swiotlb has its usual 64 MiB (`swiotlb: 0` if there is none)")
    } else {
      assumptions.append("there is no swiotlb (`swiotlb`)")
    }
    if let size = description.processes {
      try add("processes", .processes, size)
    } else {
      assumptions.append("no process is copied: none has memory of its own here (`processes`)")
    }
    if let size = description.crashKernel { try addCrashKernel(size) }
    if let size = description.grant { try add("grant", .grant, size) }
    items += description.items
  }

  private mutating func addCrashKernel(_ size: LayoutDescription.Size) throws(LayoutError) {
    try add("crash kernel", .crashKernel, size)
    let hasLow = description.items.contains { $0.role == .crashKernelLow }
    guard is64BitX86, !hasLow,
      let low = AddressRange(start: 0, last: PlacementNumber.crashKernelLowEnd - 1)
    else { return }
    more.append(
      PlacementConstraint(
        .crashKernelLimit, .within("crash kernel", [low]),
        "below 4 GiB, because no item for a low crash kernel is in the question"))
  }

  private mutating func add(
    _ name: String, _ role: PlacementItem.Role, _ size: LayoutDescription.Size
  ) throws(LayoutError) {
    switch size {
    case .exactly(let count):
      if count > 0 { items.append(PlacementItem(name, role, byteCount: count)) }
    case .between(let bounds):
      items.append(PlacementItem(name, role))
      try setRange(name, bounds)
    case .file: throw .invalid("`\(name)` takes a size and no file")
    }
  }

  private mutating func setRange(
    _ name: String, _ bounds: ClosedRange<UInt64>
  ) throws(LayoutError) {
    guard range == nil else { throw .invalid("a question has one range at most") }
    range = ByteCountRange(name, bounds, description.quantifier ?? .all)
  }

  mutating func finished(_ memoryByteCount: UInt64) throws(LayoutError) -> LayoutQuestion {
    if description.quantifier != nil, range == nil {
      throw .invalid("`for` is about a range, and no size is one")
    }
    if description.objective != nil, range != nil {
      throw .invalid("`prefer` and a range are not asked together")
    }
    var names: Set<String> = []
    for item in items where !names.insert(item.name).inserted {
      throw .invalid("there are two items `\(item.name)`")
    }
    question.items = items
    assumptions.append(
      "beside these items the relieving kernel finds what it needs in the"
        + " \(ByteCountText.format(UInt128(memoryByteCount))) that it manages")
    return LayoutQuestion(
      question: question, constraints: question.constraints + more, range: range,
      assumptions: assumptions)
  }
}
