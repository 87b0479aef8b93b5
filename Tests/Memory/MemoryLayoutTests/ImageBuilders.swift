/// Kernel images of zeros with a header written by the documentation, field by field.
enum ImageBuilders {
  /// Puts a little-endian number into bytes.
  static func put(_ value: UInt64, at offset: Int, _ count: Int, in bytes: inout [UInt8]) {
    for index in 0..<count {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
    }
  }

  /// A bzImage of 4 sectors of setup and 64 KiB of kernel, as a file of 2.5 KiB more.
  ///
  /// Source: Documentation/arch/x86/boot.rst.
  static func bzImage(version: UInt64 = 0x020F) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 5 * 512 + 65_536)
    put(4, at: 0x1F1, 1, in: &bytes)  // setup_sects
    put(4_096, at: 0x1F4, 4, in: &bytes)  // syssize
    put(0xAA55, at: 0x1FE, 2, in: &bytes)  // boot_flag
    put(0xEB, at: 0x200, 1, in: &bytes)  // jump
    put(0x26C - 0x202, at: 0x201, 1, in: &bytes)
    put(0x5372_6448, at: 0x202, 4, in: &bytes)  // HdrS
    put(version, at: 0x206, 2, in: &bytes)
    put(1, at: 0x211, 1, in: &bytes)  // loadflags
    put(0x37FF_FFFF, at: 0x22C, 4, in: &bytes)  // initrd_addr_max
    put(0x20_0000, at: 0x230, 4, in: &bytes)  // kernel_alignment
    put(1, at: 0x234, 1, in: &bytes)  // relocatable_kernel
    put(12, at: 0x235, 1, in: &bytes)  // min_alignment
    put(3, at: 0x236, 2, in: &bytes)  // xloadflags
    put(2_047, at: 0x238, 4, in: &bytes)  // cmdline_size
    put(0x100, at: 0x248, 4, in: &bytes)  // payload_offset
    put(0x8000, at: 0x24C, 4, in: &bytes)  // payload_length
    put(0x100_0000, at: 0x258, 8, in: &bytes)  // pref_address
    put(0x12_3000, at: 0x260, 4, in: &bytes)  // init_size
    return bytes
  }

  /// An arm64 Image of 4 KiB. Source: Documentation/arch/arm64/booting.rst.
  static func arm64(
    textOffset: UInt64 = 0, imageByteCount: UInt64 = 0x3_0000, flags: UInt64 = 0b1010
  ) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    put(textOffset, at: 8, 8, in: &bytes)
    put(imageByteCount, at: 16, 8, in: &bytes)
    put(flags, at: 24, 8, in: &bytes)
    put(0x644D_5241, at: 56, 4, in: &bytes)
    return bytes
  }

  /// A loadable piece of an ELF file.
  struct Segment {
    var type: UInt64 = 1
    var offset: UInt64
    var address: UInt64
    var fileByteCount: UInt64
    var memoryByteCount: UInt64
    var alignment: UInt64 = 0x1000
  }

  /// An ELF file of 8 KiB. Source: System V ABI, chapters 4 and 5.
  static func elf(
    is64Bit: Bool, isBigEndian: Bool, type: UInt64 = 2, machine: UInt64 = 62,
    _ segments: [Segment]
  ) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 8_192)
    func put(_ value: UInt64, at offset: Int, _ count: Int) {
      for index in 0..<count {
        let shift = 8 * (isBigEndian ? count - 1 - index : index)
        bytes[offset + index] = UInt8(truncatingIfNeeded: value >> shift)
      }
    }
    let word = is64Bit ? 8 : 4
    let headerByteCount = is64Bit ? 64 : 52
    let entryByteCount = is64Bit ? 56 : 32
    bytes.replaceSubrange(0..<4, with: [0x7F, 0x45, 0x4C, 0x46])
    bytes[4] = is64Bit ? 2 : 1
    bytes[5] = isBigEndian ? 2 : 1
    put(type, at: 16, 2)
    put(machine, at: 18, 2)
    put(1, at: 20, 4)
    put(0x100_0000, at: 24, word)
    put(UInt64(headerByteCount), at: 24 + word, word)
    let sizes = 24 + 3 * word + 4
    put(UInt64(headerByteCount), at: sizes, 2)
    put(UInt64(entryByteCount), at: sizes + 2, 2)
    put(UInt64(segments.count), at: sizes + 4, 2)
    for (index, segment) in segments.enumerated() {
      let at = headerByteCount + index * entryByteCount
      put(segment.type, at: at, 4)
      // 64-bit files have the flags second, 32-bit ones before the alignment.
      let fields = [
        segment.offset, 0xFFFF_0000, segment.address, segment.fileByteCount,
        segment.memoryByteCount,
      ]
      for (number, value) in fields.enumerated() {
        put(value, at: at + (is64Bit ? 8 : 4) + word * number, word)
      }
      put(segment.alignment, at: at + (is64Bit ? 48 : 28), word)
    }
    return bytes
  }

  /// One entry of a cpio archive in the new format.
  static func cpioEntry(_ name: String, _ content: [UInt8] = []) -> [UInt8] {
    func hex(_ value: Int) -> String {
      let digits = String(value, radix: 16, uppercase: true)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }
    func padded(_ bytes: [UInt8]) -> [UInt8] {
      bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    }
    let numbers = [1, 0o100644, 0, 0, 1, 0, content.count, 0, 0, 0, 0, name.utf8.count + 1, 0]
    let header = Array("070701".utf8) + numbers.flatMap { Array(hex($0).utf8) }
    return padded(header + Array(name.utf8) + [0]) + padded(content)
  }
}
