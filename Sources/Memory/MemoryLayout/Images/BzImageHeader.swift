/// The setup header of an x86 kernel, at 0x1f1 of the file; little-endian.
///
/// Source: Documentation/arch/x86/boot.rst, "The Real-Mode Kernel Header".
package struct BzImageHeader: Hashable, Sendable {
  /// Major version times 256, and minor version. 0x020e means what 0x020d does: 2.14 was burnt.
  package let protocolVersion: UInt16
  /// Sectors of 512 bytes behind the first one; a 0 in the file is 4.
  package let setupSectorCount: Int
  /// Offset in the file of the part that runs in protected mode.
  package let protectedModeOffset: UInt64
  /// Size of that part, in paragraphs of 16 bytes.
  package let paragraphCount: UInt32
  package let loadFlags: LoadFlags
  /// Empty before protocol 2.12.
  package let extendedLoadFlags: ExtendedLoadFlags
  /// From the kernel's own words; nil if it has none.
  package let versionText: String?
  /// Where in the file the compressed kernel is; nil before protocol 2.08, or if it does not say.
  package let payload: Payload?
  /// Greatest type of `setup_data` that the kernel knows; nil before protocol 2.15.
  package let greatestSetupDataType: UInt32?

  package struct LoadFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// `LOADED_HIGH`: the protected-mode part goes to 1 MiB, not to 64 KiB.
    package static let loadedHigh = LoadFlags(rawValue: 1)
  }

  /// Source: arch/x86/include/uapi/asm/bootparam.h.
  package struct ExtendedLoadFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }
    package static let kernel64 = ExtendedLoadFlags(rawValue: 1)
    package static let canBeLoadedAbove4G = ExtendedLoadFlags(rawValue: 2)
    package static let efiHandover32 = ExtendedLoadFlags(rawValue: 4)
    package static let efiHandover64 = ExtendedLoadFlags(rawValue: 8)
    package static let efiKexec = ExtendedLoadFlags(rawValue: 16)
    package static let fiveLevel = ExtendedLoadFlags(rawValue: 32)
    package static let fiveLevelEnabled = ExtendedLoadFlags(rawValue: 64)
  }

  package struct Payload: Hashable, Sendable {
    /// In the file.
    package let offset: UInt64
    package let byteCount: UInt64
    /// nil if it begins like nothing that is known.
    package let compression: Compression?
  }

  /// Whether the kernel image's other parts are those of at least this version of the protocol.
  package func has(_ version: UInt16) -> Bool { protocolVersion >= version }

  /// The version as it is written, such as `2.15`.
  package var protocolName: String {
    let minor = protocolVersion & 0xFF
    return "\(protocolVersion >> 8).\(minor < 10 ? "0" : "")\(minor)"
  }

  static func recognises(_ start: [UInt8]) -> Bool {
    start.count >= 0x206 && start[0x202..<0x206].elementsEqual("HdrS".utf8)
  }

  /// - Precondition: `recognises`.
  static func image(_ reader: FieldReader) throws(LayoutInputError) -> KernelImage {
    let fields = try SetupFields(reader)
    return try fields.image()
  }
}

/// Takes the fields out of the header, and checks them against each other and the file.
private struct SetupFields {
  private let reader: FieldReader
  private let bytes: HeaderBytes
  private let version: UInt16

  init(_ reader: FieldReader) throws(LayoutInputError) {
    self.reader = reader
    let start = HeaderBytes(
      bytes: try reader.bytes(at: 0, count: 0x208, for: "the setup header"))
    guard start.number(at: 0x1FE, byteCount: 2) == 0xAA55 else {
      throw reader.malformed("has HdrS, but not the boot flag 0xaa55", at: 0x1FE)
    }
    version = UInt16(start.number(at: 0x206, byteCount: 2))
    guard version >= 0x0205 else {
      throw LayoutInputError(
        .unsupported(
          "is of boot protocol 0x\(String(version, radix: 16)), and 2.05 is the oldest that says"
            + " where a kernel may lie"), path: reader.path, at: .offset(0x206),
        hint: "kernels since Linux 2.6.20 have it")
    }
    // The jump over the header, behind its opcode, tells how long it is.
    let end = 0x202 + Int(start.bytes[0x201])
    let needed = Self.end(of: version)
    guard end >= needed else {
      throw reader.malformed(
        "ends its header at 0x\(String(end, radix: 16)), and its protocol has fields up to"
          + " 0x\(String(needed, radix: 16))", at: 0x201)
    }
    bytes = HeaderBytes(
      bytes: try reader.bytes(at: 0, count: end, for: "the setup header"))
  }

