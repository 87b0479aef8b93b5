import TransitionSystem

/// A chain of conditions that each compare one place with constants, as a `switch` is.
struct ValueChoice {
  let place: Place
  /// For each condition, the values that it is the first to have.
  let values: [[Int64]]

  /// Fewer conditions are compared as quickly as they are jumped to.
  private static let fewest = 8

  /// Nil where the conditions are other ones, or few.
  init?(_ clauses: [(condition: Expression, body: [Statement])]) {
    guard clauses.count >= Self.fewest else { return nil }
    var place: Place?
    var known: Set<Int64> = []
    var values: [[Int64]] = []
    for clause in clauses {
      values.append([])
      for condition in clause.condition.alternatives {
        guard let (compared, value) = condition.comparedWithConstant else { return nil }
        if let place, place.base != compared.base || place.offset != compared.offset { return nil }
        place = place ?? compared
        if known.insert(value).inserted { values[values.count - 1].append(value) }
      }
    }
    guard let place else { return nil }
    self.place = place
    self.values = values
  }
}

extension Expression {
  /// The operands of a chain of `|`, in the order in which they are evaluated.
  fileprivate var alternatives: [Expression] {
    var operands: [Expression] = []
    var rest = self
    while case .or(let left, let right) = rest.kind {
      operands.append(right)
      rest = left
    }
    return [rest] + operands.reversed()
  }

  /// A place that nothing has to be evaluated for, and the constant that it is compared with.
  fileprivate var comparedWithConstant: (Place, Int64)? {
    guard case .compare(.equal, let left, let right) = kind else { return nil }
    switch (left.kind, right.kind) {
    case (.load(let place), .literal(let value)) where place.indices.isEmpty: return (place, value)
    case (.literal(let value), .load(let place)) where place.indices.isEmpty: return (place, value)
    default: return nil
    }
  }
}
