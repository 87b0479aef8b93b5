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
  /// (`e820: update`, `e820: remove`) apply to the entries of the type that they name. Of several
  /// starts of a machine the last counts whose tables are whole.
  ///
  /// - Throws: `noRegions`, or `malformed` with the line.
  static func read(_ source: SourceText) throws(LayoutInputError) -> E820Log {
    var starts: [Start] = []
    for number in 1...source.lineCount {
      let bytes = source.bytes[source.lineRange(number)]
      let place = InputPlace.line(number)
      guard let line = E820Line(bytes) else {
        if let range = CrashKernelLine.range(bytes), !starts.isEmpty {
          starts[starts.count - 1].addCrashKernel(range, at: place)
        }
        continue
      }
      if starts.isEmpty || starts[starts.count - 1].isEnd(line) { starts.append(Start()) }
      if line == .malformed {
        starts[starts.count - 1].broken = starts[starts.count - 1].broken ?? number
      }
      starts[starts.count - 1].add(line, at: place)
      guard starts[starts.count - 1].entries.count <= MemoryMap.maximumRegionCount else {
        throw LayoutInputError(
          .unsupported("has more than \(MemoryMap.maximumRegionCount) regions"),
          path: source.path, at: place)
      }
    }
    // Where a start is cut off, another may be whole.
    let broken = starts.last { $0.broken != nil }?.broken
    starts.removeAll { $0.entries.isEmpty || $0.broken != nil }
    if let broken, !starts.contains(where: \.hasRAM) {
      throw LayoutInputError(
        .malformed(
          "is no line of an e820 map: `\(excerpt(source.bytes[source.lineRange(broken)]))`"),
        path: source.path, at: .line(broken), hint: "was the line wrapped or cut off?")
    }
    // What the hypervisor has is more than what a kernel got of it.
    let ofKernels = starts.filter { !$0.isHypervisors }
    if !ofKernels.isEmpty { starts = ofKernels }
    guard let start = taken(of: starts) else {
      throw LayoutInputError(.noRegions, path: source.path)
    }
    let others = starts.count { !$0.hasSameMap(as: start) } + (broken == nil ? 0 : 1)
    return start.log(source.path, count: others + 1)
  }

  /// Whether a line is one of this format.
  static func recognises(_ line: ArraySlice<UInt8>) -> Bool {
    switch E820Line(line) {
    case nil, .malformed: false
    default: true
    }
  }

  /// The last start whose tables are whole: they have RAM, and the log does not end within the
  /// table that the start before has more of.
  private static func taken(of starts: [Start]) -> Start? {
    let whole = starts.indices.last { index in
      guard starts[index].hasRAM else { return false }
      return index == 0 || index < starts.count - 1
        || !starts[index].isBeginning(of: starts[index - 1])
    }
    return whole.map { starts[$0] } ?? starts.last
  }

  fileprivate struct Entry: Hashable {
    let range: AddressRange
    let type: String
    let place: InputPlace

    init(_ range: AddressRange, type: String, at place: InputPlace) {
      self.range = range
      self.type = type
      self.place = place
    }

    func isSame(as other: Entry) -> Bool { range == other.range && type == other.type }
  }

  /// What the kernel printed from one start of the machine to the next.
  fileprivate struct Start {
    /// Of the last table, with what was changed.
    var entries: [Entry] = []
    /// Of the first table.
    var firmware: [Entry] = []
    /// The number of a line that cannot be read.
    var broken: Int?
    private var crashKernels: [Entry] = []
    private var findings: [MapFinding] = []
    private var table: String?
    private var announced: String?
    private var startsTable = true

    var isHypervisors: Bool { table == E820Line.hypervisorTable }

    var hasRAM: Bool {
      entries.contains { MemoryRegion.Kind(e820Type: $0.type) == .systemRAM }
    }

    func hasSameMap(as other: Start) -> Bool {
      Self.areSame(entries, other.entries) && Self.areSame(firmware, other.firmware)
    }

    func isBeginning(of other: Start) -> Bool {
      Self.areSame(entries, firmware) && firmware.count < other.firmware.count
        && Self.areSame(firmware, Array(other.firmware.prefix(firmware.count)))
    }

    private static func areSame(_ some: [Entry], _ others: [Entry]) -> Bool {
      some.count == others.count && zip(some, others).allSatisfy { $0.isSame(as: $1) }
    }

    /// Whether a line is the first of another start: the firmware's table begins again.
    ///
    /// Where the headings were filtered out, a table ends where it is changed, and another one
    /// begins where the first did.
    func isEnd(_ line: E820Line) -> Bool {
      switch line {
      case .heading(let name): E820Line.firmwareTables.contains(name) && !entries.isEmpty
      case .entry(let name, let range, let type):
        E820Line.firmwareTables.contains(name) && !entries.isEmpty && begins(name, range)
          && !isAgain(name, range, type)
      default: false
      }
    }

    private func begins(_ name: String, _ range: AddressRange) -> Bool {
      name != table || startsTable || entries.first?.range.start == range.start
    }

    /// Whether a line stands there twice, as where two logs were put into one.
    private func isAgain(_ name: String, _ range: AddressRange, _ type: String) -> Bool {
      guard name == table, !startsTable, let last = entries.last else { return false }
      return last.range == range && last.type == type
    }

    mutating func add(_ line: E820Line, at place: InputPlace) {
      switch line {
      case .malformed, .emptyEntry: return
      case .heading(let name):
        // A table may be modified twice.
        startsTable = true
        announced = name
      case .entry(let name, let range, let type):
        if isAgain(name, range, type) { return }
        if begins(name, range) {
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
        let entry = Entry(range, type: type, at: place)
        entries.append(entry)
        if E820Line.firmwareTables.contains(name) { firmware.append(entry) }
      case .update(let range, let from, let to):
        startsTable = true
        entries = E820Log.change(entries, within: range, ofType: from) { part in
          Entry(part, type: to, at: place)
        }
      case .remove(let range, let type):
        startsTable = true
        entries = E820Log.change(entries, within: range, ofType: type) { _ in nil }
      }
    }

    mutating func addCrashKernel(_ range: AddressRange, at place: InputPlace) {
      guard !crashKernels.contains(where: { $0.range == range }) else { return }
      crashKernels.append(Entry(range, type: "", at: place))
    }

    func log(_ path: String, count: Int) -> E820Log {
      var findings = findings
      // Source: E820_MAX_ENTRIES_ZEROPAGE, arch/x86/include/uapi/asm/bootparam.h.
      if let first = firmware.first, firmware.count >= 128 {
        findings.append(MapFinding(.fullZeroPage(entryCount: firmware.count), at: first.place))
      }
      if count > 1, let first = (firmware + entries).first {
        findings.append(MapFinding(.severalStarts(count: count), at: first.place))
      }
      let crashKernels = crashKernels.map { entry in
        MemoryRegion(
          range: entry.range, kind: .crashKernel, name: "Crash kernel", place: entry.place)
      }
      return E820Log(
        firmware: MemoryMap(
          path: path, format: .e820,
          regions: (firmware.isEmpty ? entries : firmware).map(\.region), findings: findings),
        inEffect: MemoryMap(
          path: path, format: .e820, regions: entries.map(\.region) + crashKernels,
          findings: findings))
    }
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
        changed.append(Entry(before, type: entry.type, at: entry.place))
      }
      if let new = replacement(part) { changed.append(new) }
      if part.last < entry.range.last {
        let behind = AddressRange(unchecked: part.last + 1, entry.range.last)
        changed.append(Entry(behind, type: entry.type, at: entry.place))
      }
    }
    return changed
  }
}

extension E820Log.Entry {
  fileprivate var region: MemoryRegion {
    MemoryRegion(
      range: range, kind: MemoryRegion.Kind(e820Type: type), name: type, place: place)
  }
}
