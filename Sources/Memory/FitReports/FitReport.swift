package import Fitting
internal import MemoryLayout

/// What is said of a layout.
package struct FitReport: Sendable {
  /// How much of it.
  package enum Detail: Sendable {
    /// What goes into a terminal at once: the verdict with its figures, a picture, and what the
    /// verdict depends on.
    case brief
    /// Also all places, the rules of a conflict with their sources, and all assumptions.
    case full
  }

  let result: LayoutResult
  /// Of a question that has no answer: where most of the items would lie.
  let remainder: Remainder?
  /// Who uses what of the RAM, and what is left.
  let uses: [MemoryUse]
  let free: AddressSet

  package init(_ result: LayoutResult) {
    self.result = result
    remainder = result.remainder
    uses = MemoryUse.all(result.layout.question)
    free = MemoryUse.free(result.layout.question, uses)
  }

  var map: MemoryMap { result.layout.question.map }

  /// Looked for whenever they are asked for, for up to a second.
  var dependencies: [Dependency] { result.dependencies() }

  /// Where items lie, or would lie without those that have no place.
  var placement: Placement {
    if case .fits(let placement) = result.answer { return placement }
    return remainder?.placement ?? [:]
  }

  /// RAM, and what else the question is about.
  var shownMemory: AddressSet { MemoryUse.memory(result.layout.question) }

  /// Places of items, lowest first.
  var places: [(name: String, range: AddressRange)] {
    placement.map { ($0.key, $0.value) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
  }

  /// What all items take, and what is free of the memory where they may lie.
  var figures: String? {
    guard case .fits(let placement) = result.answer else { return nil }
    let taken = AddressSet(placement.values)
    let left = free.subtracting(taken)
    let largest = left.ranges.map(\.byteCount).max() ?? 0
    // Pieces of an item are one.
    let count = result.layout.question.items.count
    let whose =
      result.layout.question.isCrashImage ? " of what is reserved for a crash kernel" : " of RAM"
    let items = "\(count) item\(count == 1 ? " takes" : "s take")"
    let taking = "\(items) \(ByteCountText.needed(taken.byteCount))"
    guard !left.isEmpty else { return "\(taking); nothing\(whose) is left" }
    return "\(taking); \(ByteCountText.free(left.byteCount))\(whose) are left, the largest piece"
      + " \(ByteCountText.free(largest))"
  }

  /// One line with the verdict.
  package var headline: String {
    let name = result.description.name
    var line = "\(name): \(result.verdict.rawValue)"
    let ranges = result.layout.quantities.compactMap { quantity in
      result.values[quantity.name].map { Self.phrase(quantity, $0, result) }
    }
    line += ranges.isEmpty ? "" : " " + ranges.joined(separator: ", and ")
    if case .fits = result.answer, let objective = result.description.objective {
      line +=
        result.isOptimal == true
        ? ", best by `\(objective.rawValue)`"
        : ", good by `\(objective.rawValue)`, but it was not proved that none is better"
    }
    if case .inconclusive(let reason) = result.answer { line += ": \(reason)" }
    switch result.isExpected {
    case true?: line += ", as expected"
    case false?: line += ", but expected: \(expectation)"
    case nil: break
    }
    return line
  }

  private var expectation: String {
    guard let rules = result.description.conflictingRules else {
      return result.description.expectation?.rawValue ?? ""
    }
    let names = rules.map(\.name).sorted().joined(separator: ", ")
    return "does-not-fit by a conflict of \(names), and not without one of them"
  }

  private static func phrase(
    _ quantity: RangedQuantity, _ value: UInt64, _ result: LayoutResult
  ) -> String {
    let name = "`\(quantity.name)`"
    let size = quantity.text(value)
    let bounds =
      "\(quantity.text(quantity.bounds.lowerBound)) to \(quantity.text(quantity.bounds.upperBound))"
    return switch (quantity.quantifier, result.verdict) {
    // No value of it says more than another one.
    case (.some, .inconclusive): "for some value of \(name) from \(bounds)"
    case (.all, .inconclusive): "for all values of \(name) from \(bounds)"
    case (.largest, .inconclusive): "with the most of \(bounds) for \(name)"
    case (.some, _): "for some value of \(name) from \(bounds): \(size)"
    case (.all, .doesNotFit): "for each value of \(name) from \(bounds): not for \(size)"
    case (.all, .fits): "for all values of \(name) from \(bounds): \(size) is the hardest"
    case (.largest, .fits):
      "with at \(result.isLargestProved ? "most" : "least") \(size) for \(name), of \(bounds)"
    case (.largest, .doesNotFit): "with even \(size) for \(name), of \(bounds)"
    }
  }
}
