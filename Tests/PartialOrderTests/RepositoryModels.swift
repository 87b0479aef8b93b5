import Diagnostics
import Foundation
import Murphi
import Testing
import TransitionSystem

/// The Murphi files of the repository.
enum RepositoryModels {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Paths of the files below some folders of the repository. A broken variant differs from its
  /// model by one step, so every fifth of those says enough.
  static func paths(below folders: [String]) -> [String] {
    folders.flatMap { folder in
      let files = FileManager.default.enumerator(
        at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
      return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "m" }.map(\.path)
    }.sorted().enumerated().filter { $1.contains("/broken/") ? $0 % 5 == 0 : true }.map { $1 }
  }

  static func load(
    _ path: String, overrides: [String: Int64] = [:]
  ) throws -> TransitionSystem? {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return MurphiModel.load(SourceText(path: path, text: text), overrides: overrides).system
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
