/// What is known of a value where a rule or property is gone through for all states at once.
enum AbstractValue: Hashable {
  case number(Int64)
  /// What a variable of this number stands for: an element of a scalarset.
  case element(Int)
  /// A sum over elements of this number: it grows with their number, and is not the same among fewer.
  case sum(Int)
  /// The same among fewer elements, whatever it is.
  case unknown

  /// A sum on one way and something else on another: nothing may be done with it.
  static let mixedSum = AbstractValue.sum(-1)

  var isSum: Bool { if case .sum = self { true } else { false } }

  var truth: Bool? { if case .number(let value) = self { value != 0 } else { nil } }

  init(_ truth: Bool) { self = .number(truth ? 1 : 0) }
}

/// Where a place is: in the state or in a frame, and which variables it is indexed by.
struct AbstractPlace {
  /// Nil is the state.
  var frame: Int?
  var slot: Int?
  /// Of the state, the number of the variable.
  var variable: Int?
  var elements: Set<Int> = []
}

/// The slots of a rule, property or call.
struct AbstractFrame {
  var values: [Int: AbstractValue] = [:]
  var references: [Int: AbstractPlace] = [:]
  /// How many variables ran over elements where it was made.
  let scope: Int
  /// How many loops went on whose rounds are gone through at once.
  var repetitions = 0
}

/// What has to be so of a condition among fewer elements, if it is so among all.
enum Preserved {
  /// It has the same value, or goes wrong the same way.
  case value
  case truth
  case falsehood
  /// It is false or goes wrong, if it was either.
  case wrong
}
