package import Fitting
internal import MemoryLayout

/// What is said of a layout.
package struct FitReport: Sendable {
  let result: LayoutResult

  package init(_ result: LayoutResult) { self.result = result }

  var map: MemoryMap { result.layout.question.map }

  /// What is in use by the settings.
  var kept: AddressSet {
    result.layout.question.inUse.union(result.layout.question.handedOver)
  }

  /// Places of items, lowest first.
  var places: [(name: String, range: AddressRange)] {
    guard case .fits(let placement) = result.answer else { return [] }
    return placement.map { ($0.key, $0.value) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
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
    return switch quantity.quantifier {
    case .some: "for some value of \(name) from \(bounds): \(size)"
    case .all:
      result.verdict == .doesNotFit
        ? "for each value of \(name) from \(bounds): not for \(size)"
        : "for all values of \(name) from \(bounds): \(size) is the hardest"
    case .largest:
      result.verdict == .fits
        ? "with at \(result.isLargestProved ? "most" : "least") \(size) for \(name), of \(bounds)"
        : "with even \(size) for \(name), of \(bounds)"
    }
  }
}
