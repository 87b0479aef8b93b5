import FileSystem

/// A folder of variants: each `.patch` in it is one.
package enum VariantFolder {
  /// The names of the patches without `.patch`, in order; folders within it are not looked into.
  ///
  /// - Returns: Nil if the folder cannot be read.
  package static func names(in folder: String) -> [String]? {
    guard let names = try? Folder.names(in: folder) else { return nil }
    return names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }
      .map { String($0.dropLast(suffix.count)) }.sorted()
  }

  package static let suffix = ".patch"
}

extension Scenario {
  /// One scenario for each patch of the folder of variants, or the scenario itself where it has no
  /// such folder: `NAME-PATCH`, with the patch.
  ///
  /// - Parameter folder: That of the file of scenarios, with a `/` at the end, or empty.
  /// - Returns: Nil if the folder of variants cannot be read.
  package func expanded(in folder: String) -> [Scenario]? {
    guard let variants else { return [self] }
    return VariantFolder.names(in: ScenarioPath.resolved(variants, in: folder))?.map { name in
      var scenario = self
      scenario.name = "\(self.name)-\(name)"
      scenario.variants = nil
      scenario.patches = ["\(variants)/\(name)\(VariantFolder.suffix)"]
      return scenario
    }
  }
}
