public import Diagnostics

/// What stands beside the declarations of a model: rules, start states, properties, and what
/// multiplies or names them.
public final class RuleSyntax: Sendable, Equatable {
  public let kind: Kind
  public let span: SourceSpan

  public init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  public static func == (left: RuleSyntax, right: RuleSyntax) -> Bool {
    left === right || left.kind == right.kind
  }

  public enum Kind: Sendable, Equatable {
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
public struct SimpleRuleSyntax: Sendable, Equatable {
  public let name: String?
  /// CMurphi's priority: of the enabled rules of a state, those of the least number alone fire.
  public let priority: Int64?
  public let guardExpression: ExpressionSyntax?
  public let declarations: [DeclarationSyntax]
  public let body: [StatementSyntax]

  public init(
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
public struct StartStateSyntax: Sendable, Equatable {
  public let name: String?
  public let declarations: [DeclarationSyntax]
  public let body: [StatementSyntax]

  public init(name: String?, declarations: [DeclarationSyntax], body: [StatementSyntax]) {
    self.name = name
    self.declarations = declarations
    self.body = body
  }
}

/// A name that runs over the members of a multiset.
public struct ChoiceSyntax: Sendable, Equatable {
  public let name: Name
  public let multiset: ExpressionSyntax

  public init(name: Name, multiset: ExpressionSyntax) {
    self.name = name
    self.multiset = multiset
  }
}
