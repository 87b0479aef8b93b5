public import MemoryLayout
internal import SMT

/// Which of all placements is wanted.
public enum PlacementObjective: String, Hashable, Sendable, CaseIterable {
  /// As few bytes for all items together as can be.
  case leastReserved = "least-reserved"
  /// As many bytes as can be for the items of the role `processes`.
  case mostForProcesses = "most-for-processes"
  /// The sum of the start addresses is least.
  case lowest
  /// The sum of the start addresses is greatest.
  case highest

  /// What is least or greatest, by plain arithmetic.
  public func value(of placement: Placement, _ items: [PlacementItem]) -> UInt128 {
    let ranges = items.filter(isCounted).compactMap { placement[$0.name] }
    return switch self {
    case .leastReserved, .mostForProcesses: ranges.reduce(0) { $0 + $1.byteCount }
    case .lowest, .highest: ranges.reduce(0) { $0 + UInt128($1.start) }
    }
  }

  func isCounted(_ item: PlacementItem) -> Bool {
    self != .mostForProcesses || item.role == .processes
  }

  func objective(_ terms: PlacementTerms, _ items: [PlacementItem]) -> Objective {
    let counted = items.filter(isCounted).compactMap { terms[$0.name] }
    let bytes = IntTerm.sum(counted.map(\.taken))
    let starts = IntTerm.sum(counted.map { .ifThenElse($0.isPlaced, $0.start, 0) })
    return switch self {
    case .leastReserved: .least(bytes)
    case .mostForProcesses: .greatest(bytes)
    case .lowest: .least(starts)
    case .highest: .greatest(starts)
    }
  }
}

extension PlacementSearch {
  /// Looks for a placement that is best by an objective.
  ///
  /// - Parameter items: Those of the question, with their roles.
  /// - Throws: As `find()`; `FittingError.noItem` if nothing is there that the objective counts.
  public func find(
    _ objective: PlacementObjective, of items: [PlacementItem]
  ) throws(FittingError) -> FitAnswer {
    let counted = items.filter(objective.isCounted)
    guard !counted.isEmpty else { throw .noItem(.processes) }
    // Most questions that have no answer are refuted sooner without an objective, and the conflict
    // comes from there.
    let any = try find()
    guard case .fits = any else { return any }
    let terms = terms
    let optimum: Optimum = try FittingError.wrap { () throws(SMTError) in
      let optimizer = try Optimizer(limits: limits)
      for assertion in assertions(terms) { try optimizer.add(assertion) }
      try optimizer.add(objective.objective(terms, items))
      return try optimizer.check()
    }
    switch optimum {
    case .optimal(let model, let values):
      let placement = try FittingError.wrap { () throws(SMTError) in
        try terms.placement(of: model)
      }
      let kept: Set<String> =
        objective == .mostForProcesses ? Set(counted.map(\.name)) : []
      let best = try verified(placement.shrunk(by: constraints, except: kept))
      // Shrinking could only make it better, which an optimum does not allow.
      guard values.first == IntegerValue(objective.value(of: best, items)) else {
        throw .solver(.refused(.internalFatal, "an optimum is not the value of its placement"))
      }
      return .fits(best)
    case .unknown(let reason): return .inconclusive(reason)
    case .unsatisfiable, .unbounded:
      throw .solver(.refused(.internalFatal, "a placement that was found has no best one"))
    }
  }
}
