package import MemoryLayout
package import SMT

/// Which of all placements is wanted.
package enum PlacementObjective: String, Hashable, Sendable, CaseIterable {
  /// As few bytes for all items together as can be.
  case leastReserved = "least-reserved"
  /// As many bytes as can be for the items of the role `processes`.
  case mostForProcesses = "most-for-processes"
  /// The sum of the start addresses is least.
  case lowest
  /// The sum of the start addresses is greatest.
  case highest

  /// What is least or greatest, by plain arithmetic.
  package func value(of placement: Placement, _ items: [PlacementItem]) -> UInt128 {
    let ranges = items.filter(isCounted).compactMap { placement[$0.name] }
    return switch self {
    case .leastReserved, .mostForProcesses: ranges.reduce(0) { $0 + $1.byteCount }
    case .lowest, .highest: ranges.reduce(0) { $0 + UInt128($1.start) }
    }
  }

  /// Whether one value is better than another.
  package func isBetter(_ value: UInt128, than other: UInt128) -> Bool {
    isLeast ? value < other : value > other
  }

  private var isLeast: Bool { self == .leastReserved || self == .lowest }

  func isCounted(_ item: PlacementItem) -> Bool {
    self != .mostForProcesses || item.role == .processes
  }

  func objective(_ terms: PlacementTerms, _ items: [PlacementItem]) -> Objective {
    let counted = items.filter(isCounted).compactMap { terms[$0.name] }
    let sum =
      switch self {
      case .leastReserved, .mostForProcesses: IntTerm.sum(counted.map(\.taken))
      case .lowest, .highest:
        IntTerm.sum(counted.map { .ifThenElse($0.isPlaced, $0.start, 0) })
      }
    return isLeast ? .least(sum) : .greatest(sum)
  }
}

/// The answer to a question with an objective.
package struct ObjectiveAnswer: Hashable, Sendable {
  package let answer: FitAnswer
  /// Whether it is known that nothing is better; false where a limit was reached first.
  package let isOptimal: Bool
}

extension PlacementSearch {
  /// Looks for a placement that is best by an objective: first some placement, then better ones by
  /// putting items in other orders; where that does not prove it to be best, Z3 is asked for a
  /// better one within its limits.
  ///
  /// - Parameters:
  ///   - items: Those of the question, with their roles.
  ///   - known: The answer without an objective, if it was found before.
  ///   - effort: Limits of the question for something better.
  /// - Throws: As `find()`; `FittingError.noItem` if nothing is there that the objective counts.
  package func find(
    _ objective: PlacementObjective, of items: [PlacementItem], from known: FitAnswer? = nil,
    effort: Limits
  ) throws(FittingError) -> ObjectiveAnswer {
    guard items.contains(where: objective.isCounted) else { throw .noItem(.processes) }
    // Most questions that have no answer are refuted sooner without an objective, and the conflict
    // comes from there.
    let any: FitAnswer
    if let known { any = known } else { any = try find() }
    guard case .fits(let first) = any else {
      let isRefuted = if case .conflict = any { true } else { false }
      return ObjectiveAnswer(answer: any, isOptimal: isRefuted)
    }
    // Better ones are looked for where each item lies in one piece.
    guard first.broken(of: constraints).isEmpty else {
      return ObjectiveAnswer(answer: any, isOptimal: false)
    }
    var start = first
    if let better = bestSum(objective, items) {
      // Without an effort of time there is nothing that Z3 could find beside so many orders.
      if better.isBest || effort.resourceUnits != nil {
        return ObjectiveAnswer(answer: .fits(better.placement), isOptimal: better.isBest)
      }
      start = better.placement
    }
    let improvement = PlacementImprovement(self, objective, items)
    let best = improvement.best(from: start)
    let value = objective.value(of: best, items)
    if let bound = improvement.bound, value == bound {
      return ObjectiveAnswer(answer: .fits(best), isOptimal: true)
    }
    return try better(than: best, value, objective, items, effort)
  }

  /// The placement with the best sum of starts, if orders give one that keeps all constraints.
  private func bestSum(
    _ objective: PlacementObjective, _ items: [PlacementItem]
  ) -> NormalPatternSearch.Answer? {
    let fit = FirstFit(self)
    // What may be without a place costs nothing, and gains nothing.
    guard objective == .lowest || objective == .highest && fit.domains.count == items.count,
      let answer = NormalPatternSearch(fit, isUpward: objective == .lowest)?.best(),
      answer.placement.broken(of: constraints).isEmpty
    else { return nil }
    return answer
  }

  private func better(
    than best: Placement, _ value: UInt128, _ objective: PlacementObjective,
    _ items: [PlacementItem], _ effort: Limits
  ) throws(FittingError) -> ObjectiveAnswer {
    guard !isBeyondSolver else { return ObjectiveAnswer(answer: .fits(best), isOptimal: false) }
    let terms = terms
    let wanted = objective.objective(terms, items)
    let known = IntTerm(value)
    let optimum: Optimum = try FittingError.wrap { () throws(SMTError) in
      let optimizer = try Optimizer(limits: bounded(effort))
      for assertion in assertions(terms) { try optimizer.add(assertion) }
      try optimizer.assert(
        wanted.direction == .least ? wanted.term < known : wanted.term > known)
      try optimizer.add(wanted)
      return try optimizer.check()
    }
    switch optimum {
    case .unsatisfiable: return ObjectiveAnswer(answer: .fits(best), isOptimal: true)
    case .unknown: return ObjectiveAnswer(answer: .fits(best), isOptimal: false)
    case .unbounded:
      throw .solver(.refused(.internalFatal, "a placement that was found has no best one"))
    case .optimal(let model, let values):
      let placement = try FittingError.wrap { () throws(SMTError) in
        try terms.placement(of: model)
      }
      let kept: Set<String> =
        objective == .mostForProcesses
        ? Set(items.filter(objective.isCounted).map(\.name)) : []
      let better = try verified(placement.shrunk(by: constraints, except: kept))
      // Shrinking could only make it better, which an optimum does not allow.
      guard values.first == IntegerValue(objective.value(of: better, items)) else {
        throw .solver(.refused(.internalFatal, "an optimum is not the value of its placement"))
      }
      return ObjectiveAnswer(answer: .fits(better), isOptimal: true)
    }
  }
}
