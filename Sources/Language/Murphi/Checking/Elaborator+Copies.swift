import Diagnostics
import TransitionSystem

// What a text says once may come to stand in a model many times: where an alias around rules is used,
// and where one value is asked several things. Aliases of aliases, and types of types, so double with
// each line, and what a page of text stands for would be too much for any walk.

extension Elaborator {
  /// The most expressions that a model has beside those that its text has.
  private static let maximumCopyCount = 1 << 24
  /// The most types within a type.
  private static let maximumTypePartCount = 1 << 20
  /// The most types of which one holds the other.
  private static let maximumTypeDepth = 1_000

  /// Counts expressions that stand in the model once more than in its text.
  ///
  /// - Returns: Whether they are not too many; a complaint is one for the model.
  mutating func mayCopy(_ partCount: Int, at span: SourceSpan) -> Bool {
    let (sum, overflow) = copyCount.addingReportingOverflow(partCount)
    guard !overflow, sum <= Self.maximumCopyCount else {
      if !hasTooManyCopies {
        report(
          .nestedTooDeeply,
          "with this, parts that are used several times come to more than \(Self.maximumCopyCount)",
          at: span, hint: "let a function or a variable stand for what is used several times")
      }
      hasTooManyCopies = true
      return false
    }
    copyCount = sum
    return true
  }

  /// The operand that an alias stands for, once more.
  mutating func copied(_ operand: Operand, at span: SourceSpan) -> Operand {
    let partCount: Int
    switch operand {
    case .scalar(let expression, _): partCount = expression.partCount
    case .place(let place, _): partCount = place.partCount
    case .aggregate(let aggregate, _): partCount = aggregate.partCount
    case .symbolicArray(_, let indices, _):
      partCount = indices.reduce(0) { max($0, $1.value.partCount) }
    case .undefined, .invalid: partCount = 0
    }
    return partCount <= 1 || mayCopy(partCount, at: span) ? operand : .invalid
  }

  /// Whether a type is no larger than can be walked through; else there is a complaint.
  mutating func isWalkable(_ type: ValueType, at span: SourceSpan) -> Bool {
    var partsLeft = Self.maximumTypePartCount
    if type.isWalkable(&partsLeft, depthLeft: Self.maximumTypeDepth) { return true }
    report(
      .nestedTooDeeply,
      "this type is made of more than \(Self.maximumTypePartCount) types, or more than "
        + "\(Self.maximumTypeDepth) levels deep", at: span)
    return false
  }
}

extension ValueType {
  fileprivate func isWalkable(_ partsLeft: inout Int, depthLeft: Int) -> Bool {
    partsLeft -= 1
    guard partsLeft >= 0, depthLeft > 0 else { return false }
    switch self {
    case .scalar: return true
    case .array(_, let element), .multiset(_, let element):
      return element.isWalkable(&partsLeft, depthLeft: depthLeft - 1)
    case .record(let fields):
      return fields.allSatisfy { $0.type.isWalkable(&partsLeft, depthLeft: depthLeft - 1) }
    }
  }
}
