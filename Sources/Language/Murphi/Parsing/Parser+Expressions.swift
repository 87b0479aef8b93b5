import Diagnostics

// Precedence, loosest first, as in Rumur's grammar: `? :`, `->`, `||`, `&&`, `|`, `^`, `&`, `!`,
// comparisons, shifts, `+ -`, `* / %` and the signs, `~`. The first two and comparisons do not
// associate.

/// How tightly an operator binds.
private enum Precedence: Int, Comparable, CaseIterable {
  case conditional, implication, or, and, pipe, caret, ampersand, not, comparison, shift, sum
  case product, primary

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }
}

extension Token.Symbol {
  fileprivate var binaryOperator: (BinaryOperator, Precedence)? {
    switch self {
    case .implies: (.implies, .implication)
    case .or: (.logicalOr, .or)
    case .and: (.logicalAnd, .and)
    case .pipe: (.pipe, .pipe)
    case .caret: (.bitXor, .caret)
    case .ampersand: (.ampersand, .ampersand)
    case .less: (.less, .comparison)
    case .lessOrEqual: (.lessOrEqual, .comparison)
    case .greater: (.greater, .comparison)
    case .greaterOrEqual: (.greaterOrEqual, .comparison)
    case .equal, .doubleEqual: (.equal, .comparison)
    case .notEqual: (.notEqual, .comparison)
    case .shiftLeft: (.shiftLeft, .shift)
    case .shiftRight: (.shiftRight, .shift)
    case .plus: (.add, .sum)
    case .minus: (.subtract, .sum)
    case .star: (.multiply, .product)
    case .slash: (.divide, .product)
    case .percent: (.modulo, .product)
    default: nil
    }
  }
}

extension Parser {
  mutating func parseExpression() -> ExpressionSyntax {
    parse(.conditional)
  }

  private mutating func parse(_ least: Precedence) -> ExpressionSyntax {
    let start = current.span.start
    let invalid = ExpressionSyntax(.invalid, at: current.span)
    return nested(orElse: invalid) { parser in
      var left = parser.parsePrefix()
      // Those within the first operand count, too: in `a + 1 < b & …` there are two.
      var operatorCount = 0
      while let (operation, precedence) = parser.binaryOperatorHere, precedence >= least {
        operatorCount += 1
        guard operatorCount < Self.maximumChainLength + Precedence.allCases.count else {
          parser.report(
            .nestedTooDeeply,
            "this chain has more than \(Self.maximumChainLength) operands", at: parser.current.span,
            hint: "parentheses around parts of it make it less deep")
          parser.recover { _ in true }
          return left
        }
        parser.advance()
        let right = parser.parse(precedence.tighter)
        left = ExpressionSyntax(
          .binary(operation, left, right), at: parser.span(from: start))
        if parser.reportsChain(behind: precedence) {
          left = ExpressionSyntax(.invalid, at: left.span)
        }
      }
      if least == .conditional, parser.isAt(.question) {
        left = parser.parseConditional(left, from: start)
      }
      return left
    }
  }

  private var binaryOperatorHere: (BinaryOperator, Precedence)? {
    guard case .symbol(let symbol) = current.kind else { return nil }
    return symbol.binaryOperator
  }

  /// Complains about `a < b < c` and `a -> b -> c`, and says whether it has.
  private mutating func reportsChain(behind precedence: Precedence) -> Bool {
    guard precedence == .comparison || precedence == .implication,
      let (operation, following) = binaryOperatorHere, following == precedence
    else { return false }
    report(
      .chainedComparison, "`\(operation.rawValue)` does not associate", at: current.span,
      hint: precedence == .comparison
        ? "write `a < b & b < c`" : "parentheses say which arrow comes first")
    return true
  }

