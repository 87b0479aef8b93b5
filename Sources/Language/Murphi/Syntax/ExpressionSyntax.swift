package import Diagnostics

/// An expression as written. Parentheses leave no trace but in the spans.
package final class ExpressionSyntax: Sendable, Equatable {
  package let kind: Kind
  package let span: SourceSpan

  package init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  package static func == (left: ExpressionSyntax, right: ExpressionSyntax) -> Bool {
    left === right || left.kind == right.kind
  }

  package enum Kind: Sendable, Equatable {
    case number(Int64)
    /// A name: a constant, variable, parameter, alias, enum member, `true` or `false` (these two
    /// are given in lower case, whatever the text has).
    case name(String)
    /// CMurphi's `undefined`, as the right side of an assignment or as an argument.
    case undefined
    case field(of: ExpressionSyntax, Name)
    case element(of: ExpressionSyntax, index: ExpressionSyntax)
    case call(Name, [ExpressionSyntax])
    case unary(UnaryOperator, ExpressionSyntax)
    case binary(BinaryOperator, ExpressionSyntax, ExpressionSyntax)
    case conditional(
      ExpressionSyntax, then: ExpressionSyntax, otherwise: ExpressionSyntax)
    /// `forall` and `exists`; CMurphi allows several quantifiers.
    case quantified(Quantification, [QuantifierSyntax], ExpressionSyntax)
    case isUndefined(ExpressionSyntax)
    case isMember(ExpressionSyntax, TypeSyntax)
    /// `multisetcount(name : multiset, predicate)`.
    case multisetCount(Name, multiset: ExpressionSyntax, predicate: ExpressionSyntax)
    /// Stands where no expression could be read; a diagnostic has been given.
    case invalid
  }
}

/// `forall` or `exists`.
package enum Quantification: Sendable, Equatable {
  case forall
  case exists
}

/// A name that runs over values: in `for`, `forall`, `exists` and `ruleset`.
package struct QuantifierSyntax: Sendable, Equatable {
  package let name: Name
  package let domain: Domain

  package init(name: Name, domain: Domain) {
    self.name = name
    self.domain = domain
  }

  package enum Domain: Sendable, Equatable {
    /// `name : type`
    case type(TypeSyntax)
    /// `name := from to to by step`
    case range(from: ExpressionSyntax, to: ExpressionSyntax, by: ExpressionSyntax?)
  }
}

/// An operator in front of its operand.
package enum UnaryOperator: String, Sendable, Equatable {
  case not = "!"
  case negate = "-"
  case plus = "+"
  case bitNot = "~"
}

/// An operator between its operands.
///
/// `&` and `|` mean logic or bits, by the types of the operands; `&&` and `||` always mean logic.
package enum BinaryOperator: String, Sendable, Equatable {
  case implies = "->"
  case logicalOr = "||"
  case logicalAnd = "&&"
  case pipe = "|"
  case bitXor = "^"
  case ampersand = "&"
  case less = "<"
  case lessOrEqual = "<="
  case equal = "="
  case notEqual = "!="
  case greaterOrEqual = ">="
  case greater = ">"
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
}
