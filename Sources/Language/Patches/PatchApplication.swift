package import Diagnostics

extension Patch {
  /// The text with the change made.
  ///
  /// Nothing is guessed. A hunk belongs where its head says, counted on by as many lines as the hunk
  /// before it was found further down; else where its lines stand once, all of them, byte by byte,
  /// behind that hunk. Everything else is an error, and so is a patch most of whose hunks have to be
  /// looked for in a long model, which would take hours.
  ///
  /// - Parameter text: The model; it may have been patched before.
  /// - Returns: The text, which has the path of the model, and knows the lines that patches brought.
  /// - Throws: `PatchError`.
  package func applied(to text: SourceText) throws(PatchError) -> SourceText {
    let model = FileLines(text)
    var result = PatchedLines(model)
    // Where the text goes on, and how much further down hunks are than their heads say.
    var (next, shift) = (0, 0)
    var lineCount = Self.maximumLineCount
    for hunk in hunks {
      let place = try HunkSearch(hunk, of: self, in: model, from: next)
        .place(shift: shift, lineCount: &lineCount)
      shift = place - (hunk.firstOldLine - 1)
      result.keep(next..<place)
      next = result.change(hunk, at: place)
    }
    result.keep(next..<model.count)
    return try result.text(of: self)
  }

  /// Lines of the model that are looked at for hunks that are not where their heads say: some
  /// seconds.
  private static let maximumLineCount = 200_000_000
}

/// A text as lines, each with its line break.
struct FileLines {
  let text: SourceText
  private let ranges: [Range<Int>]

  init(_ text: SourceText) {
    self.text = text
    var starts = (1...text.lineCount).map { text.lineRange($0).lowerBound }
    // Behind the last break there is no line, unless something stands there.
    if starts.last == text.bytes.count { starts.removeLast() }
    ranges = starts.indices.map { index in
      starts[index]..<(index + 1 < starts.count ? starts[index + 1] : text.bytes.count)
    }
  }

  var count: Int { ranges.count }

  /// - Parameter index: From 0.
  subscript(index: Int) -> ArraySlice<UInt8> { text.bytes[ranges[index]] }

  /// The line without its break; behind the last line an empty place at the end.
  func span(_ index: Int) -> SourceSpan {
    guard index < count else {
      return SourceSpan(start: text.bytes.count, end: text.bytes.count)
    }
    let range = text.lineRange(index + 1)
    return SourceSpan(start: range.lowerBound, end: range.upperBound)
  }
}

/// The text that comes of a patch, line by line.
private struct PatchedLines {
  private let model: FileLines
  private var bytes: [UInt8] = []
  private var count = 0
  private var patchOfLine: [Int: Int] = [:]
  /// The last line of the patch that has no line break, if it is the last line so far.
  private var unended: SourceSpan?
  /// Where a line follows one without a break.
  private var joined: SourceSpan?

  init(_ model: FileLines) { self.model = model }

  mutating func keep(_ lines: Range<Int>) {
    for index in lines { append(model[index], from: model.text.patchOfLine[index + 1], nil) }
  }

  /// - Returns: The line of the model behind the hunk.
  mutating func change(_ hunk: Hunk, at place: Int) -> Int {
    var index = place
    for line in hunk.lines {
      switch line.kind {
      case .context:
        append(model[index], from: model.text.patchOfLine[index + 1], line.span)
        index += 1
      case .removed: index += 1
      case .added: append(line.bytes, from: model.text.patches.count, line.span)
      }
    }
    return index
  }

  private mutating func append(
    _ line: ArraySlice<UInt8>, from patch: Int?, _ span: SourceSpan?
  ) {
    if let unended, joined == nil { joined = unended }
    unended = line.last == UInt8(ascii: "\n") ? nil : span ?? SourceSpan.none
    bytes += line
    count += 1
    if let patch { patchOfLine[count] = patch }
  }

  func text(of patch: Patch) throws(PatchError) -> SourceText {
    if let joined {
      throw PatchError(
        .patchDoesNotFit, "this line has no line break, and others follow it in the model",
        at: joined, in: patch.source)
    }
    return SourceText(
      path: model.text.path, bytes: bytes, patches: model.text.patches + [patch.source.path],
      patchOfLine: patchOfLine)
  }
}
