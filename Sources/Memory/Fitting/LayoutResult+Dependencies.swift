internal import MemoryLayout

/// An assumption that an answer depends on: with another value it would be another answer.
package struct Dependency: Hashable, Sendable {
  /// What has to be so if the answer is that it fits, and else what would make it fit; the end of a
  /// sentence.
  package let condition: String
  /// How far the assumption is from where the answer changes, from 1 on: the nearest is least.
  let distance: Double
}

extension LayoutResult {
  /// Assumptions that the answer depends on, the most consequential first. They are found by asking
  /// the question again with other values, by arithmetic alone and within a time: what is not found
  /// is not shown to be without consequence.
  package func dependencies(seconds: Double = 1) -> [Dependency] {
    var trial = DependencySearch(self, deadline: .now + .seconds(seconds))
    let found = trial.dependencies().sorted { $0.distance < $1.distance }
    guard case .fits = answer, let condition = layout.condition else { return found }
    return [Dependency(condition: condition, distance: 0)] + found
  }
}

private struct DependencySearch {
  let result: LayoutResult
  let search: PlacementSearch
  let deadline: ContinuousClock.Instant

  init(_ result: LayoutResult, deadline: ContinuousClock.Instant) {
    (self.result, self.deadline) = (result, deadline)
    search = result.asked
  }

  mutating func dependencies() -> [Dependency] {
    switch result.answer {
    case .fits:
      // What arithmetic does not find is not found with other values.
      guard answer(search.constraints) == true else { return [] }
      return result.estimates.compactMap(larger) + [inUse].compactMap { $0 }
    case .conflict: return result.estimates.compactMap(smaller)
    case .inconclusive: return []
    }
  }

  private var isOver: Bool { ContinuousClock.now > deadline }

  /// Whether there is a placement; nil if that was not found out.
  private func answer(_ constraints: [PlacementConstraint]) -> Bool? {
    let asked = search.with(constraints).loaded
    switch asked.arithmeticAnswer(isQuick: asked.isToBeCounted || isOver) {
    case .fits: return true
    case .open, .impossible: break
    }
    guard let pieces = PieceSearch(asked) else {
      if case .impossible = asked.arithmeticAnswer(isQuick: true) { return false }
      return nil
    }
    if pieces.tooManyBytes(asked) != nil { return false }
    switch pieces.others.arithmeticAnswer(isQuick: true) {
    case .fits(let first): return pieces.placement(beside: first) == nil ? nil : true
    case .impossible: return false
    case .open: return nil
    }
  }

  // MARK: Sizes

  /// The question with another size of an item.
  private func constraints(_ item: String, _ byteCount: UInt64) -> [PlacementConstraint] {
    guard byteCount > 0 else {
      return search.constraints.filter { !$0.demand.isAboutPlace(of: item) }
    }
    let others = search.constraints.filter { constraint in
      if case .atLeast(item, _) = constraint.demand { false } else { true }
    }
    return others + [PlacementConstraint(.wanted, .atLeast(item, byteCount: byteCount), "")]
  }

  private func taken(_ item: String) -> UInt64 {
    search.constraints.reduce(0) { most, constraint in
      if case .atLeast(item, let byteCount) = constraint.demand {
        max(most, byteCount)
      } else {
        most
      }
    }
  }

  /// Whether it fits no more with a larger size.
  private func larger(_ estimate: SizeEstimate) -> Dependency? {
    let taken = taken(estimate.item)
    let most = estimate.plausible.upperBound
    guard !isOver, most > taken, answer(constraints(estimate.item, most)) == false else {
      return nil
    }
    let least = threshold(fits: taken, doesNot: most) {
      answer(constraints(estimate.item, $0)) == true
    }
    return Dependency(
      condition: "`\(estimate.item)` takes no more than \(ByteCountText.free(UInt128(least))):"
        + " \(ByteCountText.needed(UInt128(taken))) are taken, \(estimate.words)",
      distance: Double(least) / Double(max(taken, 1)))
  }

  /// Whether it fits with a smaller size.
  private func smaller(_ estimate: SizeEstimate) -> Dependency? {
    let taken = taken(estimate.item)
    let least = estimate.plausible.lowerBound
    guard !isOver, least < taken, answer(constraints(estimate.item, least)) == true else {
      return nil
    }
    let most = threshold(fits: least, doesNot: taken) {
      answer(constraints(estimate.item, $0)) == true
    }
    let condition =
      most == 0
      ? "there were no `\(estimate.item)`"
      : "`\(estimate.item)` took no more than \(ByteCountText.free(UInt128(most)))"
    return Dependency(
      condition: "\(condition): \(ByteCountText.needed(UInt128(taken))) are taken,"
        + " \(estimate.words)",
      distance: Double(taken) / Double(max(most, 1)))
  }

  /// The value next to where it fits no more, to a page, or as near as there is time for.
  private func threshold(
    fits: UInt64, doesNot: UInt64, unit: UInt64 = PlacementNumber.page,
    _ isFitting: (UInt64) -> Bool
  ) -> UInt64 {
    var (fits, doesNot) = (fits, doesNot)
    while (fits > doesNot ? fits - doesNot : doesNot - fits) > unit, !isOver {
      let middle = fits / 2 + doesNot / 2 + (fits & doesNot & 1)
      if isFitting(middle) { fits = middle } else { doesNot = middle }
    }
    return fits
  }

  // MARK: Memory in use

  /// Up to where all that the map does not show as in use has to be free, if it matters.
  private var inUse: Dependency? {
    let question = result.layout.question
    guard !question.isCrashImage, let end = question.map.usableRAM.ranges.last?.last else {
      return nil
    }
    let low = PlacementNumber.trampolineEnd
    let middle = min(end / 2, PlacementNumber.bounceBufferEnd / 2)
    guard !isOver, middle > low, answer(without(low, middle)) == false else { return nil }
    let mebibyte: UInt64 = 1 << 20
    let highest = threshold(fits: end, doesNot: low, unit: mebibyte) {
      answer(without($0, .max)) == true
    }
    let above = (highest / mebibyte + 1) * mebibyte
    var kept = question.map.format.showsKernel ? ["the kernel's image"] : []
    if !question.inUse.isEmpty { kept.append("what `in-use` says") }
    let other = kept.isEmpty ? "nothing" : "nothing but " + kept.joined(separator: " and ")
    return Dependency(
      condition:
        "\(other) is in use below \(ByteCountText.needed(UInt128(above))), or what is can be"
        + " moved away", distance: 1.5)
  }

  /// The question with a part of memory in use.
  private func without(_ start: UInt64, _ last: UInt64) -> [PlacementConstraint] {
    guard let range = AddressRange(start: start, last: last) else { return search.constraints }
    let items = result.layout.question.items.filter { $0.role != .trampoline }
    return search.constraints
      + items.map { PlacementConstraint(.parkedProcessors, .apart($0.name, [range]), "") }
  }
}
