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
  package func question() throws(LayoutError) -> LayoutQuestion {
    if let kernels { return try KernelsQuestion(self, kernels).leastQuestion() }
    guard let map else { throw .invalid("the memory map is missing: `map`") }
    guard memory != nil || isCrashImage || into != nil else {
      throw .invalid(
        "`memory` is missing, how much RAM the relieving kernel manages: its image says what it"
          + " takes to start, which is less than what it takes to live")
    }
    guard !isCrashImage || loader != .bootProtocol else {
      throw .invalid("a crash image (`crash-image`) is loaded by kexec, and not by a boot loader")
    }
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
    var builder = QuestionBuilder(self, map: memory, image: image)
    try builder.addRegion()
    try builder.addImage()
    try builder.addInitrd()
    try builder.addStart()
    try builder.addRunTimeMemory()
    return try builder.finished()
  }

  func image() throws(LayoutError) -> KernelImage {
    switch (kernel, statedKernel) {
    case (let kernel?, nil):
      return try input { () throws(LayoutInputError) in
        try KernelImage.read(contentsOf: path(kernel))
      }
    case (nil, let stated?):
      return .stated(
        path: name, architecture: stated.architecture, memoryByteCount: max(stated.size.least, 1),
        alignment: stated.alignment, preferredAddress: stated.preferredAddress,
        isRelocatable: stated.isRelocatable, addressLimit: stated.addressLimit)
    case (nil, nil): throw .invalid("the relieving kernel's image is missing: `kernel`")
    case (_?, _?): throw .invalid("the kernel is a file or numbers, and not both")
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
