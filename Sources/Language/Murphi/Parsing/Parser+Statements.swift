import Diagnostics

extension Parser {
  /// Statements up to a word that closes or continues the block.
  mutating func parseStatements() -> [StatementSyntax] {
    nested(orElse: []) { $0.parseStatementsHere() }
  }

  private mutating func parseStatementsHere() -> [StatementSyntax] {
    var statements: [StatementSyntax] = []
    while current.kind != .end {
      if accept(.semicolon) { continue }
      if let keyword, keyword.closesBlock || keyword.beginsItem && !keyword.beginsStatement {
        break
      }
      if isAtMisspelledEnd || isAtBraceForEnd { break }
      let before = current.span.start
      statements.append(parseStatement())
      if !hasFailed, !isAt(.semicolon), current.kind != .end, keyword?.closesBlock != true {
        reportUnexpected("`;` or `end` behind the statement")
      }
      if hasFailed {
        recover { $0.closesBlock || $0.beginsRule }
        if current.span.start == before, !isAt(.semicolon), keyword?.closesBlock != true { break }
      }
    }
    return statements
  }

  private mutating func parseStatement() -> StatementSyntax {
    let start = current.span.start
    let kind = parseStatementKind()
    return StatementSyntax(kind, at: span(from: start))
  }

  private mutating func parseStatementKind() -> StatementSyntax.Kind {
    switch keyword {
    case .clear:
      advance()
      return .clear(parseDesignator())
    case .undefine:
      advance()
      return .undefine(parseDesignator())
    case .if: return parseIf()
    case .switch: return parseSwitch()
    case .while: return parseWhile()
    case .for: return parseFor()
    case .alias:
      open(.endalias)
      let aliases = parseAliases()
      expectDo("of the alias")
      let body = parseStatements()
      expectEnd(.endalias, of: "alias")
      return .alias(aliases, body)
    case .return:
      advance()
      return .result(endsStatement ? nil : parseExpression())
    case .error:
      advance()
      return .error(expectString("behind `error`"))
    case .put:
      advance()
      if let text = acceptString() { return .putText(text) }
      return .put(parseExpression())
    case .assert, .invariant, .assume, .cover, .liveness:
      let (kind, message, expression) = parseProperty()
      return .property(kind, message: message, expression)
    case .multisetadd, .multisetremove: return parseMultisetChange()
    case .multisetremovepred:
      advance()
      guard let (name, multiset, predicate) = parseMultisetPredicate() else { return .invalid }
      return .multisetRemoveWhere(name, multiset: multiset, predicate: predicate)
    default: return parseAssignmentOrCall()
    }
  }

  /// Whether a statement ends here.
  private var endsStatement: Bool {
    isAt(.semicolon) || current.kind == .end || keyword?.closesBlock == true
  }

  private mutating func parseAssignmentOrCall() -> StatementSyntax.Kind {
    guard current.kind == .identifier else {
      reportUnexpected("a statement")
      return .invalid
    }
    if next.kind == .symbol(.leftParenthesis) {
      let name = Name(text(current), at: current.span)
      advance()
      return .call(name, parseArguments())
    }
    let target = parseDesignator()
    expect(.becomes, "behind the variable", hint: assignmentHint(of: target))
    if hasFailed { return .invalid }
    return .assign(target, parseExpression())
  }

  private mutating func parseIf() -> StatementSyntax.Kind {
    var clauses: [ConditionalClause] = []
    blocks.open(.endif, at: current.span)
    repeat {
      advance()
      let condition = parseExpression()
      expect(.then, "behind the condition")
      if hasFailed { recover { $0.closesBlock || $0.beginsRule } }
      clauses.append(ConditionalClause(condition: condition, body: parseStatements()))
    } while isAt(.elsif)
    let word = current.span
    let hasElse = accept(.else)
    if hasElse, isAt(.if) { blocks.noteElseIf(at: word.joined(with: current.span)) }
    let otherwise = hasElse ? parseStatements() : []
    expectEnd(.endif, of: "if")
    return .conditional(clauses, otherwise: otherwise)
  }

  private mutating func parseSwitch() -> StatementSyntax.Kind {
    open(.endswitch)
    let value = parseExpression()
    var cases: [SwitchCase] = []
    while accept(.case) {
      var matches: [ExpressionSyntax] = []
      while !isAt(.colon), current.kind != .end {
        matches.append(parseExpression())
        guard accept(.comma) else { break }
      }
      expect(.colon, "behind the values of the case")
      if hasFailed { recover { $0.closesBlock || $0.beginsRule } }
      cases.append(SwitchCase(matches: matches, body: parseStatements()))
    }
    let otherwise = accept(.else) ? parseStatements() : []
    expectEnd(.endswitch, of: "switch")
    return .switching(value, cases, otherwise: otherwise)
  }

  private mutating func parseWhile() -> StatementSyntax.Kind {
    open(.endwhile)
    let condition = parseExpression()
    expectDo("of `while`")
    let body = parseStatements()
    expectEnd(.endwhile, of: "while")
    return .whileLoop(condition, body)
  }

  private mutating func parseFor() -> StatementSyntax.Kind {
    open(.endfor)
    let quantifiers = parseQuantifiers()
    expectDo("of `for`")
    let body = parseStatements()
    expectEnd(.endfor, of: "for")
    return .forLoop(quantifiers, body)
  }

  private mutating func parseMultisetChange() -> StatementSyntax.Kind {
    let isAddition = isAt(.multisetadd)
    advance()
    expect(.leftParenthesis, "before the arguments")
    let value = parseExpression()
    expect(.comma, "before the multiset")
    let multiset = parseDesignator()
    expect(.rightParenthesis, "behind the multiset")
    return isAddition
      ? .multisetAdd(value, to: multiset) : .multisetRemove(value, from: multiset)
  }
}

extension Keyword {
  /// Whether a word that begins something at the top level begins a statement too.
  fileprivate var beginsStatement: Bool { self == .invariant || self == .liveness }
}
