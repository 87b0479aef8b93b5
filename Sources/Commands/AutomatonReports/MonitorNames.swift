/// Names as the kernel's generator of monitors takes them: identifiers of C, states and events in one name
/// space, because both become constants of it, and short enough for the kernel's trace events.
struct MonitorNames {
  /// One less than `MAX_DA_NAME_LEN` of include/linux/rv.h.
  static let longest = 31

  /// Keywords of C; constants that the generator makes by itself.
  private static let reserved: Set<String> = [
    "auto", "bool", "break", "case", "char", "const", "constexpr", "continue", "default", "do",
    "double", "else", "enum", "extern", "false", "float", "for", "goto", "if", "inline", "int",
    "long", "nullptr", "register", "restrict", "return", "short", "signed", "sizeof", "static",
    "struct", "switch", "true", "typedef", "typeof", "union", "unsigned", "void", "volatile",
    "while", "state_max", "event_max", "env_max", "INVALID_STATE", "linux", "unix",
  ]
  /// By these words in the line of a state the generator knows final ones.
  private static let shapes = ["doublecircle", "ellipse"]

  private var taken = reserved

  /// A name that no other text has got.
  mutating func name(for text: String) -> String {
    var name = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9": name.unicodeScalars.append(scalar)
      default: if !name.isEmpty, name.last != "_" { name += "_" }
      }
    }
    while name.last == "_" { name.removeLast() }
    if name.first?.isNumber ?? true { name = "e" + name }
    for shape in Self.shapes where name.contains(shape) { name = name.replacing(shape, with: "x") }
    let whole = String(name.prefix(Self.longest))
    var free = whole
    var number = 2
    while !taken.insert(free).inserted {
      let ending = "_\(number)"
      free = whole.prefix(Self.longest - ending.utf8.count) + ending
      number += 1
    }
    return free
  }
}
