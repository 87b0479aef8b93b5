import Diagnostics

/// Reads the firmware's memory map of `/sys/firmware/memmap`, which has a folder for each entry
/// with the files `start`, `end` and `type`. Ends are inclusive, whatever the firmware's are.
///
/// As a text it comes in two forms: `0 start=0x0 end=0x9fbff type=System RAM`, and what
/// `grep . /sys/firmware/memmap/*/*` prints, `/sys/firmware/memmap/0/end:0x9fbff`.
///
/// Source: Documentation/ABI/testing/sysfs-firmware-memmap.
enum FirmwareMap {
  /// The three files of an entry, as they are.
  struct Entry {
    var start: (text: ArraySlice<UInt8>, place: InputPlace)?
    var end: (text: ArraySlice<UInt8>, place: InputPlace)?
    var type: (text: ArraySlice<UInt8>, place: InputPlace)?

    func isSame(as other: Entry) -> Bool {
      start.map { trimmed($0.text) } == other.start.map { trimmed($0.text) }
        && end.map { trimmed($0.text) } == other.end.map { trimmed($0.text) }
        && type.map { trimmed($0.text) } == other.type.map { trimmed($0.text) }
    }
  }

  /// Makes a map of the entries by their numbers, in numeric order.
  ///
  /// - Throws: `noRegions`, or `malformed` with the place.
  static func map(
    _ entries: [UInt64: Entry], path: String
  ) throws(LayoutInputError) -> MemoryMap {
    var regions: [MemoryRegion] = []
    guard entries.count <= MemoryMap.maximumRegionCount else {
      throw LayoutInputError(
        .unsupported("has more than \(MemoryMap.maximumRegionCount) regions"), path: path)
    }
    for (number, entry) in entries.sorted(by: { $0.key < $1.key }) {
      func missing(_ file: String) -> LayoutInputError {
        LayoutInputError(
          .malformed("has no `\(file)`"), path: path, at: .entry(String(number)))
      }
      guard let startText = entry.start else { throw missing("start") }
      guard let endText = entry.end else { throw missing("end") }
      guard let typeText = entry.type else { throw missing("type") }
      let start = try address(startText, path)
      let last = try address(endText, path)
      guard let range = AddressRange(start: start, last: last) else {
        throw LayoutInputError(
          .malformed("ends before it starts"), path: path, at: endText.place)
      }
      let type = trimmed(typeText.text)
      regions.append(
        MemoryRegion(
          range: range, kind: MemoryRegion.Kind(firmwareType: type), name: type,
          place: startText.place))
    }
    guard !regions.isEmpty else { throw LayoutInputError(.noRegions, path: path) }
    return MemoryMap(path: path, format: .firmwareMap, regions: regions)
  }

  /// Reads either form of text.
  static func read(_ source: SourceText) throws(LayoutInputError) -> MemoryMap {
    var entries: [UInt64: Entry] = [:]
    var isBegun = false
    for number in 1...source.lineCount {
      let bytes = source.bytes[source.lineRange(number)]
      let place = InputPlace.line(number)
      if trimmed(bytes).isEmpty || trimmed(bytes).hasPrefix("#") { continue }
      if let (entry, parts) = wholeEntry(bytes, at: place) {
        let other = entries.updateValue(parts, forKey: entry)
        guard other.map({ $0.isSame(as: parts) }) ?? true else {
          throw LayoutInputError(
            .malformed("is a second entry \(entry)"), path: source.path, at: place)
        }
        isBegun = true
      } else if let (entry, field, text) = singleField(bytes) {
        let isNew = set(field, (text, place), in: &entries[entry, default: Entry()])
        guard isNew else {
          throw LayoutInputError(
            .malformed("is another `\(field)` of entry \(entry)"), path: source.path, at: place)
        }
        isBegun = true
      } else if isBegun, isOfEntry(bytes) {
        throw LayoutInputError(
          .malformed("is not `N start=0x… end=0x… type=…`: `\(excerpt(bytes))`"),
          path: source.path, at: place,
          hint: number == source.lineCount ? "the listing may have been cut off" : nil)
      }
    }
    return try map(entries, path: source.path)
  }

  /// Whether a line is one of this format.
  static func recognises(_ line: ArraySlice<UInt8>) -> Bool {
    wholeEntry(line, at: .wholeFile) != nil || singleField(line) != nil
  }

  /// Whether a line that cannot be read is meant as one: other words of a mail or a terminal are not.
  private static func isOfEntry(_ line: ArraySlice<UInt8>) -> Bool {
    let text = trimmed(line)
    let rest = text.drop(while: \.isNumber)
    let startsWithNumber = rest.count < text.count && (rest.first == " " || rest.first == "/")
    return startsWithNumber || text.contains("firmware/memmap")
      || ["start=", "end=", "type="].contains(where: text.contains)
  }

  /// Fills in one file of an entry; whether there was no other before.
  static func set(
    _ field: String, _ value: (text: ArraySlice<UInt8>, place: InputPlace), in entry: inout Entry
  ) -> Bool {
    let file: WritableKeyPath<Entry, (text: ArraySlice<UInt8>, place: InputPlace)?> =
      field == "start" ? \.start : field == "end" ? \.end : \.type
    let other = entry[keyPath: file]
    entry[keyPath: file] = value
    return other.map { trimmed($0.text) == trimmed(value.text) } ?? true
  }

  private static func wholeEntry(
    _ bytes: ArraySlice<UInt8>, at place: InputPlace
  ) -> (UInt64, Entry)? {
    var reader = TextReader(bytes)
    reader.skipBlanks()
    guard let number = reader.decimal(), reader.skipBlanks(), reader.skip("start=") else {
      return nil
    }
    func word() -> ArraySlice<UInt8> {
      reader.remaining.prefix { $0 != UInt8(ascii: " ") }
    }
    let start = word()
    reader = TextReader(reader.remaining.dropFirst(start.count))
    guard reader.skipBlanks(), reader.skip("end=") else { return nil }
    let end = word()
    reader = TextReader(reader.remaining.dropFirst(end.count))
    guard reader.skipBlanks(), reader.skip("type=") else { return nil }
    return (
      number,
      Entry(start: (start, place), end: (end, place), type: (reader.remaining, place))
    )
  }

  private static func singleField(
    _ bytes: ArraySlice<UInt8>
  ) -> (entry: UInt64, field: String, text: ArraySlice<UInt8>)? {
    var reader = TextReader(bytes)
    // Before it may stand what another grep wrote, or the folder of a copy.
    if !reader.skip(through: "firmware/memmap/") { _ = reader.skip("./") }
    guard let number = reader.decimal(), reader.skip("/") else { return nil }
    if reader.skip("start:") { return (number, "start", reader.remaining) }
    if reader.skip("end:") { return (number, "end", reader.remaining) }
    if reader.skip("type:") { return (number, "type", reader.remaining) }
    return nil
  }

  private static func address(
    _ value: (text: ArraySlice<UInt8>, place: InputPlace), _ path: String
  ) throws(LayoutInputError) -> UInt64 {
    var reader = TextReader(value.text)
    reader.skipBlanks()
    guard reader.skip("0x"), let address = reader.hexadecimal(), reader.rest.isEmpty else {
      throw LayoutInputError(
        .malformed("is no address: `\(excerpt(value.text))`"), path: path, at: value.place)
    }
    return address
  }
}
