package import Diagnostics
internal import Fitting
internal import MemoryLayout

extension FitReport {
  /// The report for a terminal: ASCII, without colour.
  ///
  /// - Parameter width: Characters of a line, which only what has no space is longer than; at least
  ///   40.
  package func text(width: Int) -> DisplayText {
    lines(width: width).joined(separator: "\n") + "\n"
  }

  /// The lines of the report.
  package func lines(width: Int) -> [DisplayText] {
    let width = max(width, 40)
    var lines = DisplayText(headline).wrapped(rest: "    ", width)
    switch result.answer {
    case .fits: lines += placementLines(width) + kernelLines(width)
    case .conflict(let conflict):
      lines += shortageLines(width) + Self.lines(of: conflict, width)
    case .inconclusive: break
    }
    lines += relaxationLines(width)
    if case .conflict(let conflict)? = result.beyond {
      let quantity = result.layout.quantities.first { $0.quantifier == .largest }
      lines.append("  one \(quantity?.unit == .count ? "" : "byte ")more does not fit:")
      lines += Self.sentences(conflict, width)
    }
    if case .inconclusive(let reason)? = result.beyond {
      lines += ("one more: \(reason)" as DisplayText).wrapped(first: "  ", rest: "    ", width)
    }
    for place in Hint.Place.allCases {
      let hints = hints.filter { $0.place == place }
      if !hints.isEmpty { lines.append(Self.title(of: place)) }
      // What is to be copied stays in one line.
      for hint in hints {
        lines.append(DisplayText("    \(hint.text)"))
        lines += DisplayText(hint.purpose).wrapped(first: "      ", rest: "      ", width)
      }
    }
    lines += Self.list("  assumed:", result.layout.assumptions, width)
    lines += Self.list("  odd in the memory map:", map.findings.map(\.description), width)
    return lines
  }

  private static func title(of place: Hint.Place) -> DisplayText {
    switch place {
    case .running: "  in the running kernel's command line:"
    case .relieving: "  in the relieving kernel's command line:"
    case .shell: "  in a shell:"
    }
  }

  func relaxationLines(_ width: Int) -> [DisplayText] {
    guard case .conflict = result.answer, let relaxations = result.relaxations else { return [] }
    var lines = Self.list("  it would fit", relaxations.all.map(Self.sentence), width)
    if lines.isEmpty, relaxations.isComplete {
      lines.append("  nothing that a user can change makes it fit")
    }
    if !relaxations.isComplete {
      lines.append(
        lines.isEmpty
          ? "  what would make it fit was not found out: a limit was reached"
          : "  other changes may do, too: a limit was reached")
    }
    return lines
  }

  static func list(_ title: DisplayText, _ entries: [String], _ width: Int) -> [DisplayText] {
    entries.isEmpty
      ? []
      : [title] + entries.flatMap { DisplayText($0).wrapped(first: "    ", rest: "      ", width) }
  }

  private func placementLines(_ width: Int) -> [DisplayText] {
    let places = places
    var placement: Placement = [:]
    for place in places { placement[place.name] = place.range }
    let names = places.map(\.name)
    let bar = MemoryBar(map, placement, names: names, width: width - 4, kept: kept, beside: beside)
    var lines = Self.table(places, bar.letters.map(\.letter), width)
    lines += barLines("RAM without the holes", map.systemRAM.union(beside), bar, width)
    // What lies close together is shown larger, four times at most.
    var crowd = bar.crowd
    for _ in 0..<4 {
      guard let part = crowd else { break }
      let zoomed = MemoryBar(
        map, placement, names: names, width: width - 4, kept: kept, beside: beside, part: part)
      guard zoomed.text.count > 1 else { break }
      lines += barLines("what is close together", part, zoomed, width)
      crowd = zoomed.crowd
    }
    lines.append("  `.` free, `#` in use, `*` several items")
    lines.append("  \(result.layout.constraints.count) rules are kept, checked by arithmetic")
    return lines
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
    return title.wrapped(first: "  ", rest: "  ", width)
      + ["  [\(bar.text)]"]
  }

  static func lines(of conflict: Conflict, _ width: Int) -> [DisplayText] {
    let title =
      conflict.isMinimal
      ? "these rules conflict, and without any one of them the others can be kept:"
      : "these rules conflict; there may be fewer, a limit was reached:"
    return DisplayText(title).wrapped(first: "  ", rest: "  ", width) + sentences(conflict, width)
  }

  private static func sentences(_ conflict: Conflict, _ width: Int) -> [DisplayText] {
    let summary =
      conflict.summary.map { ("\($0)." as DisplayText).wrapped(first: "    ", rest: "    ", width) }
      ?? []
    return summary
      + ConflictText(conflict).sentences.flatMap {
        DisplayText($0).wrapped(first: "    - ", rest: "      ", width)
      }
  }
}
