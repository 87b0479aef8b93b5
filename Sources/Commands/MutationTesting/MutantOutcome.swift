/// What has become of a mutant.
package enum MutantOutcome: Sendable, Equatable {
  /// Something noticed it.
  case killed(Notice)
  /// Nothing did. Rules, by name, that fire in the model at some size, and in the mutant at none.
  case survived(neverFired: [String])
  /// All steps from all reachable states are those of the model, at all sizes.
  case equivalent
  /// It is no model: what is said of it.
  case invalid(String)
  /// A limit was reached: which one.
  case undecided(String)

  /// What was the first to notice.
  package struct Notice: Sendable, Hashable {
    package let witness: Witness
    /// The size at which it did.
    package let size: String

    package init(_ witness: Witness, size: String) {
      (self.witness, self.size) = (witness, size)
    }
  }

  var isUndecided: Bool { if case .undecided = self { true } else { false } }

  /// In one word.
  package var word: String {
    switch self {
    case .killed: "killed"
    case .survived: "survived"
    case .equivalent: "equivalent"
    case .invalid: "invalid"
    case .undecided: "undecided"
    }
  }
}
