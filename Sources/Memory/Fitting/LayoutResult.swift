package import MemoryLayout
internal import SMT

/// What was found out about a layout.
package struct LayoutResult: Sendable {
  package enum Verdict: String, Hashable, Sendable {
    case fits
    case doesNotFit = "does not fit"
    case inconclusive
  }

  package let description: LayoutDescription
  package let layout: LayoutQuestion
  /// For `values`, if there are ranges.
  package let answer: FitAnswer
  /// The values of ranges that `answer` is about, by the quantities' names.
  package let values: [String: UInt64]
  /// Why one more of the quantity that is to be the largest does not fit, or that it is not proved.
  package let beyond: FitAnswer?
  /// Whether nothing is better by the objective; nil if there is none.
  package let isOptimal: Bool?
  /// What is asked beside demands for `values`.
  let search: PlacementSearch
  /// What a user can set so that it fits; nil unless it does not.
  package var plans: Plans?
  /// Whether the rules that were expected to conflict do so by themselves, and no fewer do; nil if
  /// none were expected, or if it fits or is not decided.
  package let isExpectedConflict: Bool?
  /// Of several kernels: where they lie, and what is missing.
  package var kernels: KernelsResult?

  package var verdict: Verdict {
    switch answer {
    case .fits: .fits
    case .conflict: .doesNotFit
    case .inconclusive: .inconclusive
    }
  }

  /// Whether it is known that no more fits of the quantity that is to be the largest.
  package var isLargestProved: Bool {
    if case .inconclusive? = beyond { false } else { true }
  }

  /// Whether the verdict is the expected one; nil if none is expected or none was found.
  package var isExpected: Bool? {
    guard let expectation = description.expectation else { return nil }
    return switch verdict {
    case .fits: expectation == .fits
    case .doesNotFit: expectation == .doesNotFit && isExpectedConflict != false
    case .inconclusive: nil
    }
  }

  /// The rules whose constraints are part of the conflict.
  package var conflictingRules: Set<PlacementRule> {
    guard case .conflict(let conflict) = answer else { return [] }
    return Set(conflict.constraints.map(\.rule))
  }

  /// What `answer` is about: the question with the demands of `values`.
  var asked: PlacementSearch { search.with(search.constraints + demands) }

  /// Whether the loader refuses what has room in another order of its segments.
  package var isRefusedByOrder: Bool { conflictingRules.contains(.loaderOrder) }

  var demands: [PlacementConstraint] {
    layout.quantities.flatMap { quantity in
      values[quantity.name].map(quantity.constraints) ?? []
    }
  }
}

extension LayoutDescription {
  /// Work of Z3 on something better, as `rlimit`: some tenths of a second, and the same everywhere.
  package static let objectiveUnits: UInt32 = 1_000_000

  /// Reads the files, and answers the question.
  ///
  /// - Throws: `LayoutError`.
  package func decide() throws(LayoutError) -> LayoutResult {
    if let kernels { return try decideSeveral(kernels) }
    return try decide(try inputs())
  }

  /// Answers the question about files that were read.
  package func decide(_ inputs: LayoutInputs) throws(LayoutError) -> LayoutResult {
    var result = try decideLowFirst(inputs)
    if case .conflict = result.answer, kernels == nil {
      result.plans = try PlanSearch(self, inputs, result.layout).plans()
    }
    return result
  }

  private func decideSeveral(
    _ kernels: KernelsDescription
  ) throws(LayoutError) -> LayoutResult {
    let question = try KernelsQuestion(self, kernels)
    var result = try question.decide()
    if case .conflict(let conflict) = result.answer {
      let inputs = LayoutInputs(map: question.map, image: question.image)
      let names: Set<String>
      let isWithin: Bool
      do throws(FittingError) {
        (names, isWithin) = try question.entries(in: conflict)
      } catch {
        throw .fitting(error)
      }
      result.plans = try PlanSearch(self, inputs, several: names, isWithin: isWithin).plans()
    }
    return result
  }

