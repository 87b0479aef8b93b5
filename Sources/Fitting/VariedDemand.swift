internal import MemoryLayout
internal import SMT

/// Answers questions that differ in one demand, with one solver that keeps what it has learned.
final class VariedDemand {
  /// As `FitAnswer`, without the core of a conflict.
  enum Answer {
    case fits(Placement)
    case conflict
    case inconclusive(UnknownReason)
  }

  private let search: PlacementSearch
  private let terms: PlacementTerms
  private let solver: Solver

  /// - Parameter search: What is asked beside the demand.
  init(_ search: PlacementSearch) throws(FittingError) {
    self.search = search
    let terms = search.terms
    self.terms = terms
    solver = try FittingError.wrap { () throws(SMTError) in
      let solver = try Solver(limits: search.limits)
      for assertion in search.assertions(terms) { try solver.add(assertion) }
      return solver
    }
  }

  /// Looks for a placement that keeps this constraint as well, and verifies it.
  func find(_ constraint: PlacementConstraint) throws(FittingError) -> Answer {
    let found: Answer = try FittingError.wrap { () throws(SMTError) in
      switch try solver.check(assuming: [terms.formula(of: constraint.demand, label: "varied")]) {
      case .satisfiable: return .fits(try terms.placement(of: solver.model()))
      case .unsatisfiable: return .conflict
      case .unknown(let reason): return .inconclusive(reason)
      }
    }
    guard case .fits(let placement) = found else { return found }
    let asked = search.with(search.constraints + [constraint])
    return .fits(try asked.verified(placement.shrunk(by: asked.constraints)))
  }
}