  /// Where the last field of a protocol version ends.
  private static func end(of version: UInt16) -> Int {
    switch version {
    case ..<0x0206: 0x235
    case ..<0x0207: 0x23C
    case ..<0x0208: 0x248
    case ..<0x0209: 0x250
    case ..<0x020A: 0x258
    case ..<0x020B: 0x264
    case ..<0x020F: 0x268
    default: 0x26C
    }
  }

  private func field(_ offset: Int, _ byteCount: Int) -> UInt64 {
    bytes.number(at: offset, byteCount: byteCount)
  }

  func image() throws(LayoutInputError) -> KernelImage {
    let header = try header()
    let loaded = UInt64(header.paragraphCount) * 16
    let needed = header.protectedModeOffset + loaded
    guard needed <= reader.byteCount else {
      throw LayoutInputError(
        .truncated(
          what: "the setup and the \(header.paragraphCount) paragraphs of syssize",
          neededByteCount: needed, byteCount: reader.byteCount), path: reader.path,
        at: .offset(0x1F4))
    }
    let isRelocatable = field(0x234, 1) != 0
    let (alignment, minimum) = try alignments(isRelocatable)
    return KernelImage(
      path: reader.path, format: .bzImage(header), architecture: architecture(header),
      fileByteCount: reader.byteCount,
      loadedByteCount: Sourced(loaded, "syssize at 0x1f4, in paragraphs of 16 bytes"),
      memoryByteCount: try memoryByteCount(loaded: loaded),
      alignment: alignment, minimumAlignment: minimum,
      offsetFromBase: Sourced(0, "x86 images start at their base"),
      preferredAddress: version >= 0x020A
        ? Sourced(field(0x258, 8) == 0 ? nil : field(0x258, 8), "pref_address at 0x258")
        : Sourced(0x100000, "boot protocol \(header.protocolName): LOADED_HIGH goes to 1 MiB"),
      isRelocatable: Sourced(isRelocatable, "relocatable_kernel at 0x234"),
      addressLimit: addressLimit(header),
      lastInitrdAddress: Sourced(field(0x22C, 4), "initrd_addr_max at 0x22c, the last safe byte"),
      commandLineByteCount: version >= 0x0206
        ? Sourced(field(0x238, 4), "cmdline_size at 0x238")
        : Sourced(255, "boot protocol 2.05"),
      segments: [])
  }

  private func header() throws(LayoutInputError) -> BzImageHeader {
    let sectors = field(0x1F1, 1) == 0 ? 4 : Int(field(0x1F1, 1))
    guard (sectors + 1) * 512 <= 32_768 else {
      throw reader.malformed(
        "has \(sectors) sectors of setup, and real-mode code has at most 32 KiB", at: 0x1F1)
    }
    let flags = BzImageHeader.LoadFlags(rawValue: UInt8(field(0x211, 1)))
    guard flags.contains(.loadedHigh) else {
      throw LayoutInputError(
        .unsupported("is a zImage, which is loaded at 64 KiB"), path: reader.path,
        at: .offset(0x211), hint: "build a bzImage")
    }
    let protectedModeOffset = UInt64(sectors + 1) * 512
    let paragraphs = UInt32(field(0x1F4, 4))
    guard paragraphs > 0 else { throw reader.malformed("has a syssize of 0", at: 0x1F4) }
    return BzImageHeader(
      protocolVersion: version, setupSectorCount: sectors,
      protectedModeOffset: protectedModeOffset, paragraphCount: paragraphs, loadFlags: flags,
      extendedLoadFlags: .init(rawValue: version >= 0x020C ? UInt16(field(0x236, 2)) : 0),
      versionText: try versionText(setupEnd: protectedModeOffset),
      payload: try payload(protectedModeOffset, UInt64(paragraphs) * 16),
      greatestSetupDataType: try greatestSetupDataType(protectedModeOffset))
  }

