/// What a file is by its first bytes.
package enum FileKind: Hashable, Sendable {
  case compressed(Compression)
  /// An x86 boot image or another program for EFI: `MZ`.
  case peProgram
  /// A kernel that unpacks itself under EFI.
  case efiZboot
  case elf
  case deviceTree
  case cpio
  case uImage
  case androidBoot
  case debianPackage

  /// Tells by the first bytes of a file; 16 are enough, but for images of x86 and arm64, which
  /// begin like a program for EFI.
  package init?(startingWith bytes: some Collection<UInt8>) {
    if let compression = Compression(startingWith: bytes) {
      self = .compressed(compression)
      return
    }
    func begins(_ magic: [UInt8], at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: magic)
    }
    if begins(Array("MZ".utf8)) {
      // Source: drivers/firmware/efi/libstub/zboot-header.S.
      self = begins(Array("zimg".utf8), at: 4) ? .efiZboot : .peProgram
    } else if begins([0x7F] + Array("ELF".utf8)) {
      self = .elf
    } else if begins(FlattenedDeviceTree.magic) {
      self = .deviceTree
    } else if begins(Array("07070".utf8)) {
      self = .cpio
    } else if begins([0x27, 0x05, 0x19, 0x56]) {
      self = .uImage
    } else if begins(Array("ANDROID!".utf8)) {
      self = .androidBoot
    } else if begins(Array("!<arch>\n".utf8)) {
      self = .debianPackage
    } else {
      return nil
    }
  }

  package var description: String {
    switch self {
    case .compressed(let compression): "a file compressed with \(compression.rawValue)"
    case .peProgram: "a program for EFI"
    case .efiZboot: "a kernel that unpacks itself under EFI (zboot)"
    case .elf: "an ELF file"
    case .deviceTree: "a device tree, or a FIT image"
    case .cpio: "a cpio archive, such as an initrd"
    case .uImage: "a uImage of U-Boot"
    case .androidBoot: "a boot image of Android"
    case .debianPackage: "a Debian package"
    }
  }
}

/// How bytes are compressed, by the magic numbers that Linux knows.
///
/// Sources: lib/decompress.c; Documentation/arch/x86/boot.rst, payload_offset.
package enum Compression: String, Hashable, Sendable, CaseIterable {
  case gzip
  case bzip2
  case lzma
  case xz
  case lzo
  case lz4
  case zstd

  package init?(startingWith bytes: some Collection<UInt8>) {
    let found = Self.allCases.first { compression in
      compression.magics.contains { bytes.starts(with: $0) }
    }
    guard let found else { return nil }
    self = found
  }

  private var magics: [[UInt8]] {
    switch self {
    case .gzip: [[0x1F, 0x8B], [0x1F, 0x9E]]
    case .bzip2: [Array("BZh".utf8)]
    case .lzma: [[0x5D, 0x00, 0x00]]
    case .xz: [[0xFD] + Array("7zXZ".utf8) + [0]]
    case .lzo: [[0x89] + Array("LZO".utf8)]
    // The legacy frame, which the kernel's own build makes, and the one of today.
    case .lz4: [[0x02, 0x21, 0x4C, 0x18], [0x04, 0x22, 0x4D, 0x18]]
    case .zstd: [[0x28, 0xB5, 0x2F, 0xFD]]
    }
  }

  /// The command that writes what a file contains to standard output.
  package var unpackCommand: String {
    switch self {
    case .gzip: "gzip -dc"
    case .bzip2: "bzip2 -dc"
    case .lzma: "xz --format=lzma -dc"
    case .xz: "xz -dc"
    case .lzo: "lzop -dc"
    case .lz4: "lz4 -dc"
    case .zstd: "zstd -dc"
    }
  }
}
