package import Diagnostics
package import Murphi
package import TransitionSystem

/// A model that is loaded, and what it was read from, so that more can be read in its scope.
package struct ModelText: Sendable {
  package let system: TransitionSystem
  package let source: SourceText
  /// Values for constants, by name, in place of those in the text.
  package let overrides: [String: Int64]
  package let dialect: Dialect

  package init(
    _ system: TransitionSystem, _ source: SourceText, overrides: [String: Int64], dialect: Dialect
  ) {
    self.system = system
    self.source = source
    self.overrides = overrides
    self.dialect = dialect
  }
}