  private mutating func parseConditional(
    _ condition: ExpressionSyntax, from start: Int
  ) -> ExpressionSyntax {
    advance()
    // Between `?` and `:` anything may stand, another `? :` too.
    let then = parse(.conditional)
    expect(.colon, "between the two values behind `?`")
    let otherwise = parse(.implication)
    let result = ExpressionSyntax(
      .conditional(condition, then: then, otherwise: otherwise), at: span(from: start))
    if isAt(.question) {
      report(
        .chainedComparison, "`? :` does not associate", at: current.span,
        hint: "put the inner one into parentheses")
    }
    return result
  }

  private mutating func parsePrefix() -> ExpressionSyntax {
    let start = current.span.start
    guard case .symbol(let symbol) = current.kind else { return parsePrimary() }
    switch symbol {
    // `!a = b` is `!(a = b)`.
    case .not: return parseUnary(.not, .not, from: start)
    case .minus: return parseUnary(.negate, .primary, from: start)
    case .plus: return parseUnary(.plus, .primary, from: start)
    case .tilde: return parseUnary(.bitNot, .primary, from: start)
    default:
      return parsePrimary()
    }
  }

  private mutating func parseUnary(
    _ operation: UnaryOperator, _ least: Precedence, from start: Int
  ) -> ExpressionSyntax {
    advance()
    let operand = parse(least)
    return ExpressionSyntax(.unary(operation, operand), at: span(from: start))
  }

  private mutating func parsePrimary() -> ExpressionSyntax {
    let token = current
    switch token.kind {
    case .number(let value):
      advance()
      return ExpressionSyntax(.number(value), at: token.span)
    case .faultyNumber:
      advance()
      return ExpressionSyntax(.invalid, at: token.span)
    case .identifier:
      return next.kind == .symbol(.leftParenthesis) ? parseCall() : parseDesignator()
    case .symbol(.leftParenthesis):
      return parseParenthesized()
    case .keyword(.forall): return parseQuantified(.forall, closedBy: .endforall)
    case .keyword(.exists): return parseQuantified(.exists, closedBy: .endexists)
    case .keyword(.isundefined): return parseIsUndefined()
    case .keyword(.ismember): return parseIsMember()
    case .keyword(.multisetcount): return parseMultisetCount()
    case .keyword(.undefined):
      advance()
      return ExpressionSyntax(.undefined, at: token.span)
    default:
      reportUnexpected("an expression")
      return ExpressionSyntax(.invalid, at: token.span)
    }
  }

  private mutating func parseParenthesized() -> ExpressionSyntax {
    let start = current.span.start
    advance()
    let inner = parseExpression()
    expect(.rightParenthesis, "to close the parenthesis")
    return ExpressionSyntax(inner.kind, at: span(from: start))
  }

  private mutating func parseCall() -> ExpressionSyntax {
    let token = current
    advance()
    let arguments = parseArguments()
    return ExpressionSyntax(
      .call(Name(text(token), at: token.span), arguments), at: span(from: token.span.start))
  }

  /// `( expression, … )`, a trailing comma being allowed.
  mutating func parseArguments() -> [ExpressionSyntax] {
    expect(.leftParenthesis, "before the arguments")
    var arguments: [ExpressionSyntax] = []
    while !isAt(.rightParenthesis), current.kind != .end {
      arguments.append(parseExpression())
      guard accept(.comma) else { break }
    }
    expect(.rightParenthesis, "behind the arguments")
    return arguments
  }

  /// A name with fields and indices.
  mutating func parseDesignator() -> ExpressionSyntax {
    let start = current.span.start
    guard current.kind == .identifier else {
      reportUnexpected("a variable")
      return ExpressionSyntax(.invalid, at: current.span)
    }
    let word = text(current)
    let folded = word.lowercased()
    let name = folded == "true" || folded == "false" ? folded : word
    var result = ExpressionSyntax(.name(name), at: current.span)
    advance()
    var length = 0
    while length < Self.maximumChainLength {
      length += 1
      if accept(.dot) {
        guard let field = expectName("of a field behind `.`") else { break }
        result = ExpressionSyntax(.field(of: result, field), at: span(from: start))
      } else if accept(.leftBracket) {
        let index = parseExpression()
        expect(
          .rightBracket, "behind the index",
          hint: isAt(.comma) ? "each index has its own brackets: `a[i][j]`" : nil)
        result = ExpressionSyntax(.element(of: result, index: index), at: span(from: start))
      } else {
        break
      }
    }
    return result
  }

