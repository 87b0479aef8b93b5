package import Diagnostics

/// Lays a model out: indentation by nesting, spaces around operators, no blanks at the end of
/// lines, at most one empty line in a row.
///
/// Where lines end is the author's choice and is kept, and so are spaces that align columns. All
/// words and comments are kept in order, so the syntax tree stays the same.
package struct Formatter {
  private let source: SourceText
  private let pieces: [Piece]
  private var layout: BlockLayout
  private var output = ""

  /// A word or a comment.
  struct Piece {
    let token: Token?
    let span: SourceSpan

    var isComment: Bool { token == nil }
  }

  /// Formats a model.
  ///
  /// - Returns: The new text, or nil and what is wrong: what cannot be read is not touched.
  package static func format(
    _ source: SourceText
  ) -> (text: String?, diagnostics: [Diagnostic]) {
    let (_, diagnostics) = Parser.parse(source)
    guard diagnostics.isEmpty else { return (nil, diagnostics) }
    var formatter = Formatter(source)
    formatter.run()
    return (formatter.output, [])
  }

  private init(_ source: SourceText) {
    self.source = source
    let lexed = Lexer.lex(source)
    let words = lexed.tokens.filter { $0.kind != .end }.map { Piece(token: $0, span: $0.span) }
    let comments = lexed.comments.map { Piece(token: nil, span: $0) }
    pieces = (words + comments).sorted { $0.span.start < $1.span.start }
    let pairs = zip(lexed.tokens, lexed.tokens.dropFirst())
    layout = BlockLayout(
      symbolicSections: Set(
        pairs.filter { word, next in
          word.kind == .identifier && next.kind == .identifier
            && source.text(of: word.span).lowercased() == "symbolic"
        }.map { $0.0.span.start }))
  }

  private mutating func run() {
    var position = 0
    var previousLine = 0
    while position < pieces.count {
      let line = source.line(of: pieces[position].span.start)
      if position > 0, line > previousLine + 1 { output += "\n" }
      var end = position
      var lastLine = line
      // A piece that spans lines, such as a block comment, draws what follows it onto its line.
      while end < pieces.count, source.line(of: pieces[end].span.start) == lastLine {
        lastLine = source.line(of: max(pieces[end].span.start, pieces[end].span.end - 1))
        end += 1
      }
      writeLine(position..<end)
      previousLine = lastLine
      position = end
    }
  }

  private mutating func writeLine(_ range: Range<Int>) {
    let first = pieces[range.lowerBound]
    let indent =
      first.token.map { layout.indent(before: $0, text: text($0)) }
      ?? layout.indent(beforeComment: following(range))
    var line = String(repeating: "  ", count: max(0, indent))
    for position in range {
      let piece = pieces[position]
      if position > range.lowerBound { line += space(before: position) }
      line += source.text(of: piece.span)
      if let token = piece.token { layout.pass(token, text: text(token)) }
    }
    while line.hasSuffix(" ") { line.removeLast() }
    output += line + "\n"
  }

  /// The first word behind a line of comments, which is indented like it.
  private func following(_ range: Range<Int>) -> Token? {
    pieces[range.lowerBound...].first { !$0.isComment }?.token
  }

  private func text(_ token: Token) -> String { source.text(of: token.span) }

  // MARK: - Spaces

  private func space(before position: Int) -> String {
    let left = pieces[position - 1]
    let right = pieces[position]
    let written = right.span.start - left.span.end
    guard let leftToken = left.token, let rightToken = right.token else {
      // What stands before a comment at the end of a line is kept, if it is anything.
      return String(repeating: " ", count: max(1, written))
    }
    switch wanted(position, leftToken, rightToken) {
    case .none: return ""
    case .some: return String(repeating: " ", count: max(1, written))
    case .kept: return String(repeating: " ", count: max(0, written))
    }
  }

  private enum Space {
    case none
    /// At least one.
    case some
    case kept
  }

  private func wanted(_ position: Int, _ left: Token, _ right: Token) -> Space {
    if case .symbol(let symbol) = right.kind {
      switch symbol {
      case .semicolon, .comma, .rightParenthesis, .rightBracket: return .none
      case .dot: return .none
      case .colon: return isBehindQuestion(position) ? .some : .kept
      case .dotDot, .rightBrace: return .kept
      case .leftParenthesis where !left.kind.isOperator: return .kept
      case .leftBracket where !left.kind.isOperator: return .kept
      default: break
      }
    }
    if case .symbol(let symbol) = left.kind {
      switch symbol {
      case .leftParenthesis, .leftBracket, .dot, .not, .tilde: return .none
      case .dotDot, .leftBrace: return .kept
      case .minus, .plus:
        return isPrefix(position - 1) ? .none : .some
      default: return .some
      }
    }
    return .some
  }

  /// Whether the colon at a position is that of `a ? b : c`.
  private func isBehindQuestion(_ position: Int) -> Bool {
    var pending = 0
    for piece in pieces[..<position].reversed() {
      switch piece.token?.kind {
      case .symbol(.question):
        if pending == 0 { return true }
        pending -= 1
      case .symbol(.colon): pending += 1
      case .symbol(.semicolon), .symbol(.becomes), .keyword: return false
      default: break
      }
    }
    return false
  }

  /// Whether the sign at a position has no left operand.
  private func isPrefix(_ position: Int) -> Bool {
    guard let previous = pieces[..<position].last(where: { !$0.isComment })?.token else {
      return true
    }
    switch previous.kind {
    case .identifier, .number, .faultyNumber, .string: return false
    case .keyword(let keyword): return !keyword.closesBlock
    case .symbol(let symbol):
      return symbol != .rightParenthesis && symbol != .rightBracket
    case .end: return true
    }
  }
}

extension Token.Kind {
  /// Whether an operand stands behind this symbol, and not an index or arguments.
  fileprivate var isOperator: Bool {
    guard case .symbol(let symbol) = self else { return false }
    return symbol != .rightParenthesis && symbol != .rightBracket
  }
}
