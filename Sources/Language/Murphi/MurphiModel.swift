package import Diagnostics
package import TransitionSystem

/// From the text of a model to its transition system.
package enum MurphiModel {
  /// A model that has been read.
  package struct Loaded: Sendable {
    /// Nil if a diagnostic is an error.
    package let system: TransitionSystem?
    package let diagnostics: [Diagnostic]
    package let meaning: Meaning
    /// Whether it was ended before all was read: then there is no system, and no diagnostic.
    package let isStopped: Bool

    fileprivate init(
      _ system: TransitionSystem?, _ diagnostics: [Diagnostic], _ meaning: Meaning,
      _ stop: StopCondition
    ) {
      isStopped = stop.reason != nil
      self.system = isStopped ? nil : system
      self.diagnostics = isStopped ? [] : diagnostics
      self.meaning = meaning
    }
  }

  /// Reads and elaborates a model. Names and types are looked at only where the grammar holds.
  ///
  /// - Parameters:
  ///   - overrides: Values for constants, by name, in place of those in the text.
  ///   - dialect: Whose meaning it has. Nil is Rumur's, unless Rumur would not read the model and
  ///     CMurphi would: what one tool alone reads has one meaning. Our own extensions, which neither
  ///     reads, do not count.
  ///   - stop: When no more is wanted.
  package static func load(
    _ source: SourceText, overrides: [String: Int64] = [:], dialect: Dialect? = nil,
    stop: StopCondition = .init()
  ) -> Loaded {
    let loaded = loaded(source, overrides, dialect, stop)
    // Also where the choice between the dialects was ended.
    return Loaded(loaded.system, loaded.diagnostics, loaded.meaning, stop)
  }

  private static func loaded(
    _ source: SourceText, _ overrides: [String: Int64], _ dialect: Dialect?, _ stop: StopCondition
  ) -> Loaded {
    if let dialect {
      return Reading(source, overrides, dialect, stop).loaded(for: .asked)
    }
    let rumurs = Reading(source, overrides, .rumur, stop)
    let read = rumurs.loaded(for: .readByRumur)
    guard !read.isStopped, let refusal = rumurs.refusal(read) else { return read }
    let cmurphis = Reading(source, overrides, .cmurphi, stop)
    let loaded = cmurphis.loaded(for: .notReadByRumur(refusal))
    guard let obstacle = cmurphis.refusal(loaded) else { return loaded }
    let other = rumurs.loaded(for: .readByNeither(rumur: refusal, cmurphi: obstacle))
    // Where it is wrong in both meanings, what is said should fit the file.
    let isCMurphis = obstacle.severity == .error && refusal.code == .notInRumur
    return other.system == nil && isCMurphis ? loaded : other
  }

  /// Whether a tool would read a model that has no errors here, extensions of ours left out.
  package static func isRead(
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
    let stop: StopCondition
    let model: ModelSyntax
    let syntaxDiagnostics: [Diagnostic]
    let hasLostNames: Bool

    init(
      _ source: SourceText, _ overrides: [String: Int64], _ dialect: Dialect, _ stop: StopCondition
    ) {
      self.source = source
      self.overrides = overrides
      self.dialect = dialect
      self.stop = stop
      (model, syntaxDiagnostics, hasLostNames) = Parser.parseTellingLostNames(
        source, rules: dialect.lexicalRules, stop: stop)
    }

    /// For what the tool would not read the text.
    ///
    /// - Parameter loaded: What the reading has come to.
    func refusal(_ loaded: Loaded) -> Diagnostic? {
      Linter.refusal(by: dialect, of: source, model, loaded.system, stop)
        ?? loaded.diagnostics.first { $0.severity == .error }
    }

    func loaded(for reason: Meaning.Reason) -> Loaded {
      let meaning = Meaning(dialect: dialect, reason: reason)
      let (system, diagnostics) = Elaborator.elaborate(
        model, source: source, overrides: overrides, dialect: dialect,
        isReadByCMurphi: {
          syntaxDiagnostics.isEmpty && MurphiModel.isRead(by: .cmurphi, source, $0)
        }, stop: stop)
      if hasLostNames { return Loaded(nil, syntaxDiagnostics, meaning, stop) }
      guard !syntaxDiagnostics.isEmpty else { return Loaded(system, diagnostics, meaning, stop) }
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
      return Loaded(nil, syntaxDiagnostics + rest, meaning, stop)
    }
  }

  /// A model without our extensions.
  package struct Plain: Sendable {
    package let text: String
    /// What is left out because Rumur has nothing for it: where it stands, and why.
    package let omissions: [Diagnostic.Label]
  }

  /// A model without our extensions, for values of its symbolic constants.
  ///
  /// Symbolic constants become constants, arrays of them become functions, addresses become numbers
  /// of a range (`PlainModel.range`), and sizes become numbers. The assumptions about the layout
  /// stay: they hold. Measures are left out.
  ///
  /// - Parameters:
  ///   - overrides: Values for constants, by name, in place of those in the text.
  ///   - dialect: Whose meaning the model has.
  ///   - valuation: The values of all elements of symbolic constants, in order.
  /// - Returns: Nil if the model has errors, or another number of elements.
  package static func plain(
    of source: SourceText, overrides: [String: Int64] = [:], dialect: Dialect = .rumur,
    valuation: [Int128] = []
  ) -> Plain? {
    let (model, diagnostics) = Parser.parse(source, rules: dialect.lexicalRules)
    guard diagnostics.isEmpty,
      let plain = Elaborator.plain(
        of: model, source: source, overrides: overrides, dialect: dialect, valuation)
    else { return nil }
    return Plain(text: plain.text, omissions: plain.omissions)
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
