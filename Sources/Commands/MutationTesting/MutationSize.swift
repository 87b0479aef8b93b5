package import Options

/// A size at which a model is checked, as a scenario says it.
package struct MutationSize: Sendable, Hashable {
  package let name: String
  /// Values for constants.
  package let constants: [String: Int64]
  /// How the model is checked.
  package var settings: CheckSettings

  package init(name: String, constants: [String: Int64], settings: CheckSettings) {
    (self.name, self.constants, self.settings) = (name, constants, settings)
  }
}
