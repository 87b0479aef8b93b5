/// An initrd: one or more cpio archives one behind the other, each compressed or not, or the image
/// of a file system.
///
/// Source: Documentation/driver-api/early-userspace/buffer-format.rst; init/initramfs.c.
package struct InitialRamDisk: Hashable, Sendable {
  package struct Part: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
      /// A cpio archive that is not compressed, such as microcode for the processor.
      case cpio(entryCount: Int)
      case compressed(Compression)
      /// Of a file system, by its name: an initrd of old, which the kernel copies as it is.
      case fileSystem(String)
    }

    /// In the file.
    package let offset: UInt64
    package let byteCount: UInt64
    package let content: Content
    /// Bytes of the files within; nil where that takes unpacking.
    package let unpackedByteCount: UInt64?
  }

  /// What the user calls the file.
  package let path: String
  package let byteCount: UInt64

  /// In the order of the file. A compressed part lasts to the end of the file: where it ends takes
  /// unpacking, and it may have others behind it.
  package let parts: [Part]

  /// Reads what is known about an initrd.
  ///
  /// - Throws: why the kernel could not unpack it. Never traps, whatever the bytes.
  /// - Complexity: O(n) in the size of the archives that are not compressed.
  package static func read(
    path: String, _ source: any ByteSource
  ) throws(LayoutInputError) -> InitialRamDisk {
    let reader = FieldReader(path: path, source: source)
    guard reader.byteCount > 0 else {
      throw LayoutInputError(.unknownFormat(expected: "initrd: it is empty"), path: path)
    }
    // Before padding is skipped: the image of an ext2 file system begins with zeros.
    if let name = try fileSystem(reader) {
      let whole = Part(
        offset: 0, byteCount: reader.byteCount, content: .fileSystem(name),
        unpackedByteCount: reader.byteCount)
      return InitialRamDisk(path: path, byteCount: reader.byteCount, parts: [whole])
    }
    var cursor = Cursor(reader)
    var parts: [Part] = []
    while let start = try cursor.skipPadding() {
      parts.append(try part(&cursor, at: start, isFirst: parts.isEmpty))
    }
    guard !parts.isEmpty else {
      throw LayoutInputError(.unknownFormat(expected: "initrd: it is all zero"), path: path)
    }
    return InitialRamDisk(path: path, byteCount: reader.byteCount, parts: parts)
  }

  /// Reads an initrd from a file.
  package static func read(contentsOf path: String) throws(LayoutInputError) -> InitialRamDisk {
    try read(path: path, OpenFile(path: path))
  }

  private static func part(
    _ cursor: inout Cursor, at start: UInt64, isFirst: Bool
  ) throws(LayoutInputError) -> Part {
    let reader = cursor.reader
    let magic = try cursor.prefix(16)
    if magic.starts(with: "070701".utf8) || magic.starts(with: "070702".utf8) {
      return try archive(&cursor, at: start)
    }
    if magic.starts(with: "070707".utf8) {
      throw LayoutInputError(
        .unsupported("is a cpio archive in the old format"), path: reader.path,
        at: .offset(start), hint: "make it with cpio -o -H newc")
    }
    if let compression = Compression(startingWith: magic) {
      cursor.offset = reader.byteCount
      return Part(
        offset: start, byteCount: reader.byteCount - start, content: .compressed(compression),
        unpackedByteCount: nil)
    }
    let kind = FileKind(startingWith: magic)
    throw LayoutInputError(
      isFirst
        ? .unknownFormat(expected: "initrd (cpio archive, compressed or not)")
        : .malformed("is neither a cpio archive nor compressed"),
      path: reader.path, at: .offset(start), hint: kind.map { "it looks like \($0.description)" })
  }

  /// Walks over the entries of one archive.
  private static func archive(
    _ cursor: inout Cursor, at start: UInt64
  ) throws(LayoutInputError) -> Part {
    let reader = cursor.reader
    guard start % 4 == 0 else {
      throw reader.malformed("has an archive at no multiple of 4", at: start)
    }
    var entryCount = 0
    var unpacked: UInt64 = 0
    while true {
      let place = cursor.offset
      let header = try cursor.bytes(110, for: "the header of a cpio entry")
      guard header.starts(with: "070701".utf8) || header.starts(with: "070702".utf8) else {
        throw reader.malformed("has no cpio entry where one has to be", at: place)
      }
      func field(_ index: Int) throws(LayoutInputError) -> UInt64 {
        let at = 6 + 8 * index
        var digits = TextReader(header[at..<at + 8])
        guard let value = digits.hexadecimal(), digits.isAtEnd else {
          throw reader.malformed("has a cpio entry with a broken number", at: place + UInt64(at))
        }
        return value
      }
      let fileByteCount = try field(6)
      let nameByteCount = try field(11)
      // Source: init/initramfs.c: PATH_MAX, with the zero behind it.
      guard (1...4_096).contains(nameByteCount) else {
        throw reader.malformed("has a cpio entry with a name of \(nameByteCount) bytes", at: place)
      }
      let name = try cursor.bytes(Int(nameByteCount), for: "the name of a cpio entry")
      cursor.align(to: 4, from: start)
      if name.dropLast().elementsEqual("TRAILER!!!".utf8) {
        return Part(
          offset: start, byteCount: min(cursor.offset, reader.byteCount) - start,
          content: .cpio(entryCount: entryCount), unpackedByteCount: unpacked)
      }
      entryCount += 1
      unpacked += fileByteCount
      try cursor.skip(fileByteCount, for: "a file of a cpio archive")
      cursor.align(to: 4, from: start)
    }
  }

  /// File systems that the kernel knows an initrd by (init/do_mounts_rd.c).
  private static func fileSystem(_ reader: FieldReader) throws(LayoutInputError) -> String? {
    let start = try reader.prefix(0x43A)
    // An archive may have the number of ext2 at its place, by chance.
    if FileKind(startingWith: start) != nil { return nil }
    if start.starts(with: "hsqs".utf8) { return "squashfs" }
    if start.starts(with: "-rom1fs-".utf8) { return "romfs" }
    if start.starts(with: [0x45, 0x3D, 0xCD, 0x28]) { return "cramfs" }
    if start.count == 0x43A, start[0x438] == 0x53, start[0x439] == 0xEF { return "ext2" }
    return nil
  }

  /// Goes through a file from its start, and reads it in large pieces.
  private struct Cursor {
    let reader: FieldReader
    var offset: UInt64 = 0
    private var piece: [UInt8] = []
    private var pieceOffset: UInt64 = 0

    private static let pieceByteCount = 256 << 10

    init(_ reader: FieldReader) { self.reader = reader }

    /// Skips zeros; where the next other byte is, or nil if there is none.
    mutating func skipPadding() throws(LayoutInputError) -> UInt64? {
      while offset < reader.byteCount {
        try fill(1)
        let rest = piece[Int(offset - pieceOffset)...]
        guard let index = rest.firstIndex(where: { $0 != 0 }) else {
          offset = reader.source.nextStoredByte(from: pieceOffset + UInt64(piece.count))
          continue
        }
        offset = pieceOffset + UInt64(index)
        return offset
      }
      return nil
    }

    /// As many bytes as there are, up to a number, from where it is, without going on.
    mutating func prefix(_ count: Int) throws(LayoutInputError) -> ArraySlice<UInt8> {
      let count = Int(min(UInt64(count), reader.byteCount - offset))
      try fill(count)
      let start = Int(offset - pieceOffset)
      return piece[start..<start + count]
    }

    /// Exactly so many bytes, and goes on behind them.
    mutating func bytes(_ count: Int, for what: String) throws(LayoutInputError) -> [UInt8] {
      guard offset <= reader.byteCount, UInt64(count) <= reader.byteCount - offset else {
        throw tooShort(UInt64(count), what)
      }
      let bytes = Array(try prefix(count))
      offset += UInt64(count)
      return bytes
    }

    mutating func skip(_ count: UInt64, for what: String) throws(LayoutInputError) {
      guard offset <= reader.byteCount, count <= reader.byteCount - offset else {
        throw tooShort(count, what)
      }
      offset += count
    }

    mutating func align(to alignment: UInt64, from start: UInt64) {
      let distance = offset - start
      offset = start + (distance + alignment - 1) / alignment * alignment
    }

    private func tooShort(_ count: UInt64, _ what: String) -> LayoutInputError {
      LayoutInputError(
        .truncated(what: what, neededByteCount: offset + count, byteCount: reader.byteCount),
        path: reader.path, at: .offset(offset))
    }

    /// Sees to it that so many bytes from `offset` on are in the piece.
    ///
    /// - Precondition: there are so many.
    private mutating func fill(_ count: Int) throws(LayoutInputError) {
      let end = pieceOffset + UInt64(piece.count)
      if offset >= pieceOffset, offset + UInt64(count) <= end { return }
      let wanted = max(count, Self.pieceByteCount)
      piece = try reader.prefix(wanted, at: offset)
      pieceOffset = offset
    }
  }
}
