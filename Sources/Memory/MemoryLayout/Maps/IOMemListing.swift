import Diagnostics

/// Reads the text of `/proc/iomem`: `start-end : name`, hexadecimal without `0x`, ends inclusive.
///
/// Indentation is not trusted: the kernel stops indenting at some depth, and copies lose it.
/// Containment comes from the ranges.
///
/// A text may have other words before and behind a listing, and several listings. Between the lines
/// of a listing there is nothing else: what stands there may be the rest of a line that was wrapped.
struct IOMemListing {
  private struct Entry {
    let line: IOMemLine
    let range: AddressRange
    let place: InputPlace

    /// Address zero alone, as a user who is not root sees it.
    var isHidden: Bool { range.last == 0 }

    func isSame(as other: Entry) -> Bool {
      range == other.range && line.name == other.line.name
    }
  }

  private var entries: [Entry] = []

  /// - Throws: `addressesHidden`, `noRegions`, or `malformed` with the line.
  static func read(_ source: SourceText) throws(LayoutInputError) -> MemoryMap {
    let listings = try listings(source)
    let shown = listings.filter { $0.entries.contains { !$0.isHidden } }
    guard !shown.isEmpty else {
      throw LayoutInputError(
        listings.isEmpty ? .noRegions : .addressesHidden, path: source.path,
        hint: listings.isEmpty
          ? nil
          : "read it as root (`sudo cat /proc/iomem`), or use /sys/firmware/memmap, which anyone"
            + " may read but which does not show the running kernel")
    }
    // /proc/ioports looks the same, and its addresses have four digits.
    let ofMemory = shown.filter { $0.entries.contains { $0.line.digitCount >= 8 } }
    let candidates = ofMemory.isEmpty ? shown : ofMemory
    let complete = candidates.filter { listing in
      listing.entries.contains { MemoryRegion.Kind(name: $0.line.name) == .systemRAM }
    }
    guard let taken = (complete.isEmpty ? candidates : complete).last,
      let first = taken.entries.first
    else { throw LayoutInputError(.noRegions, path: source.path) }
    let others = candidates.count { !$0.isSame(as: taken) }
    let map = try taken.map(source)
    guard others > 0 else { return map }
    return map.with(MapFinding(.severalListings(otherCount: others), at: first.place))
  }

  private func isSame(as other: IOMemListing) -> Bool {
    entries.count == other.entries.count
      && zip(entries, other.entries).allSatisfy { $0.isSame(as: $1) }
  }

  private func map(_ source: SourceText) throws(LayoutInputError) -> MemoryMap {
    var regions: [MemoryRegion] = []
    var findings: [MapFinding] = []
    for entry in entries {
      if entry.isHidden {
        findings.append(MapFinding(.zeroRange(name: entry.line.name), at: entry.place))
        continue
      }
      guard regions.count < MemoryMap.maximumRegionCount else {
        throw LayoutInputError(
          .unsupported("has more than \(MemoryMap.maximumRegionCount) regions"), path: source.path,
          at: entry.place)
      }
      regions.append(
        MemoryRegion(
          range: entry.range, kind: MemoryRegion.Kind(name: entry.line.name),
          name: entry.line.name, place: entry.place))
    }
    if let last = source.bytes.last, last != UInt8(ascii: "\n"),
      entries.last?.place == .line(source.lineCount)
    {
      findings.append(MapFinding(.unfinishedLastLine, at: .line(source.lineCount)))
    }
    let map = MemoryMap(
      path: source.path, format: .procIOMem, regions: regions, findings: findings)
    let indentations = Set(entries.map(\.line.indentation))
    guard indentations.count == 1, map.regions.contains(where: { $0.parent != nil }) else {
      return map
    }
    return map.with(MapFinding(.indentationLost, at: .wholeFile))
  }

  // MARK: Lines of a text

