/// What a kernel's command line says of its memory and processors.
///
/// Source: Documentation/admin-guide/kernel-parameters.txt of Linux.
package struct KernelOptions: Hashable, Sendable {
  /// Values of `crashkernel=`, of which there may be one for high and one for low memory.
  package private(set) var crashKernels: [String] = []
  /// Bytes of `swiotlb=`, 2 KiB for each of its slabs; 0 for `noforce`.
  package private(set) var bounceBufferByteCount: UInt64?
  package private(set) var bounceBufferAreaCount: UInt64?
  /// `nr_cpus=`.
  package private(set) var processorCount: UInt64?
  /// Whether `kho=` asks for KHO.
  package private(set) var asksForHandover = false
  /// `kho_scratch=`.
  package private(set) var handoverScratch: String?
  /// The values of `mem=` and `memmap=` as they are.
  package private(set) var memoryLimits: [String] = []

  /// - Parameter commandLine: As /proc/cmdline has it. What follows ` -- ` is not the kernel's.
  package init(commandLine: String) {
    for word in Self.words(commandLine) {
      if word == "--" { return }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      // The kernel takes either for the other in names.
      let name = String(parts[0]).replacing("-", with: "_")
      set(name, parts.count == 2 ? String(parts[1]) : nil)
    }
  }

  private mutating func set(_ name: String, _ value: String?) {
    switch (name, value) {
    case ("crashkernel", let value?): crashKernels.append(value)
    case ("swiotlb", let value?): setBounceBuffers(value)
    case ("nr_cpus", let value?): processorCount = UInt64(value) ?? processorCount
    case ("kho", let value): asksForHandover = value.map(Self.isTrue) ?? true
    case ("kho_scratch", let value?): handoverScratch = value
    case ("mem", let value?): memoryLimits.append("mem=\(value)")
    case ("memmap", let value?): memoryLimits.append("memmap=\(value)")
    default: return
    }
  }

  private mutating func setBounceBuffers(_ value: String) {
    for (index, word) in value.split(separator: ",", omittingEmptySubsequences: false).enumerated()
    {
      if word == "noforce" { bounceBufferByteCount = 0 }
      guard let number = UInt64(word), number > 0, number <= 1 << 40 else { continue }
      if index == 0 { bounceBufferByteCount = number * Self.slabByteCount }
      if index == 1 { bounceBufferAreaCount = number }
    }
  }

  /// IO_TLB_SIZE of include/linux/swiotlb.h.
  private static let slabByteCount: UInt64 = 2_048

  /// kstrtobool of lib/kstrtox.c.
  private static func isTrue(_ value: String) -> Bool {
    let text = value.lowercased()
    return text.hasPrefix("y") || text.hasPrefix("t") || text.hasPrefix("1") || text == "on"
  }

  /// Words between blanks; within quotation marks there may be some.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
      } else if character.isWhitespace, !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}
