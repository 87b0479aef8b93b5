package import TransitionSystem

/// The truth value that an expression has in every state, by its literals and by the types of the
/// variables that it reads, and the smallest parts that see to it.
package struct DecidedTruth {
  package let isTrue: Bool
  package let parts: [Expression]
}

extension Expression {
  /// What the expression is in every state; nil where the state decides.
  ///
  /// Without faults `FAULTS = 0 | x = 1` is true by its left side alone, and `faults < FAULTS & x = 1`
  /// false by its.
  package func decidedTruth(in system: TransitionSystem) -> DecidedTruth? {
    var search = DecidingParts(system: system)
    let range = search.range(of: self, depth: 0)
    guard range.isTrue || range == .no else { return nil }
    return DecidedTruth(isTrue: range.isTrue, parts: search.parts)
  }
}

/// Goes through an expression once, and keeps the parts of what is decided.
private struct DecidingParts {
  let system: TransitionSystem
  private(set) var parts: [Expression] = []

  init(system: TransitionSystem) { self.system = system }

  /// The range of an expression; behind what was there before, `parts` has those that decide it.
  mutating func range(of expression: Expression, depth: Int) -> ClosedRange<Int64> {
    switch expression.kind {
    case .not(let operand): return range(of: operand, depth: depth).negation
    case .and(let left, let right):
      return conjunction(left, isNegated: false, right, isNegated: false, depth)
    case .or(let left, let right):
      return conjunction(left, isNegated: true, right, isNegated: true, depth).negation
    case .implies(let left, let right):
      return conjunction(left, isNegated: false, right, isNegated: true, depth).negation
    case .call(let function, _):
      guard depth < Expression.mostCalls, let first = system.functions[function].body.first,
        case .result(.scalar(let result)) = first.kind
      else { break }
      return range(of: result, depth: depth + 1)
    case .quantified(_, _, let inner):
      let whole = expression.valueRange(in: system, depth: depth)
      guard whole.isTrue || whole == .no else { return whole }
      let start = parts.count
      _ = range(of: inner, depth: depth)
      // Where there is no round, what is within decides nothing.
      if parts.count == start { parts.append(expression) }
      return whole
    default: break
    }
    let range = expression.valueRange(in: system, depth: depth)
    if range.isTrue || range == .no { parts.append(expression) }
    return range
  }

  private mutating func conjunction(
    _ left: Expression, isNegated leftIsNegated: Bool,
    _ right: Expression, isNegated rightIsNegated: Bool, _ depth: Int
  ) -> ClosedRange<Int64> {
    let start = parts.count
    let first = range(of: left, depth: depth)
    let middle = parts.count
    let second = range(of: right, depth: depth)
    let one = leftIsNegated ? first.negation : first
    let other = rightIsNegated ? second.negation : second
    let both = one.conjunction(other)
    if both == .no {
      // What is true has no part in it.
      if other != .no { parts.removeSubrange(middle...) }
      if one != .no { parts.removeSubrange(start..<middle) }
    } else if !both.isTrue {
      parts.removeSubrange(start...)
    }
    return both
  }
}
