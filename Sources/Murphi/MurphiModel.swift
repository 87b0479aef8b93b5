public import Diagnostics
public import TransitionSystem

/// From the text of a model to its transition system.
public enum MurphiModel {
  /// A model that has been read.
  public struct Loaded: Sendable {
    /// Nil if a diagnostic is an error.
    public let system: TransitionSystem?
    public let diagnostics: [Diagnostic]
    public let meaning: Meaning
  }

  /// Reads and elaborates a model. Names and types are looked at only where the grammar holds.
  ///
  /// - Parameters:
  ///   - overrides: Values for constants, by name, in place of those in the text.
  ///   - dialect: Whose meaning it has. Nil is Rumur's, unless Rumur would not read the model and
  ///     CMurphi would: what one tool alone reads has one meaning. Our own extensions, which neither
  ///     reads, do not count.
  public static func load(
    _ source: SourceText, overrides: [String: Int64] = [:], dialect: Dialect? = nil
  ) -> Loaded {
    let (model, syntaxDiagnostics) = Parser.parse(source)
    let reading = Reading(
      source: source, model: model, syntaxDiagnostics: syntaxDiagnostics, overrides: overrides)
    if let dialect { return reading.loaded(Meaning(dialect: dialect, reason: .asked)) }
    guard let refusal = Linter.refusal(by: .rumur, of: source, model) else {
      return reading.loaded(Meaning(dialect: .rumur, reason: .readByRumur))
    }
    let loaded = reading.loaded(Meaning(dialect: .cmurphi, reason: .notReadByRumur(refusal)))
    let obstacle =
      Linter.refusal(by: .cmurphi, of: source, model, loaded.system)
      ?? loaded.diagnostics.first { $0.severity == .error }
    guard let obstacle else { return loaded }
    let other = reading.loaded(
      Meaning(
        dialect: .rumur, reason: .readByNeither(rumur: refusal, cmurphi: obstacle)))
    // Where it is wrong in both meanings, what is said should fit the file.
    let isForCMurphi = obstacle.code != .notInCMurphi
    return other.system == nil && isForCMurphi ? loaded : other
  }

  /// Whether a tool would read a model that has no errors here, extensions of ours left out.
  public static func isRead(
    by dialect: Dialect, _ source: SourceText, _ system: TransitionSystem
  ) -> Bool {
    Linter.refusal(by: dialect, of: source, Parser.parse(source).model, system) == nil
  }

  /// A syntax tree that may be given a meaning.
  private struct Reading {
    let source: SourceText
    let model: ModelSyntax
    let syntaxDiagnostics: [Diagnostic]
    let overrides: [String: Int64]

    func loaded(_ meaning: Meaning) -> Loaded {
      let (system, diagnostics) = Elaborator.elaborate(
        model, source: source, overrides: overrides, dialect: meaning.dialect)
      guard !syntaxDiagnostics.isEmpty else {
        return Loaded(system: system, diagnostics: diagnostics, meaning: meaning)
      }
      // A declaration that could not be read is missing: a name that the text declares somewhere is
      // not complained about, nor what needs the whole model.
      // Nor is a line whose grammar is wrong already.
      let declared = MurphiModel.declaredNames(in: source)
      let lines = Set(syntaxDiagnostics.map { source.line(of: $0.span.start) })
      let rest = diagnostics.filter { diagnostic in
        if lines.contains(source.line(of: diagnostic.span.start)) { return false }
        switch diagnostic.code {
        case .noStartState: return false
        case .unknownName: return !declared.contains(source.text(of: diagnostic.span))
        default: return true
        }
      }
      return Loaded(system: nil, diagnostics: syntaxDiagnostics + rest, meaning: meaning)
    }
  }

  /// A model's instance for values of its symbolic constants, as plain Murphi.
  ///
  /// Symbolic constants become constants, arrays of them become functions, addresses become numbers
  /// of a range (`ModelInstance.range`), and sizes become numbers. The assumptions about the layout
  /// stay: they hold.
  ///
  /// - Parameters:
  ///   - overrides: Values for constants, by name, in place of those in the text.
  ///   - dialect: Whose meaning the model has.
  ///   - valuation: The values of all elements, in order.
  /// - Returns: The text; nil if the model has errors, or another number of elements.
  public static func instance(
    of source: SourceText, overrides: [String: Int64] = [:], dialect: Dialect = .rumur,
    valuation: [Int128]
  ) -> String? {
    let (model, diagnostics) = Parser.parse(source)
    guard diagnostics.isEmpty else { return nil }
    return Elaborator.instance(
      of: model, source: source, overrides: overrides, dialect: dialect, valuation)
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
