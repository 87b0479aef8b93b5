import Diagnostics

extension Parser {
  /// Everything at the top level, in any order.
  mutating func parseItems() -> [ModelSyntax.Item] {
    var items: [ModelSyntax.Item] = []
    while current.kind != .end {
      if accept(.semicolon) { continue }
      if isAtExternal {
        if let name = parseExternal() { items.append(.unreadable(name)) }
      } else if isAtSymbolic {
        items += parseSymbolicSection().map { .declaration($0) }
      } else if let section = parseSection() {
        items += section.map { .declaration($0) }
      } else if isAt(.function) || isAt(.procedure) {
        if let function = parseFunction() { items.append(.function(function)) }
      } else if let rule = parseRule() {
        items.append(.rule(rule))
      } else {
        reportUnsupportedOrUnexpected()
        recoverToItem()
      }
    }
    return items
  }

  /// Passes over what is at the top level and belongs to nothing, up to where an item begins.
  private mutating func recoverToItem() {
    hasLostNames = true
    repeat {
      advance()
      recover { $0.beginsItem }
    } while current.kind == .symbol(.semicolon) && !isBeforeItem
  }

  /// Whether an item may begin behind the current semicolon.
  private var isBeforeItem: Bool {
    switch next.kind {
    case .keyword(let keyword): keyword.beginsItem || keyword == .alias
    case .end: true
    default: false
    }
  }

  /// Constructs that are known and refused get a message of their own.
  private mutating func reportUnsupportedOrUnexpected() {
    let word = current.kind == .identifier ? text(current).lowercased() : ""
    if Self.probabilisticWords.contains(word) {
      report(
        .unsupportedConstruct, "probabilistic rules and formulas are not supported",
        at: current.span)
    } else {
      reportUnexpected("a declaration, a function, a rule or a property")
    }
  }

  /// Whether CMurphi's declaration of a function in C begins here.
  private var isAtExternal: Bool {
    current.kind == .identifier && next.kind == .identifier
      && Self.externalWords.contains(text(current).lowercased())
  }

  /// Passes over the declaration of a function in C, with one message.
  private mutating func parseExternal() -> Name? {
    report(
      .unsupportedConstruct, "functions from outside the model cannot be explored",
      at: current.span, hint: "write the function in Murphi")
    advance()
    let name = expectName("of the function")
    if accept(.leftParenthesis) {
      _ = parseParameters()
      expect(.rightParenthesis, "behind the parameters")
    }
    if accept(.colon) { _ = parseType() }
    endWithSemicolon()
    // CMurphi wants the name of a header file, with a semicolon before it or without.
    if acceptString() != nil { endWithSemicolon() }
    return name
  }

  private static let externalWords: Set<String> = ["externfun", "externproc"]
  private static let probabilisticWords: Set<String> = ["pctl", "probrule"]

  /// Whether a construct that is known and refused begins here: to us these words are names, which
  /// a declaration would go on behind.
  private var isAtUnsupported: Bool {
    guard current.kind == .identifier else { return false }
    let word = text(current).lowercased()
    guard Self.externalWords.contains(word) || Self.probabilisticWords.contains(word) else {
      return false
    }
    return next.kind != .symbol(.colon) && next.kind != .symbol(.comma)
  }

  /// A `const`, `type` or `var` section; nil if there is none here.
  mutating func parseSection() -> [DeclarationSyntax]? {
    switch keyword {
    case .const:
      advance()
      return parseEntries("constant") { parser, names in
        .constant(ConstantDeclaration(names: names, value: parser.parseExpression()))
      }
    case .type:
      advance()
      return parseEntries("type") { parser, names in
        .type(TypeDeclaration(names: names, type: parser.parseType()))
      }
    case .var:
      advance()
      return parseVariables().map { .variable($0) }
    default:
      return nil
    }
  }

  /// All sections that follow one another.
  mutating func parseSections() -> [DeclarationSyntax] {
    var declarations: [DeclarationSyntax] = []
    while let section = parseSection() { declarations += section }
    return declarations
  }

  /// `names : type; …` of a `var` section or a record.
  mutating func parseVariables() -> [VariableDeclaration] {
    parseEntries("variable") { parser, names in
      VariableDeclaration(names: names, type: parser.parseType())
    }
  }

