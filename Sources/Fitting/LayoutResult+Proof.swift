internal import MemoryLayout
public import SMT

extension LayoutResult {
  /// What any solver for linear integers can be asked to confirm the answer; nil if there is none.
  ///
  /// - It does not fit: the rules that conflict. They have to be unsatisfiable.
  /// - It fits: all rules and the placement's addresses, which have to be satisfiable.
  /// - It fits for all sizes of a range: the addresses, and that for some size a rule is broken.
  ///   That has to be unsatisfiable.
  ///
  /// - Throws: Nothing that was not thrown when the answer was found.
  public func proof() throws(SMTError) -> Query? {
    switch answer {
    case .inconclusive: nil
    case .conflict(let conflict): try refutation(conflict)
    case .fits(let placement):
      if let range = layout.range, range.quantifier == .all {
        try universal(placement, range)
      } else {
        try witness(placement)
      }
    }
  }

  private var rangeConstraint: [PlacementConstraint] {
    guard let range = layout.range, let count = rangeByteCount else { return [] }
    return [range.constraint(count)]
  }

  private func refutation(_ conflict: Conflict) throws(SMTError) -> Query {
    let core = search.with(conflict.constraints)
    return try Query(
      core.assertions(core.terms),
      comment: "\(description.name): no placement keeps these rules. Numbers are bytes.",
      expectation: .unsatisfiable)
  }

  private func witness(_ placement: Placement) throws(SMTError) -> Query {
    let asked = search.with(search.constraints + rangeConstraint)
    let terms = asked.terms
    return try Query(
      asked.assertions(terms) + asked.values(terms, placement),
      comment: "\(description.name): this placement keeps all rules. Numbers are bytes.",
      expectation: .satisfiable)
  }

  private func universal(
    _ placement: Placement, _ range: ByteCountRange
  ) throws(SMTError) -> Query {
    let terms = search.terms
    let size = IntTerm(unknown: "size")
    let isInRange =
      IntTerm(range.bounds.lowerBound) <= size && size <= IntTerm(range.bounds.upperBound)
    var rules = search.constraints.enumerated().map { index, constraint in
      terms.formula(of: constraint.demand, label: PlacementSearch.label(index))
    }
    if let item = terms[range.item] { rules.append(item.isPlaced.implies(size <= item.byteCount)) }
    return try Query(
      search.values(terms, placement) + [
        Assertion(isInRange, comment: "A size of `\(range.item)`."),
        Assertion(!BoolTerm.all(rules), comment: "A rule is broken."),
      ],
      comment: "\(description.name): this placement keeps all rules for each size of the range."
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
