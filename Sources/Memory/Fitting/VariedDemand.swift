internal import MemoryLayout
internal import SMT

/// Answers questions that differ in some demands, with one solver that keeps what it has learned.
final class VariedDemand {
  /// As `FitAnswer`, without the core of a conflict.
  enum Answer {
    case fits(Placement)
    case conflict
    case inconclusive(UnknownReason)
  }

  private let search: PlacementSearch
  private let terms: PlacementTerms
  /// Made when a question is the first that needs it.
  private var solver: Solver?
  /// Whether a question was decided that the solver had not: the next ones are much like it.
  private var isDecidedWithoutSolver = false
  /// Of the items that may not be divided, and which may; made when a question is the first that
  /// needs it.
  private var others: (question: VariedDemand, granules: [String: UInt64])?

  /// - Parameter search: What is asked beside the demands.
  init(_ search: PlacementSearch) {
    self.search = search
    terms = search.terms
  }

  /// Looks for a placement that keeps these constraints as well, and verifies it.
  func find(_ constraints: [PlacementConstraint]) throws(FittingError) -> Answer {
    let whole = try findWhole(constraints)
    if case .fits = whole { return whole }
    return try findInPieces(constraints) ?? whole
  }

  /// As `PlacementSearch.inPieces`; nil if nothing may be divided.
  private func findInPieces(
    _ constraints: [PlacementConstraint]
  ) throws(FittingError) -> Answer? {
    let asked = search.with(search.constraints + constraints)
    guard let pieces = PieceSearch(asked) else { return nil }
    if pieces.tooManyBytes(asked) != nil { return .conflict }
    let known = others.flatMap { $0.granules == pieces.granules ? $0.question : nil }
    let others = known ?? VariedDemand(pieces.without(search.constraints))
    self.others = (others, pieces.granules)
    let answer = try others.find(pieces.without(constraints).constraints)
    guard case .fits(let first) = answer else { return answer }
    guard let placement = pieces.placement(beside: first) else {
      return .inconclusive(PlacementSearch.notInPieces)
    }
    return .fits(try asked.verified(placement))
  }

  private func findWhole(_ constraints: [PlacementConstraint]) throws(FittingError) -> Answer {
    let asked = search.with(search.constraints + constraints)
    if let placement = asked.firstFit() { return .fits(placement) }
    if let conflict = asked.conflictOfOneItem(), conflict.isMinimal || asked.isBeyondSolver {
      return .conflict
    }
    // Sooner than a solver, which would try in which order they are too many.
    if RoomCount(FirstFit(asked)).tooMany != nil { return .conflict }
    guard !asked.isBeyondSolver else { return .inconclusive(PlacementSearch.tooManyPieces) }
    if isDecidedWithoutSolver, let answer = Self.answerWithoutSolver(asked) { return answer }
    let solver = try prepared()
    let demands = constraints.enumerated().map { index, constraint in
      terms.formula(of: constraint.demand, label: "varied_\(index)")
    }
    solver.limits = search.firstLimits
    var answer = try FittingError.wrap { () throws(SMTError) in
      try solver.check(assuming: demands)
    }
    if case .unknown = answer {
      if let answer = Self.answerWithoutSolver(asked) {
        isDecidedWithoutSolver = true
        return answer
      }
      switch try findInPieces(constraints) {
      case .inconclusive?, nil: break
      case let answer?: return answer
      }
      solver.limits = search.limits
      answer = try FittingError.wrap { () throws(SMTError) in
        try solver.check(assuming: demands)
      }
    }
    let found: Answer = try FittingError.wrap { () throws(SMTError) in
      switch answer {
      case .satisfiable: return .fits(try terms.placement(of: solver.model()))
      case .unsatisfiable: return .conflict
      case .unknown(let reason): return .inconclusive(reason)
      }
    }
    guard case .fits(let placement) = found else { return found }
    return .fits(try asked.verified(placement.shrunk(by: asked.constraints)))
  }

  private static func answerWithoutSolver(_ asked: PlacementSearch) -> Answer? {
    let fit = FirstFit(asked)
    if RoomCount(fit).tooMany != nil { return .conflict }
    switch StartSumSearch(fit, isUpward: true)?.outcome() {
    case .found(let answer) where answer.placement.broken(of: asked.constraints).isEmpty:
      return .fits(answer.placement)
    case .impossible: return .conflict
    default: return nil
    }
  }

  private func prepared() throws(FittingError) -> Solver {
    if let solver { return solver }
    let made = try FittingError.wrap { () throws(SMTError) in
      let solver = try Solver(limits: search.limits)
      for assertion in search.assertions(terms) { try solver.add(assertion) }
      return solver
    }
    solver = made
    return made
  }
}
