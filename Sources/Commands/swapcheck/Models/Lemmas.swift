import Analysis
import Diagnostics
import Murphi
import TransitionSystem

/// Invariants that somebody proposes, read as if they stood behind a model.
struct Lemmas {
  /// The model with them. Its own properties come first.
  let model: LoadedModel
  /// The properties of the model alone.
  let ownCount: Int
  /// What was proposed, as a person or an earlier search wrote it; ends in a line break.
  private(set) var proposedText = ""
  /// The texts behind that of the model, each a line further.
  private let parts: [Part]

  /// A text of lemmas.
  private struct Part {
    /// Nil for lemmas that were found.
    let path: String?
    /// The line of the whole text that is its first.
    let firstLine: Int
  }

  /// The model alone.
  init(ofNobodyBehind model: LoadedModel) {
    self.init(model: model, ownCount: model.system.properties.count, parts: [])
  }

  /// The same with invariants behind it.
  ///
  /// - Parameter load: Makes a system of a text.
  func with(
    _ text: String, _ load: (SourceText) throws -> TransitionSystem
  ) rethrows -> Lemmas {
    let source = model.source
    let both = SourceText(path: source.path, bytes: source.bytes + Array(("\n" + text).utf8))
    var lemmas = Lemmas(
      model: LoadedModel(system: try load(both), source: both, meaning: model.meaning),
      ownCount: ownCount,
      parts: parts + [Part(path: nil, firstLine: source.lineCount + 1)])
    lemmas.proposedText = proposedText
    return lemmas
  }

  /// The same lemmas behind the model at another size.
  func at(_ model: LoadedModel) -> Lemmas {
    var lemmas = Lemmas(model: model, ownCount: ownCount, parts: parts)
    lemmas.proposedText = proposedText
    return lemmas
  }

  private init(model: LoadedModel, ownCount: Int, parts: [Part]) {
    (self.model, self.ownCount, self.parts) = (model, ownCount, parts)
  }

  /// Where something is, in the file of the model or of lemmas; for a lemma that was found, its name.
  func place(of span: SourceSpan) -> DisplayText {
    let place = model.source.position(of: span.start)
    guard let part = parts.last(where: { $0.firstLine <= place.line }) else {
      return "\(model.source.path):\(place.line):\(place.column)"
    }
    if let path = part.path { return "\(path):\(place.line - part.firstLine + 1):\(place.column)" }
    let lemma = model.system.properties.last { $0.span.start <= span.start }
    return "\(model.source.path): \(lemma?.name ?? "a lemma"), which was found"
  }

  /// - Throws: `CommandFailure` with the place in the file of lemmas, `ReadingStopped`.
  init(
    _ path: String, behind model: LoadedModel, overrides: [String: Int64], stop: StopCondition
  ) throws {
    try self.init(
      try ModelFile.read(path, .named()), behind: model, overrides: overrides, stop: stop)
  }

  /// - Throws: `CommandFailure` with the place in the file of lemmas, `ReadingStopped`.
  init(
    _ lemmas: SourceText, behind model: LoadedModel, overrides: [String: Int64],
    stop: StopCondition
  ) throws {
    let (path, source) = (lemmas.path, model.source)
    let both = SourceText(
      path: source.path, bytes: source.bytes + [UInt8(ascii: "\n")] + lemmas.bytes)
    // Words of another dialect in them do not make the model one of that.
    let loaded = MurphiModel.load(
      both, overrides: overrides, dialect: model.meaning.dialect, stop: stop)
    if loaded.isStopped { throw ReadingStopped() }
    func place(_ span: SourceSpan) -> String {
      let place = both.position(of: span.start)
      return "\(path):\(place.line - source.lineCount):\(place.column)"
    }
    guard let system = loaded.system else {
      throw CommandFailure(
        lines: loaded.diagnostics.filter { $0.severity == .error }.map { diagnostic in
          "\(place(diagnostic.span)): error: \(diagnostic.message)"
        })
    }
    ownCount = model.system.properties.count
    let added = system.properties.dropFirst(ownCount)
    guard Self.hasPropertiesMore(both, than: model), added.allSatisfy({ $0.kind == .invariant })
    else {
      throw CommandFailure("\(path): error: a file of lemmas has invariants, and nothing else")
    }
    guard !added.isEmpty else { throw CommandFailure("\(path): error: there is no invariant") }
    let purity = Purity(system)
    for lemma in added {
      if system.mayAssume(in: lemma.expression) {
        throw CommandFailure(
          "\(place(lemma.span)): error: this lemma calls a function with an assumption, which would"
            + " leave states out of the model")
      }
      guard purity.isPure(lemma.expression) else {
        throw CommandFailure(
          "\(place(lemma.span)): error: this lemma calls a function that changes the state")
      }
    }
    parts = [Part(path: path, firstLine: source.lineCount + 1)]
    let text = String(decoding: lemmas.bytes, as: UTF8.self)
    proposedText = text.hasSuffix("\n") ? text : text + "\n"
    self.model = LoadedModel(
      system: system, source: both, meaning: model.meaning, absentRules: model.absentRules)
  }

  /// Whether a text is that of a model and properties behind it. Lemmas that go on with what stands
  /// before them would change the last property of the model.
  private static func hasPropertiesMore(_ both: SourceText, than model: LoadedModel) -> Bool {
    let rules = model.meaning.dialect.lexicalRules
    let own = Parser.parse(model.source, rules: rules).model.items
    let items = Parser.parse(both, rules: rules).model.items
    return Array(items.prefix(own.count)) == own
      && items.dropFirst(own.count).allSatisfy { item in
        if case .rule(let rule) = item { rule.isProperty } else { false }
      }
  }
}

extension RuleSyntax {
  /// Whether it is a property, or several.
  fileprivate var isProperty: Bool {
    switch kind {
    case .property, .measure: true
    case .ruleset(_, let rules), .alias(_, let rules), .choose(_, let rules):
      rules.allSatisfy(\.isProperty)
    case .rule, .startState: false
    }
  }
}
