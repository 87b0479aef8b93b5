import Diagnostics
import Murphi
import TestSupport
import Testing
import TransitionSystem

/// The models that a reduction is tried on.
enum ReducedModels {
  /// The models below a folder, and a part of the variants.
  static func all(beside folder: String) -> [RepositoryModel] {
    RepositoryModel.models(below: "Models", folder)
      + RepositoryModel.variants(every: 10, from: 4)
  }

  static func load(
    _ model: RepositoryModel, overrides: [String: Int64] = [:]
  ) throws -> TransitionSystem? {
    MurphiModel.load(try model.source(), overrides: overrides).system
  }

  static func load(text: String) throws -> TransitionSystem {
    let loaded = MurphiModel.load(SourceText(path: "model.m", text: text))
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    return try #require(system, "\(diagnostics)\n\(text)")
  }
}

extension TransitionSystem {
  /// The system with some of its properties only.
  func keeping(_ kinds: Set<Property.Kind>) -> TransitionSystem {
    TransitionSystem(
      variables: variables, functions: functions, startStates: startStates, rules: rules,
      properties: properties.filter { kinds.contains($0.kind) }, covers: covers,
      constants: constants, scalarsetMixes: scalarsetMixes, remarks: remarks)
  }
}
