package import Options
package import Settings

/// One question of a `swapcheck.yml`: a model and how to check it, or a layout, and what is
/// expected.
package struct Scenario: Sendable, Hashable {
  package var name: String
  /// What is asked about.
  package var subject: Subject
  /// What the model is changed by before it is checked: paths, relative to the folder of the file.
  package var patches: [String]
  /// A folder of patches: the scenario stands for one of each. Relative to the folder of the file.
  package var variants: String?
  /// Values for constants.
  package var constants: [String: Int64]
  /// Nil where it stands in the head of the model or of the last patch.
  package var expectation: Expectation?
  /// How many states there are.
  package var states: Bounds?
  package var ruleFiringCount: Int?
  /// By the name of a measure, where its values lie; of one with parameters, those of all its
  /// instances.
  package var measures: [String: Bounds]
  /// Names of the rules that never fire, though the constants would allow it.
  package var deadRules: [String]
  /// Names of rules that the model is checked without.
  package var without: [String]
  package var tags: [String]
  /// A kept run that the model still has to have: a path, relative to the folder of the file.
  package var trace: String?
  /// A log of a real run that is to be a run of the model, in place of a search.
  package var log: Log?
  /// How the model is checked.
  package var settings: CheckSettings

  /// A log, and the map that says what its events mean: paths, relative to the folder of the file.
  package struct Log: Sendable, Hashable {
    package let path: String
    package let map: String
  }

  /// How many states there are, where one number is expected.
  package var stateCount: Int? { states?.value }

  package enum Subject: Sendable, Hashable {
    /// Path of a model, relative to the folder of the file.
    case model(String)
    /// Path of a layout, as `swapcheck fit` takes it, relative to the folder of the file.
    case layout(String)

    package var path: String {
      switch self {
      case .model(let path), .layout(let path): path
      }
    }
  }

  /// The model's path; nil if it is a layout that is asked about.
  package var model: String? { if case .model(let path) = subject { path } else { nil } }
}

extension Scenario {
  /// What nobody but the head of a model, or the message of a patch, asks of it.
  init(_ path: String, _ expectation: Expectation?) {
    self.init(
      name: path, subject: .model(path), patches: [], variants: nil, constants: [:],
      expectation: expectation, states: nil, ruleFiringCount: nil, measures: [:], deadRules: [],
      without: [], tags: [], trace: nil, settings: CheckSettings())
  }
}
