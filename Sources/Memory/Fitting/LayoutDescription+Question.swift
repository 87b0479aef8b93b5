package import MemoryLayout

/// A question with what it takes for granted.
package struct LayoutQuestion: Sendable {
  package let question: PlacementQuestion
  /// Those of the question, and the limits that go with the settings.
  package let constraints: [PlacementConstraint]
  /// At most one of them is asked for its largest value.
  package let quantities: [RangedQuantity]
  /// One sentence each: numbers that nobody stated, and what is left out.
  package let assumptions: [String]
  /// What has to be so beside the map that there is, which a user has stated; the end of a sentence.
  let condition: String?
  /// Whether Linux looks for a place above 4 GiB where a crash kernel has none below:
  /// `reserve_crashkernel_generic`, kernel/crash_reserve.c; on x86-64 since Linux 5.2, on arm64 since
  /// 6.2.
  let mayHaveHighCrashKernel: Bool
  /// Sizes among them that may be other ones.
  package let estimates: [SizeEstimate]
}

/// What the files of a description say, read once for all questions about it.
package struct LayoutInputs: Sendable {
  let map: MemoryMap
  let image: KernelImage
  /// Of the initrd, if that is a file.
  let disk: InitialRamDisk?

  package init(map: MemoryMap, image: KernelImage, disk: InitialRamDisk? = nil) {
    (self.map, self.image, self.disk) = (map, image, disk)
  }
}

extension LayoutDescription {
  /// Reads the files and puts the question together.
  ///
  /// What a kernel needs to start is not what it needs to live, so there is no question without
  /// the memory that the relieving kernel manages.
  ///
  /// - Throws: `LayoutError.input`, `.invalid`.
  package func question() throws(LayoutError) -> LayoutQuestion {
    if let kernels { return try KernelsQuestion(self, kernels).leastQuestion() }
    return try question(try inputs())
  }

  /// Reads the files.
  package func inputs() throws(LayoutError) -> LayoutInputs {
    guard let map, missingSettings.isEmpty else { throw .missing(missingSettings) }
    guard !isCrashImage || loader != .bootProtocol else {
      throw .invalid("a crash image (`crash-image`) is loaded by kexec, and not by a boot loader")
    }
    try checkInitrd()
    let image = try image()
    if case .other = image.architecture.value {
      throw .invalid(
        "\(image.path) is for \(image.architecture.value): where a kernel may lie is known of"
          + " x86_64, i386 and arm64")
    }
    let memory = try input { () throws(LayoutInputError) in
      try MemoryMap.read(contentsOf: path(map))
    }
    guard !memory.systemRAM.isEmpty else {
      throw .invalid(
        "\(memory.path) shows no System RAM, so that nothing has a place: of a listing all lines"
          + " are needed, as `sudo cat /proc/iomem` writes them")
    }
    return LayoutInputs(map: memory, image: image, disk: try disk())
  }

  /// Puts the question together.
  func question(_ inputs: LayoutInputs) throws(LayoutError) -> LayoutQuestion {
    var builder = QuestionBuilder(
      self, map: inputs.map, image: statedImage ?? inputs.image, disk: inputs.disk)
    try builder.reserveForCrash()
    try builder.addRegion()
    try builder.addImage()
    try builder.addInitrd()
    try builder.addStart()
    try builder.addRunTimeMemory()
    return try builder.finished()
  }

  private var missingSettings: [MissingSetting] {
    var missing: [MissingSetting] = []
    if map == nil {
      missing.append(
        MissingSetting("map", mapRefusal ?? "the machine's memory, such as /proc/iomem as root"))
    }
    if kernel == nil, statedKernel == nil {
      missing.append(MissingSetting("kernel", "the relieving kernel's image"))
    }
    if memory == nil, !isCrashImage, into == nil {
      missing.append(
        MissingSetting(
          "memory",
          "how much RAM the relieving kernel manages; its image says what it takes to start, which"
            + " is less than what it takes to live"))
    }
    return missing
  }

  /// What begins like a number may be meant as one.
  private func checkInitrd() throws(LayoutError) {
    guard case .file(let name) = initrd, let first = name.first,
      first.isNumber || "+-\u{2212}".contains(first), !InputFile.isThere(path(name))
    else { return }
    throw .invalid(
      "`initrd` is \(name), which is no size such as 64MiB, and there is no such file:"
        + " \(path(name))")
  }

  func image() throws(LayoutError) -> KernelImage {
    switch (kernel, statedImage) {
    case (let kernel?, nil):
      return try input { () throws(LayoutInputError) in
        try KernelImage.read(contentsOf: path(kernel))
      }
    case (nil, let stated?): return stated
    case (nil, nil): throw .missing(missingSettings)
    case (_?, _?): throw .invalid("the kernel is a file or numbers, and not both")
    }
  }

  private var statedImage: KernelImage? {
    statedKernel.map { stated in
      .stated(
        path: name, architecture: stated.architecture, memoryByteCount: max(stated.size.least, 1),
        alignment: stated.alignment, preferredAddress: stated.preferredAddress,
        isRelocatable: stated.isRelocatable, addressLimit: stated.addressLimit)
    }
  }

  func disk() throws(LayoutError) -> InitialRamDisk? {
    guard case .file(let file) = initrd else { return nil }
    // What is stated is not looked for.
    let limits = unpackedInitrd == nil ? UnpackingLimits() : nil
    return try input { () throws(LayoutInputError) in
      try InitialRamDisk.read(contentsOf: path(file), limits: limits)
    }
  }

  /// The paths of the files that it is about.
  package var files: [String] {
    var names = [map, kernel].compactMap { $0 }
    if case .file(let name) = initrd { names.append(name) }
    guard let kernels else { return names.map(path) }
    if case .file(let name) = kernels.nodes { names.append(name) }
    var files = names.map(path)
    for file in kernels.kernels.flatMap(\.settings.files) where !files.contains(file) {
      files.append(file)
    }
    return files
  }

  func path(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }

  func input<Result>(
    _ read: () throws(LayoutInputError) -> Result
  ) throws(LayoutError) -> Result {
    do { return try read() } catch { throw .input(error) }
  }
}
