import Diagnostics

extension Parser {
  /// A rule, a start state, a property, or what surrounds them; nil if there is none here.
  mutating func parseRule() -> RuleSyntax? {
    let start = current.span.start
    if isAtMeasure {
      advance()
      let message = expectString("to name the measure")
      let kind = RuleSyntax.Kind.measure(message: message, parseExpression())
      return finishRule(kind, from: start)
    }
    let kind: RuleSyntax.Kind
    switch keyword {
    case .rule: kind = parseSimpleRule()
    case .startstate: kind = parseStartState()
    case .ruleset: kind = parseRuleset()
    case .alias: kind = parseAliasRule()
    case .choose: kind = parseChoose()
    case .assert, .invariant, .assume, .cover, .liveness:
      let (property, message, expression) = parseProperty()
      kind = .property(property, message: message, expression)
    default: return nil
    }
    return finishRule(kind, from: start)
  }

  private mutating func finishRule(_ kind: RuleSyntax.Kind, from start: Int) -> RuleSyntax {
    let rule = RuleSyntax(kind, at: span(from: start))
    if hasFailed { recover { $0.beginsItem || $0.closesBlock } }
    if current.kind != .end, keyword?.closesBlock != true { endWithSemicolon() }
    return rule
  }

  private mutating func parseRules() -> [RuleSyntax] {
    var rules: [RuleSyntax] = []
    while true {
      if accept(.semicolon) { continue }
      guard let rule = parseRule() else { return rules }
      rules.append(rule)
    }
  }

  private mutating func parseSimpleRule() -> RuleSyntax.Kind {
    open(.endrule)
    var priority: Int64?
    if case .number(let value) = current.kind, isBehindPriority(next) {
      priority = value
      advance()
    }
    let name = acceptString()
    var guardExpression: ExpressionSyntax?
    if !isAtBody {
      guardExpression = parseExpression()
      if !isAt(.arrow) {
        reportUnexpected(
          "`==>` behind the guard", hint: arrowHint(behind: guardExpression, of: name))
        recover(to: .arrow) { $0 == .begin || $0 == .endrule || $0.beginsItem }
      }
      _ = accept(.arrow)
      if hasFailed { recover { $0 == .begin || $0.beginsItem || $0.closesBlock } }
    } else if current.kind == .identifier {
      omittedBegins.append(current.span)
    }
    let (declarations, body) = parseBody()
    expectEnd(.endrule, of: "rule")
    return .rule(
      SimpleRuleSyntax(
        name: name, priority: priority, guardExpression: guardExpression,
        declarations: declarations, body: body))
  }

  private func arrowHint(
    behind guardExpression: ExpressionSyntax?, of name: String?
  ) -> String? {
    if isAt(.implies) { return "`->` is *implies*" }
    if isAt(.begin), name == nil, case .name(let word) = guardExpression?.kind {
      return "the name of a rule is a string: `rule \"\(word)\"`"
    }
    return nil
  }

  /// Whether a number that this word follows is a priority, and not the beginning of a guard.
  private func isBehindPriority(_ token: Token) -> Bool {
    switch token.kind {
    case .string, .identifier, .keyword, .number, .symbol(.leftParenthesis), .symbol(.not): true
    default: false
    }
  }

  /// Whether a rule has no guard: its body, or its end, begins here.
  private var isAtBody: Bool {
    switch keyword {
    case .forall, .exists, .isundefined, .ismember, .multisetcount: return false
    case .some: return true
    case nil: break
    }
    // A rule with neither guard nor `begin` starts with a statement.
    return current.kind == .identifier && !guardFollows
  }

  /// Whether `==>` comes before anything that only a body has.
  private var guardFollows: Bool {
    var ahead = position
    while ahead < tokens.count {
      switch tokens[ahead].kind {
      case .symbol(.arrow): return true
      case .symbol(.semicolon), .symbol(.becomes), .end: return isInQuantifier(upTo: ahead)
      case .keyword(.begin), .keyword(.rule), .keyword(.endrule): return true
      default: ahead += 1
      }
    }
    return true
  }

  /// `:=` and `;` may stand in the head of a quantifier, which belongs to a guard.
  private func isInQuantifier(upTo end: Int) -> Bool {
    tokens[position..<end].contains {
      $0.kind == .keyword(.forall) || $0.kind == .keyword(.exists)
    }
  }

  private mutating func parseStartState() -> RuleSyntax.Kind {
    open(.endstartstate)
    let name = acceptString()
    let (declarations, body) = parseBody()
    expectEnd(.endstartstate, of: "startstate")
    return .startState(StartStateSyntax(name: name, declarations: declarations, body: body))
  }

  /// Declarations and `begin`, or `begin`, or neither; then statements.
  private mutating func parseBody() -> ([DeclarationSyntax], [StatementSyntax]) {
    let declarations = parseSections()
    if !accept(.begin), !declarations.isEmpty {
      reportUnexpected("`begin` behind the declarations")
    }
    return (declarations, parseStatements())
  }

  private mutating func parseRuleset() -> RuleSyntax.Kind {
    open(.endruleset)
    let quantifiers = parseQuantifiers()
    expectDo("of the ruleset")
    if hasFailed { recover { $0 == .alias || $0.beginsRule || $0.closesBlock } }
    let rules = nested(orElse: []) { $0.parseRules() }
    expectEnd(.endruleset, of: "ruleset")
    return .ruleset(quantifiers, rules)
  }

  private mutating func parseAliasRule() -> RuleSyntax.Kind {
    open(.endalias)
    let aliases = parseAliases()
    expectDo("of the alias")
    let rules = nested(orElse: []) { $0.parseRules() }
    expectEnd(.endalias, of: "alias")
    return .alias(aliases, rules)
  }

  /// `name : expression; …`
  mutating func parseAliases() -> [AliasDeclaration] {
    var aliases: [AliasDeclaration] = []
    while current.kind == .identifier {
      guard let name = expectName("of the alias") else { break }
      expect(.colon, "behind the name of the alias")
      if !hasFailed { aliases.append(AliasDeclaration(name: name, value: parseExpression())) }
      if hasFailed {
        hasLostNames = true
        recover { $0 == .do || $0.beginsRule || $0.closesBlock }
      }
      if current.kind == .identifier { endWithSemicolon() } else { skipSemicolons() }
    }
    return aliases
  }

  private mutating func parseChoose() -> RuleSyntax.Kind {
    open(.endchoose)
    var choices: [ChoiceSyntax] = []
    repeat {
      skipSemicolons()
      guard let name = expectName("that runs over the multiset") else { break }
      expect(.colon, "behind the name")
      choices.append(ChoiceSyntax(name: name, multiset: parseDesignator()))
    } while isAt(.semicolon)
    expectDo("of `choose`")
    let rules = nested(orElse: []) { $0.parseRules() }
    expectEnd(.endchoose, of: "choose")
    return .choose(choices, rules)
  }

  /// A property, its message on either side.
  mutating func parseProperty() -> (PropertyKind, String?, ExpressionSyntax) {
    let kind = keyword.flatMap { PropertyKind(rawValue: $0.rawValue) } ?? .invariant
    advance()
    if let message = acceptString() { return (kind, message, parseExpression()) }
    let expression = parseExpression()
    return (kind, acceptString(), expression)
  }
}
