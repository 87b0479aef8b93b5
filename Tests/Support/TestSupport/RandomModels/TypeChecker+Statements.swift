extension TypeChecker {
  func accepts(_ statements: [Statement], in scope: Scope) -> Bool {
    statements.allSatisfy { accepts($0, in: scope) }
  }

  private func accepts(_ statement: Statement, in scope: Scope) -> Bool {
    switch statement {
    case .assign(let target, let value): return accepts(target, assigned: value, in: scope)
    case .clear(let target), .undefine(let target):
      return type(of: target, in: scope) != nil && isWritable(target, in: scope)
    case .branch(let branches, let otherwise):
      return !branches.isEmpty && accepts(otherwise ?? [], in: scope)
        && branches.allSatisfy {
          kind(of: $0.condition, in: scope) == .boolean && accepts($0.body, in: scope)
        }
    case .choose(let subject, let cases, let otherwise):
      guard let kind = kind(of: subject, in: scope), !cases.isEmpty else { return false }
      if case .complex = kind { return false }
      return accepts(otherwise ?? [], in: scope)
        && cases.allSatisfy { choice in
          !choice.labels.isEmpty && accepts(choice.body, in: scope)
            && choice.labels.allSatisfy { self.kind(of: $0, in: scope)?.agrees(with: kind) == true }
        }
    case .loop(let binder, let body):
      guard let symbol = symbol(binder, in: scope) else { return false }
      return accepts(body, in: scope.adding([symbol]))
    case .countedWhile(let counter, let limit, let condition, let body):
      guard let symbol = scope.symbol(named: counter), symbol.isWritable,
        case .range(let lower, let upper, _) = model.types.resolve(symbol.type),
        lower <= 0, limit <= upper
      else { return false }
      let inner = scope.protecting(counter)
      return condition.map { kind(of: $0, in: inner) == .boolean } ?? true
        && accepts(body, in: inner)
    case .alias(let aliases, let body):
      guard let inner = adding(aliases, to: scope) else { return false }
      return accepts(body, in: inner)
    case .call(let name, let arguments):
      guard let function = visibleFunctions.last(where: { $0.name == name }), !isInPureFunction,
        function.result == nil
      else { return false }
      return accepts(arguments, of: function, in: scope)
    case .property(_, let condition, _):
      return !isInPureFunction && kind(of: condition, in: scope) == .boolean
    case .error: return !isInPureFunction
    case .giveBack(let value): return accepts(givenBack: value, in: scope)
    }
  }

  private var isInPureFunction: Bool { current?.isPure ?? false }

  private func accepts(_ target: Place, assigned value: Expression, in scope: Scope) -> Bool {
    guard let type = type(of: target, in: scope), isWritable(target, in: scope),
      let expected = kind(of: type)
    else { return false }
    if case .call(let name, let arguments) = value,
      let function = visibleFunctions.last(where: { $0.name == name }), !function.isPure
    {
      guard !isInPureFunction, let result = function.result.flatMap({ kind(of: $0) }),
        target.steps.isEmpty
      else { return false }
      return result.agrees(with: expected) && accepts(arguments, of: function, in: scope)
    }
    return kind(of: value, in: scope)?.agrees(with: expected) == true
  }

  private func accepts(givenBack value: Expression?, in scope: Scope) -> Bool {
    guard let result = current?.result else { return value == nil }
    guard let value, let expected = kind(of: result) else { return false }
    return kind(of: value, in: scope)?.agrees(with: expected) == true
  }
}
