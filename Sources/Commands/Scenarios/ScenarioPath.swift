/// Paths that stand in a file.
package enum ScenarioPath {
  /// The path as seen from where the program was called.
  ///
  /// - Parameter folder: That of the file, with a `/` at the end, or empty.
  package static func resolved(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : folder + path
  }
}
