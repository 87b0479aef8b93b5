/// The type of an expression, as far as it decides what the expression may be combined with.
enum Kind: Equatable {
  case boolean
  /// `isNamed`: of a range declared in a type section. Rumur 2022.08 takes `&` and `|` behind such
  /// an operand for operators on truth values and rejects the model.
  case number(isNamed: Bool)
  case enumeration(String)
  case scalarset(String)
  case complex(ModelType)

  /// Whether the two may be compared for equality, or one assigned to the other.
  func agrees(with other: Kind) -> Bool {
    switch (self, other) {
    case (.number, .number): true
    default: self == other
    }
  }

  var isNumber: Bool { agrees(with: .number(isNamed: false)) }
}

/// Decides whether a model is one that Rumur accepts. It guards the shrinker, whose steps may break
/// a model, so it errs on the side of refusing.
struct TypeChecker {
  let model: RandomModel
  /// The functions declared before the current place, and the one that is being declared.
  private(set) var visibleFunctions: [Function]
  /// Whether a call may give a record or an array: not in guards and properties, for which Rumur
  /// 2022.08 emits C code that does not compile.
  private(set) var allowsWholeResults = true
  /// The function that is being declared; within it, calls to it must count down.
  private(set) var current: Function?

  init(model: RandomModel, visibleFunctions: [Function] = []) {
    self.model = model
    self.visibleFunctions = visibleFunctions
  }

  static func accepts(_ model: RandomModel) -> Bool {
    var checker = TypeChecker(model: model)
    return checker.acceptsModel()
  }

  private mutating func acceptsModel() -> Bool {
    // Without a variable a state has no bits, and the C code that Rumur emits does not compile.
    guard !model.variables.isEmpty, model.types.indices.allSatisfy(acceptsType),
      model.variables.allSatisfy({ declares($0) })
    else { return false }
    let globals = Scope().adding(
      model.variables.map { Symbol(name: $0.name, type: $0.type, isWritable: true) })
    for function in model.functions {
      visibleFunctions.append(function)
      current = function
      guard accepts(function, in: globals) else { return false }
    }
    current = nil
    return model.items.contains { $0.containsStart }
      && model.items.allSatisfy { accepts($0, in: globals) }
  }

  // MARK: Declarations

  private func acceptsType(at index: Int) -> Bool {
    let earlier = Array(model.types[..<index])
    switch model.types[index].shape {
    case .enumeration(let members): return !members.isEmpty
    case .scalarset(let count): return count > 0
    case .record(let fields):
      return !fields.isEmpty && fields.allSatisfy { earlier.valueCount(of: $0.type) > 0 }
    case .synonym(let type): return earlier.valueCount(of: type) > 0
    }
  }

  private func declares(_ declaration: Declaration) -> Bool {
    model.types.valueCount(of: declaration.type) > 0
  }

  private func accepts(_ function: Function, in globals: Scope) -> Bool {
    guard function.parameters.allSatisfy({ declares($0.declaration) }),
      function.locals.allSatisfy(declares), function.result.map({ kind(of: $0) }) != .some(nil),
      !(function.isPure && function.parameters.contains { $0.isVar })
    else { return false }
    let parameters = function.parameters.map {
      Symbol(name: $0.declaration.name, type: $0.declaration.type, isWritable: $0.isVar)
    }
    let scope = (function.isPure ? globals.readOnly : globals).adding(parameters)
      .adding(locals(function.locals))
    guard accepts(function.body, in: scope) else { return false }
    if function.result == nil { return true }
    if case .giveBack = function.body.last { return true }
    return false
  }

  private func locals(_ declarations: [Declaration]) -> [Symbol] {
    declarations.map { Symbol(name: $0.name, type: $0.type, isWritable: true) }
  }

  private func accepts(_ item: ModelItem, in scope: Scope) -> Bool {
    switch item {
    case .start(_, let locals, let body):
      return locals.allSatisfy(declares) && accepts(body, in: scope.adding(self.locals(locals)))
    case .rule(_, let condition, let locals, let body):
      return condition.map { isCondition($0, in: scope) } ?? true && locals.allSatisfy(declares)
        && accepts(body, in: scope.adding(self.locals(locals)))
    case .ruleset(let binders, let items):
      var inner = scope
      for binder in binders {
        guard case .type = binder, let symbol = symbol(binder, in: inner) else { return false }
        inner.add(symbol)
      }
      return !binders.isEmpty && items.allSatisfy { accepts($0, in: inner) }
    case .alias(let aliases, let items):
      guard let inner = adding(aliases, to: scope) else { return false }
      return items.allSatisfy { accepts($0, in: inner) }
    case .property(_, _, let condition):
      return isCondition(condition, in: scope)
    }
  }

  /// Whether this can be a guard or a property.
  private func isCondition(_ expression: Expression, in scope: Scope) -> Bool {
    var checker = self
    checker.allowsWholeResults = false
    return checker.kind(of: expression, in: scope) == .boolean
  }

  /// The scope with the aliases; nil if one of them is of no place.
  func adding(_ aliases: [Alias], to scope: Scope) -> Scope? {
    var inner = scope
    for alias in aliases {
      guard let type = type(of: alias.place, in: inner) else { return nil }
      let isWritable = isWritable(alias.place, in: inner)
      inner.add(Symbol(name: alias.name, type: type, isWritable: isWritable))
    }
    return aliases.isEmpty ? nil : inner
  }
}

extension ModelItem {
  var containsStart: Bool {
    switch self {
    case .start: true
    case .rule, .property: false
    case .ruleset(_, let items), .alias(_, let items): items.contains { $0.containsStart }
    }
  }
}
