/// A constant of the const section.
struct Constant: Equatable, Sendable {
  var name: String
  var value: Int
}

/// A function, or, without a result, a procedure.
struct Function: Equatable, Sendable {
  var name: String
  var parameters: [Parameter]
  var result: ModelType?
  var locals: [Declaration]
  var body: [Statement]
  /// A pure function takes its parameters by value and changes no variable of the model. Only such
  /// functions are called within expressions, because C, which Rumur emits, leaves the order of
  /// evaluation open. Others are called as a statement, or alone at the right of `:=`.
  var isPure: Bool

  struct Parameter: Equatable, Sendable {
    var declaration: Declaration
    var isVar: Bool
  }
}

/// A rule, or what encloses rules.
indirect enum ModelItem: Equatable, Sendable {
  case start(name: String, locals: [Declaration], body: [Statement])
  case rule(name: String, guard: Expression?, locals: [Declaration], body: [Statement])
  case ruleset([Binder], [ModelItem])
  case alias([Alias], [ModelItem])
  case property(Property, name: String, Expression)
}

enum Property: String, Sendable {
  case invariant, assume, cover, liveness
}
