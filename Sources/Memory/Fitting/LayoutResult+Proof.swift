internal import MemoryLayout
package import SMT

extension LayoutResult {
  /// What any solver for linear integers can be asked to confirm the answer; nil if there is none.
  ///
  /// - It does not fit: the rules that conflict. They have to be unsatisfiable.
  /// - It fits: all rules and the placement's addresses, which have to be satisfiable.
  /// - It fits for all values of ranges: the addresses, and that for some value a rule is broken.
  ///   That has to be unsatisfiable. The range of what is to be the largest ends with what was
  ///   found.
  ///
  /// Of several kernels there is none: that all of it fits into each one's memory is no formula.
  ///
  /// - Throws: Nothing that was not thrown when the answer was found.
  package func proof() throws(SMTError) -> Query? {
    guard kernels == nil else { return nil }
    return switch answer {
    case .inconclusive: nil
    case .conflict(let conflict): try refutation(conflict)
    case .fits(let placement):
      // Pieces are those of the greatest values, which are the hardest.
      if layout.quantities.contains(where: { $0.quantifier == .all }),
        placement.broken(of: asked.constraints).isEmpty
      {
        try universal(placement)
      } else {
        try witness(placement)
      }
    }
  }

  private func refutation(_ conflict: Conflict) throws(SMTError) -> Query {
    let core = search.with(conflict.constraints)
    return try Query(
      core.assertions(core.terms),
      comment: "\(description.name): no placement keeps these rules. Numbers are bytes.",
      expectation: .unsatisfiable)
  }

  private func witness(_ placement: Placement) throws(SMTError) -> Query {
    let asked = layout.placed(asked).divided(like: placement)
    let terms = asked.terms
    return try Query(
      asked.assertions(terms) + asked.values(terms, placement),
      comment: "\(description.name): this placement keeps all rules. Numbers are bytes.",
      expectation: .satisfiable)
  }

  private func universal(_ placement: Placement) throws(SMTError) -> Query {
    let terms = search.terms
    let ranged = RangedTerms(layout.quantities, values, terms)
    let fixed = layout.quantities.filter { $0.quantifier == .some }.flatMap { quantity in
      values[quantity.name].map(quantity.constraints) ?? []
    }
    let denial = ranged.denial(of: search.with(search.constraints + fixed), terms)
    return try Query(
      search.values(terms, placement) + ranged.bounds
        + [Assertion(denial, comment: "A rule is broken.")],
      comment: "\(description.name): this placement keeps all rules for each value of the ranges."
        + " Numbers are bytes.", expectation: .unsatisfiable)
  }
}

extension PlacementSearch {
  /// A placement as assertions.
  fileprivate func values(_ terms: PlacementTerms, _ placement: Placement) -> [Assertion] {
    let windows = constraints.enumerated().compactMap { index, constraint in
      terms.value(for: constraint.demand, label: Self.label(index), placement)
    }
    return (terms.values(placement) + windows).map { Assertion($0) }
  }
}
