import Diagnostics

/// A whole model as written.
package struct ModelSyntax: Sendable, Equatable {
  package let items: [Item]

  package init(items: [Item]) {
    self.items = items
  }

  package enum Item: Sendable, Equatable {
    case declaration(DeclarationSyntax)
    case function(FunctionDeclaration)
    case rule(RuleSyntax)
    /// A function that is declared in a way that is refused; a diagnostic has been given.
    case unreadable(Name)
  }
}
