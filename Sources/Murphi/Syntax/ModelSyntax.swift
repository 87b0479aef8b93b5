import Diagnostics

/// A whole model as written.
public struct ModelSyntax: Sendable, Equatable {
  public let items: [Item]

  public init(items: [Item]) {
    self.items = items
  }

  public enum Item: Sendable, Equatable {
    case declaration(DeclarationSyntax)
    case function(FunctionDeclaration)
    case rule(RuleSyntax)
  }
}
