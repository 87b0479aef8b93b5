package import MemoryLayout

extension PlacementConstraint {
  /// Rule and reason, and the item if the reason does not name it.
  package var statement: String {
    let subject = demand.item.map { "`\($0)`" }
    let prefix = subject.flatMap { reason.contains($0) ? nil : "\($0): " } ?? ""
    return "\(rule.rawValue): \(prefix)\(reason)"
  }
}

extension PlacementConstraint.Demand {
  /// The item that it is about; nil if there are several.
  package var item: String? {
    switch self {
    case .placed(let item), .within(let item, _), .apart(let item, _),
      .startAligned(let item, _, _), .endAligned(let item, _), .startsAt(let item, _),
      .atLeast(let item, _), .atMost(let item, _):
      item
    case .disjoint, .totalAtMost, .totalAtLeast, .countAtMost, .sharedWindow, .above: nil
    }
  }
}
