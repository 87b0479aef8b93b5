package import Diagnostics

/// Reads a model by recursive descent.
///
/// Never fails: it returns a tree and what was wrong. After a mistake it says nothing more until it
/// is in step with the text again, so that one mistake gives one message. Where no more is wanted,
/// the text seems to end.
package struct Parser {
  let source: SourceText
  let tokens: [Token]
  private let stop: StopCondition
  private var looks = 0
  private(set) var position = 0
  private(set) var diagnostics: [Diagnostic] = []
  /// Set by a message, cleared where parsing is in step again.
  private(set) var isRecovering = false
  /// The depth of what is being read; beyond the limit, a message and no further descent.
  private var depth = 0

  /// Whether something could not be read that may declare names: then what is said of names and
  /// types would follow from that.
  var hasLostNames = false
  /// The blocks around, outermost first.
  var blocks = OpenBlocks()
  /// Whether braces have been complained about, or passed over behind a mistake: `}` closes a block
  /// then, and it is one mistake and not several.
  var hasBraces = false
  private var omittedSemicolons: [SourceSpan] = []
  /// The first names of bodies for which `begin` is left out behind a rule without a guard.
  var omittedBegins: [SourceSpan] = []

  /// The deepest nesting that is read; each level costs stack in every later pass too.
  static let maximumDepth = 200
  /// The most operands of one chain such as `a + b + c`, whose tree is as deep as it is long.
  static let maximumChainLength = 1_000
  /// The largest file that is read.
  package static let maximumByteCount = 16 << 20

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - rules: Whose words they are, where the tools differ.
  ///   - stop: When no more is wanted; what is returned then is of no use.
  package static func parse(
    _ source: SourceText, rules: LexicalRules = .rumur, stop: StopCondition = .init()
  ) -> (model: ModelSyntax, diagnostics: [Diagnostic]) {
    let (model, diagnostics, _) = parseTellingLostNames(source, rules: rules, stop: stop)
    return (model, diagnostics)
  }

  /// As `parse`, and whether names may be missing that the text was to declare.
  static func parseTellingLostNames(
    _ source: SourceText, rules: LexicalRules = .rumur, stop: StopCondition
  ) -> (model: ModelSyntax, diagnostics: [Diagnostic], hasLostNames: Bool) {
    guard source.bytes.count <= maximumByteCount else {
      let diagnostic = Diagnostic(
        .fileTooLarge,
        "the file has \(source.bytes.count) bytes; a model may have \(maximumByteCount)", at: .none)
      return (ModelSyntax(items: []), [diagnostic], true)
    }
    let output = Lexer.lex(source, rules: rules, stop: stop)
    var parser = Parser(source: source, output: output, stop: stop)
    let items = parser.parseItems()
    let diagnostics = firstOfReals(
      firstOfEachLine(output.diagnostics, parser.diagnostics, source))
    if let unclosed = UnclosedString.find(in: output.tokens, diagnostics, source) {
      return (ModelSyntax(items: items), unclosed.explained(diagnostics, source), true)
    }
    return (ModelSyntax(items: items), diagnostics, parser.hasLostNames)
  }

  /// Where a semicolon is left out that CMurphi's grammar has, as the places that it would stand
  /// behind (Murphi 3.1 manual: declarations end with one, rules are separated by them).
  static func omittedSemicolons(
    in source: SourceText, _ rules: LexicalRules, _ stop: StopCondition
  ) -> [SourceSpan] {
    var parser = Parser(
      source: source, output: Lexer.lex(source, rules: rules, stop: stop), stop: stop)
    _ = parser.parseItems()
    return parser.omittedSemicolons
  }

  /// Where `begin` is left out that Rumur 2022.08 needs: a rule without a guard whose body begins
  /// with a name, which it takes for a guard. Each is the name's place.
  static func omittedBegins(
    in source: SourceText, _ rules: LexicalRules, _ stop: StopCondition = .init()
  ) -> [SourceSpan] {
    var parser = Parser(
      source: source, output: Lexer.lex(source, rules: rules, stop: stop), stop: stop)
    _ = parser.parseItems()
    return parser.omittedBegins
  }

  /// Mistakes in words and the first mistake in grammar of each line that has none in words: what
  /// follows on the same line, or behind a string or comment without end, mostly follows from it.
  private static func firstOfEachLine(
    _ lexical: [Diagnostic], _ syntactic: [Diagnostic], _ source: SourceText
  ) -> [Diagnostic] {
    func line(_ diagnostic: Diagnostic) -> Int {
      source.line(of: diagnostic.span.start)
    }
    let endless = lexical.first {
      $0.code == .unterminatedString || $0.code == .unterminatedComment
    }
    var lines = Set(lexical.map(line))
    return lexical
      + syntactic.filter { diagnostic in
        if let endless, diagnostic.span.start > endless.span.start { return false }
        return lines.insert(line(diagnostic)).inserted
      }
  }

  /// The diagnostics without those of real numbers but the first in the text: that a model computes
  /// with them is one thing to say.
  private static func firstOfReals(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let reals = diagnostics.filter { $0.code == .realNumber }
    let first = reals.min { $0.span.start < $1.span.start }
    return diagnostics.filter { $0.code != .realNumber || $0 == first }
  }

  private init(source: SourceText, output: Lexer.Output, stop: StopCondition) {
    self.source = source
    self.stop = stop
    tokens = output.tokens
  }
}

// MARK: - Tokens

extension Parser {
  /// Whether a message has been given and parsing is not in step again.
  var hasFailed: Bool { isRecovering }

  var current: Token { tokens[position] }

  var next: Token { tokens[min(position + 1, tokens.count - 1)] }

