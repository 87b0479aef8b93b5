package import Diagnostics

/// One declaration of a `const`, `type` or `var` section, or a function.
///
/// Sections are not kept apart: the order of the declarations is all that means something.
package enum DeclarationSyntax: Sendable, Equatable {
  case constant(ConstantDeclaration)
  case type(TypeDeclaration)
  case variable(VariableDeclaration)
  /// Ours: an entry of a `symbolic` section.
  case symbolic(VariableDeclaration, SourceSpan)
}

/// `names : expression` in a `const` section.
package struct ConstantDeclaration: Sendable, Equatable {
  package let names: [Name]
  package let value: ExpressionSyntax

  package init(names: [Name], value: ExpressionSyntax) {
    self.names = names
    self.value = value
  }
}

/// `names : type` in a `type` section.
package struct TypeDeclaration: Sendable, Equatable {
  package let names: [Name]
  package let type: TypeSyntax

  package init(names: [Name], type: TypeSyntax) {
    self.names = names
    self.type = type
  }
}

/// `names : type` in a `var` section or a record.
package struct VariableDeclaration: Sendable, Equatable {
  package let names: [Name]
  package let type: TypeSyntax

  package init(names: [Name], type: TypeSyntax) {
    self.names = names
    self.type = type
  }
}

/// `name : expression` of an `alias`.
package struct AliasDeclaration: Sendable, Equatable {
  package let name: Name
  package let value: ExpressionSyntax

  package init(name: Name, value: ExpressionSyntax) {
    self.name = name
    self.value = value
  }
}

/// A function, or a procedure: a function without a result.
package struct FunctionDeclaration: Sendable, Equatable {
  package let name: Name
  package let parameters: [ParameterDeclaration]
  package let result: TypeSyntax?
  package let declarations: [DeclarationSyntax]
  package let body: [StatementSyntax]

  package init(
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
package struct ParameterDeclaration: Sendable, Equatable {
  /// Whether the parameter stands for the caller's variable, rather than for its value.
  package let isReference: Bool
  package let names: [Name]
  package let type: TypeSyntax

  package init(isReference: Bool, names: [Name], type: TypeSyntax) {
    self.isReference = isReference
    self.names = names
    self.type = type
  }
}
