import Diagnostics
import Murphi
import TransitionSystem

/// Invariants that somebody proposes, read as if they stood behind a model.
struct Lemmas {
  /// The model with them. Its own properties come first.
  let model: LoadedModel
  /// The properties of the model alone.
  let ownCount: Int

  /// The model alone.
  init(ofNobodyBehind model: LoadedModel) {
    self.init(model: model, ownCount: model.system.properties.count)
  }

  /// The same with invariants behind it.
  ///
  /// - Parameter load: Makes a system of a text.
  func with(
    _ text: String, _ load: (SourceText) throws -> TransitionSystem
  ) rethrows -> Lemmas {
    let source = model.source
    let both = SourceText(path: source.path, bytes: source.bytes + Array(("\n" + text).utf8))
    return Lemmas(
      model: LoadedModel(system: try load(both), source: both, meaning: model.meaning),
      ownCount: ownCount)
  }

  /// The model with what it has, or with what was read with it.
  init(model: LoadedModel, ownCount: Int) { (self.model, self.ownCount) = (model, ownCount) }

  /// - Throws: `CommandFailure` with the place in the file of lemmas, `ReadingStopped`.
  init(
    _ path: String, behind model: LoadedModel, overrides: [String: Int64], dialect: Dialect?,
    stop: StopCondition
  ) throws {
    let lemmas = try ModelFile.read(path, .named())
    let source = model.source
    let both = SourceText(
      path: source.path, bytes: source.bytes + [UInt8(ascii: "\n")] + lemmas.bytes)
    let loaded = MurphiModel.load(both, overrides: overrides, dialect: dialect, stop: stop)
    if loaded.isStopped { throw ReadingStopped() }
    guard let system = loaded.system else {
      throw CommandFailure(
        lines: loaded.diagnostics.filter { $0.severity == .error }.map { diagnostic in
          let place = both.position(of: diagnostic.span.start)
          return
            "\(path):\(place.line - source.lineCount):\(place.column): error: \(diagnostic.message)"
        })
    }
    ownCount = model.system.properties.count
    let added = system.properties.dropFirst(ownCount)
    guard system.hasDeclarations(of: model.system), added.allSatisfy({ $0.kind == .invariant })
    else {
      throw CommandFailure(
        "\(path): error: a file of lemmas has invariants, and nothing else")
    }
    guard !added.isEmpty else { throw CommandFailure("\(path): error: there is no invariant") }
    self.model = LoadedModel(
      system: system, source: both, meaning: model.meaning, absentRules: model.absentRules)
  }
}

extension TransitionSystem {
  /// Whether it has no more than another one, beside properties.
  fileprivate func hasDeclarations(of other: TransitionSystem) -> Bool {
    variables.count == other.variables.count && rules.count == other.rules.count
      && startStates.count == other.startStates.count && functions.count == other.functions.count
      && constants.count == other.constants.count && covers.count == other.covers.count
  }
}
