package import Diagnostics

/// What a rule stands for in the code that is modelled, and under which locks that runs, as a comment in
/// front of the rule says:
///
///     -- @code kernel/liveupdate/luo_session.c:luo_session_serialize
///     -- @holds luo_session_serialize_rwsem(w), session->mutex
///
/// Both may stand in one line, and each of them more than once.
package struct CodeReference: Sendable, Equatable {
  /// A function of the code.
  package struct Function: Sendable, Hashable {
    /// Of its file, from the root of the source tree.
    package let path: String
    package let name: String

    package init(path: String, name: String) {
      (self.path, self.name) = (path, name)
    }
  }

  package var functions: [Function]
  /// As they are written: `session->mutex`, `rwsem(w)`.
  package var locks: [String]
  /// The rule, as the transition system calls it.
  package let rule: String
  package let ruleSpan: SourceSpan
}

/// All that a model says of the code that it stands for.
package struct CodeReferences: Sendable {
  /// One for each rule that names code, in the order of the text.
  package var references: [CodeReference] = []
  package var ruleCount = 0
  /// What is wrong with what is said.
  package var diagnostics: [Diagnostic] = []

  /// Reads the comments of a model, whose rules are read as far as they can be.
  package init(_ source: SourceText, rules lexicalRules: LexicalRules = .rumur) {
    let lexed = Lexer.lex(source, rules: lexicalRules)
    let rules = Self.rules(of: Parser.parse(source, rules: lexicalRules).model)
    ruleCount = rules.count
    var reader = CodeReferenceReader(source: source, tokens: lexed.tokens, rules: rules)
    for comment in lexed.comments { reader.read(comment) }
    references = reader.references
    diagnostics = reader.diagnostics
  }

  private static func rules(of model: ModelSyntax) -> [(name: String, span: SourceSpan)] {
    var rules: [(name: String, span: SourceSpan)] = []
    func add(_ rule: RuleSyntax) {
      switch rule.kind {
      case .rule(let simple):
        rules.append((simple.name ?? "rule \(rules.count + 1)", rule.span))
      case .ruleset(_, let inner), .alias(_, let inner), .choose(_, let inner):
        inner.forEach(add)
      case .startState, .property, .measure: break
      }
    }
    for case .rule(let rule) in model.items { add(rule) }
    return rules
  }
}
