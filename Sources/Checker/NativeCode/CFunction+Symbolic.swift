import TransitionSystem

extension CFunction {
  /// The number of the term that an operation gives, or the truth value.
  mutating func symbolic(_ operation: SymbolicOperation) -> String {
    switch operation {
    case .element(let first, let indices):
      if indices.isEmpty { return "c->elements[\(first)]" }
      return "c->elements[\(slotInTurn(String(first), indices))]"
    case .number(let operand):
      return "look_up(c, NUMBER, \(expression(operand)), 0)"
    case .sum(let left, let right):
      return binary(left, right) { "look_up(c, SUM, \($0), \($1))" }
    case .difference(let left, let right):
      return binary(left, right) { "look_up(c, DIFFERENCE, \($0), \($1))" }
    case .product(let left, by: let right):
      return binary(left, right) { "look_up(c, PRODUCT, \($0), \($1))" }
    case .quotient(let left, by: let right):
      return binary(left, right) { "look_up(c, QUOTIENT, \($0), divisor(c, \($1)))" }
    case .remainder(let left, by: let right):
      return binary(left, right) { "look_up(c, REMAINDER, \($0), divisor(c, \($1)))" }
    case .comparison(let comparison, let left, let right):
      return binary(left, right) { first, second in
        switch comparison {
        case .equal: "compare(c, EQUAL, \(first), \(second))"
        case .notEqual: "compare(c, NOT_EQUAL, \(first), \(second))"
        case .less: "compare(c, LESS, \(first), \(second))"
        case .lessOrEqual: "compare(c, LESS_OR_EQUAL, \(first), \(second))"
        case .greater: "compare(c, LESS, \(second), \(first))"
        case .greaterOrEqual: "compare(c, LESS_OR_EQUAL, \(second), \(first))"
        }
      }
    }
  }
}
