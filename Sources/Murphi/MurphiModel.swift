public import Diagnostics
public import TransitionSystem

/// From the text of a model to its transition system.
public enum MurphiModel {
  /// Reads and elaborates a model.
  ///
  /// - Parameter overrides: Values for constants, by name, in place of those in the text.
  /// - Returns: The system, or nil if a diagnostic is an error. Names and types are looked at only
  ///   where the grammar holds.
  public static func load(
    _ source: SourceText, overrides: [String: Int64] = [:]
  ) -> (system: TransitionSystem?, diagnostics: [Diagnostic]) {
    let (model, syntaxDiagnostics) = Parser.parse(source)
    let (system, diagnostics) = Elaborator.elaborate(model, source: source, overrides: overrides)
    guard syntaxDiagnostics.isEmpty else {
      // What could not be read is missing; what is said about the rest may still be of use, except
      // that something is not declared or not there.
      let rest = diagnostics.filter { $0.code != .unknownName && $0.code != .noStartState }
      return (nil, syntaxDiagnostics + rest)
    }
    return (system, diagnostics)
  }
}
