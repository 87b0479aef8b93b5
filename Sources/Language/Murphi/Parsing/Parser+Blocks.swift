import Diagnostics

/// The blocks that have been opened and not been closed, and what may have gone wrong with one that
/// has been.
struct OpenBlocks {
  private struct Block {
    /// The long form that closes it.
    let end: Keyword
    /// The word that opens it.
    let opener: SourceSpan
  }

  /// A block that was closed by an `end` which stands below another one that is open around it.
  private struct Misplaced {
    let opener: SourceSpan
    let end: SourceSpan
    let below: SourceSpan
  }

  /// Outermost first.
  private var open: [Block] = []
  private var misplaced: Misplaced?
  /// The last `else if`, from `else` on.
  private var elseIf: SourceSpan?

  mutating func open(_ end: Keyword, at opener: SourceSpan) {
    open.append(Block(end: end, opener: opener))
  }

  /// Takes the innermost block that a long form closes away.
  ///
  /// - Returns: The word that opened it.
  mutating func close(_ end: Keyword) -> SourceSpan? {
    guard let innermost = open.lastIndex(where: { $0.end == end }) else { return nil }
    defer { open.removeSubrange(innermost...) }
    return open[innermost].opener
  }

  /// Whether a block around is closed by this long form.
  func isOpen(_ end: Keyword) -> Bool { open.contains { $0.end == end } }

  mutating func noteElseIf(at span: SourceSpan) { elseIf = span }

  /// Notes that a word at the beginning of its line has closed a block and stands below one that is
  /// still open: the word was meant for that one. The first of them matters.
  mutating func noteEnd(_ end: SourceSpan, of opener: SourceSpan, in source: SourceText) {
    guard misplaced == nil, let column = source.indentation(of: end),
      column != source.indentation(ofLineWith: opener),
      let outer = open.last(where: { source.indentation(ofLineWith: $0.opener) == column })
    else { return }
    misplaced = Misplaced(opener: opener, end: end, below: outer.opener)
  }

  /// What helps to find the `end` that is missing for a block.
  func labels(opener: SourceSpan?, in source: SourceText) -> [Diagnostic.Label] {
    guard let opener else { return [] }
    var labels = [Diagnostic.Label(opener, "`\(source.text(of: opener))` opened here")]
    if let misplaced, misplaced.opener.start > opener.start {
      let inner = source.text(of: misplaced.opener)
      let outer = source.text(of: misplaced.below)
      labels.append(.init(misplaced.opener, "this `\(inner)` is closed"))
      labels.append(.init(misplaced.end, "by this, which stands below `\(outer)`"))
    }
    if let elseIf, elseIf.start > opener.start {
      labels.append(
        .init(elseIf, "`else if` opens an `if` with an `end` of its own; `elsif` does not"))
    }
    return labels
  }
}

extension SourceText {
  /// Blanks of a line that are counted; nobody indents further.
  private static let deepestIndentation = 400

  /// Bytes before a word on its line; nil if something else stands there too.
  fileprivate func indentation(of span: SourceSpan) -> Int? {
    let column = span.start - lineRange(line(of: span.start)).lowerBound
    return column == indentation(ofLineWith: span) ? column : nil
  }

  /// Blanks at the beginning of the line that a word stands on.
  fileprivate func indentation(ofLineWith span: SourceSpan) -> Int {
    let range = lineRange(line(of: span.start))
    return bytes[range].prefix(Self.deepestIndentation).prefix { $0 == 0x20 || $0 == 0x09 }.count
  }
}

extension Parser {
  /// Passes over the word that begins a block, which a long form closes.
  mutating func open(_ end: Keyword) {
    blocks.open(end, at: current.span)
    advance()
  }

  /// `end` or the long form that belongs to what it closes.
  mutating func expectEnd(_ long: Keyword, of what: String) {
    let opener = blocks.close(long)
    expectEnd([.end, long], "`end` or `\(long.rawValue)` to close `\(what)`", opener)
  }

  /// One of the words that close a block.
  ///
  /// - Parameter opener: The word that opened it.
  mutating func expectEnd(_ words: [Keyword], _ expected: String, _ opener: SourceSpan?) {
    let word = current.span
    if words.contains(where: isAt) {
      advance()
      if let opener { blocks.noteEnd(word, of: opener, in: source) }
      return
    }
    if isAtBraceForEnd {
      advance()
      return
    }
    if isAtMisspelledEnd {
      reportUnexpected(expected)
      advance()
      return
    }
    reportUnexpected(expected, labels: blocks.labels(opener: opener, in: source))
    // The wrong long form closes the block all the same, if it belongs to none further out: there is
    // one mistake, not two.
    if let keyword, keyword.rawValue.hasPrefix("end"), !blocks.isOpen(keyword) { advance() }
  }

  /// Whether a word ends a list of statements that is meant to close its block, and is spelled wrong.
  var isAtMisspelledEnd: Bool {
    // What follows is looked at first: most statements go on otherwise, and to compare a word with all
    // keywords takes as long as to read a line.
    switch next.kind {
    case .symbol(.semicolon), .end, .keyword: misspelledKeyword(current)?.hasPrefix("end") == true
    default: false
    }
  }

  /// Whether a brace stands for `end`.
  var isAtBraceForEnd: Bool { hasBraces && isAt(.rightBrace) }
}
