import MemoryLayout
import Testing

/// arm64 and ELF images with headers written by hand, and what is refused.
@Suite struct KernelImageTests {
  private func image(_ bytes: [UInt8]) throws(LayoutInputError) -> KernelImage {
    try KernelImage.read(path: "Image", bytes)
  }

  private struct Wrong: Error {}

  @Test func anArm64Image() throws {
    let image = try image(ImageBuilders.arm64())
    guard case .arm64(let header) = image.format else { throw Wrong() }
    #expect(image.architecture.value == .arm64)
    #expect(image.memoryByteCount.value == 0x3_0000)
    #expect(image.alignment.value == 2 << 20)
    #expect(image.offsetFromBase.value == 0)
    #expect(header.pageSize == .kib4)
    #expect(header.mayLieAnywhere && !header.isBigEndian)
    #expect(image.addressLimit.value == 1 << 48)
    #expect(image.isRelocatable.value)
  }

  @Test(arguments: [
    (0b0000, Arm64ImageHeader.PageSize.unspecified, false, false), (0b0010, .kib4, false, false),
    (0b0100, .kib16, false, false), (0b0110, .kib64, false, false), (0b1111, .kib64, true, true),
  ])
  func arm64Flags(
    flags: UInt64, pageSize: Arm64ImageHeader.PageSize, anywhere: Bool, big: Bool
  ) throws {
    guard case .arm64(let header) = try image(ImageBuilders.arm64(flags: flags)).format else {
      throw Wrong()
    }
    #expect(header.pageSize == pageSize)
    #expect(header.mayLieAnywhere == anywhere)
    #expect(header.isBigEndian == big)
  }

  /// Before Linux 3.17 there was no image_size: 0x80000 from the base, and no bound.
  @Test func anOldArm64Image() throws {
    let image = try image(ImageBuilders.arm64(textOffset: 0x1234, imageByteCount: 0, flags: 0xFF))
    guard case .arm64(let header) = image.format else { throw Wrong() }
    #expect(image.offsetFromBase.value == 0x8_0000)
    #expect(image.memoryByteCount.value == nil)
    #expect(!header.isBigEndian && header.pageSize == .unspecified)
  }

  @Test func aSignedArm64ImageIsLoadedWithItsSignature() throws {
    let image = try image(ImageBuilders.arm64(imageByteCount: 4_000))
    #expect(image.memoryByteCount.value == 4_096)
    #expect(image.memoryByteCount.origin.contains("file's size"))
  }

