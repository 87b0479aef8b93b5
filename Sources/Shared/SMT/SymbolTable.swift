/// The symbols that names have in a script. There, unknowns, assertions and parts share one space.
struct SymbolTable {
  private var unknowns: [String: String] = [:]
  private var assertions: [String: String] = [:]
  private var taken: Set<String> = []

  /// For terms by themselves.
  init() {}

  init(_ query: Query) {
    // Names that are kept come first, so that no other is changed into one of them.
    for unknown in query.unknowns where Self.isFree(unknown.name) { taken.insert(unknown.name) }
    for unknown in query.unknowns where !Self.isFree(unknown.name) {
      unknowns[unknown.name] = distinct(unknown.name)
    }
    let names = query.assertions.compactMap(\.name)
    let kept = names.filter { Self.isFree($0) && !taken.contains($0) }
    taken.formUnion(kept)
    for name in Set(names).subtracting(kept).sorted() { assertions[name] = distinct(name) }
  }

  private mutating func distinct(_ name: String) -> String {
    var name = Self.isFree(name) ? name : Self.leading(name) + name + "'"
    while !taken.insert(name).inserted { name += "'" }
    return name
  }

  /// What no name may begin with gets something before it.
  private static func leading(_ name: String) -> String { hasReservedStart(name) ? "'" : "" }

  func symbol(unknown name: String) -> String { Self.text(unknowns[name] ?? name) }

  func symbol(assertion name: String) -> String { Self.text(assertions[name] ?? name) }

  func isTaken(_ name: String) -> Bool { taken.contains(name) }

  /// What the standard means by a word, bars or not: functions of the theories
  /// [Core](https://smt-lib.org/theories-Core.shtml) and
  /// [Ints](https://smt-lib.org/theories-Ints.shtml), and what solvers were seen to refuse.
  private static let reserved: Set<String> = [
    "true", "false", "not", "and", "or", "xor", "=>", "=", "distinct", "ite", "+", "-", "*", "<",
    "<=", ">", ">=", "div", "mod", "abs", "divisible", "as", "_", "!",
  ]

  private static func isFree(_ name: String) -> Bool {
    !reserved.contains(name) && !hasReservedStart(name)
  }

  private static func hasReservedStart(_ name: String) -> Bool {
    name.utf8.first == UInt8(ascii: "@") || name.utf8.first == UInt8(ascii: ".")
  }

  /// Words that are not symbols unless they stand between bars, names of commands among them.
  private static let words: Set<String> = [
    "BINARY", "DECIMAL", "HEXADECIMAL", "NUMERAL", "STRING", "let", "exists", "forall", "match",
    "par", "is", "Bool", "Int", "Real", "assert", "echo", "eval", "exit", "include",
    "maximize", "minimize", "pop", "push", "reset", "simplify",
  ]

  private static func text(_ name: String) -> String { isSimple(name) ? name : "|\(name)|" }

  /// Letters, digits, `_` and dots: less than SMT-LIB allows, but what every solver reads alike.
  private static func isSimple(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first), !words.contains(name) else { return false }
    return name.utf8.allSatisfy {
      isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 || $0 == UInt8(ascii: ".")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")) ~= byte
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")) ~= byte || byte == UInt8(ascii: "_")
  }
}
