package import TransitionSystem

/// What a condition says of the symbolic constants.
package indirect enum SymbolicFormula: Sendable {
  case known(Bool)
  case literal(TermTable.SignedLiteral)
  case not(SymbolicFormula)
  case all([SymbolicFormula])
  case any([SymbolicFormula])
}

extension Interpreter {
  /// What a condition that does not read the state says of the symbolic constants.
  ///
  /// - Throws: What goes wrong in it.
  package func formula(
    of property: Property, _ bindings: [Int64]
  ) throws(Interruption) -> SymbolicFormula {
    let before = decider
    defer { decider = before }
    enter(bindings, frameSlotCount: property.frameSlotCount)
    return try formula(of: property.expression)
  }

  private func formula(of expression: Expression) throws(Interruption) -> SymbolicFormula {
    switch expression.kind {
    case .and(let left, let right):
      return .all([try formula(of: left), try formula(of: right)])
    case .or(let left, let right):
      return .any([try formula(of: left), try formula(of: right)])
    case .implies(let left, let right):
      return .any([.not(try formula(of: left)), try formula(of: right)])
    case .not(let operand):
      return .not(try formula(of: operand))
    case .quantified(let quantifier, let loop, let body):
      var parts: [SymbolicFormula] = []
      try run(loop) { () throws(Interruption) in
        parts.append(try self.formula(of: body))
        return true
      }
      return quantifier == .forall ? .all(parts) : .any(parts)
    default:
      return try cases(of: expression)
    }
  }

  /// The cases in which the condition is true: what is assumed on the way to its value.
  private func cases(of expression: Expression) throws(Interruption) -> SymbolicFormula {
    let cases = CaseDecider()
    decider = cases
    defer { decider = nil }
    var isTrue: [SymbolicFormula] = []
    repeat {
      if try evaluate(expression) != 0 {
        isTrue.append(.all(cases.assumed.map { .literal($0) }))
      }
    } while try cases.next(at: expression)
    return .any(isTrue)
  }
}

/// Assumes of each literal first that it holds, and then that it does not.
private final class CaseDecider: LiteralDecider {
  private var choices: [(literal: TermTable.SignedLiteral, isSecond: Bool)] = []
  private var caseCount = 1

  private static let maximumCaseCount = 1 << 12

  var assumed: [TermTable.SignedLiteral] { choices.map(\.literal) }

  func holds(_ literal: TermTable.SignedLiteral) throws(Undecided) -> Bool {
    if let known = choices.first(where: { $0.literal.literal == literal.literal }) {
      return known.literal == literal
    }
    choices.append((literal, false))
    return true
  }

  /// Goes on to the next case; false if there is none.
  func next(at expression: Expression) throws(Interruption) -> Bool {
    while let last = choices.popLast() {
      if last.isSecond { continue }
      choices.append((last.literal.negation, true))
      caseCount += 1
      guard caseCount <= Self.maximumCaseCount else {
        throw Interruption(
          .undecided(.tooManyCases(limit: Self.maximumCaseCount)), at: expression.span)
      }
      return true
    }
    return false
  }
}
