import Diagnostics

/// Reads the text of `/proc/iomem`: `start-end : name`, hexadecimal without `0x`, ends inclusive.
///
/// Indentation is not trusted: the kernel stops indenting at some depth, and copies lose it.
/// Containment comes from the ranges.
enum IOMemListing {
  /// - Throws: `addressesHidden`, `noRegions`, or `malformed` with the line.
  static func read(_ source: SourceText) throws(LayoutInputError) -> MemoryMap {
    var regions: [MemoryRegion] = []
    var findings: [MapFinding] = []
    var zeroCount = 0
    var isIndented = false
    for number in 1...source.lineCount {
      let bytes = source.bytes[source.lineRange(number)]
      guard !isBlankOrComment(bytes) else { continue }
      let place = InputPlace.line(number)
      guard let line = Line(bytes) else {
        throw LayoutInputError(
          .malformed("is not `start-end : name`: `\(excerpt(bytes))`"), path: source.path,
          at: place,
          hint: number == source.lineCount ? "the listing may have been cut off" : nil)
      }
      guard let range = AddressRange(start: line.start, last: line.last) else {
        throw LayoutInputError(
          .malformed("ends before it starts: `\(excerpt(bytes))`"), path: source.path, at: place)
      }
      if line.start == 0, line.last == 0 {
        zeroCount += 1
        findings.append(MapFinding(.zeroRange(name: line.name), at: place))
        continue
      }
      guard regions.count < MemoryMap.maximumRegionCount else {
        throw LayoutInputError(
          .unsupported("has more than \(MemoryMap.maximumRegionCount) regions"), path: source.path,
          at: place)
      }
      isIndented = isIndented || line.isIndented
      regions.append(
        MemoryRegion(
          range: range, kind: MemoryRegion.Kind(name: line.name), name: line.name, place: place))
    }
    if regions.isEmpty {
      throw LayoutInputError(
        zeroCount > 0 ? .addressesHidden : .noRegions, path: source.path,
        hint: zeroCount > 0
          ? "read it as root (`sudo cat /proc/iomem`), or use /sys/firmware/memmap, which anyone"
            + " may read but which does not show the running kernel" : nil)
    }
    if let last = source.bytes.last, last != UInt8(ascii: "\n") {
      findings.append(MapFinding(.unfinishedLastLine, at: .line(source.lineCount)))
    }
    let map = MemoryMap(
      path: source.path, format: .procIOMem, regions: regions, findings: findings)
    guard !isIndented, map.regions.contains(where: { $0.parent != nil }) else { return map }
    return MemoryMap(
      path: source.path, format: .procIOMem, regions: regions,
      findings: findings + [MapFinding(.indentationLost, at: .wholeFile)])
  }

  /// Whether a line is one of this format.
  static func recognises(_ line: ArraySlice<UInt8>) -> Bool { Line(line) != nil }

  private static func isBlankOrComment(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") })
    else { return true }
    return first == UInt8(ascii: "#")
  }

  /// One line, taken apart.
  private struct Line {
    let start: UInt64
    let last: UInt64
    let name: String
    let isIndented: Bool

    init?(_ bytes: ArraySlice<UInt8>) {
      var reader = TextReader(bytes)
      isIndented = reader.skipBlanks()
      guard let start = reader.hexadecimal(), reader.skip("-"), let last = reader.hexadecimal()
      else { return nil }
      // The kernel writes " : "; a name may be empty, and then a copy has lost the last blank.
      guard reader.skipBlanks(), reader.skip(":") else { return nil }
      self.start = start
      self.last = last
      name = reader.rest
    }
  }
}
