/// An expression of the model. Names are looked up in the scope, innermost first.
indirect enum Expression: Equatable, Sendable {
  case number(Int)
  case boolean(Bool)
  /// A constant of a const section, or a member of an enumeration.
  case name(String)
  case place(Place)
  case unary(UnaryOperator, Expression)
  case binary(BinaryOperator, Expression, Expression)
  case conditional(Expression, then: Expression, otherwise: Expression)
  case quantified(Quantifier, Binder, Expression)
  case isUndefined(Place)
  case call(String, [Expression])
}

/// What can stand at the left of `:=`: a variable, followed by fields and elements.
struct Place: Equatable, Sendable {
  var root: String
  var steps: [Step] = []

  enum Step: Equatable, Sendable {
    case field(String)
    case element(Expression)
  }
}

/// The parameter of a quantifier, a loop or a ruleset.
enum Binder: Equatable, Sendable {
  /// `name: type`
  case type(String, ModelType)
  /// `name := from to to by step`; only in loops and quantifiers, because Rumur 2022.08 stops with
  /// a failed assertion on such a ruleset.
  case span(String, from: Expression, to: Expression, step: Int?)

  var name: String {
    switch self {
    case .type(let name, _), .span(let name, _, _, _): name
    }
  }
}

enum Quantifier: String, Sendable {
  case forall, exists
}

enum UnaryOperator: String, Sendable {
  case not = "!"
  case minus = "-"
  case bitNot = "~"
}

enum BinaryOperator: String, CaseIterable, Sendable {
  case implies = "->"
  case or = "|"
  case and = "&"
  case bitOr = "|bits"
  case bitXor = "^"
  case bitAnd = "&bits"
  case less = "<"
  case atMost = "<="
  case greater = ">"
  case atLeast = ">="
  case equal = "="
  case unequal = "!="
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
}

extension Expression {
  static func not(_ operand: Expression) -> Expression { .unary(.not, operand) }

  static func variable(_ name: String) -> Expression { .place(Place(root: name)) }
}
