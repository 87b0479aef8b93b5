package import Diagnostics

/// A constant that the model leaves open: a mathematical integer, or an array of them. The model
/// stands for its instances with all values that its layout assumptions allow.
package struct SymbolicConstant: Sendable {
  package let name: String
  /// The types of its indices, outermost first; none for a single value.
  package let indices: [ScalarType]
  /// The number of its first element, all elements of all symbolic constants being counted in
  /// order.
  package let first: Int
  package let span: SourceSpan

  package init(name: String, indices: [ScalarType], first: Int, span: SourceSpan) {
    self.name = name
    self.indices = indices
    self.first = first
    self.span = span
  }

  package var elementCount: Int { indices.reduce(1) { $0 * ($1.valueCount ?? 0) } }

  /// The indices of an element, by its position among those of the constant; the last one varies
  /// fastest.
  package func indices(ofElement position: Int) -> [Int64] {
    var rest = position
    var values: [Int64] = []
    for type in indices.reversed() {
      let count = max(1, type.valueCount ?? 1)
      values.append(type.lower + Int64(rest % count))
      rest /= count
    }
    return values.reversed()
  }

  /// An element as the model writes it: `need[shell]`.
  package func name(ofElement position: Int) -> String {
    zip(indices, indices(ofElement: position)).reduce(name) {
      $0 + "[\($1.0.describe($1.1))]"
    }
  }
}

/// What expressions of type `address` consist of, and how they give truth values. Their values are
/// mathematical integers: they never overflow.
package indirect enum SymbolicOperation: Sendable {
  /// An element of a symbolic constant: the first one, and the indices that lead on from there.
  case element(first: Int, [Place.Index])
  /// A number, as an address.
  case number(Expression)
  case sum(Expression, Expression)
  case difference(Expression, Expression)
  /// An address times a number.
  case product(Expression, by: Expression)
  /// An address by a number, rounded towards zero.
  case quotient(Expression, by: Expression)
  /// What is left of an address by a number; it has the sign of the address.
  case remainder(Expression, by: Expression)
  /// Of two addresses; a boolean.
  case comparison(Expression.ComparisonOperator, Expression, Expression)

  /// What is evaluated for it, in order.
  package var operands: [Expression] {
    switch self {
    case .element(_, let indices): indices.map(\.value)
    case .number(let operand): [operand]
    case .sum(let left, let right), .difference(let left, let right),
      .product(let left, by: let right), .quotient(let left, by: let right),
      .remainder(let left, by: let right), .comparison(_, let left, let right):
      [left, right]
    }
  }
}

extension ScalarType {
  /// The type of symbolic constants and of what is computed from them. A slot of a frame holds a
  /// number that whoever evaluates has given to the value.
  package static let address = ScalarType(
    kind: .address, lower: .min + 1, upper: .max, name: "address")
}

/// Which functions and expressions use addresses, and which read the state.
package struct SymbolicDependence {
  private let functionUsesAddresses: [Bool]
  private let functionReadsState: [Bool]

  package init(_ functions: [Function]) {
    var uses = Array(repeating: false, count: functions.count)
    var reads = Array(repeating: false, count: functions.count)
    var calls = Array(repeating: Set<Int>(), count: functions.count)
    for (number, function) in functions.enumerated() {
      function.body.forEachPart { part in
        if Self.usesAddresses(part) { uses[number] = true }
        if Self.readsState(part) { reads[number] = true }
        if case .call(let callee) = part { calls[number].insert(callee) }
      }
    }
    // Spread along calls until nothing changes.
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for number in functions.indices {
        for callee in calls[number] {
          if uses[callee], !uses[number] {
            uses[number] = true
            hasChanged = true
          }
          if reads[callee], !reads[number] {
            reads[number] = true
            hasChanged = true
          }
        }
      }
    }
    functionUsesAddresses = uses
    functionReadsState = reads
  }

  private static func usesAddresses(_ part: Part) -> Bool {
    if case .expression(let expression) = part, case .symbolic = expression.kind { return true }
    return false
  }

  private static func readsState(_ part: Part) -> Bool {
    // A reference may stand for a variable of the state.
    if case .place(let place, _) = part { return place.base != .frame }
    return false
  }

  /// Whether evaluating the expression may need the value of a symbolic constant.
  package func usesAddresses(_ expression: Expression) -> Bool {
    usesAddresses { expression.forEachPart($0) }
  }

  /// Whether passing the argument may need the value of a symbolic constant.
  package func usesAddresses(_ argument: Argument) -> Bool {
    usesAddresses { argument.forEachPart($0) }
  }

  /// Whether executing the statements may need the value of a symbolic constant.
  package func usesAddresses(_ statements: [Statement]) -> Bool {
    usesAddresses { statements.forEachPart($0) }
  }

  private func usesAddresses(_ forEachPart: ((Part) -> Void) -> Void) -> Bool {
    var found = false
    forEachPart { part in
      if Self.usesAddresses(part) { found = true }
      if case .call(let function) = part, functionUsesAddresses[function] { found = true }
    }
    return found
  }

  /// Whether the value may depend on the state.
  package func readsState(_ expression: Expression) -> Bool {
    var found = false
    expression.forEachPart { part in
      if Self.readsState(part) { found = true }
      if case .call(let function) = part, functionReadsState[function] { found = true }
    }
    return found
  }
}
