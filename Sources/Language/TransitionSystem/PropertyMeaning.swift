/// What a property of some kind makes of its values: one for each instance and state, or with
/// symbolic constants one for each case that the layouts of the state fall into.
///
/// Whoever evaluates properties, as an interpreter or as emitted code, is driven by this table.
package struct PropertyMeaning: Sendable, Hashable {
  package let combination: Combination
  package let failure: Failure

  /// How the values of the cases make one.
  package enum Combination: Sendable, Hashable {
    /// True at first, and true where all of them are.
    case all
    /// False at first, and true where one of them is.
    case any
    /// No value at first, and then the least and the greatest of them.
    case range
  }

  /// What follows where the value is false; what is evaluated later is not evaluated then.
  package enum Failure: Sendable, Hashable {
    /// The state is discarded.
    case discards
    /// The state is the end of a counterexample.
    case violates
    /// It is a value like others, and is noted.
    case isNoted
  }
}

extension Property.Kind {
  /// The order in which properties of a state are evaluated: what discards it comes before what is
  /// wrong with it.
  package static let inOrderOfEvaluation: [Property.Kind] = [
    .assumption, .invariant, .cover, .liveness, .measure,
  ]

  package var meaning: PropertyMeaning {
    switch self {
    case .assumption: PropertyMeaning(combination: .all, failure: .discards)
    case .invariant: PropertyMeaning(combination: .all, failure: .violates)
    case .cover: PropertyMeaning(combination: .any, failure: .isNoted)
    case .liveness: PropertyMeaning(combination: .all, failure: .isNoted)
    case .measure: PropertyMeaning(combination: .range, failure: .isNoted)
    }
  }
}
