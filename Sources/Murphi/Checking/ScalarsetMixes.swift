import Diagnostics
import TransitionSystem

/// Pairs of scalarsets whose elements a model uses for one another, as it may where they have the
/// same size. Whoever renames elements of one has to know.
final class ScalarsetMixes {
  private(set) var list: [TransitionSystem.ScalarsetMix] = []

  /// Notes that a value of one type is used as one of the other; the two agree.
  func note(_ first: ValueType, _ second: ValueType, at span: SourceSpan) {
    switch (first, second) {
    case (.scalar(let left), .scalar(let right)):
      note(left, right, at: span)
    case (.array(let leftIndex, let left), .array(let rightIndex, let right)):
      note(leftIndex, rightIndex, at: span)
      note(left, right, at: span)
    case (.record(let left), .record(let right)):
      for (one, other) in zip(left, right) { note(one.type, other.type, at: span) }
    case (.multiset(_, let left), .multiset(_, let right)):
      note(left, right, at: span)
    default:
      break
    }
  }

  func note(_ first: ScalarType, _ second: ScalarType, at span: SourceSpan) {
    switch (first.kind, second.kind) {
    case (.scalarset, .scalarset):
      guard first.identity != second.identity,
        !list.contains(where: { $0.first == first.identity && $0.second == second.identity })
      else { return }
      list.append(.init(first: first.identity, second: second.identity, span: span))
    case (.union(let left), .union(let right)):
      for (one, other) in zip(left, right) { note(one.type, other.type, at: span) }
    default:
      break
    }
  }
}
