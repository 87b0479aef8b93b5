package import Diagnostics

/// A type as written.
package final class TypeSyntax: Sendable, Equatable {
  package let kind: Kind
  package let span: SourceSpan

  package init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  package static func == (left: TypeSyntax, right: TypeSyntax) -> Bool {
    left === right || left.kind == right.kind
  }

  package enum Kind: Sendable, Equatable {
    case boolean
    case named(String)
    case range(ExpressionSyntax, ExpressionSyntax)
    case enumeration([Name])
    case record([VariableDeclaration])
    case array(index: TypeSyntax, element: TypeSyntax)
    case scalarset(ExpressionSyntax)
    case union([TypeSyntax])
    case multiset(ExpressionSyntax, element: TypeSyntax)
    /// Stands where no type could be read; a diagnostic has been given.
    case invalid
  }
}
