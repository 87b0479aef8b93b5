internal import MemoryLayout
internal import SMT

/// Asks whether a machine with other settings fits, many times: its files are read once, and neither
/// a conflict nor advice is looked for.
struct LayoutTrial {
  let inputs: LayoutInputs
  /// Work of Z3 for one question, as `rlimit`; arithmetic decides most of them.
  private static let units: UInt32 = 200_000

  init(_ inputs: LayoutInputs) { self.inputs = inputs }

  init(_ description: LayoutDescription) throws(LayoutError) {
    self.init(try description.inputs())
  }

  /// What was found out of some settings.
  enum Answer {
    case fits(LayoutQuestion, Placement)
    /// With the question that was asked.
    case doesNotFit(LayoutQuestion)
    /// Neither was found out, or the settings are no question.
    case open
  }

  func answer(_ description: LayoutDescription) throws(LayoutError) -> Answer {
    if let kernels = description.kernels { return try answerOfSeveral(description, kernels) }
    let low = try answerOnce(description)
    guard case .doesNotFit(let layout) = low, layout.mayHaveHighCrashKernel else { return low }
    var high = description
    high.crashKernelIsHigh = true
    return try answerOnce(high)
  }

  private func answerOfSeveral(
    _ description: LayoutDescription, _ kernels: KernelsDescription
  ) throws(LayoutError) -> Answer {
    do {
      let result = try KernelsQuestion(description, kernels).decide(isTrial: true)
      switch result.answer {
      case .fits(let placement): return .fits(result.layout, placement)
      case .conflict: return .doesNotFit(result.layout)
      case .inconclusive: return .open
      }
    } catch {
      guard case .invalid = error else { throw error }
      return .open
    }
  }

  private func answerOnce(_ description: LayoutDescription) throws(LayoutError) -> Answer {
    let layout: LayoutQuestion
    do {
      layout = try description.question(inputs)
    } catch {
      guard case .invalid = error else { throw error }
      return .open
    }
    let search = PlacementSearch(
      items: layout.question.items.map(\.name),
      constraints: layout.constraints + layout.decidingDemands,
      limits: Limits(resourceUnits: Self.units), granules: layout.question.granules,
      order: layout.question.loaderOrder
    ).loaded
    // What is said soonest, of most machines.
    if let placement = FirstFit(search).placement { return .fits(layout, placement) }
    if PieceSearch(search)?.tooManyBytes(search) != nil { return .doesNotFit(layout) }
    do throws(FittingError) {
      switch try IncrementalQuery(search).find([]) {
      case .fits(let placement): return .fits(layout, placement)
      case .impossible: return .doesNotFit(layout)
      case .inconclusive: return .open
      }
    } catch {
      throw .fitting(error)
    }
  }

  func fits(_ description: LayoutDescription) throws(LayoutError) -> Bool {
    if case .fits = try answer(description) { true } else { false }
  }
}

extension LayoutQuestion {
  /// The demands of the values of ranges that decide: the greatest for all, the least for others.
  var decidingDemands: [PlacementConstraint] {
    quantities.flatMap { quantity in
      quantity.constraints(
        quantity.quantifier == .all ? quantity.bounds.upperBound : quantity.bounds.lowerBound)
    }
  }
}
