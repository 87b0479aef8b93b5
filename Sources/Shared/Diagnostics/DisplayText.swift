/// Text that is safe to show, on a terminal too, and of which every line is one of ours.
///
/// What stands literally in the source of this program is kept. Whatever is interpolated comes
/// from strangers (names of models, paths, lines of files, arguments) unless it is a `DisplayText`
/// itself, and is made visible: what a terminal would act on, what breaks a line, and what nobody
/// sees is written as `\u{1b}`. So a name can neither forge a line of a report nor hide a part of
/// one.
///
/// Two texts are never shown alike, but for what was no UTF-8: a `\` before `u{` is written as
/// `\u{5c}`.
package struct DisplayText: ExpressibleByStringInterpolation, CustomStringConvertible, Hashable,
  Sendable
{
  /// The text as it is to be written.
  package private(set) var description: String

  package init(stringLiteral text: String) { description = text }

  package init(stringInterpolation: Interpolation) { description = stringInterpolation.text }

  /// A stranger's text as a part of a line.
  package init(_ text: some StringProtocol) {
    description = ""
    Self.append(text, to: &description)
  }

  /// Lines of a stranger's text: each is one line, whatever is in it.
  package init(lines: [String]) {
    self = lines.map { DisplayText($0) }.joined(separator: "\n")
  }

  /// A text whose lines are its own, such as a model or a page of help: line breaks, tabs and
  /// backslashes are kept, and everything else is made visible.
  package init(document text: String) {
    description = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" || scalar.isVisible {
        description.unicodeScalars.append(scalar)
      } else {
        description += Self.escaped(scalar)
      }
    }
  }

  /// The number of characters.
  package var count: Int { description.count }

  package var isEmpty: Bool { description.isEmpty }

  /// The text with blanks behind it, at least as many columns as asked for.
  package func padded(to width: Int) -> DisplayText {
    var padded = self
    padded.description += String(repeating: " ", count: max(0, width - columns))
    return padded
  }

  /// What stands between spaces; nothing between two of them.
  package var words: [DisplayText] {
    parts(of: description.split(separator: " ", omittingEmptySubsequences: false))
  }

  /// The lines of a text that may end in a line break.
  package var lines: [DisplayText] {
    var lines = description.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return parts(of: lines)
  }

  /// The text in lines that break between words: a word that is longer than a line has one alone.
  ///
  /// - Parameters:
  ///   - first: What the first line begins with.
  ///   - rest: What all others begin with.
  ///   - width: Columns of a line.
  package func wrapped(
    first: DisplayText = "", rest: DisplayText = "", _ width: Int
  ) -> [DisplayText] {
    var lines: [DisplayText] = []
    var line = first
    var isEmpty = true
    var taken = first.columns
    for word in words {
      let columns = word.columns
      if !isEmpty, taken + 1 + columns > width {
        lines.append(line)
        line = rest
        taken = rest.columns
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      taken += columns + (isEmpty ? 0 : 1)
      isEmpty = false
    }
    return lines + [line]
  }

  /// Items in lines that break between them; an item that is longer than a line breaks at its spaces.
  ///
  /// - Parameters:
  ///   - mark: What stands behind each item but the last.
  ///   - first: What the first line begins with.
  ///   - rest: What all others begin with.
  ///   - width: Columns of a line.
  package static func packed(
    _ items: [DisplayText], mark: DisplayText, first: DisplayText, rest: DisplayText,
    _ width: Int
  ) -> [DisplayText] {
    var lines: [DisplayText] = []
    var line = first
    var isFresh = true
    for (position, item) in items.enumerated() {
      let ending: DisplayText = position == items.count - 1 ? "" : mark
      let gap: DisplayText = isFresh ? "" : " "
      if line.columns + gap.columns + item.columns + ending.columns <= width {
        line += gap + item + ending
      } else {
        if !isFresh { lines.append(line) }
        let start = isFresh ? line : rest
        let parts = (item + ending).wrapped(first: start, rest: rest + "  ", width)
        lines += parts.dropLast()
        line = parts.last ?? rest
      }
      isFresh = false
    }
    return isFresh ? [] : lines + [line]
  }

  /// The text in pieces of at most so many characters; one piece if it is empty.
  package func pieces(of count: Int) -> [DisplayText] {
    var rest = description[...]
    var pieces: [Substring] = []
    while rest.count > count {
      pieces.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return parts(of: pieces + [rest])
  }

  /// The first characters, and whether there were more of them.
  package func prefix(_ count: Int) -> DisplayText { part(description.prefix(count)) }

  package func suffix(_ count: Int) -> DisplayText { part(description.suffix(count)) }

  private func part(_ text: Substring) -> DisplayText {
    var part = self
    part.description = String(text)
    return part
  }

  private func parts(of texts: [Substring]) -> [DisplayText] { texts.map(part) }

  package static func + (left: DisplayText, right: DisplayText) -> DisplayText {
    var sum = left
    sum += right
    return sum
  }

  package static func += (left: inout DisplayText, right: DisplayText) {
    left.description += right.description
  }

  /// Puts literals together as they are, and makes everything else visible.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }

    package mutating func appendInterpolation(_ part: DisplayText) { text += part.description }

    package mutating func appendInterpolation(_ part: some CustomStringConvertible) {
      DisplayText.append(part.description, to: &text)
    }

    package mutating func appendInterpolation(_ part: some Error) {
      DisplayText.append(String(describing: part), to: &text)
    }

    package mutating func appendInterpolation(_ part: some CustomStringConvertible & Error) {
      DisplayText.append(part.description, to: &text)
    }
  }
}

extension Sequence<DisplayText> {
  /// The texts with one between each two of them.
  package func joined(separator: DisplayText = "") -> DisplayText {
    var text: DisplayText = ""
    var isFirst = true
    for part in self {
      if !isFirst { text += separator }
      text += part
      isFirst = false
    }
    return text
  }
}

extension DisplayText {
  /// Appends a stranger's text, made visible.
  fileprivate static func append(_ text: some StringProtocol, to output: inout String) {
    if text.utf8.allSatisfy({ (0x20...0x7E) ~= $0 && $0 != UInt8(ascii: "\\") }) {
      output += text
      return
    }
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      let next = scalars.index(after: index)
      if scalar == "\\" ? scalars[next...].starts(with: escapeStart) : !scalar.isVisible {
        output += escaped(scalar)
      } else {
        output.unicodeScalars.append(scalar)
      }
      index = next
    }
  }

  private static let escapeStart = "u{".unicodeScalars

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16))}"
  }
}

extension Unicode.Scalar {
  /// Whether it can be shown as it is: it is no control character, breaks no line, turns no
  /// direction of writing, and is not left out when shown.
  ///
  /// Sources: Unicode 16, tables DerivedGeneralCategory and DerivedCoreProperties
  /// (`Default_Ignorable_Code_Point`); of the format characters `Cf`, none is shown by itself.
  package var isVisible: Bool {
    if (0x20...0x7E) ~= value { return true }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
    default:
      return !properties.isDefaultIgnorableCodePoint && !properties.isNoncharacterCodePoint
    }
  }
}
