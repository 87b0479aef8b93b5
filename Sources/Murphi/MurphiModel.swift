public import Diagnostics
public import TransitionSystem

/// From the text of a model to its transition system.
public enum MurphiModel {
  /// Reads and elaborates a model.
  ///
  /// - Parameter overrides: Values for constants, by name, in place of those in the text.
  /// - Returns: The system, or nil if a diagnostic is an error. Names and types are looked at only
  ///   where the grammar holds, and not at all if it is a declaration that could not be read.
  public static func load(
    _ source: SourceText, overrides: [String: Int64] = [:]
  ) -> (system: TransitionSystem?, diagnostics: [Diagnostic]) {
    let (model, syntaxDiagnostics, hasLostNames) = Parser.parseTellingLostNames(source)
    let (system, diagnostics) = Elaborator.elaborate(model, source: source, overrides: overrides)
    if hasLostNames { return (nil, syntaxDiagnostics) }
    guard syntaxDiagnostics.isEmpty else {
      // A declaration that could not be read is missing: a name that the text declares somewhere is
      // not complained about, nor what needs the whole model.
      // Nor is a line whose grammar is wrong already.
      let declared = declaredNames(in: source)
      let lines = Set(syntaxDiagnostics.map { source.line(of: $0.span.start) })
      let rest = diagnostics.filter { diagnostic in
        if lines.contains(source.line(of: diagnostic.span.start)) { return false }
        switch diagnostic.code {
        case .noStartState, .realNumber: return false
        case .unknownName: return !declared.contains(source.text(of: diagnostic.span))
        default: return true
        }
      }
      return (nil, syntaxDiagnostics + rest)
    }
    return (system, diagnostics)
  }

  /// A model's instance for values of its symbolic constants, as plain Murphi.
  ///
  /// Symbolic constants become constants, arrays of them become functions, addresses become numbers
  /// of a range (`ModelInstance.range`), and sizes become numbers. The assumptions about the layout
  /// stay: they hold.
  ///
  /// - Parameters:
  ///   - overrides: Values for constants, by name, in place of those in the text.
  ///   - valuation: The values of all elements, in order.
  /// - Returns: The text; nil if the model has errors, or another number of elements.
  public static func instance(
    of source: SourceText, overrides: [String: Int64] = [:], valuation: [Int128]
  ) -> String? {
    let (model, diagnostics) = Parser.parse(source)
    guard diagnostics.isEmpty else { return nil }
    return Elaborator.instance(of: model, source: source, overrides: overrides, valuation)
  }

  /// Names that stand where a declaration may be: before `:` or `,`, before `}`, behind `function`.
  private static func declaredNames(in source: SourceText) -> Set<String> {
    let tokens = Lexer.lex(source).tokens
    var names: Set<String> = []
    for (token, next) in zip(tokens, tokens.dropFirst()) {
      let isDeclared: Bool
      switch (token.kind, next.kind) {
      case (.identifier, .symbol(.colon)), (.identifier, .symbol(.comma)),
        (.identifier, .symbol(.rightBrace)):
        isDeclared = true
      default:
        isDeclared = false
      }
      if isDeclared { names.insert(source.text(of: token.span)) }
      if token.kind == .keyword(.function) || token.kind == .keyword(.procedure) {
        names.insert(source.text(of: next.span))
      }
    }
    return names
  }
}
