/// Which constants say what values a variable may have: those in its type, and in the types that its
/// type is made of. Those that say how many elements an array has are none of them.
final class BoundingConstants {
  /// Since the last beginning.
  private(set) var met: Set<String> = []
  private var constants: Set<String> = []
  private var types: [String: Set<String>] = [:]

  /// A global constant.
  func declare(_ constant: String) { constants.insert(constant) }

  /// Before the type of a declaration.
  func begin() { met = [] }

  /// Behind the declaration of types.
  func end(types names: [String]) {
    for name in names { types[name] = met }
  }

  /// Notes the name of a constant, or of a member of an enumeration, which is none.
  func meet(_ name: String) {
    if constants.contains(name) { met.insert(name) }
  }

  /// Notes the name of a type.
  func meet(type name: String) { met.formUnion(types[name] ?? []) }

  /// Elaborates what has no say in the values.
  func ignoring<Result>(_ elaborate: () -> Result) -> Result {
    let before = met
    defer { met = before }
    return elaborate()
  }
}
