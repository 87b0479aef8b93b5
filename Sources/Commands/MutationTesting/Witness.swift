import Diagnostics
package import Trace

/// Something that can notice a mutant: what a model says, or what is expected of it.
package struct Witness: Sendable, Hashable {
  package let kind: Kind
  /// Of a property, a measure or a rule, or the message of an assertion; nil for what has no name.
  package let name: String?

  package enum Kind: Sendable, Hashable {
    /// It is violated.
    case violation(Violation.Category)
    /// Its values are not within what a scenario allows.
    case measure
    /// It never fires, and no scenario says so.
    case silentRule
    /// It fires, and a scenario says that it never does.
    case firingRule
    /// How many states there are is not within the bounds of a scenario.
    case stateCount
  }

  package init(_ kind: Kind, name: String? = nil) {
    self.kind = kind
    self.name = name
  }

  /// `invariant "…"`, `rule "…" never fires`.
  var words: DisplayText {
    switch kind {
    case .violation(let category):
      name.map { "\(category.rawValue) \"\($0)\"" } ?? "\(category.rawValue)"
    case .measure: "measure \"\(name ?? "")\""
    case .silentRule: "rule \"\(name ?? "")\" never fires"
    case .firingRule: "rule \"\(name ?? "")\" fires"
    case .stateCount: "number of states"
    }
  }
}

extension Witness.Kind {
  private static let all: [Witness.Kind] =
    Violation.Category.allCases.map { .violation($0) }
    + [.measure, .silentRule, .firingRule, .stateCount]

  /// As files have it.
  var word: String {
    switch self {
    case .violation(let category): category.rawValue
    case .measure: "measure"
    case .silentRule: "rule that never fires"
    case .firingRule: "rule that fires"
    case .stateCount: "number of states"
    }
  }

  init?(word: String) {
    guard let kind = Self.all.first(where: { $0.word == word }) else { return nil }
    self = kind
  }
}
