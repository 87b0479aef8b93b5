package import TransitionSystem

extension Expression {
  /// What the value of an expression lies between, whatever the state is: by its literals, and by
  /// the types of the variables that it reads. As wide as may be where nothing is known.
  ///
  /// An operand that decides alone does, whatever the others are: without faults
  /// `faults < FAULTS & x = 1` is false, because `faults` has a type with one value then. A function
  /// is looked into where it is one `return`.
  package func valueRange(in system: TransitionSystem) -> ClosedRange<Int64> {
    valueRange(in: system, depth: 0)
  }

  /// Calls within calls that are looked into; a function may call itself.
  static let mostCalls = 16

  func valueRange(in system: TransitionSystem, depth: Int) -> ClosedRange<Int64> {
    func range(_ operand: Expression) -> ClosedRange<Int64> {
      operand.valueRange(in: system, depth: depth)
    }
    switch kind {
    case .literal(let number): return number...number
    case .load(let place):
      // What another place stands for may have other values than it says.
      guard place.base == .state, case .scalar(let type) = place.type, type.kind != .address
      else { return .anything }
      return place.bounds
    case .not(let operand): return range(operand).negation
    case .and(let left, let right): return range(left).conjunction(range(right))
    case .or(let left, let right):
      return range(left).negation.conjunction(range(right).negation).negation
    case .implies(let left, let right):
      return range(left).conjunction(range(right).negation).negation
    case .conditional(let condition, let then, let otherwise):
      let condition = range(condition)
      if condition == .no { return range(otherwise) }
      if condition.isTrue { return range(then) }
      let (one, other) = (range(then), range(otherwise))
      return min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
    case .compare(let comparison, let left, let right):
      return Self.compared(comparison, range(left), range(right))
    case .arithmetic(let operation, let left, let right):
      return Self.combined(operation, range(left), range(right))
    case .negate(let operand):
      let range = range(operand)
      return range.lowerBound == .min ? .anything : -range.upperBound...(-range.lowerBound)
    case .quantified(let quantifier, let loop, let inner):
      let range = range(inner)
      // Whether there is a round; nil where the state decides that.
      var hasRounds: Bool?
      if case .values(let first, let last) = loop.domain { hasRounds = first <= last }
      switch quantifier {
      case .forall:
        if range.isTrue || hasRounds == false { return .yes }
        return range == .no && hasRounds == true ? .no : .either
      case .exists:
        if range == .no || hasRounds == false { return .no }
        return range.isTrue && hasRounds == true ? .yes : .either
      }
    case .call(let function, _):
      guard depth < Self.mostCalls, let first = system.functions[function].body.first,
        case .result(.scalar(let result)) = first.kind
      else { return .anything }
      return result.valueRange(in: system, depth: depth + 1)
    case .bitNot, .aggregatesEqual, .isUndefined, .handedOn, .isOccupied, .multisetCount,
      .symbolic:
      return .anything
    }
  }

  private static func compared(
    _ comparison: ComparisonOperator, _ left: ClosedRange<Int64>, _ right: ClosedRange<Int64>
  ) -> ClosedRange<Int64> {
    switch comparison {
    case .equal:
      if !left.overlaps(right) { return .no }
      return left.isOne && left == right ? .yes : .either
    case .notEqual: return compared(.equal, left, right).negation
    case .less:
      if left.upperBound < right.lowerBound { return .yes }
      return left.lowerBound >= right.upperBound ? .no : .either
    case .greater: return compared(.less, right, left)
    case .lessOrEqual: return compared(.less, right, left).negation
    case .greaterOrEqual: return compared(.less, left, right).negation
    }
  }

  /// Sums and differences; of other operations the one result of two numbers.
  private static func combined(
    _ operation: ArithmeticOperator, _ left: ClosedRange<Int64>, _ right: ClosedRange<Int64>
  ) -> ClosedRange<Int64> {
    let ends: (Int64?, Int64?)
    switch operation {
    case .add:
      ends = (
        try? operation.apply(left.lowerBound, right.lowerBound).get(),
        try? operation.apply(left.upperBound, right.upperBound).get()
      )
    case .subtract:
      ends = (
        try? operation.apply(left.lowerBound, right.upperBound).get(),
        try? operation.apply(left.upperBound, right.lowerBound).get()
      )
    case _ where left.isOne && right.isOne:
      let result = try? operation.apply(left.lowerBound, right.lowerBound).get()
      ends = (result, result)
    default: ends = (nil, nil)
    }
    guard let least = ends.0, let greatest = ends.1 else { return .anything }
    return least...greatest
  }
}

extension ClosedRange<Int64> {
  fileprivate static var anything: Self { (.min + 1)...(.max) }
  static var no: Self { 0...0 }
  static var yes: Self { 1...1 }
  fileprivate static var either: Self { 0...1 }

  fileprivate var isOne: Bool { lowerBound == upperBound }
  var isTrue: Bool { !contains(0) }

  var negation: Self { self == .no ? .yes : isTrue ? .no : .either }

  func conjunction(_ other: Self) -> Self {
    if self == .no || other == .no { return .no }
    return isTrue && other.isTrue ? .yes : .either
  }
}

extension Rule {
  /// Whether the constants of the model see to it that the rule never fires: its guard is false in
  /// every state, or it has no instance.
  package func isSwitchedOff(in system: TransitionSystem) -> Bool {
    instanceCount == 0 || guardExpression?.valueRange(in: system) == 0...0
  }
}
