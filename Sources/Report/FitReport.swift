public import Fitting
internal import MemoryLayout

/// What is said of a layout.
public struct FitReport: Sendable {
  let result: LayoutResult

  public init(_ result: LayoutResult) { self.result = result }

  var map: MemoryMap { result.layout.question.map }

  /// Places of items, lowest first.
  var places: [(name: String, range: AddressRange)] {
    guard case .fits(let placement) = result.answer else { return [] }
    return placement.map { ($0.key, $0.value) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
  }

  /// One line with the verdict.
  var headline: String {
    let name = result.description.name
    var line = "\(name): \(result.verdict.rawValue)"
    if let range = result.layout.range, let count = result.rangeByteCount {
      line += Self.range(range, count, result)
    }
    if case .inconclusive(let reason) = result.answer { line += ": \(reason)" }
    switch result.isExpected {
    case true?: line += ", as expected"
    case false?: line += ", but expected: \(result.description.expectation?.rawValue ?? "")"
    case nil: break
    }
    return line
  }

  private static func range(
    _ range: ByteCountRange, _ count: UInt64, _ result: LayoutResult
  ) -> String {
    let size = ByteCountText.format(UInt128(count))
    let bounds =
      "\(ByteCountText.format(UInt128(range.bounds.lowerBound))) to"
      + " \(ByteCountText.format(UInt128(range.bounds.upperBound)))"
    return switch range.quantifier {
    case .some: " for some size of `\(range.item)` from \(bounds): \(size)"
    case .all: " for all sizes of `\(range.item)` from \(bounds): \(size) is the hardest"
    case .largest:
      result.verdict == .fits
        ? " with at most \(size) for `\(range.item)`, of \(bounds)"
        : " with even \(size) for `\(range.item)`, of \(bounds)"
    }
  }

  /// Options for the command lines of kernels, with what they are for.
  var hints: [(option: String, purpose: String)] {
    let roles = Dictionary(
      uniqueKeysWithValues: result.layout.question.items.map { ($0.name, $0.role) })
    let architecture = result.layout.question.image.architecture.value
    let isX86 = architecture == .x86_64 || architecture == .i386
    return places.compactMap { name, range in
      let size = ByteCountText.option(range.byteCount)
      let start = "0x" + String(range.start, radix: 16)
      switch roles[name] {
      case .crashKernel?:
        return ("crashkernel=\(size)@\(start)", "reserves `\(name)` in the running kernel")
      case .grant?, .processes?:
        guard isX86 else { return nil }
        return ("memmap=\(size)$\(start)", "keeps the running kernel out of `\(name)`")
      default: return nil
      }
    }
  }
}

extension FitReport {
  /// A sentence on a constraint, with where it is written.
  static func sentence(_ constraint: PlacementConstraint) -> String {
    "\(statement(constraint)) [\(constraint.rule.source)]"
  }

  /// Rule and reason, and the item if the reason does not name it.
  static func statement(_ constraint: PlacementConstraint) -> String {
    let subject = constraint.demand.item.map { "`\($0)`" }
    let prefix = subject.flatMap { constraint.reason.contains($0) ? nil : "\($0): " } ?? ""
    return "\(constraint.rule.rawValue): \(prefix)\(constraint.reason)"
  }

  /// What would make it fit, as the end of a sentence.
  static func sentence(_ relaxation: Relaxation) -> String {
    func bytes(_ count: UInt64) -> String { ByteCountText.format(UInt128(count)) }
    func address(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
    switch (relaxation.demand, relaxation.constraint.demand) {
    case (.atLeast(let item, let count)?, .atLeast(_, let wanted)):
      return "if `\(item)` takes \(bytes(count)), which is \(bytes(wanted - count)) less"
    case (.atMost(let item, let count)?, .atMost(_, let limit)):
      return "if `\(item)` may take \(bytes(count)), which is \(bytes(count - limit)) more"
    case (.totalAtMost(_, let count)?, .totalAtMost(_, let limit)):
      return "if \(bytes(count)) were allowed, which is \(bytes(count - limit)) more"
    case (.countAtMost(_, let count)?, .countAtMost(_, let limit)):
      return "if \(count) were allowed instead of \(limit)"
    case (.within(let item, let ranges)?, _) where ranges.first?.start == 0:
      return "if `\(item)` may end at \(address(ranges.first?.last ?? 0))"
    case (.within(let item, let ranges)?, _):
      return "if `\(item)` may start at \(address(ranges.first?.start ?? 0))"
    case (.startAligned(let item, let unit, _)?, _):
      return "if `\(item)` is aligned to \(bytes(unit)) only"
    default: break
    }
    if case .placed(let item) = relaxation.constraint.demand {
      return "without `\(item)`"
    }
    return "without this rule: \(statement(relaxation.constraint))"
  }
}

extension PlacementConstraint.Demand {
  /// The item that it is about; nil if there are several.
  fileprivate var item: String? {
    switch self {
    case .placed(let item), .within(let item, _), .apart(let item, _),
      .startAligned(let item, _, _), .endAligned(let item, _), .startsAt(let item, _),
      .atLeast(let item, _), .atMost(let item, _):
      item
    case .disjoint, .totalAtMost, .countAtMost, .sharedWindow: nil
    }
  }
}
