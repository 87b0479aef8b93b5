package import Diagnostics
package import TransitionSystem

/// Says what in a model Rumur (v2026.03, and v2022.08 of Debian) or CMurphi (5.4.9) would not
/// accept.
///
/// Sources: Rumur's grammar and its page `vs-cmurphi`; CMurphi's grammar `mu.y` and `mu.l`.
package struct Linter {
  private let source: SourceText
  /// Whose words they are.
  private let rules: LexicalRules
  private let stop: StopCondition
  private var looks = 0
  private var findings: [Finding] = []

  /// Something that a tool would not accept.
  private struct Finding {
    let diagnostic: Diagnostic
    /// Why it says nothing of whose model this is; nil where it does.
    let exemption: Exemption?
  }

  /// Why a finding says nothing of whose model this is.
  enum Exemption {
    /// It is an extension of ours, which neither tool reads.
    case extensionOfOurs
    /// Newer versions of the tool accept it.
    case olderVersion
    /// It is accepted, and means something else.
    case otherMeaning
  }

  /// Looks through a model that has no errors.
  ///
  /// - Parameter system: What the model was elaborated to.
  /// - Returns: Warnings with the codes `notInRumur` and `notInCMurphi`, by place.
  package static func lint(_ source: SourceText, _ system: TransitionSystem) -> [Diagnostic] {
    var linter = Linter(source: source, rules: .rumur, stop: .init())
    linter.lintText(Parser.parse(source).model)
    linter.lintMeaning(system)
    return linter.findings.map(\.diagnostic).sorted { $0.span.start < $1.span.start }
  }

  /// The first thing for which a tool would not read a model, extensions of ours left out.
  ///
  /// - Parameters:
  ///   - system: What the model was elaborated to, where names and types are to be looked at too.
  ///   - stop: When no more is wanted; then not all is looked at.
  static func refusal(
    by dialect: Dialect, of source: SourceText, _ model: ModelSyntax,
    _ system: TransitionSystem? = nil, _ stop: StopCondition = .init()
  ) -> Diagnostic? {
    var linter = Linter(source: source, rules: dialect.lexicalRules, stop: stop)
    linter.lintText(model)
    if let system { linter.lintMeaning(system) }
    let code: DiagnosticCode = dialect == .rumur ? .notInRumur : .notInCMurphi
    return linter.findings.filter { $0.exemption == nil && $0.diagnostic.code == code }
      .map(\.diagnostic).min { $0.span.start < $1.span.start }
  }

  private init(source: SourceText, rules: LexicalRules, stop: StopCondition) {
    self.source = source
    self.rules = rules
    self.stop = stop
  }

  mutating func isStopped() -> Bool { stop.isDue(&looks) }

  mutating func rumur(_ message: String, at span: SourceSpan, exempt: Exemption? = nil) {
    note(.notInRumur, message, at: span, exempt)
  }

  mutating func cmurphi(_ message: String, at span: SourceSpan, exempt: Exemption? = nil) {
    note(.notInCMurphi, message, at: span, exempt)
  }

  private mutating func note(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan, _ exemption: Exemption?
  ) {
    findings.append(
      Finding(
        diagnostic: Diagnostic(code, message, at: span, severity: .warning),
        exemption: exemption))
  }

  /// Neither reads an extension of ours.
  private mutating func both(_ message: String, at span: SourceSpan) {
    rumur(message, at: span, exempt: .extensionOfOurs)
    cmurphi(message, at: span, exempt: .extensionOfOurs)
  }

  /// What words and grammar show.
  private mutating func lintText(_ model: ModelSyntax) {
    lintTokens()
    lintItems(model)
    for span in Parser.omittedSemicolons(in: source, rules, stop) {
      cmurphi("CMurphi needs `;` behind this", at: span)
    }
    for span in Parser.omittedBegins(in: source, rules, stop) {
      rumur(
        "Rumur 2022.08 needs `begin` before this, in a rule without a guard", at: span,
        exempt: .olderVersion)
    }
    if source.hasByteOrderMark {
      let mark = SourceSpan(start: 0, end: 3)
      rumur("Rumur takes no byte order mark", at: mark)
      cmurphi("CMurphi takes no byte order mark", at: mark)
    }
  }

  // MARK: - Words

  private mutating func lintTokens() {
    let output = Lexer.lex(source, rules: rules, stop: stop)
    let tokens = output.tokens
    lint(output.freedKeywords)
    for token in tokens where !isStopped() {
      let text = source.text(of: token.span)
      switch token.kind {
      case .symbol(let symbol): lint(symbol, text, at: token.span)
      case .keyword(let keyword): lint(keyword, text, at: token.span)
      case .number: lintNumber(text, at: token.span)
      case .identifier: lintIdentifier(text, at: token.span)
      case .string:
        if text.contains("\n") || text.hasPrefix("“") || text.hasSuffix("”") {
          cmurphi("CMurphi's strings stand between straight quotes on one line", at: token.span)
        } else if text.dropFirst().dropLast().contains("\"") {
          cmurphi("CMurphi's strings hold no quotes", at: token.span)
        }
      case .faultyNumber, .end: break
      }
    }
    lintHeads(tokens)
  }

  private mutating func lint(_ symbol: Token.Symbol, _ text: String, at span: SourceSpan) {
    switch symbol {
    case .doubleEqual: cmurphi("CMurphi writes `=`, not `==`", at: span)
    case .and where text == "&&": cmurphi("CMurphi writes `&`, not `&&`", at: span)
    case .or where text == "||": cmurphi("CMurphi writes `|`, not `||`", at: span)
    case .caret, .tilde, .shiftLeft, .shiftRight:
      cmurphi("CMurphi has no operator `\(symbol.rawValue)`", at: span)
    default:
      if text.utf8.contains(where: { $0 >= 0x80 }) {
        cmurphi("CMurphi writes `\(symbol.rawValue)`, not `\(text)`", at: span)
      }
    }
  }

  private mutating func lint(_ keyword: Keyword, _ text: String, at span: SourceSpan) {
    switch keyword {
    case .assume, .cover, .liveness:
      cmurphi("CMurphi has no `\(keyword.rawValue)`", at: span)
    case .undefined:
      rumur("Rumur has no `undefined`; `undefine` is a statement there", at: span)
    case .choose, .multiset, .multisetadd, .multisetcount, .multisetremove, .multisetremovepred:
      rumur("Rumur does not check models with multisets", at: span)
    case .union, .ismember:
      rumur("Rumur does not check models with unions", at: span)
    default:
      if text.utf8.contains(where: { $0 >= 0x80 }) {
        cmurphi("CMurphi writes `\(keyword.rawValue)`, not `\(text)`", at: span)
      }
    }
  }

  private mutating func lint(_ freed: [Keyword: SourceSpan]) {
    for (word, span) in freed {
      let message = "is reserved in"
      if Keyword.reservedInRumurAlone.contains(word) {
        rumur("`\(word.rawValue)` \(message) Rumur", at: span)
      } else {
        cmurphi("`\(word.rawValue)` \(message) CMurphi", at: span)
      }
    }
  }

  private mutating func lintNumber(_ text: String, at span: SourceSpan) {
    if text.hasSuffix("iB") {
      return both("sizes such as `4KiB` are an extension of swapcheck", at: span)
    }
    guard text.hasPrefix("0"), text.utf8.count > 1 else {
      if let value = Int64(text), value > Int64(Int32.max) {
        cmurphi("CMurphi's numbers have 32 bits", at: span, exempt: .otherMeaning)
      }
      return
    }
    if text.lowercased().hasPrefix("0x") {
      cmurphi("CMurphi has no hexadecimal numbers", at: span)
    } else {
      cmurphi(
        "CMurphi reads a number with a leading 0 as decimal", at: span, exempt: .otherMeaning)
    }
  }

  private mutating func lintIdentifier(_ text: String, at span: SourceSpan) {
    if text.hasPrefix("_") {
      rumur("Rumur's names begin with a letter", at: span)
      cmurphi("CMurphi's names do not begin with an underscore", at: span)
    }
    if Self.reservedInCMurphi.contains(text.lowercased()) {
      cmurphi("`\(text)` is reserved in CMurphi", at: span)
    }
  }

  /// Words that CMurphi keeps for itself and we do not.
  private static let reservedInCMurphi: Set<String> = [
    "acos", "asin", "atan", "ceil", "cos", "cosh", "exp", "externfun", "externproc", "fabs",
    "floor",
    "fmod", "in", "interleaved", "log", "log10", "pctl", "pctl_next", "pow", "program", "sin",
    "sinh",
    "sqrt", "tan", "tanh", "traceuntil", "until",
  ]

  // MARK: - Structure

  private mutating func lintItems(_ model: ModelSyntax) {
    var stage = 0
    for item in model.items where !isStopped() {
      switch item {
      case .declaration(let declaration):
        if stage > 0, let name = declaration.names.first {
          cmurphi("CMurphi wants declarations before functions and rules", at: name.span)
        }
        lint(declaration)
      case .function(let function):
        if stage > 1 {
          cmurphi("CMurphi wants functions before rules", at: function.name.span)
        }
        stage = max(stage, 1)
        function.body.forEach { lint($0) }
      case .rule(let rule):
        stage = 2
        lint(rule)
      case .unreadable:
        break
      }
    }
  }

  private mutating func lint(_ declaration: DeclarationSyntax) {
    if case .symbolic(let variable, let section) = declaration {
      let span = variable.names.first?.span ?? section
      return both("symbolic constants are an extension of swapcheck", at: span)
    }
    guard declaration.names.count > 1 else { return }
    if case .variable = declaration { return }
    cmurphi(
      "CMurphi declares one constant or type at a time", at: declaration.names[1].span)
  }

  private mutating func lint(_ rule: RuleSyntax) {
    if isStopped() { return }
    switch rule.kind {
    case .rule(let simple):
      if simple.priority != nil { rumur("Rumur's rules have no priority", at: rule.span) }
      simple.body.forEach { lint($0) }
    case .startState(let start):
      start.body.forEach { lint($0) }
    case .property(let kind, _, _):
      if kind == .assert { cmurphi("CMurphi writes `invariant` beside rules", at: rule.span) }
    case .measure:
      both("`measure` is an extension of swapcheck", at: rule.span)
    case .ruleset(let quantifiers, let rules):
      for quantifier in quantifiers {
        if case .range = quantifier.domain {
          cmurphi("CMurphi's rulesets run over types", at: quantifier.name.span)
        }
      }
      rules.forEach { lint($0) }
    case .alias(_, let rules), .choose(_, let rules):
      rules.forEach { lint($0) }
    }
  }

  private mutating func lint(_ statement: StatementSyntax) {
    if isStopped() { return }
    switch statement.kind {
    case .conditional(let clauses, let otherwise):
      for clause in clauses { clause.body.forEach { lint($0) } }
      otherwise.forEach { lint($0) }
    case .switching(_, let cases, let otherwise):
      for each in cases { each.body.forEach { lint($0) } }
      otherwise.forEach { lint($0) }
    case .forLoop(_, let body), .whileLoop(_, let body), .alias(_, let body):
      body.forEach { lint($0) }
    case .property(let kind, _, _):
      if kind == .invariant {
        cmurphi("CMurphi writes `assert` within a body", at: statement.span)
      }
    default:
      break
    }
  }
}

extension DeclarationSyntax {
  /// The names that it declares.
  var names: [Name] {
    switch self {
    case .constant(let declaration): declaration.names
    case .type(let declaration): declaration.names
    case .variable(let declaration): declaration.names
    case .symbolic(let declaration, _): declaration.names
    }
  }
}
