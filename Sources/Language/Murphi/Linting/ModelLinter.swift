package import Diagnostics
package import TransitionSystem

/// Says what in a model is probably not meant: names that are given twice or not used, variables that
/// nobody reads or writes, conditions that hold always or never.
///
/// All of it is allowed, and each finding is a warning with a code from W0901 on, or a note where it is
/// so for the values of constants alone.
package struct ModelLinter {
  let source: SourceText
  let model: ModelSyntax
  let system: TransitionSystem
  /// Declarations that something refers to, by the places of their names.
  let used: Set<SourceSpan>
  /// What it was elaborated with.
  let overrides: [String: Int64]
  let dialect: Dialect
  private let strings: [SourceSpan]
  private var findings: [Diagnostic] = []

  /// Looks through a model that has no errors.
  ///
  /// - Parameters:
  ///   - system: What the model was elaborated to.
  ///   - overrides: Values for constants, by name, that it was elaborated with.
  ///   - dialect: Whose meaning it was elaborated in.
  /// - Returns: Warnings and notes by place.
  package static func lint(
    _ source: SourceText, _ system: TransitionSystem, overrides: [String: Int64] = [:],
    dialect: Dialect = .rumur
  ) -> [Diagnostic] {
    let model = Parser.parse(source, rules: dialect.lexicalRules).model
    var linter = ModelLinter(
      source, model, system,
      used: Elaborator.usedDeclarations(
        of: model, source: source, overrides: overrides, dialect: dialect),
      overrides, dialect)
    linter.lintRepeatedNames()
    linter.lintUnusedNames()
    linter.lintVariables()
    linter.lintParameters()
    linter.lintConditions()
    return linter.findings.sorted { ($0.span.start, $0.message) < ($1.span.start, $1.message) }
  }

  private init(
    _ source: SourceText, _ model: ModelSyntax, _ system: TransitionSystem, used: Set<SourceSpan>,
    _ overrides: [String: Int64], _ dialect: Dialect
  ) {
    self.overrides = overrides
    self.dialect = dialect
    self.source = source
    self.model = model
    self.system = system
    self.used = used
    strings = Lexer.lex(source, rules: dialect.lexicalRules).tokens.filter { $0.kind == .string }
      .map(\.span)
  }

  mutating func warn(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan,
    labels: [Diagnostic.Label] = [], hint: String? = nil
  ) {
    findings.append(
      Diagnostic(code, message, at: span, severity: .warning, labels: labels, hint: hint))
  }

  mutating func note(_ code: DiagnosticCode, _ message: String, at span: SourceSpan) {
    findings.append(Diagnostic(code, message, at: span, severity: .note))
  }

  /// Where the name of a rule or property stands, or the word that it begins with.
  func nameSpan(of item: SourceSpan) -> SourceSpan {
    var (low, high) = (0, strings.count)
    while low < high {
      let middle = (low + high) / 2
      if strings[middle].start < item.start { low = middle + 1 } else { high = middle }
    }
    if low < strings.count, strings[low].end <= item.end { return strings[low] }
    let line = source.lineRange(source.line(of: item.start))
    return SourceSpan(start: item.start, end: min(item.end, line.upperBound))
  }
}