  private mutating func parseQuantified(
    _ quantification: Quantification, closedBy end: Keyword
  ) -> ExpressionSyntax {
    let start = current.span.start
    open(end)
    let quantifiers = parseQuantifiers()
    expectDo("of the quantifier")
    let body = parseExpression()
    expectEnd(end, of: quantification == .forall ? "forall" : "exists")
    return ExpressionSyntax(
      .quantified(quantification, quantifiers, body), at: span(from: start))
  }

  private mutating func parseIsUndefined() -> ExpressionSyntax {
    let start = current.span.start
    advance()
    expect(.leftParenthesis, "behind `isundefined`")
    let operand = parseDesignator()
    expect(.rightParenthesis, "behind the variable")
    return ExpressionSyntax(.isUndefined(operand), at: span(from: start))
  }

  private mutating func parseIsMember() -> ExpressionSyntax {
    let start = current.span.start
    advance()
    expect(.leftParenthesis, "behind `ismember`")
    let operand = parseExpression()
    expect(.comma, "before the type")
    let type = parseType()
    expect(.rightParenthesis, "behind the type")
    return ExpressionSyntax(.isMember(operand, type), at: span(from: start))
  }

  private mutating func parseMultisetCount() -> ExpressionSyntax {
    let start = current.span.start
    advance()
    guard let (name, multiset, predicate) = parseMultisetPredicate() else {
      return ExpressionSyntax(.invalid, at: span(from: start))
    }
    return ExpressionSyntax(
      .multisetCount(name, multiset: multiset, predicate: predicate), at: span(from: start))
  }

  /// `( name : multiset, predicate )`
  mutating func parseMultisetPredicate() -> (Name, ExpressionSyntax, ExpressionSyntax)? {
    expect(.leftParenthesis, "before the name that runs over the multiset")
    guard let name = expectName("that runs over the multiset") else { return nil }
    expect(.colon, "behind the name")
    let multiset = parseDesignator()
    expect(.comma, "before the predicate")
    let predicate = parseExpression()
    expect(.rightParenthesis, "behind the predicate")
    return (name, multiset, predicate)
  }

  // MARK: - Quantifiers

  /// `name : type; name := from to to by step; …`
  mutating func parseQuantifiers() -> [QuantifierSyntax] {
    var quantifiers: [QuantifierSyntax] = []
    repeat {
      skipSemicolons()
      if let quantifier = parseQuantifier() { quantifiers.append(quantifier) }
      if hasFailed { recover { $0 == .do || $0 == .alias || $0.beginsRule || $0.closesBlock } }
    } while isAt(.semicolon)
    return quantifiers
  }

  private mutating func parseQuantifier() -> QuantifierSyntax? {
    guard let name = expectName("to run over values") else {
      hasLostNames = true
      return nil
    }
    if accept(.colon) {
      return QuantifierSyntax(name: name, domain: .type(parseType()))
    }
    guard accept(.becomes) else {
      reportUnexpected("`:` and a type, or `:=` and bounds")
      hasLostNames = true
      return nil
    }
    let from = parseExpression()
    expect(.to, "between the bounds")
    let to = parseExpression()
    let by = accept(.by) ? parseExpression() : nil
    return QuantifierSyntax(name: name, domain: .range(from: from, to: to, by: by))
  }

  /// `do`, for which CMurphi takes a colon as well.
  mutating func expectDo(_ what: String) {
    if accept(.do) || accept(.colon) { return }
    reportUnexpected("`do` before the body \(what)")
  }
}
