import Diagnostics

// Rumur and CMurphi reserve different words. A text that declares such a word is of the tool that
// leaves it free, and then it is a name wherever it stands in that text.

extension Keyword {
  /// Reserved by Rumur alone (its `lexer.l`).
  static let reservedInRumurAlone: Set<Keyword> = [.assume, .cover, .liveness]

  /// Reserved by CMurphi alone (its `lextable.cpp`).
  static let reservedInCMurphiAlone: Set<Keyword> = [
    .choose, .endchoose, .multiset, .multisetadd, .multisetcount, .multisetremove,
    .multisetremovepred, .undefined,
  ]
}

extension [Token] {
  /// Makes names of the words that one tool reserves and this text declares.
  ///
  /// - Returns: The words, with the place of the first declaration of each.
  /// - Complexity: O(count).
  mutating func freeDeclaredKeywords() -> [Keyword: SourceSpan] {
    guard contains(where: \.isReservedByOneTool) else { return [:] }
    var freed: [Keyword: SourceSpan] = [:]
    let listsOfNames = startsOfDeclaredNames
    var isInEnumeration = false
    for (position, token) in enumerated() {
      if token.kind == .keyword(.enum) { isInEnumeration = true }
      if token.kind == .symbol(.rightBrace) { isInEnumeration = false }
      guard token.isReservedByOneTool, let word = token.keyword, freed[word] == nil,
        isInEnumeration || listsOfNames[position] || isBehindFunction(position)
      else { continue }
      freed[word] = token.span
    }
    for (position, token) in enumerated() {
      guard let word = token.keyword, freed[word] != nil else { continue }
      self[position] = Token(kind: .identifier, span: token.span)
    }
    return freed
  }

  /// For each token, whether it is a word that `:`, `:=`, or `, name` and so on up to `:` follow.
  /// None of the words that one tool alone reserves can stand there as a keyword.
  private var startsOfDeclaredNames: [Bool] {
    var starts = [Bool](repeating: false, count: count)
    for position in indices.dropLast().reversed() where self[position].isWord {
      switch self[position + 1].kind {
      case .symbol(.colon), .symbol(.becomes): starts[position] = true
      case .symbol(.comma) where position + 2 < count:
        starts[position] = starts[position + 2]
      default: break
      }
    }
    return starts
  }

  private func isBehindFunction(_ position: Int) -> Bool {
    guard position > 0, let before = self[position - 1].keyword else { return false }
    return before == .function || before == .procedure
  }
}

extension Token {
  fileprivate var keyword: Keyword? {
    if case .keyword(let keyword) = kind { return keyword }
    return nil
  }

  fileprivate var isReservedByOneTool: Bool {
    keyword.map {
      Keyword.reservedInRumurAlone.contains($0) || Keyword.reservedInCMurphiAlone.contains($0)
    } ?? false
  }

  /// Whether this is a name, or may become one.
  fileprivate var isWord: Bool { kind == .identifier || keyword != nil }
}
