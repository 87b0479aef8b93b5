/// The values that something may have: a few that are known, or any; and whether it may be
/// undefined.
struct ValueSet: Sendable, Hashable {
  /// In ascending order; nil is any value.
  private(set) var values: [Int64]?
  private(set) var mayBeUndefined = false

  /// Sets of more values than these are any value: enough for the members of most enumerations.
  private static let limit = 16

  /// Any value, and undefined.
  static let any = ValueSet(values: nil, mayBeUndefined: true)
  static let undefined = ValueSet(values: [], mayBeUndefined: true)
  static let boolean = ValueSet(values: [0, 1])

  private init(values: [Int64]?, mayBeUndefined: Bool = false) {
    self.values = values
    self.mayBeUndefined = mayBeUndefined
  }

  init(_ value: Int64) { values = [value] }

  /// The numbers of a range, or any if they are many.
  init(_ range: ClosedRange<Int64>) {
    let (span, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    values = overflow || span >= Self.limit ? nil : Array(range)
  }

  /// The value, if there is one only.
  var single: Int64? {
    guard let values, values.count == 1, !mayBeUndefined else { return nil }
    return values[0]
  }

  mutating func formUnion(_ other: ValueSet) {
    mayBeUndefined = mayBeUndefined || other.mayBeUndefined
    guard let mine = values, let theirs = other.values else {
      values = nil
      return
    }
    if mine == theirs { return }
    let union = Set(mine).union(theirs)
    values = union.count > Self.limit ? nil : union.sorted()
  }

  func union(_ other: ValueSet) -> ValueSet {
    var union = self
    union.formUnion(other)
    return union
  }

  /// Those that can be read and are within bounds; the others are an error and lead nowhere.
  func clamped(to bounds: ClosedRange<Int64>) -> ValueSet {
    guard let values else { return ValueSet(bounds) }
    return ValueSet(values: values.filter(bounds.contains))
  }

  /// What an operation makes of all pairs; nil is a pair that is an error.
  func combined(
    with other: ValueSet, _ operation: (Int64, Int64) -> Int64?
  ) -> ValueSet {
    guard let values, let others = other.values else {
      return ValueSet(values: nil)
    }
    var results: Set<Int64> = []
    for left in values {
      for right in others {
        if let result = operation(left, right) { results.insert(result) }
        if results.count > Self.limit { return ValueSet(values: nil) }
      }
    }
    return ValueSet(values: results.sorted())
  }
}
