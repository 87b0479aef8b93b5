/// Turns diagnostics into text: `path:line:column: error[E0301]: message`, the source line with the
/// span underlined, other places, and a hint.
package struct DiagnosticRenderer: Sendable {
  /// Whether to use the colours of a terminal.
  package let usesColor: Bool

  /// Columns of the terminal that the text is for. Without one a message is one line, for whoever looks for
  /// places in it.
  package let width: Int?

  /// The widest piece of a source line that is shown.
  private static let maximumLineWidth = 120

  /// Diagnostics that are shown; a file with more is no model, and nobody reads them all, or pages back
  /// through more screens of them.
  private var maximumCount: Int { width == nil ? 1_000 : 20 }

  package init(usesColor: Bool = false, width: Int? = nil) {
    self.usesColor = usesColor
    self.width = width
  }

  /// All diagnostics of a source, by place, each ending in a line break.
  package func render(_ diagnostics: [Diagnostic], of source: SourceText) -> DisplayText {
    let sorted = diagnostics.sorted {
      ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end)
    }
    var parts = sorted.prefix(maximumCount).map { render($0, of: source) }
    let hidden = sorted.count - parts.count
    if hidden > 0 { parts.append("\(source.path): \(hidden) more of them are not shown\n") }
    return parts.joined(separator: "\n")
  }

  /// One diagnostic, ending in a line break.
  package func render(_ diagnostic: Diagnostic, of source: SourceText) -> DisplayText {
    let severity = diagnostic.severity.rawValue
    let title: DisplayText = "\(severity)[\(diagnostic.code.rawValue)]"
    var text = sentence(
      DisplayText(diagnostic.message), behind: "\(location(of: diagnostic.span, in: source)): ",
      title,
      diagnostic.severity == .error ? "31;1" : "33;1")
    if diagnostic.span != .none {
      text += excerpt(of: diagnostic.span, in: source, mark: "^", note: nil)
    }
    for label in diagnostic.labels {
      text += excerpt(of: label.span, in: source, mark: "-", note: label.text)
    }
    if let hint = diagnostic.hint {
      text += sentence(DisplayText(hint), behind: "  ", "hint", "36;1")
    }
    return text
  }

  /// A message behind what it is, which is painted.
  private func sentence(
    _ message: DisplayText, behind place: DisplayText, _ title: DisplayText, _ style: String
  ) -> DisplayText {
    let plain: DisplayText = "\(place)\(title): "
    let painted: DisplayText = "\(place)\(paint(title, style)): "
    guard let width else { return painted + message + "\n" }
    let lines = message.wrapped(first: plain, rest: "    ", width)
    let first = painted + lines[0].suffix(lines[0].count - plain.count)
    return ([first] + lines.dropFirst()).joined(separator: "\n") + "\n"
  }

  /// `path:line:column`, or the path alone for what has no place.
  package func location(of span: SourceSpan, in source: SourceText) -> String {
    if span == .none { return source.path }
    let (line, column) = source.position(of: span.start)
    return "\(source.path):\(line):\(column)"
  }

  /// The line that a span begins in, with the span underlined.
  ///
  /// - Parameters:
  ///   - mark: What to underline with.
  ///   - note: What to write behind the underline.
  ///   - width: Characters that the source line may take, with its number, where there are fewer than for
  ///     a message; of a longer one the beginning goes first as far as it is blank.
  package func excerpt(
    of span: SourceSpan, in source: SourceText, mark: Character, note: String?,
    width: Int? = nil
  ) -> DisplayText {
    let (line, _) = source.position(of: span.start)
    let most =
      (width ?? self.width).map { min(Self.maximumLineWidth, max(40, $0 - "\(line) | ".count)) }
      ?? Self.maximumLineWidth
    let range = source.lineRange(line)
    let start = clamp(span.start, range)
    let end = clamp(span.end, range)
    var before = visible(lastBytes(of: source.bytes[range.lowerBound..<start]))
    var within = visible(source.bytes[start..<end].prefix(Self.maximumByteCount))
    var after = visible(source.bytes[end..<range.upperBound].prefix(Self.maximumByteCount))
    let excess = before.count + within.count + after.count - most
    // Lines of messages have room for the marks of what is left out.
    let isNarrow = most < Self.maximumLineWidth
    let markCount = isNarrow ? 1 : 0
    if isNarrow, excess > 0 {
      let blank = before.description.prefix { $0 == " " }.count
      before = before.suffix(before.count - min(excess, blank))
    }
    if !isNarrow || excess > 0 {
      if before.count > most / 2 { before = "…" + before.suffix(most / 2 - markCount) }
      let limit = isNarrow ? most - before.count : most / 2
      if within.count > limit { within = within.prefix(limit - markCount) + "…" }
      let room = max(0, most - before.count - within.count)
      if after.count > room { after = room < markCount ? "" : after.prefix(room - markCount) + "…" }
    }
    let number = String(line)
    let gutter = String(repeating: " ", count: number.count)
    let underline = DisplayText(String(repeating: mark, count: max(1, within.count)))
    let indent = String(repeating: " ", count: before.count)
    let behind: DisplayText = note.map { " \($0)" } ?? ""
    let patch = source.patchOfLine[line].map { source.patches[$0] }
    let excerpt: DisplayText = """
      \(paint("\(number) \(patch == nil ? "|" : "+")", "34")) \(before)\(within)\(after)
      \(paint("\(gutter) |", "34")) \(indent)\(paint(underline + behind, "31;1"))

      """
    guard let patch else { return excerpt }
    return excerpt + "\(paint("\(gutter) =", "34")) line \(number) comes from \(patch)\n"
  }

  /// Bytes that have more characters than are shown, however long the line.
  private static let maximumByteCount = 16 * maximumLineWidth

  private func lastBytes(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    // Not from the middle of a scalar: bytes 0b10xxxxxx continue one.
    bytes.count <= Self.maximumByteCount
      ? bytes : bytes.suffix(Self.maximumByteCount).drop { $0 & 0xC0 == 0x80 }
  }

  private func clamp(_ offset: Int, _ range: Range<Int>) -> Int {
    min(max(offset, range.lowerBound), range.upperBound)
  }

  /// The text with tabs as spaces.
  private func visible(_ bytes: ArraySlice<UInt8>) -> DisplayText {
    DisplayText(String(decoding: bytes, as: UTF8.self).replacing("\t", with: "  "))
  }

  private func paint(_ text: DisplayText, _ style: String) -> DisplayText {
    usesColor ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }
}
