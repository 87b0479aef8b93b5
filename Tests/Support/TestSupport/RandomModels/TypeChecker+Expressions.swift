extension TypeChecker {
  /// The kind of a declared type; nil if a name in it is not declared.
  func kind(of type: ModelType) -> Kind? {
    switch model.types.resolve(type) {
    case nil: nil
    case .boolean: .boolean
    case .range(_, _, let isNamed): .number(isNamed: isNamed)
    case .enumeration(let name, _): .enumeration(name)
    case .scalarset(let name, _): .scalarset(name)
    case .record, .array: .complex(type)
    }
  }

  /// The kind of an expression; nil if it is not well-typed.
  func kind(of expression: Expression, in scope: Scope) -> Kind? {
    switch expression {
    case .number: return .number(isNamed: false)
    case .boolean: return .boolean
    case .name(let name): return kind(ofName: name)
    case .place(let place): return type(of: place, in: scope).flatMap { kind(of: $0) }
    case .unary(.not, let operand): return kind(of: operand, in: scope) == .boolean ? .boolean : nil
    case .unary(_, let operand):
      return kind(of: operand, in: scope)?.isNumber == true ? kind(of: operand, in: scope) : nil
    case .binary(let operation, let left, let right):
      guard let left = kind(of: left, in: scope), let rightKind = kind(of: right, in: scope)
      else { return nil }
      return result(of: operation, left, rightKind, right)
    case .conditional(let condition, let then, let otherwise):
      guard kind(of: condition, in: scope) == .boolean, let thenKind = kind(of: then, in: scope),
        let otherKind = kind(of: otherwise, in: scope), thenKind.agrees(with: otherKind)
      else { return nil }
      return thenKind
    case .quantified(_, let binder, let body):
      guard let symbol = symbol(binder, in: scope) else { return nil }
      return kind(of: body, in: scope.adding([symbol])) == .boolean ? .boolean : nil
    case .isUndefined(let place):
      guard let type = type(of: place, in: scope), let kind = kind(of: type) else { return nil }
      if case .complex = kind { return nil }
      return .boolean
    case .call(let name, let arguments):
      guard let function = visibleFunctions.last(where: { $0.name == name }), function.isPure,
        let result = function.result.flatMap({ kind(of: $0) }),
        accepts(arguments, of: function, in: scope)
      else { return nil }
      if case .complex = result, !allowsWholeResults { return nil }
      return result
    }
  }

  private func kind(ofName name: String) -> Kind? {
    if model.constants.contains(where: { $0.name == name }) { return .number(isNamed: false) }
    let type = model.types.first {
      if case .enumeration(let members) = $0.shape { members.contains(name) } else { false }
    }
    return type.map { .enumeration($0.name) }
  }

  private func result(
    of operation: BinaryOperator, _ left: Kind, _ rightKind: Kind, _ right: Expression
  ) -> Kind? {
    let areNumbers = left.isNumber && rightKind.isNumber
    switch operation {
    case .implies, .or, .and:
      return left == .boolean && rightKind == .boolean ? .boolean : nil
    case .bitOr, .bitAnd:
      return areNumbers && left == .number(isNamed: false) ? .number(isNamed: false) : nil
    case .less, .atMost, .greater, .atLeast: return areNumbers ? .boolean : nil
    case .equal, .unequal: return left.agrees(with: rightKind) ? .boolean : nil
    case .divide, .remainder:
      return areNumbers && constantValue(right) != 0 ? .number(isNamed: false) : nil
    case .bitXor, .shiftLeft, .shiftRight, .add, .subtract, .multiply:
      return areNumbers ? .number(isNamed: false) : nil
    }
  }

  /// 0 also if the value is not known here but constant, because Rumur refuses a constant division
  /// by zero; nil if the expression is not constant.
  func constantValue(_ expression: Expression) -> Int? {
    switch expression {
    case .number(let value): return value
    case .name(let name): return model.constants.first { $0.name == name }?.value
    case .unary(_, let operand): return constantValue(operand).map { _ in 0 }
    case .binary(_, let left, let right):
      return constantValue(left) == nil || constantValue(right) == nil ? nil : 0
    case .conditional(_, let then, let otherwise):
      return constantValue(then) == nil && constantValue(otherwise) == nil ? nil : 0
    case .boolean, .place, .quantified, .isUndefined, .call: return nil
    }
  }

  /// The declared type of a place; nil if there is no such place.
  func type(of place: Place, in scope: Scope) -> ModelType? {
    guard var type = scope.symbol(named: place.root)?.type else { return nil }
    for step in place.steps {
      switch (step, model.types.resolve(type)) {
      case (.field(let name), .record(_, let fields)):
        guard let field = fields.first(where: { $0.name == name }) else { return nil }
        type = field.type
      case (.element(let index), .array(let indexType, let element)):
        guard let indexKind = kind(of: index, in: scope),
          let expected = kind(of: indexType), indexKind.agrees(with: expected)
        else { return nil }
        type = element
      default: return nil
      }
    }
    return type
  }

  func isWritable(_ place: Place, in scope: Scope) -> Bool {
    scope.symbol(named: place.root)?.isWritable ?? false
  }

  /// What the parameter of a quantifier, loop or ruleset declares; nil if it is not well-typed.
  func symbol(_ binder: Binder, in scope: Scope) -> Symbol? {
    switch binder {
    case .type(let name, let type):
      guard let kind = kind(of: type) else { return nil }
      if case .complex = kind { return nil }
      return Symbol(name: name, type: type, isWritable: false)
    case .span(let name, let from, let to, let step):
      guard kind(of: from, in: scope)?.isNumber == true, step != 0,
        kind(of: to, in: scope)?.isNumber == true
      else { return nil }
      if let first = constantValue(from), let last = constantValue(to),
        (step ?? 1) > 0
          ? last < first : last > first
      {
        return nil
      }
      return Symbol(name: name, type: spanType, isWritable: false)
    }
  }

  /// Whether the function can be called with these arguments.
  func accepts(_ arguments: [Expression], of function: Function, in scope: Scope) -> Bool {
    guard arguments.count == function.parameters.count else { return false }
    if let current, current.name == function.name, !countsDown(arguments, current) { return false }
    return zip(arguments, function.parameters).allSatisfy { argument, parameter in
      guard let kind = kind(of: argument, in: scope),
        let expected = self.kind(of: parameter.declaration.type)
      else { return false }
      guard parameter.isVar else { return kind.agrees(with: expected) }
      guard case .place(let place) = argument else { return false }
      return isWritable(place, in: scope)
        && type(of: place, in: scope) == parameter.declaration.type
    }
  }

  /// A function calls itself with its first parameter less one; the parameter's range then bounds
  /// the depth.
  private func countsDown(_ arguments: [Expression], _ function: Function) -> Bool {
    guard let first = function.parameters.first, !first.isVar else { return false }
    let less = Expression.binary(.subtract, .variable(first.declaration.name), .number(1))
    return arguments.first == less
  }
}
