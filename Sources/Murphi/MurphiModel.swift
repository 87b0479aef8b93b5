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
    if let dialect {
      return Reading(source, overrides, dialect).loaded(for: .asked)
    }
    let rumurs = Reading(source, overrides, .rumur)
    let read = rumurs.loaded(for: .readByRumur)
    guard let refusal = rumurs.refusal(read) else { return read }
    let cmurphis = Reading(source, overrides, .cmurphi)
    let loaded = cmurphis.loaded(for: .notReadByRumur(refusal))
    guard let obstacle = cmurphis.refusal(loaded) else { return loaded }
    let other = rumurs.loaded(for: .readByNeither(rumur: refusal, cmurphi: obstacle))
    // Where it is wrong in both meanings, what is said should fit the file.
    let isCMurphis = obstacle.severity == .error && refusal.code == .notInRumur
    return other.system == nil && isCMurphis ? loaded : other
  }

  /// Whether a tool would read a model that has no errors here, extensions of ours left out.
  public static func isRead(
    by dialect: Dialect, _ source: SourceText, _ system: TransitionSystem
  ) -> Bool {
    // Nothing has to be read again to tell that CMurphi has no such properties.
    if dialect == .cmurphi, system.hasPropertiesOfRumur { return false }
    let (model, diagnostics) = Parser.parse(source, rules: dialect.lexicalRules)
    return diagnostics.isEmpty
      && Linter.refusal(by: dialect, of: source, model, system) == nil
  }

  /// A text as one of the tools reads it.
  private struct Reading {
    let source: SourceText
    let overrides: [String: Int64]
    let dialect: Dialect
    let model: ModelSyntax
    let syntaxDiagnostics: [Diagnostic]
    let hasLostNames: Bool

    init(_ source: SourceText, _ overrides: [String: Int64], _ dialect: Dialect) {
      self.source = source
      self.overrides = overrides
      self.dialect = dialect
      (model, syntaxDiagnostics, hasLostNames) = Parser.parseTellingLostNames(
        source, rules: dialect.lexicalRules)
    }

    /// For what the tool would not read the text.
    ///
    /// - Parameter loaded: What the reading has come to.
    func refusal(_ loaded: Loaded) -> Diagnostic? {
      Linter.refusal(by: dialect, of: source, model, loaded.system)
        ?? loaded.diagnostics.first { $0.severity == .error }
    }

    func loaded(for reason: Meaning.Reason) -> Loaded {
      let meaning = Meaning(dialect: dialect, reason: reason)
      let (system, diagnostics) = Elaborator.elaborate(
        model, source: source, overrides: overrides, dialect: dialect,
        isReadByCMurphi: {
          syntaxDiagnostics.isEmpty && MurphiModel.isRead(by: .cmurphi, source, $0)
        })
      if hasLostNames {
        return Loaded(system: nil, diagnostics: syntaxDiagnostics, meaning: meaning)
      }
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
        case .noStartState, .realNumber: return false
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
    let (model, diagnostics) = Parser.parse(source, rules: dialect.lexicalRules)
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

extension TransitionSystem {
  /// Whether it has properties that Rumur reads and CMurphi does not.
  fileprivate var hasPropertiesOfRumur: Bool {
    !covers.isEmpty
      || properties.contains { property in
        switch property.kind {
        case .assumption, .cover, .liveness: true
        case .invariant, .measure: false
        }
      }
  }
}
