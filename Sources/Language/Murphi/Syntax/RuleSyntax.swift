package import Diagnostics

/// What stands beside the declarations of a model: rules, start states, properties, and what
/// multiplies or names them.
package final class RuleSyntax: Sendable, Equatable {
  package let kind: Kind
  package let span: SourceSpan

  package init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  package static func == (left: RuleSyntax, right: RuleSyntax) -> Bool {
    left === right || left.kind == right.kind
  }

  package enum Kind: Sendable, Equatable {
    case rule(SimpleRuleSyntax)
    case startState(StartStateSyntax)
    case property(PropertyKind, message: String?, ExpressionSyntax)
    /// Ours: `measure "message" expression`.
    case measure(message: String, ExpressionSyntax)
    case ruleset([QuantifierSyntax], [RuleSyntax])
    case alias([AliasDeclaration], [RuleSyntax])
    /// `choose name : multiset`.
    case choose([ChoiceSyntax], [RuleSyntax])
  }
}

/// A guarded rule.
package struct SimpleRuleSyntax: Sendable, Equatable {
  package let name: String?
  /// CMurphi's priority: of the enabled rules of a state, those of the least number alone fire.
  package let priority: Int64?
  package let guardExpression: ExpressionSyntax?
  package let declarations: [DeclarationSyntax]
  package let body: [StatementSyntax]

  package init(
    name: String?, priority: Int64?, guardExpression: ExpressionSyntax?,
    declarations: [DeclarationSyntax], body: [StatementSyntax]
  ) {
    self.name = name
    self.priority = priority
    self.guardExpression = guardExpression
    self.declarations = declarations
    self.body = body
  }
}

/// A start state.
package struct StartStateSyntax: Sendable, Equatable {
  package let name: String?
  package let declarations: [DeclarationSyntax]
  package let body: [StatementSyntax]

  package init(name: String?, declarations: [DeclarationSyntax], body: [StatementSyntax]) {
    self.name = name
    self.declarations = declarations
    self.body = body
  }
}

/// A name that runs over the members of a multiset.
package struct ChoiceSyntax: Sendable, Equatable {
  package let name: Name
  package let multiset: ExpressionSyntax

  package init(name: Name, multiset: ExpressionSyntax) {
    self.name = name
    self.multiset = multiset
  }
}
