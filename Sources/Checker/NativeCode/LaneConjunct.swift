import Packing
import TransitionSystem

/// A conjunct of a guard that compares one element of an array with a number, the rule's parameter
/// being the index: `place[p] = STOPPED`. It is evaluated for all values of the parameter at once,
/// by the bits of the words that the elements lie in (Lamport, "Multiple byte processing with
/// full-word instructions", 1975), and the loop goes over those for which it holds.
struct LaneConjunct {
  /// Consecutive values of the parameter whose elements lie in one word, lowest bits first; so the
  /// order in which instances are tried stays.
  struct Segment {
    var word: Int
    /// For each value, its position among all of them, and the lowest bit of its element.
    var lanes: [(position: Int, shift: UInt64)]

    /// The lowest bit of each element.
    var lowBits: UInt64 { lanes.reduce(0) { $0 | 1 << $1.shift } }
  }

  /// Of more values, a loop over all of them is less text.
  private static let mostValues = 1 << 12

  let segments: [Segment]
  private let width: Int
  /// What is compared with, as it is packed.
  private let code: UInt64
  private let isEqual: Bool

  /// - Parameters:
  ///   - conjunct: The first that is to be evaluated where `parameter` is bound; one behind another
  ///     could hide an error of that one.
  ///   - position: The parameter's slot in the frame.
  /// - Returns: Nil if the conjunct is not like that, can go wrong, or the elements are scattered.
  init?(
    _ conjunct: Expression, _ parameter: RuleParameter, at position: Int, _ packing: StatePacking
  ) {
    guard let (place, value, isEqual) = Self.comparison(conjunct),
      place.base == .state, place.indices.count == 1, let index = place.indices.first,
      case .load(let variable) = index.value.kind, variable.base == .frame,
      variable.offset == position, variable.indices.isEmpty, parameter.count > 1,
      parameter.count <= Self.mostValues
    else { return nil }
    let first = packing.fields[place.offset]
    var segments: [Segment] = []
    for number in 0..<parameter.count {
      let (distance, overflow) = parameter.value(at: number).subtractingReportingOverflow(
        index.lower)
      guard !overflow, 0..<Int64(index.count) ~= distance else { return nil }
      let field = packing.fields[place.offset + Int(distance) * index.stride]
      guard !field.mayBeUndefined, field.mask != 0, field.mask != .max, field.mask == first.mask,
        field.lower == first.lower
      else { return nil }
      if let last = segments.last, last.word == field.word,
        last.lanes[last.lanes.count - 1].shift < field.shift
      {
        segments[segments.count - 1].lanes.append((number, field.shift))
      } else {
        segments.append(Segment(word: field.word, lanes: [(number, field.shift)]))
      }
    }
    let (code, overflow) = value.subtractingReportingOverflow(first.lower)
    guard !overflow, code >= 0, UInt64(code) <= first.mask, segments.count * 3 <= parameter.count
    else { return nil }
    self.segments = segments
    self.isEqual = isEqual
    self.code = UInt64(code)
    width = first.mask.nonzeroBitCount
  }

  private static func comparison(
    _ conjunct: Expression
  ) -> (place: Place, value: Int64, isEqual: Bool)? {
    switch conjunct.kind {
    case .load(let place): return (place, 0, false)
    case .not(let operand):
      return comparison(operand).map { ($0.place, $0.value, !$0.isEqual) }
    case .compare(let comparison, let left, let right):
      guard comparison == .equal || comparison == .notEqual else { return nil }
      switch (left.kind, right.kind) {
      case (.load(let place), .literal(let value)), (.literal(let value), .load(let place)):
        return (place, value, comparison == .equal)
      default: return nil
      }
    default: return nil
    }
  }

  /// A C expression of the lowest bits of the elements for which the conjunct holds.
  func hits(_ segment: Segment) -> String {
    let expected = segment.lanes.reduce(0) { $0 | code << $1.shift }
    let differs = "differs_in(p->w[\(segment.word)] ^ \(expected)ULL, \(width))"
    return "\(isEqual ? "~" : "")\(differs) & \(segment.lowBits)ULL"
  }

  /// The positions by the lowest bits, for a table in C.
  func positions(_ segment: Segment) -> [Int] {
    let last = segment.lanes.last?.shift ?? 0
    var positions = Array(repeating: 0, count: Int(last) + 1)
    for lane in segment.lanes { positions[Int(lane.shift)] = lane.position }
    return positions
  }
}
