import Exploration
package import Options
package import Scenarios

/// A size at which a model is checked, as a scenario says it.
package struct MutationSize: Sendable {
  package let name: String
  /// Values for constants.
  package let constants: [String: Int64]
  /// Names of rules that the model is looked at without.
  package let without: [String]
  /// How the model is checked.
  package var settings: CheckSettings
  /// What is expected beside the verdict, exact counts left out; nil where no scenario says it.
  let expectation: Scenario?

  package init(name: String, constants: [String: Int64] = [:]) {
    (self.name, self.constants, settings) = (name, constants, CheckSettings())
    expectation = nil
    without = []
  }

  /// - Parameter scenario: One that expects that the model holds.
  package init(_ scenario: Scenario) {
    (name, constants, settings) = (scenario.name, scenario.constants, scenario.settings)
    without = scenario.without
    let expectation = scenario.withoutExactCounts
    self.expectation = expectation
    // No verdict, measure or silent rule depends on it.
    if expectation.states == nil { settings.symmetry = .exact }
  }
}
