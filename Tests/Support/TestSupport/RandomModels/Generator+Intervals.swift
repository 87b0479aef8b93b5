extension Generator {
  /// Bounds on the value of a number. Precondition: the expression is a number.
  func interval(of expression: Expression, in scope: Scope) -> Interval {
    switch expression {
    case .number(let value): return Interval(lower: value, upper: value)
    case .name(let name):
      let value = model.constants.first { $0.name == name }?.value ?? 0
      return Interval(lower: value, upper: value)
    case .place(let place):
      return interval(of: checker.type(of: place, in: scope))
    case .unary(let operation, let operand):
      return .of(operation, interval(of: operand, in: scope))
    case .binary(let operation, let left, let right):
      return .of(operation, interval(of: left, in: scope), interval(of: right, in: scope))
    case .conditional(_, let then, let otherwise):
      return interval(of: then, in: scope).union(interval(of: otherwise, in: scope))
    case .call(let name, _):
      return interval(of: model.functions.first { $0.name == name }?.result)
    case .boolean, .quantified, .isUndefined: return Interval(lower: 0, upper: 1)
    }
  }

  private func interval(of type: ModelType?) -> Interval {
    guard let type, case .range(let lower, let upper, _) = resolve(type) else {
      return Interval(lower: 0, upper: 1)
    }
    return Interval(lower: lower, upper: upper)
  }
}
