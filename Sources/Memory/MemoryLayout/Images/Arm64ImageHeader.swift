/// The header of an arm64 kernel, the first 64 bytes of the file; little-endian even if the kernel
/// is not.
///
/// Source: Documentation/arch/arm64/booting.rst, section 4.
package struct Arm64ImageHeader: Hashable, Sendable {
  package enum PageSize: String, Hashable, Sendable {
    case unspecified
    case kib4 = "4 KiB"
    case kib16 = "16 KiB"
    case kib64 = "64 KiB"
  }

  /// Bytes from a base of 2 MiB to the image.
  package let textOffset: UInt64
  /// 0 before Linux 3.17, which had not this field.
  package let imageByteCount: UInt64
  package let isBigEndian: Bool
  package let pageSize: PageSize
  /// Whether the base may be anywhere. If not, it should be as near to the start of RAM as
  /// possible: what lies below is lost to the kernel.
  package let mayLieAnywhere: Bool

  static func recognises(_ start: [UInt8]) -> Bool {
    start.count >= 64 && start[56..<60].elementsEqual([0x41, 0x52, 0x4D, 0x64])
  }

  /// - Precondition: `recognises`.
  static func image(_ reader: FieldReader) throws(LayoutInputError) -> KernelImage {
    let bytes = HeaderBytes(bytes: try reader.bytes(at: 0, count: 64, for: "the header"))
    let imageByteCount = bytes.number(at: 16, byteCount: 8)
    let flags = bytes.number(at: 24, byteCount: 8)
    let pageSizes: [PageSize] = [.unspecified, .kib4, .kib16, .kib64]
    // Old kernels had another field there, so nothing but the magic is theirs.
    let isOld = imageByteCount == 0
    let header = Arm64ImageHeader(
      textOffset: isOld ? 0x80000 : bytes.number(at: 8, byteCount: 8),
      imageByteCount: imageByteCount, isBigEndian: !isOld && flags & 1 != 0,
      pageSize: isOld ? .unspecified : pageSizes[Int(flags >> 1 & 3)],
      mayLieAnywhere: !isOld && flags & 8 != 0)
    return try header.image(reader, isOld)
  }

  private func image(_ reader: FieldReader, _ isOld: Bool) throws(LayoutInputError) -> KernelImage {
    // Physical addresses have at most 52 bits; more is no offset and no size.
    guard textOffset < 1 << 52 else {
      throw reader.malformed("has a text_offset of more than 52 bits", at: 8)
    }
    guard imageByteCount < 1 << 52 else {
      throw reader.malformed("has an image_size of more than 52 bits", at: 16)
    }
    let memory: Sourced<UInt64?>
    if isOld {
      memory = Sourced(nil, "image_size at 0x10 is 0, as before Linux 3.17: no bound is known")
    } else if imageByteCount < reader.byteCount {
      // A signature behind the image is loaded with it.
      memory = Sourced(reader.byteCount, "the file's size, which is above image_size at 0x10")
    } else {
      memory = Sourced(imageByteCount, "image_size at 0x10")
    }
    let base = "arm64: a base of 2 MiB (booting.rst)"
    return KernelImage(
      path: reader.path, format: .arm64(self),
      architecture: Sourced(.arm64, "ARM\\x64 at 0x38"), fileByteCount: reader.byteCount,
      loadedByteCount: Sourced(reader.byteCount, "the whole file"), memoryByteCount: memory,
      alignment: Sourced(2 << 20, base), minimumAlignment: Sourced(2 << 20, base),
      offsetFromBase: Sourced(
        textOffset, isOld ? "image_size is 0: 0x80000 is assumed" : "text_offset at 0x8"),
      preferredAddress: Sourced(nil, "arm64 images name no address"),
      isRelocatable: Sourced(true, "arm64: any base of 2 MiB"),
      addressLimit: mayLieAnywhere
        ? Sourced(1 << 48, "flags at 0x18, bit 3: anywhere within 48 bits")
        : Sourced(nil, "flags at 0x18, bit 3 clear: as near to the start of RAM as possible"),
      lastInitrdAddress: Sourced(nil, "arm64: within 32 GiB of the image, no fixed address"),
      commandLineByteCount: Sourced(nil, "the header does not say"), segments: [])
  }
}
