public import Diagnostics

/// A type as written.
public final class TypeSyntax: Sendable, Equatable {
  public let kind: Kind
  public let span: SourceSpan

  public init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  public static func == (left: TypeSyntax, right: TypeSyntax) -> Bool {
    left === right || left.kind == right.kind
  }

  public enum Kind: Sendable, Equatable {
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