  private func memoryByteCount(loaded: UInt64) throws(LayoutInputError) -> Sourced<UInt64?> {
    guard version >= 0x020A else {
      return Sourced(nil, "there is no init_size before boot protocol 2.10")
    }
    let size = field(0x260, 4)
    guard size > 0 else { throw reader.malformed("has an init_size of 0", at: 0x260) }
    // kexec refuses such an image: a segment has no more bytes in its buffer than in memory.
    guard size >= loaded else {
      throw reader.malformed(
        "has an init_size of \(size), and \(loaded) bytes are loaded", at: 0x260)
    }
    return Sourced(size, "init_size at 0x260")
  }

  private func alignments(
    _ isRelocatable: Bool
  ) throws(LayoutInputError) -> (Sourced<UInt64>, Sourced<UInt64>) {
    let alignment = field(0x230, 4)
    guard alignment.nonzeroBitCount == 1 else {
      // What does not move has no use for it, and old kernels leave it 0.
      if !isRelocatable, alignment == 0 {
        let none = Sourced<UInt64>(1, "kernel_alignment at 0x230 is 0, and the kernel is not moved")
        return (none, none)
      }
      throw reader.malformed(
        "has kernel_alignment 0x\(String(alignment, radix: 16)), which is no power of two",
        at: 0x230)
    }
    let preferred = Sourced(alignment, "kernel_alignment at 0x230")
    let exponent = version >= 0x020A ? field(0x235, 1) : 0
    guard exponent > 0 else {
      let words = version >= 0x020A ? "min_alignment at 0x235 is 0" : "no min_alignment before 2.10"
      return (preferred, Sourced(alignment, "\(words): kernel_alignment"))
    }
    guard exponent < 32 else {
      throw reader.malformed("has min_alignment 2^\(exponent)", at: 0x235)
    }
    let minimum = min(alignment, 1 << exponent)
    return (preferred, Sourced(minimum, "min_alignment at 0x235, 2^\(exponent)"))
  }

  private func architecture(_ header: BzImageHeader) -> Sourced<KernelImage.Architecture> {
    guard version >= 0x020C else {
      return Sourced(.i386, "boot protocol \(header.protocolName) has the 32-bit entry alone")
    }
    return header.extendedLoadFlags.contains(.kernel64)
      ? Sourced(.x86_64, "XLF_KERNEL_64 in xloadflags at 0x236")
      : Sourced(.i386, "no XLF_KERNEL_64 in xloadflags at 0x236")
  }

  private func addressLimit(_ header: BzImageHeader) -> Sourced<UInt64?> {
    header.extendedLoadFlags.contains(.canBeLoadedAbove4G)
      ? Sourced(nil, "XLF_CAN_BE_LOADED_ABOVE_4G in xloadflags at 0x236")
      : Sourced(1 << 32, "no XLF_CAN_BE_LOADED_ABOVE_4G: entered with 32-bit addresses")
  }

  private func versionText(setupEnd: UInt64) throws(LayoutInputError) -> String? {
    let pointer = field(0x20E, 2)
    let offset = pointer + 0x200
    guard pointer != 0, offset < setupEnd else { return nil }
    let bytes = try reader.prefix(256, at: offset)
    guard let end = bytes.firstIndex(of: 0) else { return nil }
    return excerpt(bytes[..<end].prefix { $0 != UInt8(ascii: " ") })
  }

  private func payload(
    _ start: UInt64, _ byteCount: UInt64
  ) throws(LayoutInputError) -> BzImageHeader.Payload? {
    guard version >= 0x0208, field(0x248, 4) != 0 else { return nil }
    let offset = field(0x248, 4)
    let length = field(0x24C, 4)
    guard offset <= byteCount, length <= byteCount - offset else {
      throw reader.malformed("has its payload outside of the kernel", at: 0x248)
    }
    let magic = try reader.prefix(Int(min(16, length)), at: start + offset)
    return .init(
      offset: start + offset, byteCount: length, compression: Compression(startingWith: magic))
  }

  /// Reads the last field of `kernel_info`, which lies in the protected-mode part.
  private func greatestSetupDataType(_ start: UInt64) throws(LayoutInputError) -> UInt32? {
    guard version >= 0x020F, field(0x268, 4) != 0 else { return nil }
    let offset = start + field(0x268, 4)
    let info = HeaderBytes(
      bytes: try reader.bytes(at: offset, count: 16, for: "kernel_info"))
    guard info.bytes.starts(with: "LToP".utf8) else {
      throw reader.malformed("has no LToP at kernel_info", at: offset)
    }
    return UInt32(info.number(at: 12, byteCount: 4))
  }
}
