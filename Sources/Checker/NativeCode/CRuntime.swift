/// The C that is the same for all models: the files of `Runtime`, which are in the program as text.
enum CRuntime {
  /// The struct that native code is called with; it has to come first.
  static let context = text(PackageResources.native_context_h)

  /// What stands behind the definitions and tables of a model.
  ///
  /// - Parameter isSymbolic: Whether the model has symbolic constants.
  static func text(isSymbolic: Bool) -> String {
    isSymbolic ? runtime + "\n" + symbolicRuntime : runtime
  }

  private static let runtime = text(PackageResources.runtime_c)
  private static let symbolicRuntime = text(PackageResources.symbolic_runtime_c)

  private static func text(_ file: [UInt8]) -> String {
    String(decoding: file, as: UTF8.self).trimmingSuffix("\n")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
