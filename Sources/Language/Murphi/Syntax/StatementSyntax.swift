package import Diagnostics

/// A statement as written.
package final class StatementSyntax: Sendable, Equatable {
  package let kind: Kind
  package let span: SourceSpan

  package init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  package static func == (left: StatementSyntax, right: StatementSyntax) -> Bool {
    left === right || left.kind == right.kind
  }

  package enum Kind: Sendable, Equatable {
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
package struct ConditionalClause: Sendable, Equatable {
  package let condition: ExpressionSyntax
  package let body: [StatementSyntax]

  package init(condition: ExpressionSyntax, body: [StatementSyntax]) {
    self.condition = condition
    self.body = body
  }
}

/// One `case` of a `switch`.
package struct SwitchCase: Sendable, Equatable {
  package let matches: [ExpressionSyntax]
  package let body: [StatementSyntax]

  package init(matches: [ExpressionSyntax], body: [StatementSyntax]) {
    self.matches = matches
    self.body = body
  }
}

/// The words that introduce a property. `assert` and `invariant` are synonyms in Rumur: an
/// assertion where they stand in a body, an invariant where they stand beside the rules.
package enum PropertyKind: String, Sendable, Equatable {
  case assert
  case invariant
  case assume
  case cover
  case liveness
}
