import Diagnostics
import TransitionSystem

/// Pairs of scalarsets whose elements a model uses for one another, as it may where they have the
/// same size, and scalarsets whose elements it uses as numbers. Whoever renames elements of one has
/// to know.
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

  /// Notes that an element of a scalarset is used as its number.
  func noteNumber(_ scalarset: ScalarType, at span: SourceSpan) {
    append(.init(first: scalarset.identity, second: nil, span: span))
  }

  private func append(_ mix: TransitionSystem.ScalarsetMix) {
    guard !list.contains(where: { $0.first == mix.first && $0.second == mix.second }) else {
      return
    }
    list.append(mix)
  }

  func note(_ first: ScalarType, _ second: ScalarType, at span: SourceSpan) {
    switch (first.kind, second.kind) {
    case (.scalarset, .scalarset):
      guard first.identity != second.identity else { return }
      append(.init(first: first.identity, second: second.identity, span: span))
    case (.union(let left), .union(let right)):
      for (one, other) in zip(left, right) { note(one.type, other.type, at: span) }
    default:
      break
    }
  }
}
