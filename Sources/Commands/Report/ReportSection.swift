import Diagnostics

/// A part of a report that can be shown in fewer lines than it has.
struct ReportSection {
  /// All lines that it has.
  let lines: [DisplayText]
  /// As much as so many lines hold, at least one.
  let shortened: (Int) -> [DisplayText]

  /// Lines, of which the first are shown and the others counted.
  ///
  /// - Parameters:
  ///   - noun: What each of them is, in the plural.
  init(_ lines: [DisplayText], noun: DisplayText) {
    self.lines = lines
    shortened = { count in
      count >= lines.count
        ? lines
        : lines.prefix(count - 1) + ["  and \(lines.count - count + 1) more \(noun) (--verbose)"]
    }
  }

  /// A paragraph of names, of which the first are shown and the others counted.
  init(_ names: NameList, width: Int) {
    lines = names.lines(showing: names.count, width)
    shortened = { names.lines(within: $0, width) }
  }

  /// The sections in as many lines as there are for all of them.
  ///
  /// - Parameter ranks: Which of them get lines first, by their positions; where there are too few, the
  ///   last ones get none.
  static func fitted(
    _ sections: [ReportSection], into count: Int, ranks: [Int]
  ) -> [DisplayText] {
    var given = sections.map { _ in 0 }
    var left = count
    // One each, then one each for whoever needs more.
    while left > 0 {
      var isDone = true
      for position in ranks where left > 0 && given[position] < sections[position].lines.count {
        given[position] += 1
        left -= 1
        isDone = false
      }
      if isDone { break }
    }
    return zip(sections, given).flatMap { section, count in
      count == 0 ? [] : section.shortened(count)
    }
  }
}

/// A sentence that ends in names, as `3 rules not asked (FAULTS = 0): "a", "b", "c"`.
struct NameList {
  let title: DisplayText
  /// Names with what is so of all of them, which stands in front; nothing if there is one group and
  /// nothing to say of it.
  let groups: [(head: DisplayText, names: [DisplayText])]

  var count: Int { groups.reduce(0) { $0 + $1.names.count } }

  init(_ title: DisplayText, _ groups: [(head: DisplayText, names: [DisplayText])]) {
    (self.title, self.groups) = (title, groups)
  }

  init(_ title: DisplayText, names: [DisplayText]) {
    self.init(title, [(head: "", names: names)])
  }

  /// As many names as fit.
  func lines(within limit: Int, _ width: Int) -> [DisplayText] {
    // The most names for which there are no more lines, by halving: more names take no fewer lines.
    var (fits, tooMany) = (0, count + 1)
    while tooMany - fits > 1 {
      let middle = (fits + tooMany) / 2
      if lines(showing: middle, width).count <= limit { fits = middle } else { tooMany = middle }
    }
    return Array(lines(showing: fits, width).prefix(limit))
  }

  /// All names, whole.
  func wholeLines(_ width: Int) -> [DisplayText] {
    text(showing: count, longest: .max).wrapped(first: "  ", rest: "    ", width)
  }

  func lines(showing shown: Int, _ width: Int) -> [DisplayText] {
    // A name is a stranger's, and may be longer than a line.
    text(showing: shown, longest: max(8, width - 12)).wrapped(first: "  ", rest: "    ", width)
  }

  private func text(showing shown: Int, longest: Int) -> DisplayText {
    var text = title
    var left = shown
    for (number, group) in groups.enumerated() where left > 0 || number == 0 {
      if number > 0 { text += ";" }
      if !group.head.isEmpty { text += " (\(group.head))" }
      let names = group.names.prefix(left)
      if names.isEmpty { break }
      text += ": " + names.map { Self.clipped($0, to: longest) }.joined(separator: ", ")
      left -= names.count
    }
    let rest = count - shown
    if rest > 0, shown > 0 { text += " and \(rest) more" }
    return text
  }

  /// A name that ends in its quotation mark, if it has one, where it is cut, too.
  private static func clipped(_ name: DisplayText, to longest: Int) -> DisplayText {
    guard name.columns > longest else { return name }
    guard name.description.hasSuffix("\"") else { return name.clipped(to: longest) }
    return name.clipped(to: longest - 1) + "\""
  }
}
