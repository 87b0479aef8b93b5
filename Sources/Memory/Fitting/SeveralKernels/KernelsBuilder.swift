internal import MemoryLayout
internal import SMT

/// Puts together what each of several kernels needs in its own memory.
struct KernelsBuilder {
  private let description: LayoutDescription
  private let map: MemoryMap
  /// What starts and ends of kernels' memory are multiples of.
  private let unit: UInt64
  private var images: [KernelImage] = []
  /// By kernel: what is taken for granted of it.
  private var said: [(kernel: String, sentences: [String])] = []
  private var known: [Known] = []

  /// A kernel that others may be like.
  private struct Known {
    let settings: LayoutDescription
    let own: KernelMemory
    let sentences: [String]
  }

  init(_ description: LayoutDescription, map: MemoryMap, unit: UInt64) {
    (self.description, self.map, self.unit) = (description, map, unit)
  }

  /// The first kernel's image.
  func image() throws(LayoutError) -> KernelImage {
    guard let image = images.first else { throw .invalid("`kernels` has no kernel") }
    let architecture = image.architecture.value
    guard images.allSatisfy({ $0.architecture.value == architecture }) else {
      throw .invalid("the kernels of one machine are of one architecture")
    }
    return image
  }

  /// What a kernel needs, wherever its memory lies.
  mutating func own(_ kernel: KernelDescription) throws(LayoutError) -> KernelMemory {
    do throws(LayoutError) {
      return try memory(of: kernel)
    } catch {
      guard case .invalid(let sentence) = error else { throw error }
      throw .invalid("`\(kernel.name)`: \(sentence)")
    }
  }

  private mutating func memory(
    of kernel: KernelDescription
  ) throws(LayoutError) -> KernelMemory {
    var settings = try settings(of: kernel)
    if let other = known.first(where: { $0.settings == settings }) {
      said.append((kernel.name, other.sentences))
      return other.own
    }
    let asked = settings
    let hasUsualBuffers = settings.bounceBuffers == nil && !settings.isConfidential
    if hasUsualBuffers { settings.bounceBuffers = .exactly(0) }
    let plain = try own(settings)
    let image = plain.question.question.image
    images.append(image)
    var sentences = plain.question.assumptions
    var across: OwnMemory?
    if hasUsualBuffers, image.architecture.value == .x86_64 || image.architecture.value == .arm64 {
      sentences.append(
        "a kernel has swiotlb only if its memory lies on both sides of 4 GiB (`swiotlb`)")
      settings.bounceBuffers = .exactly(PlacementNumber.bounceBuffers)
      across = try own(settings)
    }
    let memory = KernelMemory(plain, across: across)
    said.append((kernel.name, sentences))
    known.append(Known(settings: asked, own: memory, sentences: sentences))
    return memory
  }

  /// The settings of a kernel, with its memory in whole blocks.
  private func settings(of kernel: KernelDescription) throws(LayoutError) -> LayoutDescription {
    var settings = kernel.settings
    settings.kernels = nil
    settings.quantifiers = nil
    settings.expectation = nil
    settings.conflictingRules = nil
    settings.inUse = []
    settings.handedOver = []
    settings.memoryBlockByteCount = nil
    guard case .exactly(let memory)? = settings.memory else {
      throw .invalid(
        settings.memory == nil
          ? "`memory` is missing, how much RAM of its own the kernel has"
          : "of several kernels, `memory` is a number and no range")
    }
    guard let byteCount = KernelsQuestion.rounded(memory, to: unit) else {
      throw .invalid("`memory` leaves 64 bits")
    }
    settings.memory = .exactly(byteCount)
    guard !kernel.processorNumbers.isEmpty else { return settings }
    let count = UInt64(kernel.processorCount)
    if case .exactly(let kernels)? = kernel.count {
      guard UInt64(kernel.processorNumbers.count) == count * kernels else {
        throw .invalid(
          "`cpus` are \(kernel.processorNumbers.count), and \(kernels) kernels alike have as many"
            + " each")
      }
    } else if kernel.count != nil {
      throw .invalid("`cpus` goes with one kernel, or with a `count` that is a number")
    }
    // What the layout says of all kernels is not what it says of this one.
    if let processors = settings.processors, processors != .exactly(count),
      processors != description.processors
    {
      throw .invalid(
        "`processors` is not the number of those in `cpus` for each, which is \(count)")
    }
    settings.processors = .exactly(count)
    return settings
  }

  private func own(_ settings: LayoutDescription) throws(LayoutError) -> OwnMemory {
    let image = try settings.image()
    if case .other = image.architecture.value {
      throw .invalid(
        "\(image.path) is for \(image.architecture.value): where a kernel may lie is known of"
          + " x86_64, i386 and arm64")
    }
    var builder = QuestionBuilder(settings, map: map, image: image, disk: try settings.disk())
    let everywhere = AddressRange.all
    builder.question.region = PlacementRegion(everywhere, free: AddressSet([everywhere]))
    try builder.addImage()
    try builder.addInitrd()
    try builder.addStart()
    try builder.addRunTimeMemory()
    if let range = builder.quantities.first {
      throw .invalid("of several kernels, `\(range.name)` is a number and no range")
    }
    // Trampolines lie below 1 MiB, and are counted there.
    builder.items.removeAll { $0.role == .trampoline }
    let question = try builder.finished()
    guard case .exactly(let byteCount)? = settings.memory else {
      throw .invalid("`memory` is a number")
    }
    return OwnMemory(
      question, byteCount: byteCount,
      limits: Limits(
        timeoutMilliseconds: UInt32(clamping: (description.timeoutSeconds ?? 60) * 1_000)))
  }

  /// What is taken for granted of all kernels, and of single ones.
  func assumptions(_ pool: PlacementRegion?) -> [String] {
    let size = ByteCountText.format(UInt128(unit))
    var sentences = [
      "each kernel's memory lies in one piece, from a multiple of \(size) to a multiple of"
        + " \(size) (`memory-block`), and everything of the kernel lies in it but a trampoline"
    ]
    if let pool {
      sentences.append(
        "all memory is taken from \(pool.text), which nothing else of the machine uses")
      if let unseen = pool.unseen(in: map) { sentences.append(unseen) }
    }
    let all = said.map(\.sentences)
    var seen: Set<String> = []
    for (kernel, assumptions) in said {
      for sentence in assumptions {
        let isOfAll = all.allSatisfy { $0.contains(sentence) }
        let text = isOfAll ? sentence : "`\(kernel)`: \(sentence)"
        if seen.insert(text).inserted { sentences.append(text) }
      }
    }
    return sentences
  }
}
