/// A statement of a rule, a start state or a function.
indirect enum Statement: Equatable, Sendable {
  case assign(Place, Expression)
  case clear(Place)
  case undefine(Place)
  case branch([Branch], otherwise: [Statement]?)
  case choose(Expression, [Case], otherwise: [Statement]?)
  case loop(Binder, [Statement])
  /// `counter := 0; while counter < limit & condition do body; counter := counter + 1; end`.
  /// Written as one statement so that neither the generator nor the shrinker can make it run
  /// forever: the counter is read-only in the body.
  case countedWhile(counter: String, limit: Int, condition: Expression?, [Statement])
  case alias([Alias], [Statement])
  case call(String, [Expression])
  case property(StatementProperty, Expression, message: String)
  case error(message: String)
  case giveBack(Expression?)

  struct Branch: Equatable, Sendable {
    var condition: Expression
    var body: [Statement]
  }

  struct Case: Equatable, Sendable {
    var labels: [Expression]
    var body: [Statement]
  }
}

/// A second name for a place.
struct Alias: Equatable, Sendable {
  var name: String
  var place: Place
}

enum StatementProperty: String, Sendable {
  case assert, assume, cover
}
