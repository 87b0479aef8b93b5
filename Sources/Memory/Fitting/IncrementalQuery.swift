internal import MemoryLayout
internal import SMT

/// Answers questions that differ in some demands, with one solver that keeps what it has learned.
///
/// `findWhole` is the one order in which a question is decided, whoever asks.
final class IncrementalQuery {
  /// As `FitAnswer`, with what shows a conflict in place of the conflict.
  enum Answer {
    case fits(Placement)
    case impossible(Ground)
    case inconclusive(UnknownReason)
  }

  /// What shows that there is no placement.
  enum Ground {
    case arithmetic(Refutation)
    case solver
    /// The items do not fit in pieces, either.
    case pieces
  }

  private let search: PlacementSearch
  private let terms: PlacementTerms
  /// Made when a question is the first that needs it.
  private var solver: Solver?
  /// Of the items that may not be divided, and which may; made when a question is the first that
  /// needs it.
  private var others: (question: IncrementalQuery, granules: [String: UInt64])?

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
    guard let pieces = PieceSearch(asked), CapacityBound.brokenTotal(FirstFit(asked)) == nil else {
      return nil
    }
    if pieces.tooManyBytes(asked) != nil { return .impossible(.pieces) }
    let known = others.flatMap { $0.granules == pieces.granules ? $0.question : nil }
    let others = known ?? IncrementalQuery(pieces.without(search.constraints))
    self.others = (others, pieces.granules)
    let answer = try others.find(pieces.without(constraints).constraints)
    guard case .fits(let first) = answer else { return answer }
    guard let placement = pieces.placement(beside: first) else {
      return .inconclusive(PlacementSearch.notInPieces)
    }
    return .fits(try asked.verified(placement))
  }

  /// Looks for a placement with each item in one piece: by arithmetic, then by a solver with a little
  /// work to spend, then in pieces, and last by the solver within its limits.
  ///
  /// - Parameter constraints: What is asked beside the search's own.
  func findWhole(_ constraints: [PlacementConstraint]) throws(FittingError) -> Answer {
    let asked = search.with(search.constraints + constraints)
    switch asked.arithmeticAnswer() {
    case .fits(let placement): return .fits(placement)
    case .impossible(let refutation): return .impossible(.arithmetic(refutation))
    case .open: break
    }
    guard !asked.isBeyondSolver else { return .inconclusive(PlacementSearch.tooManyPieces) }
    let solver = try prepared()
    let demands = constraints.enumerated().map { index, constraint in
      terms.formula(of: constraint.demand, label: "varied_\(index)")
    }
    solver.limits = search.firstLimits
    var answer = try FittingError.wrap { () throws(SMTError) in
      try solver.check(assuming: demands)
    }
    if case .unknown = answer {
      switch try findInPieces(constraints) {
      case .fits(let placement)?: return .fits(placement)
      case .impossible?: return .impossible(.pieces)
      case .inconclusive?, nil: break
      }
      solver.limits = search.limits
      answer = try FittingError.wrap { () throws(SMTError) in
        try solver.check(assuming: demands)
      }
    }
    let found: Answer = try FittingError.wrap { () throws(SMTError) in
      switch answer {
      case .satisfiable: return .fits(try terms.placement(of: solver.model()))
      case .unsatisfiable: return .impossible(.solver)
      case .unknown(let reason): return .inconclusive(reason)
      }
    }
    guard case .fits(let placement) = found else { return found }
    return .fits(try asked.verified(placement.shrunk(by: asked.constraints)))
  }

  /// Constraints that conflict: of what is plain by arithmetic, and else of Z3's core where it is
  /// minimal soon.
  ///
  /// - Precondition: The last question was without demands, and impossible on this ground.
  func conflict(_ ground: Ground) throws(FittingError) -> Conflict {
    switch ground {
    case .solver:
      let solver = try prepared()
      return search.conflict(
        of: try FittingError.wrap { () throws(SMTError) in try solver.core() })
    case .pieces:
      let answer = try search.inPieces(.inconclusive(PlacementSearch.notInPieces))
      if case .conflict(let conflict) = answer { return conflict }
      return Conflict(search.constraints, isMinimal: false)
    case .arithmetic(let refutation): return try conflict(by: refutation)
    }
  }

  private func conflict(by refutation: Refutation) throws(FittingError) -> Conflict {
    var plain: Conflict?
    if refutation.isPlain || search.isToBeCounted {
      let conflict = search.conflict(by: refutation)
      if conflict.isMinimal || search.isToBeCounted { return conflict }
      plain = conflict
    }
    let solver = try prepared()
    solver.limits = search.firstLimits
    let core = try FittingError.wrap { () throws(SMTError) -> Core? in
      guard case .unsatisfiable = try solver.check() else { return nil }
      return try solver.core()
    }
    let conflict = core.map(search.conflict)
    if let conflict, conflict.isMinimal { return conflict }
    let byArithmetic = plain ?? search.conflict(by: refutation)
    guard let conflict, !byArithmetic.isMinimal,
      conflict.constraints.count < byArithmetic.constraints.count
    else { return byArithmetic }
    return conflict
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
