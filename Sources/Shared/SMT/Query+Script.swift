import Diagnostics

/// Queries as [SMT-LIB 2.6](https://smt-lib.org/language.shtml), written without Z3, so that what
/// another solver is given is what was asked and not what Z3 made of it.
extension Query {
  /// The query as a script that any solver for linear integer arithmetic reads. It ends with
  /// `(check-sat)`.
  ///
  /// Names stay as they are, but for a `'` behind those that the standard keeps for itself, and
  /// behind an assertion's name that an unknown has too.
  package var script: String {
    var text = Self.comment(comment)
    text += "(set-info :smt-lib-version 2.6)\n"
    if let expectation { text += "(set-info :status \(expectation.rawValue))\n" }
    text += "(set-logic QF_LIA)\n"
    if !unknowns.isEmpty { text += "\n" }
    let names = SymbolTable(self)
    for unknown in unknowns {
      text += "(declare-const \(names.symbol(unknown: unknown.name)) \(unknown.sort.rawValue))\n"
    }
    for assertion in assertions {
      text += "\n" + Self.comment(assertion.comment)
      let term = TermLayout(assertion.term.node, names).text(indent: 2)
      if let name = assertion.name {
        text += "(assert (! \(term)\n  :named \(names.symbol(assertion: name))))\n"
      } else {
        text += "(assert \(term))\n"
      }
    }
    return text + "\n(check-sat)\n"
  }

  static func comment(_ text: String?) -> String {
    guard let text else { return "" }
    // Strangers' names stand in it. A line ends at more characters for one solver than for another,
    // and all but our own line breaks are made visible.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { $0.isEmpty ? ";\n" : "; \(DisplayText($0))\n" }.joined()
  }
}

extension Term: CustomStringConvertible {
  /// The term in SMT-LIB.
  package var description: String { TermLayout(node, SymbolTable()).text(indent: 0) }
}