  /// A crash kernel of the relieving one lies below 4 GiB, or above where it finds no room there.
  func decideLowFirst(_ inputs: LayoutInputs) throws(LayoutError) -> LayoutResult {
    if let kernels { return try KernelsQuestion(self, kernels).decide() }
    let low = try decideOnce(inputs)
    let size = "crash-kernel"
    let isLargest = low.layout.quantities.contains {
      $0.name == size && $0.quantifier == .largest
    }
    guard low.layout.mayHaveHighCrashKernel, low.verdict != .fits || isLargest else { return low }
    var description = self
    description.crashKernelIsHigh = true
    let high = try description.decideOnce(inputs)
    guard high.verdict == .fits else { return low }
    return low.verdict != .fits || low.values[size] ?? 0 < high.values[size] ?? 0 ? high : low
  }

  private func decideOnce(_ inputs: LayoutInputs) throws(LayoutError) -> LayoutResult {
    let layout = try question(inputs)
    let milliseconds = UInt32(clamping: (timeoutSeconds ?? LayoutResult.usualSeconds) * 1_000)
    let search = PlacementSearch(
      items: layout.question.items.map(\.name), constraints: layout.constraints,
      limits: Limits(timeoutMilliseconds: milliseconds),
      deadline: timeoutSeconds.map { .now + .seconds(Int64(clamping: $0)) },
      granules: layout.question.granules, order: layout.question.loaderOrder)
    do throws(FittingError) {
      return try decide(layout, search)
    } catch {
      throw .fitting(error)
    }
  }

  private func decide(
    _ layout: LayoutQuestion, _ search: PlacementSearch
  ) throws(FittingError) -> LayoutResult {
    var found = try search.find(layout.quantities)
    let demands = layout.quantities.flatMap { quantity in
      found.values[quantity.name].map(quantity.constraints) ?? []
    }
    var isOptimal: Bool?
    // Of each range one value decides, so that the objective is asked for these: among placements
    // for the largest value, if that is asked.
    if let objective {
      let asked = search.with(search.constraints + demands).loaded
      let best = try asked.find(
        objective, of: layout.question.items, from: found.answer, effort: effort)
      isOptimal = best.isOptimal
      found = RangeAnswer(answer: best.answer, values: found.values, beyond: found.beyond)
    }
    var isExpectedConflict: Bool?
    if case .conflict = found.answer, let conflictingRules {
      let asked = search.with(search.constraints + demands).loaded
      isExpectedConflict = try asked.isMinimalConflict(of: conflictingRules)
    }
    return LayoutResult(
      description: self, layout: layout, answer: found.answer, values: found.values,
      beyond: found.beyond, isOptimal: isOptimal, search: search, plans: nil,
      isExpectedConflict: isExpectedConflict)
  }

  private var effort: Limits {
    guard let timeoutSeconds else { return Limits(resourceUnits: Self.objectiveUnits) }
    return Limits(timeoutMilliseconds: UInt32(clamping: timeoutSeconds * 1_000))
  }
}

extension PlacementSearch {
  /// Whether the constraints of these rules cannot be kept, and without those of any one of them
  /// can. It says something about the question and nothing about which core Z3 came upon.
  func isMinimalConflict(of rules: Set<PlacementRule>) throws(FittingError) -> Bool {
    func canBeKept(_ rules: Set<PlacementRule>) throws(FittingError) -> Bool? {
      switch try with(constraints.filter { rules.contains($0.rule) }).find() {
      case .fits: true
      case .conflict: false
      case .inconclusive: nil
      }
    }
    // An item without a place keeps everything else, so this rule is part of every conflict.
    let rules = rules.union([.placed])
    guard try canBeKept(rules) == false else { return false }
    for rule in rules where try canBeKept(rules.subtracting([rule])) != true { return false }
    return true
  }
}

extension PlacementItem.Role {
  /// Whether a kernel starts and lives without such an item.
  var canBeLeftOut: Bool {
    switch self {
    case .initrd, .unpackedInitrd, .bounceBuffers, .contiguous, .crashKernel, .crashKernelLow,
      .processes, .grant, .lowDMA:
      true
    case .kernel, .bootParameters, .setupData, .purgatory, .deviceTree, .trampoline, .pageTables,
      .pageFrames, .perProcessor, .handoverScratch, .handoverArray, .directMap, .elfHeaders,
      .lowBackup,
      .controlPages, .workingMemory:
      false
    }
  }
}
