import Diagnostics
import TransitionSystem

extension Elaborator {
  /// A condition that is true, and an error where an alias around a rule or property cannot be
  /// evaluated; nil where it always can. Rumur and CMurphi bind these aliases before they look at the
  /// guard or the property, whether or not it mentions them.
  ///
  /// - Parameter parameterCount: The parameters of the rule, which are first in its frame and have
  ///   values.
  func evaluated(
    _ operand: Operand, besideParameters parameterCount: Int, at span: SourceSpan
  ) -> Expression? {
    switch operand {
    case .place(let place, _):
      guard let type = place.type.firstSlot,
        place.indices.contains(where: { !$0.isParameter(below: parameterCount) })
      else { return nil }
      let slot = Place(
        base: place.base, offset: place.offset, indices: place.indices, type: .scalar(type),
        span: place.span)
      return Expression(.isUndefined(slot), at: span).orTrue
    case .scalar(let value, _):
      if case .value = value.folded { return nil }
      return Expression(.compare(.equal, value, Expression(.literal(0), at: span)), at: span).orTrue
    case .aggregate, .symbolicArray, .undefined, .invalid:
      return nil
    }
  }
}

extension Place.Index {
  /// Whether the index is a parameter of the rule whose values are all in range.
  fileprivate func isParameter(below parameterCount: Int) -> Bool {
    guard case .load(let place) = value.kind, place.base == .frame, place.indices.isEmpty,
      place.offset < parameterCount
    else { return false }
    let (last, overflow) = lower.addingReportingOverflow(Int64(count) - 1)
    return place.bounds.lowerBound >= lower && !overflow && place.bounds.upperBound <= last
  }
}

extension ValueType {
  /// The type of the first slot; nil if there is none.
  fileprivate var firstSlot: ScalarType? {
    switch self {
    case .scalar(let type): type
    case .array(let index, let element): index.valueCount == 0 ? nil : element.firstSlot
    case .record(let fields): fields.lazy.compactMap { $0.type.firstSlot }.first
    case .multiset(let capacity, _): capacity == 0 ? nil : .boolean
    }
  }
}
