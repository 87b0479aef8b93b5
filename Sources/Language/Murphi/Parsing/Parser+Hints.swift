import Diagnostics

/// Hints for what stands where it cannot.
extension Parser {
  /// What Murphi has in place of what other languages have here.
  var foreignHint: String? {
    if isAt(.leftBrace) || isAt(.rightBrace) { return hintForBrace }
    if isAt(.leftParenthesis), previous?.kind == .keyword(.for) {
      return "`for i := 0 to 3 do … end` and `for i: t do … end`"
    }
    if next.kind == .symbol(.colon) || next.kind == .symbol(.becomes), let hint = hintForKeyword {
      return hint
    }
    if isAt(.begin), previous?.kind == .symbol(.implies) {
      return "`==>` stands between a guard and its action"
    }
    if let hint = hintForOperator { return hint }
    for token in [current, previous].compactMap({ $0 }) where token.kind == .identifier {
      if let hint = ForeignWords.hint(for: text(token)) { return hint }
    }
    return nil
  }

  /// For a keyword where a name is wanted.
  var hintForKeyword: String? {
    keyword.map { "`\($0.rawValue)` is a word of the language, and can be no name" }
  }

  private var hintForBrace: String {
    if isAt(.leftBrace), previous?.kind == .symbol(.colon) {
      return "an enumeration is `enum {A, B}`"
    }
    return "there are no braces around statements: `begin … end`, `then … end`, `do … end`"
  }

  /// For operators of other languages, which are several of Murphi's without a blank between them.
  private var hintForOperator: String? {
    for first in max(0, position - 2)...position {
      for last in position - 1...position + 1 where last > first && last < tokens.count {
        if let text = joined(first...last), let hint = ForeignWords.hint(forOperator: text) {
          return hint
        }
      }
    }
    return nil
  }

  /// The text of symbols between which nothing stands.
  private func joined(_ range: ClosedRange<Int>) -> String? {
    for position in range {
      guard case .symbol = tokens[position].kind else { return nil }
      if position > range.lowerBound,
        tokens[position].span.start != tokens[position - 1].span.end
      {
        return nil
      }
    }
    return range.map { text(tokens[$0]) }.joined()
  }

  /// For a variable behind which no `:=` stands.
  func assignmentHint(of target: ExpressionSyntax) -> String? {
    let written = source.text(of: target.span)
    let name = written.utf8.count <= Self.longestQuotedByteCount ? written : "x"
    if source.bytes[min(previousEnd, source.bytes.count)...].starts(with: Array("--".utf8)) {
      return "`--` begins a comment: write `\(name) := \(name) - 1`"
    }
    guard case .symbol(let symbol) = current.kind else { return nil }
    switch (symbol, joined(position...min(position + 1, tokens.count - 1))) {
    case (.equal, _): return "`:=` assigns"
    case (.doubleEqual, _): return "`:=` assigns, and `=` compares"
    case (.plus, "++"): return "write `\(name) := \(name) + 1`"
    case (_, let text?) where text.hasSuffix("="):
      return "write `\(name) := \(name) \(symbol.rawValue) …`"
    default: return nil
    }
  }

  private static let longestQuotedByteCount = 40

  /// A keyword that the current identifier may be meant to be.
  var misspelling: String? { misspelling(of: current) }

  /// The word before the current one, if it may be meant to be a keyword: what is wrong with it shows
  /// only behind it.
  var misspelledWordBefore: Diagnostic.Label? {
    guard let previous, let hint = misspelling(of: previous) else { return nil }
    return .init(previous.span, hint)
  }

  private func misspelling(of token: Token) -> String? {
    misspelledKeyword(token).map { "did you mean `\($0)`?" }
  }

  /// The keyword that an identifier may be meant to be.
  func misspelledKeyword(_ token: Token) -> String? {
    guard token.kind == .identifier,
      token.span.end - token.span.start <= Keyword.longestByteCount + 2
    else { return nil }
    let word = text(token)
    if word.utf8.count > 3 { return closestName(to: word, among: Self.keywords) }
    // Of short words many are close to a keyword: only letters that changed places count.
    let letters = word.lowercased().sorted()
    return Keyword.allCases.map(\.rawValue).first { $0.sorted() == letters }
  }

  private static let keywords = Set(Keyword.allCases.map(\.rawValue))
}
