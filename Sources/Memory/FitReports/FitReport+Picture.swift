internal import Diagnostics
internal import Fitting
internal import MemoryLayout

/// The memory and what lies in it, in lines of characters.
extension FitReport {
  /// Items that have a line of their own in a brief report.
  private static let briefItems = 5
  /// Bars below the first one, which show larger what is close together in it.
  private static func zooms(_ detail: Detail) -> Int { detail == .full ? 4 : 1 }

  func pictureLines(
    _ width: Int, _ detail: Detail, _ brevity: Brevity = .nothing
  ) -> [DisplayText] {
    let places = places
    let shown = shownPlaces(places, detail, brevity)
    let names = shown.map(\.name)
    let placement = placement
    func bar(_ part: AddressSet) -> MemoryBar {
      MemoryBar(part, uses: uses, placement, names: names, width: width - 4)
    }
    // What is reserved for a crash kernel is all that its image is about.
    let isCrash = result.layout.question.isCrashImage && !map.crashKernel.isEmpty
    let first = isCrash && detail == .brief ? map.crashKernel : shownMemory
    let whole = bar(first)
    var lines = Self.table(shown, whole.letters.map(\.letter), width)
    let rest = places.count - shown.count
    if rest > 0 {
      let sum = AddressSet(
        places.filter { place in !names.contains(place.name) }.map(\.range)
      ).byteCount
      lines.append(
        "  \(String(MemoryBar.others))  \(rest) smaller, \(ByteCountText.needed(sum)) together")
    }
    lines += unplacedLines(width, detail)
    let title = first == shownMemory ? "RAM without the holes" : "reserved for a crash kernel"
    var bars = [whole]
    lines += barLines(title, first, whole, width)
    // What lies close together is shown larger.
    var crowd = isCrash && detail == .full ? map.crashKernel : whole.crowd
    // In brief only where the first one shows next to nothing.
    if detail == .brief, whole.shownCount > 2 { crowd = nil }
    let zooms = detail == .full || brevity == .nothing ? Self.zooms(detail) : 0
    for index in 0..<zooms {
      guard let part = crowd else { break }
      let zoomed = bar(part)
      guard zoomed.text.count > 1 else { break }
      let isRegion = isCrash && index == 0 && detail == .full
      lines += barLines(
        isRegion ? "reserved for a crash kernel" : "what is close together", part, zoomed, width)
      bars.append(zoomed)
      crowd = zoomed.crowd
    }
    lines += key(bars).wrapped(first: "  ", rest: "  ", width)
    if case .fits = result.answer, detail == .full {
      lines.append("  \(result.layout.constraints.count) rules are kept, checked by arithmetic")
    }
    return lines
  }

  /// What has no place; in brief few of many.
  private func unplacedLines(_ width: Int, _ detail: Detail) -> [DisplayText] {
    let without = remainder?.without ?? []
    let isLong = detail == .brief && without.count > Self.briefItems
    let shown = isLong ? without.prefix(Self.briefItems - 2) : without[...]
    let rest = without.dropFirst(shown.count)
    let sum = rest.reduce(UInt128(0)) { $0 + $1.byteCount }
    return shown.flatMap { item in
      DisplayText("no place: \(item.name), \(ByteCountText.needed(item.byteCount))")
        .wrapped(first: "  ", rest: "    ", width)
    }
      + (rest.isEmpty
        ? [] : ["  no place: \(rest.count) more, \(ByteCountText.needed(sum)) together"])
  }

  /// The items that have a line: in brief the largest, in the order of their places.
  private func shownPlaces(
    _ places: [(name: String, range: AddressRange)], _ detail: Detail, _ brevity: Brevity
  ) -> [(name: String, range: AddressRange)] {
    let count = brevity == .words ? Self.briefItems - 2 : Self.briefItems
    guard detail == .brief, places.count > count + 1 else { return places }
    let largest = places.sorted { ($1.range.byteCount, $0.name) < ($0.range.byteCount, $1.name) }
    let names = Set(largest.prefix(count).map(\.name))
    return places.filter { names.contains($0.name) }
  }

  /// What the characters of bars mean, but for letters.
  private func key(_ bars: [MemoryBar]) -> DisplayText {
    let there = Set(bars.flatMap { Array($0.text) })
    var words: [String] = []
    func add(_ character: Character, _ meaning: String) {
      if there.contains(character) { words.append("`\(character)` \(meaning)") }
    }
    add(MemoryBar.free, "free")
    for use in uses { add(use.kind.symbol, use.kind.rawValue) }
    add(MemoryBar.several, "several items")
    return DisplayText(words.joined(separator: ", "))
  }

  /// An item in a line; in two where one is too short.
  private static func table(
    _ places: [(name: String, range: AddressRange)], _ letters: [Character], _ width: Int
  ) -> [DisplayText] {
    let rows = places.map { place in
      (
        DisplayText(place.name), DisplayText(place.range.description),
        ByteCountText.format(place.range.byteCount)
      )
    }
    let nameWidth = rows.map(\.0.count).max() ?? 0
    let rangeWidth = rows.map(\.1.count).max() ?? 0
    let sizeWidth = rows.map(\.2.count).max() ?? 0
    let isNarrow = 9 + nameWidth + rangeWidth + sizeWidth > width
    return zip(zip(places, rows), letters).flatMap { entry, letter -> [DisplayText] in
      let (item, row) = entry
      let place: DisplayText = "\(row.1.padded(to: rangeWidth))  \(row.2)"
      guard isNarrow else { return ["  \(letter)  \(row.0.padded(to: nameWidth))  \(place)"] }
      return DisplayText(item.name).wrapped(first: "  \(letter)  ", rest: "     ", width)
        + ["     \(place)"]
    }
  }

  private func barLines(
    _ what: String, _ part: AddressSet, _ bar: MemoryBar, _ width: Int
  ) -> [DisplayText] {
    guard let first = part.ranges.first, let last = part.ranges.last,
      let whole = AddressRange(start: first.start, last: last.last)
    else { return [] }
    let scale = ByteCountText.approximate(bar.byteCountOfCharacter)
    let title: DisplayText = "\(what), \(whole), \(scale) a character:"
    let marks = bar.marks
    return title.wrapped(first: "  ", rest: "  ", width)
      + ["  [\(bar.text)]"] + (marks.isEmpty ? [] : [DisplayText("   \(marks)")])
  }
}
