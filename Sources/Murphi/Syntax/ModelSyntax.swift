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
    /// A function that is declared in a way that is refused; a diagnostic has been given.
    case unreadable(Name)
  }
}
