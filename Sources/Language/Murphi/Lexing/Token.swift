package import Diagnostics

/// A word of the language, with where it stands.
package struct Token: Sendable, Equatable {
  package let kind: Kind
  package let span: SourceSpan

  package enum Kind: Sendable, Equatable {
    case identifier
    case keyword(Keyword)
    case number(Int64)
    /// A number that is none, or too large; a diagnostic has been given.
    case faultyNumber
    /// The span includes the quotes.
    case string
    case symbol(Symbol)
    /// Behind the last word.
    case end
  }

  /// Operators and punctuation; Unicode spellings are the same symbols.
  package enum Symbol: String, Sendable, CaseIterable {
    case becomes = ":="
    case dotDot = ".."
    case arrow = "==>"
    case implies = "->"
    case or = "||"
    case and = "&&"
    case pipe = "|"
    case caret = "^"
    case ampersand = "&"
    case not = "!"
    case tilde = "~"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case notEqual = "!="
    case doubleEqual = "=="
    case equal = "="
    case less = "<"
    case greater = ">"
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percent = "%"
    case question = "?"
    case colon = ":"
    case semicolon = ";"
    case comma = ","
    case dot = "."
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
  }
}

/// The reserved words; their case does not matter.
package enum Keyword: String, Sendable, CaseIterable {
  case alias, array, assert, assume, begin, boolean, by, `case`, choose, clear, const, cover, `do`
  case `else`, elsif, end, endalias, endchoose, endexists, endfor, endforall, endfunction, endif
  case endprocedure, endrecord, endrule, endruleset, endstartstate, endswitch, endwhile, `enum`
  case error, exists, `for`, forall, function, `if`, invariant, ismember, isundefined, liveness
  case multiset, multisetadd, multisetcount, multisetremove, multisetremovepred, of, procedure, put
  case real, record, `return`, rule, ruleset, scalarset, startstate, `switch`, then, to, type
  case undefine, undefined, union, `var`, `while`

  /// Finds the keyword that a word is, whatever its case.
  static func named(_ word: String) -> Keyword? { table[word.lowercased()] }

  private static let table = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  static let longestByteCount = 18
}
