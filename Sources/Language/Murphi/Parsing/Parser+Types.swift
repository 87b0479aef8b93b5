import Diagnostics

extension Parser {
  mutating func parseType() -> TypeSyntax {
    let invalid = TypeSyntax(.invalid, at: current.span)
    return nested(orElse: invalid) { $0.parseTypeHere() }
  }

  private mutating func parseTypeHere() -> TypeSyntax {
    let start = current.span.start
    switch keyword {
    case .boolean:
      advance()
      return TypeSyntax(.boolean, at: span(from: start))
    case .enum:
      return parseEnumeration()
    case .record:
      open(.endrecord)
      skipInterleaved()
      let fields = parseVariables()
      expectEnd(.endrecord, of: "record")
      return TypeSyntax(.record(fields), at: span(from: start))
    case .array:
      return parseArray()
    case .scalarset:
      advance()
      expect(.leftParenthesis, "behind `scalarset`")
      let bound = parseExpression()
      expect(.rightParenthesis, "behind the size")
      return TypeSyntax(.scalarset(bound), at: span(from: start))
    case .union:
      return parseUnion()
    case .multiset:
      return parseMultiset()
    case .real:
      return parseReal()
    default:
      return parseNamedOrRange()
    }
  }

  private mutating func parseEnumeration() -> TypeSyntax {
    let start = current.span.start
    advance()
    expect(.leftBrace, "behind `enum`")
    var members: [Name] = []
    while !isAt(.rightBrace), current.kind != .end {
      guard let name = expectName("in the enumeration") else { break }
      members.append(name)
      guard accept(.comma) else { break }
    }
    expect(.rightBrace, "behind the enumeration")
    return TypeSyntax(.enumeration(members), at: span(from: start))
  }

  private mutating func parseArray() -> TypeSyntax {
    let start = current.span.start
    advance()
    skipInterleaved()
    expect(.leftBracket, "before the index type")
    let index = parseType()
    expect(.rightBracket, "behind the index type")
    expect(.of, "before the element type")
    let element = parseType()
    return TypeSyntax(.array(index: index, element: element), at: span(from: start))
  }

  /// Passes over CMurphi's `interleaved`, which means nothing there either.
  private mutating func skipInterleaved() {
    guard current.kind == .identifier, text(current).lowercased() == "interleaved",
      next.kind != .symbol(.colon), next.kind != .symbol(.comma)
    else { return }
    advance()
  }

  private mutating func parseUnion() -> TypeSyntax {
    let start = current.span.start
    advance()
    expect(.leftBrace, "behind `union`")
    var members: [TypeSyntax] = []
    while !isAt(.rightBrace), current.kind != .end {
      members.append(parseType())
      guard accept(.comma) else { break }
    }
    expect(.rightBrace, "behind the union")
    return TypeSyntax(.union(members), at: span(from: start))
  }

  private mutating func parseMultiset() -> TypeSyntax {
    let start = current.span.start
    advance()
    skipInterleaved()
    expect(.leftBracket, "before the size")
    let bound = parseExpression()
    expect(.rightBracket, "behind the size")
    expect(.of, "before the member type")
    let element = parseType()
    return TypeSyntax(.multiset(bound, element: element), at: span(from: start))
  }

  private mutating func parseReal() -> TypeSyntax {
    let start = current.span
    report(.realNumber, "`real` is not supported: a model's values are whole", at: start)
    advance()
    if isAt(.leftParenthesis) { _ = parseArguments() }
    return TypeSyntax(.invalid, at: span(from: start.start))
  }

  /// A type's name, or a range.
  private mutating func parseNamedOrRange() -> TypeSyntax {
    let start = current.span.start
    if current.kind == .end || keyword != nil && !isAt(.forall) && !isAt(.exists) {
      reportUnexpected("a type")
      return TypeSyntax(.invalid, at: current.span)
    }
    let lower = parseExpression()
    if accept(.dotDot) {
      let upper = parseExpression()
      return TypeSyntax(.range(lower, upper), at: span(from: start))
    }
    switch lower.kind {
    case .name(let name): return TypeSyntax(.named(name), at: span(from: start))
    case .invalid: break
    default: reportUnexpected("`..` and the upper bound of a range")
    }
    return TypeSyntax(.invalid, at: span(from: start))
  }
}
