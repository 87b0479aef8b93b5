import Diagnostics

/// The e820 map of a machine, out of its kernel log: as the firmware gave it, and as the kernel
/// went on to use it.
package struct E820Log: Hashable, Sendable {
  /// The first table that the kernel printed, unchanged.
  package let firmware: MemoryMap
  /// After all changes: the last table, with what was updated in and removed from it afterwards.
  package let inEffect: MemoryMap

  /// Reads a kernel log, or a part of one; other lines are passed over.
  ///
  /// A later table (`modified`, `user`, `extended`) takes the place of the one before it. Changes
  /// (`e820: update`, `e820: remove`) apply to the entries of the type that they name.
  ///
  /// - Throws: `noRegions`, or `malformed` with the line.
  static func read(_ source: SourceText) throws(LayoutInputError) -> E820Log {
    var entries: [Entry] = []
    var firmware: [Entry] = []
    var table: String?
    var announced: String?
    var startsTable = true
    var findings: [MapFinding] = []
    for number in 1...source.lineCount {
      let bytes = source.bytes[source.lineRange(number)]
      guard let line = E820Line(bytes) else { continue }
      let place = InputPlace.line(number)
      switch line {
      case .malformed:
        throw LayoutInputError(
          .malformed("is no line of an e820 map: `\(excerpt(bytes))`"), path: source.path,
          at: place, hint: "was the line wrapped or cut off?")
      case .heading(let name):
        // A machine that was started twice within one log has two of the firmware's tables, and a
        // table may be modified twice. Where the headings were filtered out, a table ends where it
        // is changed, and another one begins where the first did.
        startsTable = true
        announced = name
      case .emptyEntry: continue
      case .entry(let name, let range, let type):
        if name != table || startsTable || entries.first?.range.start == range.start {
          if E820Line.firmwareTables.contains(name) { firmware = [] }
          entries = []
          table = name
          startsTable = false
          if announced != name, !E820Line.firmwareTables.contains(name),
            name != "reserve setup_data"
          {
            findings.append(MapFinding(.tableWithoutHeading(table: name), at: place))
          }
        }
        let entry = Entry(range: range, type: type, place: place)
        entries.append(entry)
        if E820Line.firmwareTables.contains(name) { firmware.append(entry) }
      case .update(let range, let from, let to):
        startsTable = true
        entries = Self.change(entries, within: range, ofType: from) { part in
          Entry(range: part, type: to, place: place)
        }
      case .remove(let range, let type):
        startsTable = true
        entries = Self.change(entries, within: range, ofType: type) { _ in nil }
      }
      guard entries.count <= MemoryMap.maximumRegionCount else {
        throw LayoutInputError(
          .unsupported("has more than \(MemoryMap.maximumRegionCount) regions"),
          path: source.path, at: place)
      }
    }
    guard !entries.isEmpty else { throw LayoutInputError(.noRegions, path: source.path) }
    // Source: E820_MAX_ENTRIES_ZEROPAGE, arch/x86/include/uapi/asm/bootparam.h.
    if let first = firmware.first, firmware.count >= 128 {
      findings.append(MapFinding(.fullZeroPage(entryCount: firmware.count), at: first.place))
    }
    if firmware.isEmpty { firmware = entries }
    return E820Log(
      firmware: Self.map(firmware, source.path, findings),
      inEffect: Self.map(entries, source.path, findings))
  }

  /// Whether a line is one of this format.
  static func recognises(_ line: ArraySlice<UInt8>) -> Bool {
    switch E820Line(line) {
    case nil, .malformed: false
    default: true
    }
  }

  private struct Entry: Hashable {
    let range: AddressRange
    let type: String
    let place: InputPlace
  }

  private static func map(
    _ entries: [Entry], _ path: String, _ findings: [MapFinding]
  ) -> MemoryMap {
    MemoryMap(
      path: path, format: .e820,
      regions: entries.map {
        MemoryRegion(
          range: $0.range, kind: MemoryRegion.Kind(e820Type: $0.type), name: $0.type,
          place: $0.place)
      }, findings: findings)
  }

  /// Replaces the parts of entries within a range, of one type or of any.
  private static func change(
    _ entries: [Entry], within range: AddressRange, ofType type: String?,
    _ replacement: (AddressRange) -> Entry?
  ) -> [Entry] {
    // The kernel's ranges are half-open, so "all from here on" is printed as ending at 2^64 - 2.
    let range =
      range.last == .max - 1 ? AddressRange(unchecked: range.start, .max) : range
    var changed: [Entry] = []
    for entry in entries {
      guard type == nil || entry.type == type, let part = entry.range.intersection(range) else {
        changed.append(entry)
        continue
      }
      if entry.range.start < part.start {
        let before = AddressRange(unchecked: entry.range.start, part.start - 1)
        changed.append(Entry(range: before, type: entry.type, place: entry.place))
      }
      if let new = replacement(part) { changed.append(new) }
      if part.last < entry.range.last {
        let behind = AddressRange(unchecked: part.last + 1, entry.range.last)
        changed.append(Entry(range: behind, type: entry.type, place: entry.place))
      }
    }
    return changed
  }
}
