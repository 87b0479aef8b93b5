import MemoryLayout
import Testing

/// What can be told of an initrd without unpacking it.
@Suite struct InitialRamDiskTests {
  private func read(_ bytes: [UInt8]) throws(LayoutInputError) -> InitialRamDisk {
    try InitialRamDisk.read(path: "initrd", bytes)
  }

  /// Made by cpio and gzip: 2,048 and 167 bytes.
  @Test func microcodeAndACompressedArchive() throws {
    let disk = try InitialRamDisk.read(contentsOf: Samples.path("microcode-and-gzip.initrd"))
    #expect(disk.byteCount == 2_048 + 167)
    #expect(disk.parts.map(\.offset) == [0, 2_048])
    #expect(disk.parts.map(\.content) == [.cpio(entryCount: 5), .compressed(.gzip)])
    #expect(disk.parts.map(\.unpacked.byteCount) == [1_000, 1_024])
    #expect(disk.parts[1].byteCount == 167)
  }

  @Test func severalArchivesWithPadding() throws {
    let one =
      ImageBuilders.cpioEntry("a", [1, 2, 3]) + ImageBuilders.cpioEntry("TRAILER!!!")
    let other =
      ImageBuilders.cpioEntry("dir/long name", [UInt8](repeating: 7, count: 600_001))
      + ImageBuilders.cpioEntry("b") + ImageBuilders.cpioEntry("TRAILER!!!")
    let padding = [UInt8](repeating: 0, count: 4 * 300)
    // A frame of zstd with an empty block.
    let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0, 0x58, 1, 0, 0]
    let disk = try read(one + padding + other + frame)
    #expect(
      disk.parts.map(\.content) == [
        .cpio(entryCount: 1), .cpio(entryCount: 2), .compressed(.zstd),
      ])
    #expect(disk.parts.map(\.unpacked.byteCount) == [3, 600_001, 0])
    #expect(disk.parts[1].offset == UInt64(one.count + padding.count))
    #expect(disk.parts[2].byteCount == 9)
    #expect(try read(one + padding).parts.count == 1)
  }

  @Test(
    arguments: [
      ([0x1F, 0x8B], Compression.gzip), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .xz),
      ([0x5D, 0, 0, 1], .lzma), ([0x02, 0x21, 0x4C, 0x18], .lz4), ([0x42, 0x5A, 0x68], .bzip2),
      ([0x89, 0x4C, 0x5A, 0x4F], .lzo),
    ] as [([UInt8], Compression)])
  func compressed(magic: [UInt8], compression: Compression) throws {
    let disk = try InitialRamDisk.read(path: "initrd", magic + [1], limits: nil)
    #expect(disk.parts.map(\.content) == [.compressed(compression)])
    // Which is not enough to be unpacked.
    #expect(throws: LayoutInputError.self) { try read(magic + [1]) }
  }

  @Test func imagesOfFileSystems() throws {
    #expect(try read(Array("hsqs".utf8)).parts.map(\.content) == [.fileSystem("squashfs")])
    var ext2 = [UInt8](repeating: 0, count: 4_096)
    ext2[0x438] = 0x53
    ext2[0x439] = 0xEF
    // Its first KiB is zeros, as padding would be.
    #expect(try read(ext2).parts.map(\.content) == [.fileSystem("ext2")])
  }

  @Test func whatIsRefused() throws {
    let old = try error { try read(Array("070707".utf8) + [UInt8](repeating: 48, count: 200)) }
    #expect(old.hint?.contains("newc") == true)
    #expect(throws: LayoutInputError.self) { try read([]) }
    #expect(throws: LayoutInputError.self) { try read([0, 0, 0]) }
    let kernel = try error { try read(ImageBuilders.elf(is64Bit: true, isBigEndian: false, [])) }
    #expect(kernel.hint == "it looks like an ELF file")
    let entry = ImageBuilders.cpioEntry("a", [1, 2, 3])
    let trailer = ImageBuilders.cpioEntry("TRAILER!!!")
    // No trailer, a broken number, a name without end, noise behind an archive, wrong alignment.
    #expect(try error { try read(entry) }.place == .offset(UInt64(entry.count)))
    var number = entry + trailer
    number[6 + 8 * 6] = UInt8(ascii: "x")
    #expect(try error { try read(number) }.place == .offset(54))
    var name = entry + trailer
    name.replaceSubrange(94..<102, with: Array("00010000".utf8))
    #expect(try error { try read(name) }.message.contains("name of 65536 bytes"))
    let noise = try error { try read(entry + trailer + [9, 9]) }
    #expect(noise.place == .offset(UInt64(entry.count + trailer.count)))
    #expect(throws: LayoutInputError.self) {
      try read(entry + trailer + [0, 0] + entry + trailer)
    }
    // A file that claims to be larger than the archive.
    var large = entry + trailer
    large.replaceSubrange(54..<62, with: Array("FFFFFFFF".utf8))
    guard case .truncated = try error({ try read(large) }).reason else {
      Issue.record("a file leaves the archive")
      return
    }
  }
}
