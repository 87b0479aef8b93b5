package import Diagnostics
package import Murphi

/// Makes the small wrong changes of a model.
///
/// Changed are rules, and the functions that rules call; in a function that properties call as well,
/// what they mean changes with it. Never changed are properties, what they alone call, assertions
/// within bodies, declarations, and start states, which say what is modelled and not how it goes on.
/// Two statements that do the same in either order are not exchanged: a step is atomic.
package struct Mutator {
  let source: SourceText
  let tokens: [Token]
  /// A name that the text does not have.
  let freshName: String
  var scope: Scope
  /// Where mutants go that are being made.
  var declaration = MutatedDeclaration(kind: .rule, name: "")
  var rules: [Int] = []
  private var isOfProperties = false
  /// Start of the part of the text that stands at the top level around what is changed.
  var itemStart = 0
  private var mutants: [Mutant] = []
  private var ruleCount = 0

  /// All mutants of a model, in the order of the text; none twice, and none the same as the model.
  ///
  /// - Parameters:
  ///   - model: What the text was read as, without mistakes.
  ///   - rules: How it was read.
  /// Complexity: the number of mutants is about that of the words of the text, and so is the time for
  /// each.
  package static func mutants(
    of model: ModelSyntax, _ source: SourceText, rules: LexicalRules = .rumur
  ) -> [Mutant] {
    var mutator = Mutator(model, source, rules)
    mutator.mutate(model)
    return mutator.distinct()
  }

  private init(_ model: ModelSyntax, _ source: SourceText, _ rules: LexicalRules) {
    self.source = source
    tokens = Lexer.lex(source, rules: rules).tokens
    scope = Scope(model, source)
    let used = Set(tokens.filter { $0.kind == .identifier }.map { source.text(of: $0.span) })
    var name = "between"
    while used.contains(name) { name += "_" }
    freshName = name
  }

  private func distinct() -> [Mutant] {
    let hashes = EditedTextHash(source)
    var seen: Set<UInt64> = [hashes.whole]
    let ordered = mutants.enumerated().sorted {
      ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset)
    }
    return ordered.map(\.element).filter { seen.insert(hashes.hash($0.edits)).inserted }
  }

  private mutating func mutate(_ model: ModelSyntax) {
    let called = CalledFunctions(model)
    for item in model.items {
      switch item {
      case .function(let function):
        guard let callers = called.rules[function.name.text] else { continue }
        declaration = MutatedDeclaration(
          kind: function.result == nil ? .procedure : .function, name: function.name.text)
        rules = callers
        isOfProperties = called.properties.contains(function.name.text)
        mutate(function)
      case .rule(let rule):
        itemStart = rule.span.start
        isOfProperties = false
        mutate(rule, in: RuleSurroundings())
      case .declaration, .unreadable: break
      }
    }
  }

  private mutating func mutate(_ function: FunctionDeclaration) {
    let outer = scope
    defer { scope = outer }
    for parameter in function.parameters {
      for name in parameter.names { scope.bind(name, source.text(of: parameter.type.span)) }
    }
    scope.bind(function.declarations)
    mutate(function.body)
  }

  private mutating func mutate(_ rule: RuleSyntax, in surroundings: RuleSurroundings) {
    let outer = scope
    defer { scope = outer }
    switch rule.kind {
    case .rule(let simple):
      declaration = MutatedDeclaration(
        kind: .rule, name: simple.name ?? "rule \(ruleCount + 1)")
      rules = [ruleCount]
      ruleCount += 1
      scope.bind(simple.declarations)
      mutate(simple, at: rule.span, in: surroundings)
    case .ruleset(let quantifiers, let inner):
      scope.bind(quantifiers)
      var around = surroundings
      around.quantifiers += quantifiers
      for rule in inner { mutate(rule, in: around) }
    case .alias(let aliases, let inner):
      for alias in aliases { scope.bind(alias.name, "") }
      for rule in inner { mutate(rule, in: surroundings) }
    case .choose(let choices, let inner):
      for choice in choices { scope.bind(choice.name, "") }
      var around = surroundings
      around.hasChoice = true
      for rule in inner { mutate(rule, in: around) }
    case .startState, .property, .measure: break
    }
  }

  // MARK: - What a mutant is made of

  mutating func add(
    _ kind: MutantKind, _ span: SourceSpan, _ edits: [TextEdit], _ question: String
  ) {
    mutants.append(
      Mutant(
        kind: kind, span: span, edits: edits, declaration: declaration, rules: rules,
        isOfProperties: isOfProperties, question: question))
  }

  mutating func add(
    _ kind: MutantKind, _ span: SourceSpan, replacedBy text: String, _ question: String
  ) {
    add(kind, span, [TextEdit(span, text)], question)
  }

  /// The text of a part in one line, shortened to what a question can have.
  func words(_ span: SourceSpan) -> String {
    let text = plain(span)
    return "`" + (text.count > 48 ? String(text.prefix(45)) + "…" : text) + "`"
  }

  /// The words of a part without comments and line breaks.
  private func plain(_ span: SourceSpan) -> String {
    var text = ""
    var end = span.start
    for token in tokens[index(of: span.start)...] {
      guard token.span.end <= span.end, token.kind != .end else { break }
      if token.span.start > end, !text.isEmpty { text += " " }
      text += source.text(of: token.span)
      end = token.span.end
    }
    return text
  }

  // MARK: - Words of the text

  /// The position of the first token that begins at an offset or behind it.
  func index(of offset: Int) -> Int {
    var (low, high) = (0, tokens.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].span.start < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A statement with the semicolon behind it, and with its lines where nothing else is on them.
  func wholeSpan(of span: SourceSpan) -> SourceSpan {
    var (start, end) = (span.start, span.end)
    let next = tokens[index(of: end)]
    if next.kind == .symbol(.semicolon) { end = next.span.end }
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var (before, behind) = (start, end)
    while before > 0, isBlank(source.bytes[before - 1]) { before -= 1 }
    while behind < source.bytes.count, isBlank(source.bytes[behind]) { behind += 1 }
    let isFirst = before == 0 || source.bytes[before - 1] == 0x0A
    if isFirst, behind < source.bytes.count, source.bytes[behind] == 0x0A {
      (start, end) = (before, behind + 1)
    }
    return SourceSpan(start: start, end: end)
  }

  /// The blanks that the line of a place begins with.
  func indentation(at offset: Int) -> String {
    let line = source.lineRange(source.line(of: offset))
    let blanks = source.bytes[line].prefix { $0 == 0x20 || $0 == 0x09 }
    return String(decoding: blanks, as: UTF8.self)
  }
}

/// What stands around a rule.
struct RuleSurroundings {
  var quantifiers: [QuantifierSyntax] = []
  /// Whether a member of a multiset is chosen, which may be gone in a later step.
  var hasChoice = false
}
