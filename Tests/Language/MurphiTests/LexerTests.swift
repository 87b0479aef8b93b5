import Diagnostics
import Murphi
import Testing

/// Words where Rumur's and CMurphi's rules differ, by both.
@Suite struct LexerTests {
  private func lex(_ text: String, _ rules: LexicalRules) -> [Token.Kind] {
    Lexer.lex(SourceText(path: "m", text: text), rules: rules).tokens.map(\.kind).dropLast()
  }

  @Test func numbersThatBeginWithZero() {
    #expect(lex("017", .rumur) == [.number(15)])
    #expect(lex("017", .cmurphi) == [.number(17)])
    #expect(lex("0x1f", .rumur) == [.number(31)])
    #expect(lex("08", .rumur) == [.faultyNumber])
    #expect(lex("08", .cmurphi) == [.number(8)])
  }

  @Test func backslashesInStrings() {
    let text = "\"a\\\" x \"b\""
    // Rumur: `"a\" x "`, b, and a quote that nothing closes.
    #expect(lex(text, .rumur) == [.string, .identifier, .string])
    #expect(lex(text, .cmurphi) == [.string, .identifier, .string])
    #expect(lex("\"a\\\" x", .cmurphi) == [.string, .identifier])
    #expect(lex("\"a\\\" x", .rumur) == [.string])
  }

  @Test(arguments: [LexicalRules.rumur, .cmurphi])
  func curlyQuotes(rules: LexicalRules) {
    #expect(lex("\"a “b” c\" x", rules) == [.string, .identifier])
    #expect(lex("“a” x “b” y", rules) == [.string, .identifier, .string, .identifier])
    #expect(lex("\"a” x", rules) == [.string, .identifier])
    #expect(lex("“a\" x", rules) == [.string, .identifier])
  }

  /// A word is a name wherever the text declares it, whatever its case.
  @Test func wordsThatOneToolReserves() {
    let freed = Lexer.lex(SourceText(path: "m", text: "var a, Cover, b: x; assume cover;"))
      .freedKeywords
    #expect(freed.mapValues(\.start) == [.cover: 7])
    for text in [
      "assume cover = 1;", "f(undefined, a)", "choose i: m do", "multisetcount(i: m, b)",
      "x := undefined;", "cover \"a\" x;", "multiset [3] of t",
    ] {
      #expect(Lexer.lex(SourceText(path: "m", text: text)).freedKeywords.isEmpty, "\(text)")
    }
    for text in [
      "enum {a, undefined, b}", "enum {undefined}", "function multiset(", "procedure Choose()",
      "for cover := 1 to 2", "undefined, b: t", "a, b, undefined: t", "liveness := 2",
    ] {
      #expect(!Lexer.lex(SourceText(path: "m", text: text)).freedKeywords.isEmpty, "\(text)")
    }
  }

  /// A list of names is looked through once, however long it is.
  @Test func longListsOfWords() {
    let text = String(repeating: "undefined, ", count: 300_000)
    #expect(Lexer.lex(SourceText(path: "m", text: text)).freedKeywords.isEmpty)
  }
}
