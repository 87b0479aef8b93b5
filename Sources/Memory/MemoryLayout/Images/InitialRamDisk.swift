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
    /// Bytes of the files within; where it is compressed, of the archive that has them.
    package let unpacked: UnpackedSize
  }

  /// What the user calls the file.
  package let path: String
  package let byteCount: UInt64

  /// In the order of the file. What is compressed alike, one behind the other, is one part. What
  /// does not show where it ends without unpacking it lasts to the end of the file.
  package let parts: [Part]

  /// Reads what is known about an initrd.
  ///
  /// - Parameter limits: Of finding out what compressed parts unpack to; nil if nobody asks, and
  ///   then the first of them lasts to the end of the file.
  /// - Throws: why the kernel could not unpack it. Never traps, whatever the bytes.
  /// - Complexity: O(n) in the size of the file.
  package static func read(
    path: String, _ source: any ByteSource, limits: UnpackingLimits? = UnpackingLimits()
  ) throws(LayoutInputError) -> InitialRamDisk {
    let reader = FieldReader(path: path, source: source)
    guard reader.byteCount > 0 else {
      throw LayoutInputError(.unknownFormat(expected: "initrd: it is empty"), path: path)
    }
    // Before padding is skipped: the image of an ext2 file system begins with zeros.
    if let name = try fileSystem(reader) {
      let whole = Part(
        offset: 0, byteCount: reader.byteCount, content: .fileSystem(name),
        unpacked: .exactly(reader.byteCount, from: "as the kernel copies it"))
      return InitialRamDisk(path: path, byteCount: reader.byteCount, parts: [whole])
    }
    var cursor = ImageCursor(reader)
    var parts: [Part] = []
    while let start = try cursor.skipPadding() {
      add(try part(&cursor, at: start, isFirst: parts.isEmpty, limits), to: &parts)
    }
    guard !parts.isEmpty else {
      throw LayoutInputError(.unknownFormat(expected: "initrd: it is all zero"), path: path)
    }
    return InitialRamDisk(path: path, byteCount: reader.byteCount, parts: parts)
  }

  /// Reads an initrd from a file. What its compressed parts do not say is counted by the system's
  /// programs.
  package static func read(
    contentsOf path: String, limits: UnpackingLimits? = UnpackingLimits()
  ) throws(LayoutInputError) -> InitialRamDisk {
    let disk = try read(path: path, OpenFile(path: path), limits: limits)
    guard let limits, let last = disk.parts.last, case .compressed(let compression) = last.content,
      last.offset + last.byteCount == disk.byteCount
    else { return disk }
    switch last.unpacked {
    case .exactly, .moreThan: return disk
    case .atMost, .unknown: break
    }
    let counted = try UnpackingTool(compression).count(path, from: last.offset, limits)
    // A bound is better than nothing.
    if case .unknown = counted, last.unpacked.byteCount != nil { return disk }
    let part = Part(
      offset: last.offset, byteCount: last.byteCount, content: last.content, unpacked: counted)
    return InitialRamDisk(
      path: path, byteCount: disk.byteCount, parts: disk.parts.dropLast() + [part])
  }

  /// What all parts unpack to.
  package var unpacked: UnpackedSize {
    let sizes = parts.map(\.unpacked)
    guard let first = sizes.first else { return .exactly(0, from: "") }
    if let unknown = sizes.first(where: { $0.byteCount == nil }) { return unknown }
    // Where the number is from is said of the largest.
    let sorted = sizes.sorted { ($0.byteCount ?? 0) > ($1.byteCount ?? 0) }
    return sorted.dropFirst().reduce(sorted.first ?? first) { $0.adding($1) }
  }

  /// Adds a part, or makes the last one larger by it.
  private static func add(_ part: Part, to parts: inout [Part]) {
    guard let last = parts.last, case .compressed = part.content, last.content == part.content,
      last.offset + last.byteCount == part.offset
    else { return parts.append(part) }
    parts[parts.count - 1] = Part(
      offset: last.offset, byteCount: last.byteCount + part.byteCount, content: part.content,
      unpacked: last.unpacked.adding(part.unpacked))
  }

  private static func part(
    _ cursor: inout ImageCursor, at start: UInt64, isFirst: Bool, _ limits: UnpackingLimits?
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
      var size = UnpackedSize.unknown("nobody asked for its size")
      if let limits {
        size = try CompressedPart.size(compression, &cursor, limits)
      } else {
        cursor.offset = reader.byteCount
      }
      return Part(
        offset: start, byteCount: cursor.offset - start, content: .compressed(compression),
        unpacked: size)
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
    _ cursor: inout ImageCursor, at start: UInt64
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
          content: .cpio(entryCount: entryCount),
          unpacked: .exactly(unpacked, from: "by the sizes of its files"))
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
}
