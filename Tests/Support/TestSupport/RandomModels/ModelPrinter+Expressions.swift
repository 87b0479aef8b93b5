/// How tightly an operator binds, loosest first, as in Rumur's grammar.
enum Precedence: Int, Comparable {
  case conditional, implies, or, and, bitOr, bitXor, bitAnd, not, comparison, shift, sum, product
  case sign, primary

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }
}

extension BinaryOperator {
  /// `doubled`: whether `&&` and `||` are written, which bind less tightly than `&` and `|`.
  func precedence(doubled: Bool) -> Precedence {
    switch self {
    case .implies: .implies
    case .or: doubled ? .or : .bitOr
    case .and: doubled ? .and : .bitAnd
    case .bitOr: .bitOr
    case .bitXor: .bitXor
    case .bitAnd: .bitAnd
    case .less, .atMost, .greater, .atLeast, .equal, .unequal: .comparison
    case .shiftLeft, .shiftRight: .shift
    case .add, .subtract: .sum
    case .multiply, .divide, .remainder: .product
    }
  }

  /// Whether `a op b op c` is a syntax error.
  var isNonassociative: Bool {
    let precedence = precedence(doubled: false)
    return precedence == .implies || precedence == .comparison
  }
}

extension ModelPrinter {
  /// A keyword in the model's spelling.
  func word(_ keyword: String) -> String {
    style.capitals ? keyword.uppercased() : keyword
  }

  func place(_ place: Place) -> String {
    place.steps.reduce(place.root) { text, step in
      switch step {
      case .field(let name): "\(text).\(name)"
      case .element(let index): "\(text)[\(expression(index))]"
      }
    }
  }

  func binder(_ binder: Binder) -> String {
    switch binder {
    case .type(let name, let type): return "\(name): \(self.type(type))"
    case .span(let name, let from, let to, let step):
      let ends = "\(name) := \(expression(from)) \(word("to")) \(expression(to))"
      return step.map { "\(ends) \(word("by")) \($0)" } ?? ends
    }
  }

  /// The expression's text, in parentheses if it binds less tightly than `least`.
  func expression(_ expression: Expression, inside least: Precedence = .conditional) -> String {
    let (text, precedence) = written(expression)
    let mustWrap = precedence < least
    let mayWrap = style.allParentheses && least != .conditional && precedence < .sign
    return mustWrap || mayWrap ? "(\(text))" : text
  }

  private func written(_ expression: Expression) -> (String, Precedence) {
    switch expression {
    case .number(let value): return (String(value), value < 0 ? .sign : .primary)
    case .boolean(let value): return (value ? "true" : "false", .primary)
    case .name(let name): return (name, .primary)
    case .place(let place): return (self.place(place), .primary)
    case .isUndefined(let place):
      return ("\(word("isundefined"))(\(self.place(place)))", .primary)
    case .unary(.not, let operand): return ("!" + self.expression(operand, inside: .not), .not)
    case .unary(let operation, let operand):
      return (operation.rawValue + self.expression(operand, inside: .primary), .sign)
    case .binary(let operation, let left, let right): return written(operation, left, right)
    case .conditional(let condition, let then, let otherwise):
      let parts = [condition, then, otherwise].map { self.expression($0, inside: .implies) }
      return ("\(parts[0]) ? \(parts[1]) : \(parts[2])", .conditional)
    case .quantified(let quantifier, let parameter, let body):
      let end = style.shortEnds ? "end" : "end" + quantifier.rawValue
      let opening = "\(word(quantifier.rawValue)) \(binder(parameter)) \(word("do"))"
      return ("\(opening) \(self.expression(body)) \(word(end))", .primary)
    case .call(let name, let arguments):
      return ("\(name)(\(arguments.map { self.expression($0) }.joined(separator: ", ")))", .primary)
    }
  }

  private func written(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression
  ) -> (String, Precedence) {
    let precedence = operation.precedence(doubled: style.doubledOperators)
    let leftText = expression(
      left, inside: operation.isNonassociative ? precedence.tighter : precedence)
    let rightText = expression(right, inside: precedence.tighter)
    return ("\(leftText) \(symbol(operation)) \(rightText)", precedence)
  }

  private func symbol(_ operation: BinaryOperator) -> String {
    switch operation {
    case .bitOr: "|"
    case .bitAnd: "&"
    case .or: style.doubledOperators ? "||" : "|"
    case .and: style.doubledOperators ? "&&" : "&"
    case .equal: style.doubledOperators ? "==" : "="
    default: operation.rawValue
    }
  }
}
