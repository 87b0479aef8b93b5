/// The header of an ELF file, of 32 or 64 bits and of either byte order.
///
/// Source: System V Application Binary Interface, chapters 4 and 5.
package struct ELFHeader: Hashable, Sendable {
  package let is64Bit: Bool
  package let isBigEndian: Bool
  package let machine: UInt16
  /// `ET_DYN`: the segments may be moved together. Else it is `ET_EXEC`.
  package let isPositionIndependent: Bool
  /// As the file has it: x86 gives a physical address, most others a virtual one.
  package let entry: UInt64

  /// - Precondition: the file begins with the magic.
  static func image(_ reader: FieldReader) throws(LayoutInputError) -> KernelImage {
    let identity = try reader.bytes(at: 0, count: 16, for: "the ELF header")
    guard identity[4] == 1 || identity[4] == 2 else {
      throw reader.malformed("is neither of 32 nor of 64 bits", at: 4)
    }
    guard identity[5] == 1 || identity[5] == 2 else {
      throw reader.malformed("has no byte order", at: 5)
    }
    let fields = try ELFFields(
      reader, is64Bit: identity[4] == 2, isBigEndian: identity[5] == 2)
    return try fields.image()
  }
}

/// Takes the header and the program headers apart.
private struct ELFFields {
  private let reader: FieldReader
  private let header: HeaderBytes
  private let is64Bit: Bool
  private let isBigEndian: Bool

  init(_ reader: FieldReader, is64Bit: Bool, isBigEndian: Bool) throws(LayoutInputError) {
    self.reader = reader
    self.is64Bit = is64Bit
    self.isBigEndian = isBigEndian
    header = HeaderBytes(
      bytes: try reader.bytes(at: 0, count: is64Bit ? 64 : 52, for: "the ELF header"),
      isBigEndian: isBigEndian)
  }

  private func field(_ offset64: Int, _ offset32: Int, _ byteCount: Int) -> UInt64 {
    header.number(at: is64Bit ? offset64 : offset32, byteCount: byteCount)
  }

  private var wordByteCount: Int { is64Bit ? 8 : 4 }

  func image() throws(LayoutInputError) -> KernelImage {
    let type = header.number(at: 16, byteCount: 2)
    guard type == 2 || type == 3 else { throw wrongType(type) }
    let elf = ELFHeader(
      is64Bit: is64Bit, isBigEndian: isBigEndian,
      machine: UInt16(header.number(at: 18, byteCount: 2)), isPositionIndependent: type == 3,
      entry: field(24, 24, wordByteCount))
    let segments = try segments().sorted { $0.range < $1.range }
    guard let first = segments.first, let last = segments.map(\.range.last).max() else {
      throw reader.malformed("has no loadable segment", at: is64Bit ? 32 : 28)
    }
    for (one, other) in zip(segments, segments.dropFirst()) where one.range.overlaps(other.range) {
      throw reader.malformed(
        "has segments that overlap: \(one.range) and \(other.range)", at: other.fileOffset)
    }
    let alignment = segments.map(\.alignment).max() ?? 1
    let fromHeader = "the greatest p_align of the loadable segments"
    return KernelImage(
      path: reader.path, format: .elf(elf), architecture: architecture(elf),
      fileByteCount: reader.byteCount,
      loadedByteCount: Sourced(
        segments.reduce(0) { $0 &+ $1.fileByteCount }, "p_filesz of the loadable segments"),
      memoryByteCount: Sourced(
        last - first.range.start == .max ? nil : last - first.range.start + 1,
        "p_paddr and p_memsz of the loadable segments"),
      alignment: Sourced(alignment, fromHeader),
      minimumAlignment: Sourced(alignment, fromHeader),
      offsetFromBase: Sourced(
        first.range.start % alignment, "p_paddr of the first segment, beyond its alignment"),
      preferredAddress: Sourced(first.range.start, "the lowest p_paddr"),
      // kexec-tools moves a file of type ET_DYN as a whole (kexec/kexec-elf-exec.c).
      isRelocatable: Sourced(
        elf.isPositionIndependent,
        elf.isPositionIndependent
          ? "e_type is ET_DYN" : "e_type is ET_EXEC: taken to stay at its p_paddr"),
      addressLimit: is64Bit
        ? Sourced(nil, "ELF of 64 bits") : Sourced(1 << 32, "ELF of 32 bits"),
      lastInitrdAddress: Sourced(nil, "an ELF file does not say"),
      commandLineByteCount: Sourced(nil, "an ELF file does not say"), segments: segments)
  }