  private static func listings(
    _ source: SourceText
  ) throws(LayoutInputError) -> [IOMemListing] {
    var listings: [IOMemListing] = []
    var current = IOMemListing()
    /// Other words since the last line of a listing, and whether there was an empty line before.
    var other: (line: Int, isApart: Bool)?
    var isApart = true
    for number in 1...source.lineCount {
      let bytes = source.bytes[source.lineRange(number)]
      guard let line = IOMemLine(bytes) else {
        if isEmpty(bytes) {
          isApart = true
        } else if !isOfLog(bytes) {
          let isNear = other == nil && !isApart && !current.entries.isEmpty
          if isNear, startsWithAddress(bytes) || isElision(bytes) {
            throw malformed(source, number, "is not `start-end : name`")
          }
          if other == nil, !current.entries.isEmpty, isElision(bytes) {
            throw malformed(source, number, "is not `start-end : name`")
          }
          other = other ?? (number, isApart)
        }
        continue
      }
      let entry = try entry(line, source, number)
      if let other {
        if current.startsAnew(with: entry) {
          listings.append(current)
          current = IOMemListing()
        } else if !current.entries.isEmpty, !isComment(source, other.line) {
          throw malformed(source, other.line, "stands within a listing")
        } else if number > 1, current.entries.isEmpty {
          let before = source.bytes[source.lineRange(number - 1)]
          if startsWithAddress(before) {
            throw malformed(source, number - 1, "is not `start-end : name`")
          }
        }
      } else if current.startsAgain(with: entry) {
        listings.append(current)
        current = IOMemListing()
      }
      current.entries.append(entry)
      (other, isApart) = (nil, false)
    }
    return current.entries.isEmpty ? listings : listings + [current]
  }

  private static func entry(
    _ line: IOMemLine, _ source: SourceText, _ number: Int
  ) throws(LayoutInputError) -> Entry {
    guard let range = AddressRange(start: line.start, last: line.last) else {
      throw malformed(source, number, "ends before it starts")
    }
    // The rest would stand in a line of its own; without it RAM is none.
    if ["System", "Kernel", "Crash"].contains(line.name) {
      throw malformed(source, number, "has half of a name")
    }
    guard !line.hasAnother else {
      throw malformed(source, number, "has several lines of a listing in one")
    }
    return Entry(line: line, range: range, place: .line(number))
  }

  private static func malformed(
    _ source: SourceText, _ number: Int, _ what: String
  ) -> LayoutInputError {
    let bytes = source.bytes[source.lineRange(number)]
    let isLast = number == source.lineCount
    return LayoutInputError(
      .malformed("\(what): `\(excerpt(bytes))`"), path: source.path, at: .line(number),
      hint: isLast
        ? "the listing may have been cut off"
        : "was a line wrapped, or were lines left out? `sudo cat /proc/iomem` writes all of them")
  }

  /// Whether a line behind other words is the first of another listing: addresses never fall within
  /// one.
  private func startsAnew(with entry: Entry) -> Bool {
    guard let last = entries.last, let first = entries.first else { return false }
    if entry.isHidden { return last.isHidden }
    return entry.range.start < last.range.start || entry.isSame(as: first)
  }

  /// Whether a line right behind another is the first of another listing: the first line comes
  /// again, or addresses of four digits follow those of eight.
  private func startsAgain(with entry: Entry) -> Bool {
    guard let last = entries.last, let first = entries.first, !entry.isHidden,
      entry.range.start < last.range.start
    else { return false }
    return entry.isSame(as: first) || entry.line.digitCount == 4 && last.line.digitCount >= 8
  }

  private static func isEmpty(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  private static func isComment(_ source: SourceText, _ number: Int) -> Bool {
    let line = source.bytes[source.lineRange(number)]
    return line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } == UInt8(ascii: "#")
  }

  /// Whether it is a line of the kernel's, `[   12.345678] …`, between those of a terminal.
  private static func isOfLog(_ line: ArraySlice<UInt8>) -> Bool {
    var reader = TextReader(line)
    guard reader.skip("[") else { return false }
    reader.skipBlanks()
    return reader.decimal() != nil && reader.skip(".") && reader.decimal() != nil
      && reader.skip("]")
  }

  /// Whether it begins like a line of a listing: hexadecimal digits and a dash, or four digits or
  /// more by themselves.
  private static func startsWithAddress(_ line: ArraySlice<UInt8>) -> Bool {
    var reader = TextReader(line)
    reader.skipBlanks()
    _ = reader.skip("0x")
    let start = reader.remaining.startIndex
    guard reader.hexadecimal() != nil else { return false }
    let count = reader.remaining.startIndex - start
    if reader.skip("-") {
      return reader.remaining.first.map { Character(UnicodeScalar($0)).isHexDigit } ?? true
    }
    return count >= 4 && (reader.isAtEnd || reader.skipBlanks())
  }

  /// Whether it stands for lines that were left out.
  private static func isElision(_ line: ArraySlice<UInt8>) -> Bool {
    let text = trimmed(line).lowercased()
    return text.hasPrefix("...") || text.hasPrefix("[...") || text.hasPrefix("…")
      || text.hasPrefix("[…") || text.contains("snip")
  }
}