  /// The token before the current one.
  var previous: Token? { position > 0 ? tokens[position - 1] : nil }

  /// The end of the token before the current one.
  var previousEnd: Int { position > 0 ? tokens[position - 1].span.end : 0 }

  mutating func advance() {
    if stop.isDue(&looks) { return end() }
    if position < tokens.count - 1 { position += 1 }
    isRecovering = false
  }

  /// Goes to the end of the text: whatever is open stays open, and nothing more is said.
  private mutating func end() {
    position = tokens.count - 1
    isRecovering = true
  }

  func isAt(_ symbol: Token.Symbol) -> Bool { current.kind == .symbol(symbol) }
  func isAt(_ keyword: Keyword) -> Bool { current.kind == .keyword(keyword) }

  /// The keyword at the current position, if it is one.
  var keyword: Keyword? {
    if case .keyword(let keyword) = current.kind { return keyword }
    return nil
  }

  mutating func accept(_ symbol: Token.Symbol) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  mutating func accept(_ keyword: Keyword) -> Bool {
    guard isAt(keyword) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Token.Symbol, _ why: String, hint: String? = nil) {
    if !accept(symbol) { reportUnexpected("`\(symbol.rawValue)` \(why)", hint: hint) }
  }

  mutating func expect(_ keyword: Keyword, _ why: String, hint: String? = nil) {
    if !accept(keyword) { reportUnexpected("`\(keyword.rawValue)` \(why)", hint: hint) }
  }

  /// Takes the semicolons that CMurphi wants and Rumur lets one leave out.
  mutating func endWithSemicolon() {
    if !isAt(.semicolon), !hasFailed {
      omittedSemicolons.append(SourceSpan(start: max(0, previousEnd - 1), end: previousEnd))
    }
    skipSemicolons()
  }

  mutating func skipSemicolons() {
    while accept(.semicolon) {}
  }

  func text(_ token: Token) -> String { source.text(of: token.span) }

  func span(from start: Int) -> SourceSpan { SourceSpan(start: start, end: previousEnd) }

  /// The text of a string without its quotes.
  func contents(of token: Token) -> String {
    var text = Substring(source.text(of: token.span))
    if let first = text.first, "\"“".contains(first) { text.removeFirst() }
    if let last = text.last, "\"”".contains(last) { text.removeLast() }
    return String(text)
  }

  /// A string, if there is one here.
  mutating func acceptString() -> String? {
    guard current.kind == .string else { return nil }
    defer { advance() }
    return contents(of: current)
  }

  mutating func expectString(_ why: String) -> String {
    if let text = acceptString() { return text }
    reportUnexpected("a string \(why)")
    return ""
  }

  /// An identifier; nil after a complaint.
  mutating func expectName(_ why: String) -> Name? {
    guard current.kind == .identifier else {
      reportUnexpected("a name \(why)", hint: hintForKeyword)
      return nil
    }
    defer { advance() }
    return Name(text(current), at: current.span)
  }
}

// MARK: - Messages and recovery

extension Parser {
  mutating func report(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan,
    labels: [Diagnostic.Label] = [], hint: String? = nil
  ) {
    guard !isRecovering else { return }
    diagnostics.append(Diagnostic(code, message, at: span, labels: labels, hint: hint))
    isRecovering = true
  }

  /// Says what was expected and what stands there instead.
  mutating func reportUnexpected(
    _ expected: String, labels: [Diagnostic.Label] = [], hint: String? = nil
  ) {
    let hint = hint ?? foreignHint ?? misspelling
    let misspelled = hint == nil && labels.isEmpty ? misspelledWordBefore : nil
    if isAt(.leftBrace) { hasBraces = true }
    report(
      .unexpectedToken, "expected \(expected), found \(describe(current))", at: current.span,
      labels: labels + (misspelled.map { [$0] } ?? []), hint: hint)
  }

  private func describe(_ token: Token) -> String {
    switch token.kind {
    case .end: "the end of the file"
    case .string: "a string"
    case .keyword(let keyword): "the keyword `\(keyword.rawValue)`"
    case .identifier, .number, .faultyNumber, .symbol: "`\(text(token))`"
    }
  }

  /// Passes over tokens up to where a statement, declaration or rule may begin anew.
  mutating func recover(at stop: (Keyword) -> Bool) {
    while current.kind != .end, !isAt(.semicolon) {
      if let keyword, stop(keyword) { break }
      if isAt(.leftBrace) { hasBraces = true }
      if position < tokens.count - 1 { position += 1 }
    }
    // At the end of the file nothing can be in step any more, and all that is open stays open.
    isRecovering = current.kind == .end && isRecovering
  }

  /// Passes over tokens up to a symbol, if it comes before a keyword that something else begins with.
  mutating func recover(to symbol: Token.Symbol, before stop: (Keyword) -> Bool) {
    for ahead in position..<tokens.count {
      if case .keyword(let keyword) = tokens[ahead].kind, stop(keyword) { return }
      guard tokens[ahead].kind == .symbol(symbol) else { continue }
      position = ahead
      isRecovering = false
      return
    }
  }

  /// Reads one level deeper, or complains once that this is too deep.
  mutating func nested<Result>(
    orElse fallback: Result, _ body: (inout Parser) -> Result
  ) -> Result {
    guard depth < Self.maximumDepth else {
      report(
        .nestedTooDeeply, "this is nested more than \(Self.maximumDepth) levels deep",
        at: current.span, hint: "move the inner part into a function")
      // Nothing behind this place is worth reading: whatever is open stays open.
      position = tokens.count - 1
      return fallback
    }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }
}
