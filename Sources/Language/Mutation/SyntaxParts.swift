import Diagnostics
import Murphi

extension ExpressionSyntax {
  /// Calls `body` with the expression and all expressions in it.
  func forEachPart(_ body: (ExpressionSyntax) -> Void) {
    body(self)
    for part in parts { part.forEachPart(body) }
  }

  /// The expressions that it is made of.
  private var parts: [ExpressionSyntax] {
    switch kind {
    case .number, .name, .undefined, .invalid: []
    case .field(let record, _): [record]
    case .element(let array, let index): [array, index]
    case .call(_, let arguments): arguments
    case .unary(_, let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .quantified(_, let quantifiers, let body): quantifiers.flatMap(\.parts) + [body]
    case .isUndefined(let operand), .isMember(let operand, _): [operand]
    case .multisetCount(_, let multiset, let predicate): [multiset, predicate]
    }
  }

  /// The variable that a designator is a part of.
  var rootName: String? {
    switch kind {
    case .name(let name): name
    case .field(let record, _): record.rootName
    case .element(let array, _): array.rootName
    default: nil
    }
  }

  /// The names in it, those of functions included.
  var names: Set<String> {
    var names: Set<String> = []
    forEachPart { part in
      switch part.kind {
      case .name(let name): names.insert(name)
      case .call(let name, _): names.insert(name.text)
      default: break
      }
    }
    return names
  }
}

extension QuantifierSyntax {
  var parts: [ExpressionSyntax] {
    switch domain {
    case .type: []
    case .range(let from, let to, let by): [from, to] + (by.map { [$0] } ?? [])
    }
  }
}

extension StatementSyntax {
  /// The expressions of the statement itself and of all statements in it.
  func forEachExpression(_ body: (ExpressionSyntax) -> Void) {
    for expression in expressions { expression.forEachPart(body) }
    for statement in statements { statement.forEachExpression(body) }
  }

  /// Calls `body` with the name of each function and procedure that is called.
  func forEachCall(_ body: (String) -> Void) {
    if case .call(let name, _) = kind { body(name.text) }
    for expression in expressions { expression.forEachCall(body) }
    for statement in statements { statement.forEachCall(body) }
  }

  /// Expressions of this statement, and not of those within.
  private var expressions: [ExpressionSyntax] {
    switch kind {
    case .assign(let target, let value): [target, value]
    case .clear(let target), .undefine(let target): [target]
    case .conditional(let clauses, _): clauses.map(\.condition)
    case .switching(let value, let cases, _): [value] + cases.flatMap(\.matches)
    case .whileLoop(let condition, _): [condition]
    case .forLoop(let quantifiers, _): quantifiers.flatMap(\.parts)
    case .alias(let aliases, _): aliases.map(\.value)
    case .call(_, let arguments): arguments
    case .result(let value): value.map { [$0] } ?? []
    case .property(_, _, let expression), .put(let expression): [expression]
    case .multisetAdd(let value, let multiset), .multisetRemove(let value, let multiset):
      [value, multiset]
    case .multisetRemoveWhere(_, let multiset, let predicate): [multiset, predicate]
    case .error, .putText, .invalid: []
    }
  }

  /// The statements within this one.
  private var statements: [StatementSyntax] {
    switch kind {
    case .conditional(let clauses, let otherwise): clauses.flatMap(\.body) + otherwise
    case .switching(_, let cases, let otherwise): cases.flatMap(\.body) + otherwise
    case .whileLoop(_, let body), .forLoop(_, let body), .alias(_, let body): body
    default: []
    }
  }

  /// Whether it is of the model's properties, or says something: that is never changed.
  var isObservation: Bool {
    switch kind {
    case .property, .error, .put, .putText, .invalid: true
    default: false
    }
  }

  var isCall: Bool { if case .call = kind { true } else { false } }

  /// What it writes and reads, by the names of variables; nil where that is not plain to see.
  private var effect: (written: String, read: Set<String>)? {
    switch kind {
    case .assign(let target, let value):
      guard let root = target.rootName, !target.hasCall, !value.hasCall else { return nil }
      return (root, value.names.union(target.names.subtracting([root])))
    case .clear(let target), .undefine(let target):
      guard let root = target.rootName, !target.hasCall else { return nil }
      return (root, target.names.subtracting([root]))
    default: return nil
    }
  }

  /// Whether two statements do the same in either order, as far as that is plain to see: nobody looks
  /// at a state between them.
  func commutes(with other: StatementSyntax) -> Bool {
    guard let mine = effect, let others = other.effect else { return false }
    return mine.written != others.written && !mine.read.contains(others.written)
      && !others.read.contains(mine.written)
  }
}

extension ExpressionSyntax {
  func forEachCall(_ body: (String) -> Void) {
    forEachPart { part in
      if case .call(let name, _) = part.kind { body(name.text) }
    }
  }

  fileprivate var hasCall: Bool {
    var found = false
    forEachCall { _ in found = true }
    return found
  }
}
