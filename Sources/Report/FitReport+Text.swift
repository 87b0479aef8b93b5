internal import Fitting
internal import MemoryLayout

extension FitReport {
  /// The report for a terminal.
  ///
  /// - Parameter width: Characters of a line that the bar may take; at least 20.
  public func text(width: Int) -> String {
    var lines = [headline]
    switch result.answer {
    case .fits: lines += placementLines(width: max(width, 20))
    case .conflict(let conflict): lines += Self.lines(of: conflict)
    case .inconclusive: break
    }
    if !result.relaxations.isEmpty {
      lines.append("  it would fit")
      lines += result.relaxations.map { "    \(Self.sentence($0))" }
    } else if case .conflict = result.answer, !result.mayHaveMoreRelaxations {
      lines.append("  no change of one of these rules alone makes it fit")
    }
    if result.mayHaveMoreRelaxations {
      lines.append("  not all changes were tried to their end: a limit was reached")
    }
    if case .conflict(let conflict)? = result.beyond {
      lines.append("  one byte more does not fit:")
      lines += Self.sentences(conflict)
    }
    lines += Self.list("  in the command line:", hints.map { "\($0.option)  \($0.purpose)" })
    lines += Self.list("  assumed:", result.layout.assumptions)
    lines += Self.list("  odd in the memory map:", map.findings.map(\.description))
    return lines.joined(separator: "\n") + "\n"
  }

  private static func list(_ title: String, _ entries: [String]) -> [String] {
    entries.isEmpty ? [] : [title] + entries.map { "    \($0)" }
  }

  private func placementLines(width: Int) -> [String] {
    let places = places
    var placement: Placement = [:]
    for place in places { placement[place.name] = place.range }
    let bar = MemoryBar(
      map, placement, names: places.map(\.name), width: width - 4)
    let nameWidth = places.map(\.name.count).max() ?? 0
    let rangeWidth = places.map(\.range.description.count).max() ?? 0
    var lines: [String] = []
    for (place, letter) in zip(places, bar.letters.map(\.letter)) {
      let range = place.range.description
      let line =
        "  \(letter)  \(Self.padded(place.name, nameWidth))  \(Self.padded(range, rangeWidth))  "
        + ByteCountText.format(place.range.byteCount)
      lines.append(line)
    }
    lines.append("  RAM, \(ByteCountText.format(bar.byteCountOfCharacter)) a character:")
    lines.append("  [\(bar.text)]")
    lines.append(
      "  \(result.layout.constraints.count) rules are kept, checked by arithmetic;"
        + " `.` free, `#` in use, `*` several items")
    return lines
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func lines(of conflict: Conflict) -> [String] {
    let title =
      conflict.isMinimal
      ? "  these rules conflict, and without any one of them the others can be kept:"
      : "  these rules conflict; there may be fewer, a limit was reached:"
    return [title] + sentences(conflict)
  }

  /// That items have to be placed is said of all in one line.
  private static func sentences(_ conflict: Conflict) -> [String] {
    var placed: [String] = []
    var lines: [String] = []
    for constraint in conflict.constraints {
      if case .placed(let item) = constraint.demand {
        placed.append("`\(item)`")
      } else {
        lines.append("    \(sentence(constraint))")
      }
    }
    guard !placed.isEmpty else { return lines }
    let verb = placed.count == 1 ? "has" : "have"
    return lines + ["    everything is placed: \(placed.joined(separator: ", ")) \(verb) a place"]
  }
}
