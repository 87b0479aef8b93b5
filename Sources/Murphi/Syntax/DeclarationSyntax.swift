public import Diagnostics

/// One declaration of a `const`, `type` or `var` section, or a function.
///
/// Sections are not kept apart: the order of the declarations is all that means something.
public enum DeclarationSyntax: Sendable, Equatable {
  case constant(ConstantDeclaration)
  case type(TypeDeclaration)
  case variable(VariableDeclaration)
  /// Ours: an entry of a `symbolic` section.
  case symbolic(VariableDeclaration, SourceSpan)
}

/// `names : expression` in a `const` section.
public struct ConstantDeclaration: Sendable, Equatable {
  public let names: [Name]
  public let value: ExpressionSyntax

  public init(names: [Name], value: ExpressionSyntax) {
    self.names = names
    self.value = value
  }
}

/// `names : type` in a `type` section.
public struct TypeDeclaration: Sendable, Equatable {
  public let names: [Name]
  public let type: TypeSyntax

  public init(names: [Name], type: TypeSyntax) {
    self.names = names
    self.type = type
  }
}

/// `names : type` in a `var` section or a record.
public struct VariableDeclaration: Sendable, Equatable {
  public let names: [Name]
  public let type: TypeSyntax

  public init(names: [Name], type: TypeSyntax) {
    self.names = names
    self.type = type
  }
}

/// `name : expression` of an `alias`.
public struct AliasDeclaration: Sendable, Equatable {
  public let name: Name
  public let value: ExpressionSyntax

  public init(name: Name, value: ExpressionSyntax) {
    self.name = name
    self.value = value
  }
}

/// A function, or a procedure: a function without a result.
public struct FunctionDeclaration: Sendable, Equatable {
  public let name: Name
  public let parameters: [ParameterDeclaration]
  public let result: TypeSyntax?
  public let declarations: [DeclarationSyntax]
  public let body: [StatementSyntax]

  public init(
    name: Name, parameters: [ParameterDeclaration], result: TypeSyntax?,
    declarations: [DeclarationSyntax], body: [StatementSyntax]
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.declarations = declarations
    self.body = body
  }
}

/// `var names : type` in the head of a function.
public struct ParameterDeclaration: Sendable, Equatable {
  /// Whether the parameter stands for the caller's variable, rather than for its value.
  public let isReference: Bool
  public let names: [Name]
  public let type: TypeSyntax

  public init(isReference: Bool, names: [Name], type: TypeSyntax) {
    self.isReference = isReference
    self.names = names
    self.type = type
  }
}
