import Checking
package import Exploration
package import Trace
package import TransitionSystem

extension Scenario {
  /// The verdict that a scenario has to have.
  package enum Expectation: Sendable, Hashable, CustomStringConvertible {
    case holds
    /// What has this name is violated; of this category, if one is given.
    case violates(String, kind: Violation.Category? = nil)
    case deadlock
    /// A run-time error.
    case runtimeError
    /// A limit is reached.
    case inconclusive
    /// Of a layout: there is a placement.
    case fits
    /// Of a layout: there is none. If rules are given, they conflict, and no fewer of them do.
    case doesNotFit(rules: [String])
    /// Of a log: it is a run of the model.
    case conforms
    /// Of a log: it is none.
    case refused
    /// Of a log: it fits, and what is to hold at its end does not.
    case endsInTheMiddle

    /// What has a name and can be violated.
    private static let named: [Violation.Category] = [
      .invariant, .liveness, .cover, .assertion, .error,
    ]

    package var description: String {
      switch self {
      case .holds: "holds"
      case .violates(let name, let category):
        "violates \(category.map { $0.rawValue + " " } ?? "")\"\(name)\""
      case .deadlock: "deadlock"
      case .runtimeError: "error"
      case .inconclusive: "inconclusive"
      case .fits: "fits"
      case .doesNotFit(let rules):
        "does not fit" + (rules.isEmpty ? "" : " by " + rules.joined(separator: ", "))
      case .conforms: "conforms"
      case .refused: "refused"
      case .endsInTheMiddle: "ends in the middle"
      }
    }

    var isOfLayout: Bool {
      switch self {
      case .fits, .doesNotFit: true
      case .holds, .violates, .deadlock, .runtimeError, .inconclusive, .conforms, .refused,
        .endsInTheMiddle:
        false
      }
    }

    var isOfLog: Bool {
      switch self {
      case .conforms, .refused, .endsInTheMiddle: true
      case .holds, .violates, .deadlock, .runtimeError, .inconclusive, .fits, .doesNotFit: false
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
      case "conforms": self = .conforms
      case "refused": self = .refused
      case "ends-in-the-middle": self = .endsInTheMiddle
      default:
        guard text.hasPrefix("violates") else { return nil }
        var rest = text.dropFirst("violates".count).drop { $0 == " " }
        let word = rest.prefix { $0 != " " && $0 != "\"" }
        let category = Self.named.first { $0.rawValue == word }
        if category != nil { rest = rest.dropFirst(word.count).drop { $0 == " " } }
        guard rest.count > 2, rest.first == "\"", rest.last == "\"" else { return nil }
        self = .violates(String(rest.dropFirst().dropLast()), kind: category)
      }
    }

    /// Whether a model's verdict is the one that is expected.
    package func isMet(
      by verdict: ExplorationResult.Verdict, of system: TransitionSystem
    ) -> Bool {
      switch (self, verdict) {
      case (.holds, .holds), (.inconclusive, .inconclusive): true
      case (.violates(let name, let category), .violated(let counterexample)):
        counterexample.violation.name(in: system) == name
          && (category ?? counterexample.violation.category) == counterexample.violation.category
      case (.deadlock, .violated(let counterexample)):
        counterexample.violation.category == .deadlock
      case (.runtimeError, .violated(let counterexample)):
        counterexample.violation.category == .runtimeError
      default: false
      }
    }
  }
}