  @Test func arm64NumbersBeyondReason() throws {
    #expect(
      try error { try image(ImageBuilders.arm64(textOffset: 1 << 52)) }.place == .offset(8))
    #expect(
      try error { try image(ImageBuilders.arm64(imageByteCount: .max)) }.place == .offset(16))
  }

  private static let twoSegments: [ImageBuilders.Segment] = [
    .init(offset: 0x1000, address: 0x120_0000, fileByteCount: 0x800, memoryByteCount: 0x5000),
    .init(
      offset: 0x400, address: 0x100_0000, fileByteCount: 0x400, memoryByteCount: 0x400,
      alignment: 0x20_0000),
    .init(type: 4, offset: 0, address: 0, fileByteCount: 1 << 30, memoryByteCount: 0),
    .init(offset: 0, address: 0, fileByteCount: 0, memoryByteCount: 0, alignment: 0),
  ]

  @Test(arguments: [true, false], [true, false])
  func anELFFile(is64Bit: Bool, isBigEndian: Bool) throws {
    let image = try image(
      ImageBuilders.elf(
        is64Bit: is64Bit, isBigEndian: isBigEndian, machine: is64Bit ? 62 : 3, Self.twoSegments))
    guard case .elf(let header) = image.format else { throw Wrong() }
    #expect(header.is64Bit == is64Bit)
    #expect(header.isBigEndian == isBigEndian)
    #expect(header.entry == 0x100_0000)
    #expect(image.architecture.value == (is64Bit ? .x86_64 : .i386))
    #expect(
      image.segments.map(\.range) == [
        try range(0x100_0000, 0x100_03FF), try range(0x120_0000, 0x120_4FFF),
      ])
    #expect(image.loadedByteCount.value == 0xC00)
    #expect(image.memoryByteCount.value == 0x20_5000)
    #expect(image.alignment.value == 0x20_0000)
    #expect(image.preferredAddress.value == 0x100_0000)
    #expect(!image.isRelocatable.value)
  }

  @Test func anELFFileThatMayMove() throws {
    let image = try image(
      ImageBuilders.elf(
        is64Bit: true, isBigEndian: false, type: 3, machine: 183, Self.twoSegments))
    #expect(image.isRelocatable.value)
    #expect(image.architecture.value == .arm64)
  }

  @Test(arguments: [
    (
      "more bytes in the file",
      ImageBuilders.Segment(offset: 0, address: 0, fileByteCount: 2, memoryByteCount: 1)
    ),
    ("cut off", .init(offset: 8_190, address: 0, fileByteCount: 3, memoryByteCount: 3)),
    ("cut off", .init(offset: .max, address: 0, fileByteCount: 3, memoryByteCount: 3)),
    ("leaves 64 bits", .init(offset: 0, address: .max, fileByteCount: 0, memoryByteCount: 2)),
    (
      "power of two",
      .init(offset: 0, address: 0, fileByteCount: 1, memoryByteCount: 1, alignment: 3)
    ),
    ("interpreter", .init(type: 3, offset: 0, address: 0, fileByteCount: 1, memoryByteCount: 1)),
    ("overlap", .init(offset: 0, address: 0x120_4FFF, fileByteCount: 1, memoryByteCount: 1)),
  ])
  func wrongSegments(words: String, segment: ImageBuilders.Segment) throws {
    let error = try error {
      try image(
        ImageBuilders.elf(
          is64Bit: true, isBigEndian: false, Self.twoSegments + [segment]))
    }
    #expect(error.message.contains(words), "\(error)")
  }

  @Test(arguments: [(1, "module"), (4, "core"), (0xFE00, "type 65024")])
  func otherELFFiles(type: UInt64, words: String) throws {
    let error = try error {
      try image(
        ImageBuilders.elf(is64Bit: true, isBigEndian: false, type: type, Self.twoSegments))
    }
    #expect(error.message.contains(words))
    #expect(error.place == .offset(16))
  }

  @Test func anELFFileWithoutSegments() throws {
    for segments in [[], [Self.twoSegments[2]], [Self.twoSegments[3]]] {
      #expect(throws: LayoutInputError.self) {
        try image(ImageBuilders.elf(is64Bit: false, isBigEndian: true, segments))
      }
    }
    var bytes = ImageBuilders.elf(is64Bit: true, isBigEndian: false, Self.twoSegments)
    bytes[4] = 3
    #expect(try error { try image(bytes) }.place == .offset(4))
    bytes[4] = 2
    bytes[5] = 0
    #expect(try error { try image(bytes) }.place == .offset(5))
  }

  @Test(
    arguments: [
      ([0x1F, 0x8B, 8, 0], "gzip -dc Image > Image"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd -dc"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz -dc"), ([0x42, 0x5A, 0x68], "bzip2 -dc"),
      ([0x5D, 0, 0], "lzma"), ([0x89, 0x4C, 0x5A, 0x4F], "lzop -dc"),
      ([0x02, 0x21, 0x4C, 0x18], "lz4 -dc"), ([0x04, 0x22, 0x4D, 0x18], "lz4 -dc"),
      ([0x27, 0x05, 0x19, 0x56], "dumpimage"), ([0xD0, 0x0D, 0xFE, 0xED], "FIT"),
      (Array("ANDROID!".utf8), "unpack_bootimg"), (Array("!<arch>\n".utf8), "dpkg-deb"),
      (Array("MZ".utf8), "objcopy"), (Array("070701".utf8), "initrd"),
    ] as [([UInt8], String)])
  func otherFilesAreRefusedWithAWayOut(magic: [UInt8], hint: String) throws {
    let error = try error { try image(magic + [UInt8](repeating: 0, count: 2_048)) }
    #expect(error.hint?.contains(hint) == true, "\(error)")
    guard case .unsupported = error.reason else {
      Issue.record("\(error)")
      return
    }
  }

  /// Source: drivers/firmware/efi/libstub/zboot-header.S.
  @Test func aKernelThatUnpacksItselfUnderEFI() throws {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    bytes.replaceSubrange(0..<8, with: Array("MZ\0\0zimg".utf8))
    ImageBuilders.put(0x1_0000, at: 8, 4, in: &bytes)
    ImageBuilders.put(0x5_4321, at: 12, 4, in: &bytes)
    bytes.replaceSubrange(24..<28, with: Array("gzip".utf8))
    let error = try error { try image(bytes) }
    #expect(
      error.hint == "take the kernel out: tail -c +65537 Image | head -c 344865 | gzip -dc > Image")
  }

  @Test func nothingAndNoise() throws {
    for bytes in [[], [0], [UInt8](repeating: 0x20, count: 5_000)] {
      let error = try error { try image(bytes) }
      #expect(error.message.contains("bzImage"))
    }
    #expect(throws: LayoutInputError.self) { try KernelImage.read(contentsOf: "/nowhere") }
    let folder = try error { try KernelImage.read(contentsOf: "/") }
    #expect(folder.message.contains("no regular file"))
  }
}
