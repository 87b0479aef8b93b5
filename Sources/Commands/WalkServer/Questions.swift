import Runs
import TransitionSystem
import Walking

/// What the page asks, each as a JSON object.
enum Question {
  /// What is to be seen behind a step.
  struct Look: Decodable {
    /// From 0; null before the start state.
    let step: Int?
    let expressions: [String]
  }

  /// A step is to be taken.
  struct Take: Decodable {
    let revision: Int
    /// Behind which.
    let step: Int?
    let rule: Int
    /// One for each parameter, in decimal digits: a number of JavaScript has 53 bits.
    let bindings: [String]

    /// Nil where a binding is no number.
    var instance: RuleInstance? {
      let values = bindings.compactMap { Int64($0) }
      return values.count == bindings.count ? RuleInstance(rule: rule, bindings: values) : nil
    }
  }

  struct Back: Decodable {
    let revision: Int
    let step: Int?
  }

  /// Why instances of a rule are not enabled.
  struct Why: Decodable {
    let step: Int
    let rule: Int
  }

  /// A shortest way is to be found, and walked.
  struct Way: Decodable {
    let revision: Int
    let step: Int?
    let condition: String
  }

  struct Graph: Decodable {
    let step: Int?
    /// The expression that groups states; null for single states.
    let by: String?
  }
}
