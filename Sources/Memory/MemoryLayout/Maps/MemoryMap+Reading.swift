import Diagnostics

extension MemoryMap {
  /// Reads a memory map in any of the formats, told by its content.
  ///
  /// An e820 map is the one in effect; `E820Log.read` has the firmware's as well.
  ///
  /// - Parameters:
  ///   - path: What to call it in messages.
  ///   - bytes: The file's content.
  /// - Throws: why it is no memory map that can be used. Never traps, whatever the bytes.
  /// - Complexity: O(n log n) in the number of bytes.
  package static func read(path: String, bytes: [UInt8]) throws(LayoutInputError) -> MemoryMap {
    guard bytes.count <= InputFile.maximumMapByteCount else {
      throw LayoutInputError(
        .tooLarge(limit: UInt64(InputFile.maximumMapByteCount)), path: path)
    }
    if bytes.starts(with: FlattenedDeviceTree.magic) {
      return try DeviceTreeMemory.map(path: path, bytes: bytes)
    }
    let source = sourceText(path, bytes)
    switch format(of: source) {
    case .procIOMem: return try IOMemListing.read(source)
    case .firmwareMap: return try FirmwareMap.read(source)
    case .e820: return try E820Log.read(source).inEffect
    case .efi, .ranges: return try KernelLogMemory.read(source)
    case .deviceTree, nil: throw unknownFormat(source)
    }
  }

  /// Reads a memory map from a file, or from the folder `/sys/firmware/memmap` or
  /// `/proc/device-tree` or a copy of it.
  ///
  /// - Throws: as above, or `unreadable`.
  package static func read(contentsOf path: String) throws(LayoutInputError) -> MemoryMap {
    guard InputFile.isFolder(path) else {
      return try read(path: path, bytes: try bytes(ofMap: path))
    }
    return try readFolder(path)
  }

  /// The running kernel's log, a device that has no end.
  static let kernelLog = "/dev/kmsg"

  /// How long a pipe may take to its end; a log of another machine may come through a password.
  private static let pipeSeconds = 60.0

  /// All bytes of a file with a map or a log.
  fileprivate static func bytes(ofMap path: String) throws(LayoutInputError) -> [UInt8] {
    do throws(InputFileError) {
      if path == kernelLog {
        return try InputFile.records(ofDevice: path, limit: InputFile.maximumMapByteCount)
      }
      return try InputFile.bytes(
        ofFile: path, limit: InputFile.maximumMapByteCount,
        patience: InputFile.Patience(seconds: pipeSeconds))
    } catch {
      throw error.of(path)
    }
  }

  private static func readFolder(_ path: String) throws(LayoutInputError) -> MemoryMap {
    var entries: [UInt64: FirmwareMap.Entry] = [:]
    let names: [String]
    do throws(InputFileError) { names = try InputFile.names(inFolder: path) } catch {
      throw error.of(path)
    }
    if DeviceTreeFolder.recognises(names) {
      return try DeviceTreeMemory.map(DeviceTreeFolder.tree(path: path, names: names))
    }
    for name in names {
      // Numbers as the kernel writes them: `01` would be a second entry 1.
      guard let number = UInt64(name), String(number) == name else { continue }
      var entry = FirmwareMap.Entry()
      for field in ["start", "end", "type"] {
        let file = "\(path)/\(name)/\(field)"
        let bytes: [UInt8]
        do throws(InputFileError) {
          bytes = try InputFile.bytes(ofFile: file, limit: 4_096)
        } catch {
          throw error.of(file)
        }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        _ = FirmwareMap.set(field, (line, .entry("\(name)/\(field)")), in: &entry)
      }
      entries[number] = entry
    }
    if entries.isEmpty {
      throw LayoutInputError(
        .unknownFormat(
          expected: "folder like /sys/firmware/memmap, with numbered entries, or /proc/device-tree"),
        path: path)
    }
    return try FirmwareMap.map(entries, path: path)
  }

  /// The format that says most of those that lines are of: a report about a machine may have
  /// several.
  private static func format(of source: SourceText) -> Format? {
    var found: Set<Format> = []
    for number in 1...source.lineCount {
      let line = source.bytes[source.lineRange(number)]
      if let region = IOMemLine(line) {
        if region.showsRAM { return .procIOMem }
        found.insert(.procIOMem)
      }
      if !found.contains(.firmwareMap), FirmwareMap.recognises(line) { found.insert(.firmwareMap) }
      guard !found.contains(.e820) else { continue }
      if E820Log.recognises(line) { found.insert(.e820) }
      if !found.contains(.ranges), KernelLogMemory.recognises(line) { found.insert(.ranges) }
    }
    return [.e820, .firmwareMap, .ranges, .procIOMem].first(where: found.contains)
  }

  private static let wayOut = "save one: sudo cat /proc/iomem > iomem.txt"

  private static func unknownFormat(_ source: SourceText) -> LayoutInputError {
    let formats = Format.allCases.map(\.rawValue).joined(separator: ", ")
    if source.bytes.allSatisfy({ $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") }) {
      return LayoutInputError(.noRegions, path: source.path, hint: wayOut)
    }
    let isTree = (1...source.lineCount).prefix(100).contains {
      source.line($0).hasPrefix("/dts-v1/")
    }
    return LayoutInputError(
      .unknownFormat(expected: "memory map (\(formats))"), path: source.path,
      hint: isTree
        ? "it is the source of a device tree, which is read when it is compiled:"
          + " dtc -O dtb -o machine.dtb \(shellWord(source.path))"
        : FileKind(startingWith: source.bytes).map { "it looks like \($0.description)" }
          ?? wayOut)
  }
}

extension E820Log {
  /// Reads the e820 map of a kernel log.
  ///
  /// - Throws: `unknownFormat` if no line concerns it; `malformed` with the line.
  package static func read(path: String, bytes: [UInt8]) throws(LayoutInputError) -> E820Log {
    guard bytes.count <= InputFile.maximumMapByteCount else {
      throw LayoutInputError(
        .tooLarge(limit: UInt64(InputFile.maximumMapByteCount)), path: path)
    }
    return try read(sourceText(path, bytes))
  }

  /// Reads the e820 map of a file with a kernel log.
  package static func read(contentsOf path: String) throws(LayoutInputError) -> E820Log {
    try read(path: path, bytes: try MemoryMap.bytes(ofMap: path))
  }
}

/// A text without what an editor, a terminal or a mail may have put into it.
private func sourceText(_ path: String, _ bytes: [UInt8]) -> SourceText {
  let mark = SourceText.byteOrderMark
  let text = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
  return SourceText(path: path, bytes: ListingText.plain(ListingText.decodedUTF16(text)))
}
