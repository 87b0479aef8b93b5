public import Diagnostics

/// A statement as written.
public final class StatementSyntax: Sendable, Equatable {
  public let kind: Kind
  public let span: SourceSpan

  public init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  public static func == (left: StatementSyntax, right: StatementSyntax) -> Bool {
    left === right || left.kind == right.kind
  }

  public enum Kind: Sendable, Equatable {
    case assign(ExpressionSyntax, ExpressionSyntax)
    case clear(ExpressionSyntax)
    case undefine(ExpressionSyntax)
    /// `if` and its `elsif`s in order, then what `else` has.
    case conditional([ConditionalClause], otherwise: [StatementSyntax])
    case switching(ExpressionSyntax, [SwitchCase], otherwise: [StatementSyntax])
    case whileLoop(ExpressionSyntax, [StatementSyntax])
    /// CMurphi allows several quantifiers.
    case forLoop([QuantifierSyntax], [StatementSyntax])
    case alias([AliasDeclaration], [StatementSyntax])
    case call(Name, [ExpressionSyntax])
    case result(ExpressionSyntax?)
    case error(String)
    case property(PropertyKind, message: String?, ExpressionSyntax)
    case putText(String)
    case put(ExpressionSyntax)
    case multisetAdd(ExpressionSyntax, to: ExpressionSyntax)
    case multisetRemove(ExpressionSyntax, from: ExpressionSyntax)
    /// `multisetremovepred(name : multiset, predicate)`.
    case multisetRemoveWhere(Name, multiset: ExpressionSyntax, predicate: ExpressionSyntax)
    /// Stands where no statement could be read; a diagnostic has been given.
    case invalid
  }
}

/// A condition and what is done under it.
public struct ConditionalClause: Sendable, Equatable {
  public let condition: ExpressionSyntax
  public let body: [StatementSyntax]

  public init(condition: ExpressionSyntax, body: [StatementSyntax]) {
    self.condition = condition
    self.body = body
  }
}

/// One `case` of a `switch`.
public struct SwitchCase: Sendable, Equatable {
  public let matches: [ExpressionSyntax]
  public let body: [StatementSyntax]

  public init(matches: [ExpressionSyntax], body: [StatementSyntax]) {
    self.matches = matches
    self.body = body
  }
}

/// The words that introduce a property. `assert` and `invariant` are synonyms in Rumur: an
/// assertion where they stand in a body, an invariant where they stand beside the rules.
public enum PropertyKind: String, Sendable, Equatable {
  case assert
  case invariant
  case assume
  case cover
  case liveness
}
