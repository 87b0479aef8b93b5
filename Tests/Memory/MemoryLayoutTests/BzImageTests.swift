import MemoryLayout
import Testing

/// x86 boot images with headers written by hand.
@Suite struct BzImageTests {
  private func image(_ bytes: [UInt8]) throws(LayoutInputError) -> KernelImage {
    try KernelImage.read(path: "bzImage", bytes)
  }

  private func image(
    version: UInt64 = 0x020F, _ change: (inout [UInt8]) -> Void
  ) throws(LayoutInputError) -> KernelImage {
    var bytes = ImageBuilders.bzImage(version: version)
    change(&bytes)
    return try image(bytes)
  }

  private func header(_ image: KernelImage) throws -> BzImageHeader {
    guard case .bzImage(let header) = image.format else { throw Wrong() }
    return header
  }

  private struct Wrong: Error {}

  @Test func aRelocatableKernel() throws {
    let image = try image(ImageBuilders.bzImage())
    let header = try header(image)
    #expect(header.protocolName == "2.15")
    #expect(header.setupSectorCount == 4)
    #expect(header.protectedModeOffset == 2_560)
    #expect(image.architecture.value == .x86_64)
    #expect(image.fileByteCount == 68_096)
    #expect(image.loadedByteCount.value == 65_536)
    #expect(image.memoryByteCount.value == 0x12_3000)
    #expect(image.memoryByteCount.origin == "init_size at 0x260")
    #expect(image.alignment.value == 2 << 20)
    #expect(image.minimumAlignment.value == 4_096)
    #expect(image.preferredAddress.value == 16 << 20)
    #expect(image.isRelocatable.value)
    #expect(image.addressLimit.value == nil)
    #expect(image.lastInitrdAddress.value == 0x37FF_FFFF)
    #expect(image.commandLineByteCount.value == 2_047)
    #expect(header.payload?.offset == 2_560 + 0x100)
    #expect(header.payload?.byteCount == 0x8000)
    #expect(header.payload?.compression == nil)
    #expect(header.versionText == nil)
  }

  /// Each field is read only if the protocol has it.
  @Test(arguments: [0x0205, 0x0206, 0x0208, 0x020A, 0x020C, 0x020D, 0x020E, 0x020F, 0x0210])
  func fieldsOfEachProtocol(version: UInt64) throws {
    let image = try image(version: version) { _ in }
    let header = try header(image)
    #expect(header.protocolVersion == UInt16(version))
    #expect(image.commandLineByteCount.value == (version >= 0x0206 ? 2_047 : 255))
    #expect((header.payload != nil) == (version >= 0x0208))
    #expect((image.memoryByteCount.value != nil) == (version >= 0x020A))
    #expect(image.preferredAddress.value == (version >= 0x020A ? 16 << 20 : 1 << 20))
    #expect(image.minimumAlignment.value == (version >= 0x020A ? 4_096 : 2 << 20))
    #expect(image.architecture.value == (version >= 0x020C ? .x86_64 : .i386))
    #expect(image.addressLimit.value == (version >= 0x020C ? nil : 1 << 32))
  }

  @Test func noSectorsAreFour() throws {
    let image = try image { ImageBuilders.put(0, at: 0x1F1, 1, in: &$0) }
    #expect(try header(image).setupSectorCount == 4)
  }

  /// Secure Boot appends a signature: the file is longer than what is loaded.
  @Test func aSignatureBehindTheKernel() throws {
    let image = try image { $0 += [UInt8](repeating: 1, count: 1_472) }
    #expect(image.fileByteCount == 68_096 + 1_472)
    #expect(image.loadedByteCount.value == 65_536)
  }

  @Test func aKernelThatStaysWhereItIs() throws {
    let image = try image { bytes in
      ImageBuilders.put(0, at: 0x234, 1, in: &bytes)
      ImageBuilders.put(0, at: 0x230, 4, in: &bytes)
    }
    #expect(!image.isRelocatable.value)
    #expect(image.alignment.value == 1)
    #expect(image.preferredAddress.value == 16 << 20)
  }

  @Test func aKernelOfThirtyTwoBits() throws {
    let image = try image { ImageBuilders.put(4, at: 0x236, 2, in: &$0) }
    #expect(image.architecture.value == .i386)
    #expect(image.addressLimit.value == 1 << 32)
    #expect(image.addressLimit.origin.contains("XLF_CAN_BE_LOADED_ABOVE_4G"))
  }

  @Test func whatIsInThePayload() throws {
    let image = try image { bytes in
      bytes.replaceSubrange(2_560 + 0x100..<2_560 + 0x104, with: [0x28, 0xB5, 0x2F, 0xFD])
      ImageBuilders.put(0x300, at: 0x20E, 2, in: &bytes)
      bytes.replaceSubrange(0x500..<0x510, with: Array("6.1.0-x (a@b) #1".utf8))
      ImageBuilders.put(0x9000, at: 0x268, 4, in: &bytes)
      bytes.replaceSubrange(2_560 + 0x9000..<2_560 + 0x9004, with: Array("LToP".utf8))
      ImageBuilders.put(0x8000_0009, at: 2_560 + 0x900C, 4, in: &bytes)
    }
    #expect(try header(image).payload?.compression == .zstd)
    #expect(try header(image).versionText == "6.1.0-x")
    #expect(try header(image).greatestSetupDataType == 0x8000_0009)
  }

  /// Offset of the field, bytes, value, and where the message points.
  @Test(arguments: [
    (0x1FE, 2, 0xAA54, 0x1FE), (0x206, 2, 0x0204, 0x206), (0x201, 1, 0x50, 0x201),
    (0x1F1, 1, 64, 0x1F1), (0x211, 1, 0, 0x211), (0x1F4, 4, 0, 0x1F4), (0x1F4, 4, 4_097, 0x1F4),
    (0x1F4, 4, 0xFFFF_FFFF, 0x1F4), (0x230, 4, 0, 0x230), (0x230, 4, 0x30_0000, 0x230),
    (0x235, 1, 32, 0x235), (0x235, 1, 255, 0x235), (0x248, 4, 0x1_0001, 0x248),
    (0x24C, 4, 0xFFFF_FFFF, 0x248), (0x260, 4, 0, 0x260), (0x260, 4, 0xFFFF, 0x260),
    (0x268, 4, 0x1_0000, 2_560 + 0x1_0000), (0x268, 4, 0x9000, 2_560 + 0x9000),
  ])
  func wrongFieldsAreRefused(offset: Int, count: Int, value: UInt64, place: UInt64) throws {
    let error = try error {
      try image { ImageBuilders.put(value, at: offset, count, in: &$0) }
    }
    #expect(error.place == .offset(place), "\(error)")
  }

  @Test func aFileThatIsCutOff() throws {
    let error = try error { try image(Array(ImageBuilders.bzImage().dropLast())) }
    #expect(
      error.reason
        == .truncated(
          what: "the setup and the 4096 paragraphs of syssize", neededByteCount: 68_096,
          byteCount: 68_095))
    #expect(error.description.hasPrefix("bzImage: offset 0x1f4: is cut off"))
  }
}
