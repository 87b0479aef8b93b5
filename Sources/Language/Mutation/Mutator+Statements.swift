import Diagnostics
import Murphi

extension Mutator {
  mutating func mutate(_ statements: [StatementSyntax]) {
    for statement in statements { mutate(statement) }
    for (first, second) in zip(statements, statements.dropFirst()) { exchange(first, second) }
  }

  private mutating func exchange(_ first: StatementSyntax, _ second: StatementSyntax) {
    guard !first.isObservation, !second.isObservation, !first.isResult, !second.isResult,
      !first.commutes(with: second)
    else { return }
    let span = first.span.joined(with: second.span)
    add(
      first.isCall || second.isCall ? .reorderCall : .swapStatements, span,
      [
        TextEdit(first.span, source.text(of: second.span)),
        TextEdit(second.span, source.text(of: first.span)),
      ], "\(words(second.span)) comes before \(words(first.span))")
  }

  private mutating func mutate(_ statement: StatementSyntax) {
    if statement.isObservation { return }
    // A function without a value would be another mistake than one of the protocol.
    if !statement.isResult { drop(statement) }
    switch statement.kind {
    case .assign(let target, let value):
      mutateIndices(of: target)
      mutate(value)
    case .clear(let target), .undefine(let target): mutateIndices(of: target)
    case .conditional(let clauses, let otherwise): mutate(statement, clauses, otherwise)
    case .switching(let value, let cases, let otherwise):
      mutate(value)
      for choice in cases {
        for match in choice.matches { mutate(match) }
        mutate(choice.body)
      }
      mutate(otherwise)
    case .whileLoop(let condition, let body):
      mutate(condition)
      mutate(body)
    case .forLoop(let quantifiers, let body):
      let outer = scope
      for part in quantifiers.flatMap(\.parts) { mutate(part) }
      scope.bind(quantifiers)
      mutate(body)
      scope = outer
    case .alias(let aliases, let body):
      let outer = scope
      for alias in aliases {
        mutateIndices(of: alias.value)
        scope.bind(alias.name, "")
      }
      mutate(body)
      scope = outer
    case .call(_, let arguments):
      double(statement)
      for argument in arguments { mutate(argument) }
    case .result(let value): value.map { mutateCondition(ofResult: $0) }
    case .multisetAdd(let value, let multiset), .multisetRemove(let value, let multiset):
      mutate(value)
      mutateIndices(of: multiset)
    case .multisetRemoveWhere(let name, let multiset, let predicate):
      mutateIndices(of: multiset)
      let outer = scope
      scope.bind(name, "")
      mutateCondition(predicate)
      scope = outer
    case .property, .error, .put, .putText, .invalid: break
    }
  }

  /// The value of a function, whose conditions are those of guards where it is a chain of them.
  private mutating func mutateCondition(ofResult value: ExpressionSyntax) {
    if value.isChain { mutateCondition(value) } else { mutate(value) }
  }

  private mutating func drop(_ statement: StatementSyntax) {
    add(
      statement.isCall ? .dropCall : .dropStatement, statement.span,
      [TextEdit(wholeSpan(of: statement.span), "")], "\(words(statement.span)) is left out")
  }

  private mutating func double(_ statement: StatementSyntax) {
    let end = SourceSpan(start: statement.span.end, end: statement.span.end)
    let separator = ";\n" + indentation(at: statement.span.start)
    add(
      .doubleCall, statement.span, [TextEdit(end, separator + source.text(of: statement.span))],
      "\(words(statement.span)) is done twice")
  }

  private mutating func mutate(
    _ statement: StatementSyntax, _ clauses: [ConditionalClause], _ otherwise: [StatementSyntax]
  ) {
    if let first = clauses.first, let start = first.body.first?.span.start,
      let end = first.body.last?.span.end
    {
      let body = SourceSpan(start: start, end: end)
      add(
        .dropIf, statement.span,
        [
          TextEdit(SourceSpan(start: statement.span.start, end: start), ""),
          TextEdit(SourceSpan(start: end, end: statement.span.end), ""),
        ], "\(words(body)) is done without asking for \(words(first.condition.span))")
    }
    for clause in clauses {
      mutateCondition(clause.condition)
      mutate(clause.body)
    }
    mutate(otherwise)
  }
}

extension StatementSyntax {
  fileprivate var isResult: Bool { if case .result = kind { true } else { false } }
}
