/// What a name stands for where it is used.
struct Symbol: Sendable {
  var name: String
  var type: ModelType
  var isWritable: Bool
  /// May hold no value when it is read; the generator asks `isundefined` first.
  var mayBeUndefined = false
}

/// The names that a piece of a model can see, innermost last.
struct Scope: Sendable {
  private(set) var symbols: [Symbol] = []

  func symbol(named name: String) -> Symbol? {
    symbols.last { $0.name == name }
  }

  mutating func add(_ symbol: Symbol) {
    symbols.append(symbol)
  }

  func adding(_ added: [Symbol]) -> Scope {
    var scope = self
    scope.symbols += added
    return scope
  }

  /// The same names, none of which can be assigned.
  var readOnly: Scope {
    var scope = self
    for index in scope.symbols.indices { scope.symbols[index].isWritable = false }
    return scope
  }

  /// The same names, with one that can no longer be assigned.
  func protecting(_ name: String) -> Scope {
    guard let index = symbols.lastIndex(where: { $0.name == name }) else { return self }
    var scope = self
    scope.symbols[index].isWritable = false
    return scope
  }

  /// A name that hides none of these: the prefix and how many names with that prefix are visible.
  func freshName(_ prefix: String) -> String {
    "\(prefix)\(symbols.count { $0.name.hasPrefix(prefix) })"
  }
}

/// Integers that a loop variable of the form `i := a to b` may take; it has no declared bounds.
let spanType = ModelType.range(lower: -1_000, upper: 1_000)