  /// `names : what; …`, semicolons being optional.
  private mutating func parseEntries<Entry>(
    _ what: String, _ parseRest: (inout Parser, [Name]) -> Entry
  ) -> [Entry] {
    var entries: [Entry] = []
    // As in Rumur, an entry may declare no name.
    while current.kind == .identifier || isAt(.colon), !isAtMeasure, !isAtSymbolic,
      !isAtUnsupported,
      !isAtStatement
    {
      let names = parseNames()
      expect(
        .colon, "behind the name of a \(what)",
        hint: isAt(.equal) || isAt(.becomes) ? "a declaration has a colon: `name : …`" : nil)
      if !hasFailed { entries.append(parseRest(&self, names)) }
      if hasFailed {
        hasLostNames = true
        recover { $0.beginsItem || $0.closesBlock }
      }
      // CMurphi's fields are separated by semicolons, and its declarations end with one.
      if isAt(.end) || isAt(.endrecord) { skipSemicolons() } else { endWithSemicolon() }
    }
    return entries
  }

  /// Whether a statement begins here: the author has forgotten `begin`.
  private var isAtStatement: Bool {
    switch next.kind {
    case .symbol(.becomes), .symbol(.leftBracket), .symbol(.leftParenthesis), .symbol(.dot): true
    default: false
    }
  }

  /// `name, name, …`, a trailing comma being allowed.
  private mutating func parseNames() -> [Name] {
    var names: [Name] = []
    while current.kind == .identifier {
      guard let name = expectName("to declare") else { break }
      names.append(name)
      guard accept(.comma) else { break }
    }
    return names
  }

  /// Our `measure "message" …`: a name like any other where no string follows.
  var isAtMeasure: Bool {
    current.kind == .identifier && next.kind == .string && text(current).lowercased() == "measure"
  }

  /// Our `symbolic name …`: a name like any other where no name follows.
  var isAtSymbolic: Bool {
    current.kind == .identifier && next.kind == .identifier
      && text(current).lowercased() == "symbolic"
  }

  /// Constants that are left open. The span of the section goes with each of its entries.
  private mutating func parseSymbolicSection() -> [DeclarationSyntax] {
    let start = current.span.start
    advance()
    let variables = parseVariables()
    let span = span(from: start)
    return variables.map { .symbolic($0, span) }
  }

  private mutating func parseFunction() -> FunctionDeclaration? {
    let isProcedure = isAt(.procedure)
    let end: Keyword = isProcedure ? .endprocedure : .endfunction
    open(end)
    guard let name = expectName("of the \(isProcedure ? "procedure" : "function")") else {
      hasLostNames = true
      recover { $0.beginsItem }
      _ = blocks.close(end)
      return nil
    }
    expect(.leftParenthesis, "before the parameters")
    let parameters = parseParameters()
    if !isAt(.rightParenthesis) { reportUnexpected("`)` behind the parameters") }
    if hasFailed {
      hasLostNames = true
      recover(to: .rightParenthesis) {
        $0 == .begin || $0.closesBlock || $0 != .var && $0.beginsItem
      }
    }
    _ = accept(.rightParenthesis)
    let result = accept(.colon) ? parseType() : nil
    endWithSemicolon()
    let declarations = parseSections()
    _ = accept(.begin)
    let body = parseStatements()
    expectEnd(
      [.end, .endfunction, .endprocedure], "`end` or `\(end.rawValue)`", blocks.close(end))
    if hasFailed {
      recover { $0.beginsItem || $0.closesBlock }
      if keyword?.closesBlock == true { advance() }
    }
    endWithSemicolon()
    return FunctionDeclaration(
      name: name, parameters: parameters, result: result, declarations: declarations, body: body)
  }

  private mutating func parseParameters() -> [ParameterDeclaration] {
    var parameters: [ParameterDeclaration] = []
    while isAt(.var) || current.kind == .identifier {
      let isReference = accept(.var)
      let names = parseNames()
      expect(.colon, "behind the name of a parameter")
      let type = parseType()
      parameters.append(
        ParameterDeclaration(isReference: isReference, names: names, type: type))
      if !isAt(.rightParenthesis) { endWithSemicolon() }
    }
    return parameters
  }
}

extension Keyword {
  /// Whether something at the top level begins with this word.
  var beginsItem: Bool {
    switch self {
    case .const, .type, .var, .function, .procedure: true
    default: beginsRule
    }
  }

  /// Whether a rule, start state, property or what surrounds them begins with this word.
  var beginsRule: Bool {
    switch self {
    case .rule, .startstate, .ruleset, .choose, .invariant, .liveness: true
    default: false
    }
  }

  /// Whether this word closes or continues a block.
  var closesBlock: Bool {
    switch self {
    case .else, .elsif, .case: true
    default: rawValue.hasPrefix("end")
    }
  }
}
