package import Diagnostics

/// A report as a tree, from which text for a terminal, Markdown and mail come.
package struct ReportDocument: Sendable {
  /// What everything is about, in one line.
  package var title: DisplayText
  package var blocks: [Block] = []

  package indirect enum Block: Sendable {
    case paragraph(DisplayText)
    case list([DisplayText])
    /// Rows of as many cells as the heads.
    case table([DisplayText], [[DisplayText]])
    /// Lines that stay as they are.
    case lines([DisplayText])
    /// Steps, each with who takes it, what it is, and what changes.
    case run([Step])
    case section(DisplayText, [Block])
  }

  /// A step of a run.
  package struct Step: Sendable {
    /// Empty where nobody is named.
    package let actor: DisplayText
    package let action: DisplayText
    package let changes: [DisplayText]

    package init(actor: DisplayText, action: DisplayText, changes: [DisplayText]) {
      (self.actor, self.action, self.changes) = (actor, action, changes)
    }
  }

  package init(title: DisplayText, blocks: [Block] = []) {
    self.title = title
    self.blocks = blocks
  }

  // MARK: - Text

  /// For a terminal or a mail.
  ///
  /// - Parameters:
  ///   - width: Columns of a line.
  ///   - height: Lines of a screen: behind more than these the title is said again, for whoever looks at
  ///     the end.
  ///   - hasColumns: Whether steps of several actors stand in a column for each, as changelogs show
  ///     races.
  package func text(
    width: Int, height: Int = .max, hasColumns: Bool = false
  ) -> DisplayText {
    var lines = title.wrapped(width)
    for block in blocks { lines += Self.lines(block, "", width, hasColumns) }
    if lines.count > height { lines += [""] + title.wrapped(width) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(
    _ block: Block, _ indent: DisplayText, _ width: Int, _ hasColumns: Bool
  ) -> [DisplayText] {
    let inner = indent + "  "
    switch block {
    case .paragraph(let text): return text.wrapped(first: indent, rest: indent, width)
    case .list(let items):
      return items.flatMap { $0.wrapped(first: indent + "- ", rest: inner, width) }
    case .table(let head, let rows):
      return table([head] + rows, width - indent.columns).map { indent + $0 }
    case .lines(let lines): return lines.map { indent + $0 }
    case .run(let steps):
      return hasColumns ? columns(steps, indent, width) : numbered(steps, indent, width)
    case .section(let title, let blocks):
      return [""] + (title + ":").wrapped(first: indent, rest: inner, width)
        + blocks.flatMap { lines($0, inner, width, hasColumns) }
    }
  }

  /// A first cell that is long takes several lines. The last columns are left out where there is no room
  /// for them.
  private static func table(_ rows: [[DisplayText]], _ width: Int) -> [DisplayText] {
    let first = rows.map { ($0.first ?? "").wrapped(rest: "  ", Self.firstColumnWidth) }
    let columns = (0..<(rows.map(\.count).max() ?? 0)).map { column in
      let cells =
        column == 0
        ? first.flatMap { $0 } : rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
      return cells.map(\.columns).max() ?? 0
    }
    var widths = columns
    while widths.count > 2, widths.reduce(-2, { $0 + $1 + 2 }) > width { widths.removeLast() }
    let count = widths.count
    return zip(rows, first).flatMap { row, names in
      let cells = [names.first ?? ""] + row.dropFirst().prefix(count - 1)
      let line = cells.enumerated().map { column, cell in
        column == count - 1 ? cell : cell.padded(to: widths[column])
      }.joined(separator: "  ")
      return [line] + names.dropFirst()
    }
  }

  private static let firstColumnWidth = 32

  private static func numbered(
    _ steps: [Step], _ indent: DisplayText, _ width: Int
  ) -> [DisplayText] {
    steps.enumerated().flatMap { number, step in
      let who: DisplayText = step.actor.isEmpty ? "" : step.actor + ": "
      let first: DisplayText = indent + "\(number + 1). "
      let rest: DisplayText = indent + "     "
      return (who + step.action).wrapped(first: first, rest: rest, width)
        + DisplayText.packed(step.changes, mark: ";", first: rest, rest: rest, width)
    }
  }

  /// Columns that are read side by side; a list where there is no room for them.
  private static func columns(
    _ steps: [Step], _ indent: DisplayText, _ width: Int
  ) -> [DisplayText] {
    var actors: [DisplayText] = []
    for step in steps where !step.actor.isEmpty && !actors.contains(step.actor) {
      actors.append(step.actor)
    }
    let column = (width - indent.columns) / max(1, actors.count) - 2
    guard actors.count > 1, column >= 20 else { return numbered(steps, indent, width) }
    func row(_ position: Int, _ text: DisplayText) -> DisplayText {
      indent + ("" as DisplayText).padded(to: position * (column + 2)) + text
    }
    /// A cell for each column, without blanks at the end.
    func heads(_ cells: [DisplayText]) -> DisplayText {
      let last = cells.last ?? ""
      return indent
        + (cells.dropLast().map { $0.padded(to: column) } + [last]).joined(separator: "  ")
    }
    var lines = [
      heads(actors),
      heads(actors.map { DisplayText(String(repeating: "-", count: min(column, $0.columns))) }),
    ]
    for step in steps {
      let position = actors.firstIndex(of: step.actor) ?? 0
      for line in step.action.wrapped(rest: "  ", column) { lines.append(row(position, line)) }
      for change in step.changes {
        for line in change.wrapped(first: "  ", rest: "    ", column) {
          lines.append(row(position, line))
        }
      }
    }
    return lines
  }

  // MARK: - Markdown

  /// For a merge request.
  package var markdown: DisplayText {
    var text: DisplayText = "## " + Markdown.text(title) + "\n"
    for block in blocks { text += "\n" + Self.markdown(block, level: 3) }
    return text
  }

  private static func markdown(_ block: Block, level: Int) -> DisplayText {
    switch block {
    case .paragraph(let text): return Markdown.text(text) + "\n"
    case .list(let items): return items.map { "- " + Markdown.text($0) + "\n" }.joined()
    case .table(let head, let rows):
      return Markdown.table(
        head.map { Markdown.text($0) }, rows.map { $0.map { Markdown.text($0) } }, numbers: [])
    case .lines(let lines): return Markdown.block(lines.joined(separator: "\n"))
    case .run(let steps):
      return Markdown.block(numbered(steps, "", 100).joined(separator: "\n"))
    case .section(let title, let blocks):
      let mark = DisplayText(String(repeating: "#", count: level))
      return mark + " " + Markdown.text(title) + "\n\n"
        + blocks.map { markdown($0, level: level + 1) }.joined(separator: "\n")
    }
  }
}
