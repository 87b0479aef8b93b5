/// One question of a `swapcheck.yml`: a model, how to check it, and what is expected.
public struct Scenario: Sendable, Hashable {
  public let name: String
  /// Path of the model, relative to the folder of the file.
  public let model: String
  /// Values for constants.
  public let constants: [String: Int64]
  public let expectation: Expectation
  public let stateCount: Int?
  public let ruleFiringCount: Int?
  public let tags: [String]
  /// `stuttering`, `stuck` or `off`.
  public let deadlock: String?
  /// `exact` or `off`.
  public let symmetry: String?
  public let maximumDepth: Int?
  public let maximumStateCount: Int?
  public let timeoutSeconds: Double?

  /// The verdict that a scenario has to have.
  public enum Expectation: Sendable, Hashable, CustomStringConvertible {
    case holds
    /// A property, assertion, cover or `error` of this message is violated.
    case violates(String)
    case deadlock
    /// A run-time error.
    case runtimeError
    /// A limit is reached.
    case inconclusive

    public var description: String {
      switch self {
      case .holds: "holds"
      case .violates(let name): "violates \"\(name)\""
      case .deadlock: "deadlock"
      case .runtimeError: "error"
      case .inconclusive: "inconclusive"
      }
    }

    /// Reads the words of `expect:`.
    public init?(_ text: String) {
      switch text {
      case "holds": self = .holds
      case "deadlock": self = .deadlock
      case "error": self = .runtimeError
      case "inconclusive": self = .inconclusive
      default:
        guard text.hasPrefix("violates") else { return nil }
        let rest = text.dropFirst("violates".count).drop { $0 == " " }
        guard rest.count > 2, rest.first == "\"", rest.last == "\"" else { return nil }
        self = .violates(String(rest.dropFirst().dropLast()))
      }
    }
  }
}

/// Why a `swapcheck.yml` could not be read.
public struct ScenarioError: Error, Sendable, Hashable {
  /// Line from 1, if the place is known.
  public let line: Int?
  public let message: String
}
