package import PathConditions

/// What the values of a model are in a search.
package enum Domain: Sendable {
  /// Numbers alone. Symbolic constants have these values, element by element; a model without them
  /// needs none.
  case numbers([Int128])
  /// Numbers and addresses, for all layouts that the path conditions' assumptions allow.
  case layouts(PathConditions)

  /// Numbers, of a model without symbolic constants.
  package static let plain = Domain.numbers([])

  /// Whether a state can stand for several layouts, so that what is asked of it can fall into cases:
  /// a step can be one of some of them, and a property can be different for others.
  package var hasCases: Bool {
    switch self {
    case .numbers: false
    case .layouts: true
    }
  }

  /// The values of the elements of the symbolic constants, in order; none where they are not fixed.
  package var valuation: [Int128] {
    switch self {
    case .numbers(let values): values
    case .layouts: []
    }
  }
}
