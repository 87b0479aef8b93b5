import Diagnostics

/// A number, and where it was read or why it was assumed.
package struct Sourced<Value: Hashable & Sendable>: Hashable, Sendable {
  package let value: Value
  /// Such as `init_size at 0x260`.
  package let origin: String

  package init(_ value: Value, _ origin: String) {
    self.value = value
    self.origin = origin
  }
}

/// What a kernel's image says of the memory that it needs to be started.
///
/// That is less than what it needs to live: `memoryByteCount` lasts until the kernel has read its
/// own memory map.
package struct KernelImage: Hashable, Sendable {
  package enum Architecture: Hashable, Sendable, CustomStringConvertible {
    case x86_64
    case i386
    case arm64
    /// Another machine of an ELF file, by its number.
    case other(UInt16)

    package var description: String {
      switch self {
      case .x86_64: "x86-64"
      case .i386: "32-bit x86"
      case .arm64: "arm64"
      case .other(let machine): "ELF machine \(machine)"
      }
    }
  }

  /// The header as it is, for what only its own format has.
  package enum Format: Hashable, Sendable {
    case bzImage(BzImageHeader)
    case arm64(Arm64ImageHeader)
    case elf(ELFHeader)
    /// No file: its numbers were given.
    case stated

    package var name: String {
      switch self {
      case .bzImage: "x86 bzImage"
      case .arm64: "arm64 Image"
      case .elf: "ELF vmlinux"
      case .stated: "stated numbers"
      }
    }
  }

  /// What the user calls the file.
  package let path: String
  package let format: Format
  package let architecture: Sourced<Architecture>

  package let fileByteCount: UInt64

  /// How many bytes of the file are put into memory.
  package let loadedByteCount: Sourced<UInt64>

  /// How many contiguous bytes the image needs from where it runs, its zeroed data included; nil if
  /// the image does not say.
  package let memoryByteCount: Sourced<UInt64?>

  /// A power of two. The base of the image is a multiple of it; the image itself starts
  /// `offsetFromBase` behind.
  package let alignment: Sourced<UInt64>

  /// A power of two, at most `alignment`: what is required, where `alignment` is preferred.
  package let minimumAlignment: Sourced<UInt64>

  /// Bytes from an aligned base to the image. Only arm64 has one that is not 0.
  package let offsetFromBase: Sourced<UInt64>

  /// Where the image wants to be; if it is not relocatable, where it must be.
  package let preferredAddress: Sourced<UInt64?>

  package let isRelocatable: Sourced<Bool>

  /// Address of the first byte that the image may not touch; nil if any will do.
  package let addressLimit: Sourced<UInt64?>

  /// Address of the last byte that an initrd may have; nil if the image does not limit it.
  package let lastInitrdAddress: Sourced<UInt64?>

  /// The most characters of a command line, without the zero behind them; nil if not said.
  package let commandLineByteCount: Sourced<UInt64?>

  /// Physical ranges that the image needs, with what is known of them; of an ELF file its loadable
  /// segments, else empty.
  package let segments: [Segment]

  /// A piece of an ELF file.
  package struct Segment: Hashable, Sendable {
    /// In memory, with the zeroed part.
    package let range: AddressRange
    package let fileOffset: UInt64
    package let fileByteCount: UInt64
    /// A power of two.
    package let alignment: UInt64

    package init(
      range: AddressRange, fileOffset: UInt64, fileByteCount: UInt64, alignment: UInt64
    ) {
      self.range = range
      self.fileOffset = fileOffset
      self.fileByteCount = fileByteCount
      self.alignment = alignment
    }
  }

  /// Reads what is known about an image, told by its content.
  ///
  /// - Parameters:
  ///   - path: What to call it in messages.
  ///   - source: All of the file; only headers are read.
  /// - Throws: why it cannot be used. Compressed kernels are refused with the command that unpacks
  ///   them. Never traps, whatever the bytes.
  package static func read(
    path: String, _ source: any ByteSource
  ) throws(LayoutInputError) -> KernelImage {
    let reader = FieldReader(path: path, source: source)
    let start = try reader.prefix(1_024)
    if BzImageHeader.recognises(start) { return try BzImageHeader.image(reader) }
    if Arm64ImageHeader.recognises(start) { return try Arm64ImageHeader.image(reader) }
    if start.starts(with: [0x7F] + Array("ELF".utf8)) { return try ELFHeader.image(reader) }
    throw try refusal(reader, start)
  }

  /// Reads an image from a file.
  package static func read(contentsOf path: String) throws(LayoutInputError) -> KernelImage {
    try read(path: path, OpenFile(path: path))
  }

  /// What to do with a file that is no image of these formats.
  private static func refusal(
    _ reader: FieldReader, _ start: [UInt8]
  ) throws(LayoutInputError) -> LayoutInputError {
    func refuse(_ what: String, _ hint: String?) -> LayoutInputError {
      LayoutInputError(.unsupported(what), path: reader.path, hint: hint)
    }
    let path = shellWord(reader.path)
    switch FileKind(startingWith: start) {
    case .compressed(let compression):
      return refuse(
        "is compressed with \(compression.rawValue)",
        "unpack it: \(compression.unpackCommand) \(path) > Image")
    case .efiZboot:
      return try zbootRefusal(reader, start)
    case .peProgram:
      return refuse(
        "is a program for EFI, and no kernel image",
        "a unified kernel image has the kernel in a section:"
          + " objcopy -O binary --only-section=.linux \(path) vmlinuz")
    case .uImage:
      return refuse("is a uImage", "take the kernel out: dumpimage -T kernel -p 0 -o Image \(path)")
    case .androidBoot:
      return refuse("is a boot image of Android", "take the kernel out with unpack_bootimg")
    case .deviceTree:
      return refuse(
        "is a device tree or a FIT image",
        "give a device tree as the memory map; take the kernel out of a FIT image with dumpimage")
    case .debianPackage:
      return refuse(
        "is a Debian package",
        "take the kernel out: dpkg-deb --fsys-tarfile \(path) | tar -x --wildcards './boot/vmlinu*'"
      )
    case .cpio: return refuse("is a cpio archive", "is it the initrd?")
    case .elf, nil:
      return LayoutInputError(
        .unknownFormat(
          expected: "kernel image (x86 bzImage, arm64 Image or ELF vmlinux)"), path: path)
    }
  }

  private static func zbootRefusal(
    _ reader: FieldReader, _ start: [UInt8]
  ) throws(LayoutInputError) -> LayoutInputError {
    let header = HeaderBytes(bytes: try reader.bytes(at: 0, count: 64, for: "the header"))
    let offset = header.number(at: 8, byteCount: 4)
    let byteCount = header.number(at: 12, byteCount: 4)
    let name = String(decoding: header.bytes[24..<56].prefix { $0 != 0 }, as: UTF8.self)
    let compression = Compression(rawValue: name == "zstd22" ? "zstd" : name)
    let unpack = compression.map { " | \($0.unpackCommand)" } ?? ""
    return LayoutInputError(
      .unsupported(
        "is a kernel that unpacks itself under EFI (zboot, `\(excerpt(Array(name.utf8)[...]))`)"),
      path: reader.path, at: .offset(4),
      hint:
        "take the kernel out: tail -c +\(offset + 1) \(shellWord(reader.path)) | head -c \(byteCount)"
        + "\(unpack) > Image")
  }
}
