/// What Murphi has in place of words and operators of C, Java, Python and TLA+.
enum ForeignWords {
  /// A hint for a word that means nothing in Murphi, whatever its case.
  static func hint(for word: String) -> String? {
    guard word.utf8.count <= longestByteCount else { return nil }
    return words[word.lowercased()]
  }

  /// A hint for a name that nothing declares.
  static func hint(forUndeclared name: String) -> String? {
    if ["null", "nil", "none"].contains(name.lowercased()) {
      return "`undefine x` takes a value away, and `isundefined(x)` asks whether there is none"
    }
    return hint(for: name)
  }

  /// A hint for operators that stand together without a blank.
  static func hint(forOperator text: String) -> String? { operators[text] }

  private static let longestByteCount = 10

  private static let words: [String: String] = {
    var words: [String: String] = [:]
    for (names, hint) in table { for name in names { words[name] = hint } }
    return words
  }()

  private static let table: [(names: [String], hint: String)] = [
    (["and"], "`&` is *and*"),
    (["or"], "`|` is *or*"),
    (["not"], "`!` is *not*"),
    (["xor"], "`!=` is *either, but not both*"),
    (["mod"], "`%` is the remainder"),
    (["elif", "elseif"], "`elsif` is the word"),
    (["default", "otherwise"], "`else` is the word"),
    (["break", "continue"], "a loop ends where its condition or its bounds say"),
    (["print", "printf", "println"], "`put \"text\"` and `put expression` print"),
    (
      ["int", "integer", "unsigned", "long", "char", "u8", "u32", "u64", "nat"],
      "whole numbers are ranges: `x: 0..7`"
    ),
    (["bool"], "`boolean` is the word: `x: boolean`"),
    (["struct", "class"], "`record` is the word: `t: record a: 0..7; end`"),
    (
      ["def", "fn", "func", "void"],
      "`procedure p(); begin … end` and `function f(): t; begin … end`"
    ),
    (["variable", "variables"], "`var` is the word"),
    (["constant", "constants", "define"], "`const` is the word: `const N: 3;`"),
    (["types", "typedef"], "`type` is the word: `type t: 0..7;`"),
    (["init", "initial"], "`startstate begin … end` says where a model starts"),
    (["import", "include", "module"], "a model is one file"),
    (["rules"], "each rule begins with `rule`"),
    (["invariants"], "each begins with `invariant`"),
  ]

  private static let operators: [String: String] = [
    "++": "there is no `++`: write `x := x + 1`",
    "--": "`--` begins a comment: write `x := x - 1`",
    "=>": "`->` is *implies*, and `==>` stands between a guard and its action",
    "=<": "`<=` is *at most*",
    "<>": "`!=` is *not equal*",
    "<=>": "`=` compares truth values too",
    "===": "`=` compares",
    "!==": "`!=` is *not equal*",
    "**": "there are no powers",
  ]
}
