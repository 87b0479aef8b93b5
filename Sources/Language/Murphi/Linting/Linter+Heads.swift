import Diagnostics

// The heads of loops and quantifiers are looked at word by word: `:` in place of `do` leaves no
// trace in the tree, and a quantifier may stand in any expression.

extension Linter {
  /// What stands between `for`, `while`, `forall`, … and `do`.
  private struct Head {
    let word: Keyword
    /// Whether the colon of `name : type` has passed.
    var hasColon = false
  }

  /// `:` in place of `do`, and heads with more names than Rumur reads.
  mutating func lintHeads(_ tokens: [Token]) {
    var open: [Head] = []
    for (position, token) in tokens.enumerated() {
      switch token.kind {
      case .keyword(let word) where word.opensHead: open.append(Head(word: word))
      case .keyword(.do): _ = open.popLast()
      case .symbol(.colon):
        guard let head = open.last else { continue }
        if head.word != .while, !head.hasColon, declaresName(tokens[..<position]) {
          open[open.count - 1].hasColon = true
        } else {
          rumur("Rumur needs `do` here", at: token.span)
          open.removeLast()
        }
      case .symbol(.semicolon):
        guard let head = open.last, position + 1 < tokens.count else { continue }
        open[open.count - 1].hasColon = false
        lintSecondName(of: head.word, at: tokens[position + 1].span)
      default: break
      }
    }
  }

  private mutating func lintSecondName(of word: Keyword, at span: SourceSpan) {
    switch word {
    case .for: rumur("Rumur's `for` runs over one name", at: span)
    case .forall, .exists: rumur("Rumur's quantifiers run over one name", at: span)
    default: break
    }
  }

  /// Whether the words end in a name that the head of a loop declares.
  private func declaresName(_ tokens: ArraySlice<Token>) -> Bool {
    let behind = tokens.dropLast()
    guard tokens.last?.kind == .identifier, let before = behind.last?.kind else { return false }
    if case .keyword(let word) = before { return word.opensHead }
    return before == .symbol(.semicolon)
  }
}

extension Keyword {
  /// Whether a head that ends in `do` begins with this word.
  fileprivate var opensHead: Bool {
    switch self {
    case .for, .while, .forall, .exists, .ruleset: true
    default: false
    }
  }
}