  private func segments() throws(LayoutInputError) -> [KernelImage.Segment] {
    let table = field(32, 28, wordByteCount)
    let entryByteCount = Int(field(54, 42, 2))
    let count = Int(field(56, 44, 2))
    guard count < 0xFFFF else {
      throw LayoutInputError(
        .unsupported("has 65,535 program headers or more; a kernel has a handful"),
        path: reader.path, at: .offset(is64Bit ? 56 : 44))
    }
    guard count > 0 else {
      throw reader.malformed("has no program headers", at: is64Bit ? 56 : 44)
    }
    guard entryByteCount == (is64Bit ? 56 : 32) else {
      throw reader.malformed(
        "has program headers of \(entryByteCount) bytes", at: is64Bit ? 54 : 42)
    }
    let bytes = HeaderBytes(
      bytes: try reader.bytes(
        at: table, count: count * entryByteCount, for: "the program headers"),
      isBigEndian: isBigEndian)
    var segments: [KernelImage.Segment] = []
    for index in 0..<count {
      let place = table + UInt64(index * entryByteCount)
      if let segment = try segment(bytes, at: index * entryByteCount, place) {
        segments.append(segment)
      }
    }
    return segments
  }

  private func segment(
    _ table: HeaderBytes, at offset: Int, _ place: UInt64
  ) throws(LayoutInputError) -> KernelImage.Segment? {
    func field(_ offset64: Int, _ offset32: Int) -> UInt64 {
      table.number(at: offset + (is64Bit ? offset64 : offset32), byteCount: wordByteCount)
    }
    switch table.number(at: offset, byteCount: 4) {
    case 1: break
    case 3:
      throw LayoutInputError(
        .unsupported("is a program with an interpreter, and no kernel"), path: reader.path,
        at: .offset(place))
    default: return nil
    }
    let fileOffset = field(8, 4)
    let start = field(24, 12)
    let fileByteCount = field(32, 16)
    let memoryByteCount = field(40, 20)
    let alignment = field(48, 28)
    guard fileByteCount <= memoryByteCount else {
      throw reader.malformed("has a segment with more bytes in the file than in memory", at: place)
    }
    guard fileOffset <= reader.byteCount, fileByteCount <= reader.byteCount - fileOffset else {
      throw LayoutInputError(
        .truncated(
          what: "a segment of \(fileByteCount) bytes from \(hexadecimal(fileOffset)) on",
          neededByteCount: fileOffset > .max - fileByteCount ? .max : fileOffset + fileByteCount,
          byteCount: reader.byteCount), path: reader.path, at: .offset(place))
    }
    guard memoryByteCount > 0 else { return nil }
    guard let range = AddressRange(start: start, byteCount: memoryByteCount) else {
      throw reader.malformed("has a segment that leaves 64 bits", at: place)
    }
    guard alignment == 0 || alignment.nonzeroBitCount == 1 else {
      throw reader.malformed("has a p_align that is no power of two", at: place)
    }
    return KernelImage.Segment(
      range: range, fileOffset: fileOffset, fileByteCount: fileByteCount,
      alignment: max(1, alignment))
  }

  private func architecture(_ elf: ELFHeader) -> Sourced<KernelImage.Architecture> {
    let architecture: KernelImage.Architecture =
      switch elf.machine {
      case 62: .x86_64
      case 3: .i386
      case 183: .arm64
      default: .other(elf.machine)
      }
    return Sourced(architecture, "e_machine at 0x12")
  }

  private func wrongType(_ type: UInt64) -> LayoutInputError {
    let (words, hint): (String, String?) =
      switch type {
      case 1: ("is an object file, such as a module", "give vmlinux or bzImage")
      case 4: ("is a core file, such as /proc/vmcore", "give vmlinux or bzImage")
      default: ("is an ELF file of type \(type)", nil)
      }
    return LayoutInputError(
      .unsupported(words), path: reader.path, at: .offset(16), hint: hint)
  }
}
