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
  package var stateCount: Int?
  package var ruleFiringCount: Int?
  package var tags: [String]
  /// Whose meaning the model has: `auto`, `rumur` or `cmurphi`.
  package var dialect: String?
  /// `stuttering`, `stuck` or `off`.
  package var deadlock: String?
  /// `exact` or `off`.
  package var symmetry: String?
  package var maximumDepth: Int?
  package var maximumStateCount: Int?
  package var timeoutSeconds: Double?

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

  /// The verdict that a scenario has to have.
  package enum Expectation: Sendable, Hashable, CustomStringConvertible {
    case holds
    /// A property, assertion, cover or `error` of this message is violated; of this kind, if one is
    /// given.
    case violates(String, kind: Kind? = nil)
    case deadlock
    /// A run-time error.
    case runtimeError
    /// A limit is reached.
    case inconclusive
    /// Of a layout: there is a placement.
    case fits
    /// Of a layout: there is none. If rules are given, they conflict, and no fewer of them do.
    case doesNotFit(rules: [String])

    /// What has a name and can be violated.
    package enum Kind: String, Sendable, CaseIterable {
      case invariant
      case liveness
      case cover
      case assertion
      case error
    }

    package var description: String {
      switch self {
      case .holds: "holds"
      case .violates(let name, let kind):
        "violates \(kind.map { $0.rawValue + " " } ?? "")\"\(name)\""
      case .deadlock: "deadlock"
      case .runtimeError: "error"
      case .inconclusive: "inconclusive"
      case .fits: "fits"
      case .doesNotFit(let rules):
        "does not fit" + (rules.isEmpty ? "" : " by " + rules.joined(separator: ", "))
      }
    }

    var isOfLayout: Bool {
      switch self {
      case .fits, .doesNotFit: true
      case .holds, .violates, .deadlock, .runtimeError, .inconclusive: false
      }
    }

    /// Reads the words of `expect:`.
    package init?(_ text: String) {
      switch text {
      case "holds": self = .holds
      case "deadlock": self = .deadlock
      case "error": self = .runtimeError
      case "inconclusive": self = .inconclusive
      case "fits": self = .fits
      case "does-not-fit": self = .doesNotFit(rules: [])
      default:
        guard text.hasPrefix("violates") else { return nil }
        var rest = text.dropFirst("violates".count).drop { $0 == " " }
        let kind = Kind(rawValue: String(rest.prefix { $0 != " " && $0 != "\"" }))
        if let kind { rest = rest.dropFirst(kind.rawValue.count).drop { $0 == " " } }
        guard rest.count > 2, rest.first == "\"", rest.last == "\"" else { return nil }
        self = .violates(String(rest.dropFirst().dropLast()), kind: kind)
      }
    }
  }
}
