import Foundation
import Testing

/// Lemmas say nothing else of a model than what it says itself: with them it has the same states.
@Suite struct LemmaFileTests {
  /// Nothing holds in it, and what is behind its last property could go on with it.
  private static let model = """
    var x: 0 .. 5;
    function discards(): boolean; begin assume x < 3; return true; end;
    function calls(): boolean; begin return discards(); end;
    function sets(): boolean; begin x := 0; return true; end;
    startstate begin x := 0; end;
    rule "up" x < 5 ==> begin x := x + 1; end;
    invariant "small" x != 5
    """

  @Test(arguments: [
    (
      "invariant \"trick\" discards();", "lemmas.m:1:19: error: this lemma calls a function with an"
    ),
    (
      "\n  invariant \"trick\" x < 9 | calls();",
      "lemmas.m:2:21: error: this lemma calls a function"
    ),
    ("invariant \"trick\" sets();", "this lemma calls a function that changes the state"),
    ("| true; invariant \"more\" x <= 5;", "has invariants, and nothing else"),
    ("; assume x < 5;", "has invariants, and nothing else"),
    ("invariant \"more\" x <= 5; rule x = 4 ==> begin x := 0; end;", "and nothing else"),
    ("function f(): boolean; begin return true; end; invariant \"more\" f();", "and nothing else"),
    ("cover \"more\" x = 5;", "has invariants, and nothing else"),
    ("-- nothing", "there is no invariant"),
    ("invariant \"more\" x <= 5; }", "lemmas.m:1:26: error: expected a declaration"),
  ])
  func whatIsMoreThanLemmasIsRefused(lemmas: String, words: String) throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.model, to: "m.m", in: folder)
      try Program.write(lemmas, to: "lemmas.m", in: folder)
      let checked = try Program.run(["check", "m.m", "--deadlock", "off", "--quiet"], in: folder)
      #expect(checked.code == 1)
      let found = try Program.run(
        ["prove", "m.m", "--with", "lemmas.m", "--deadlock", "off"], in: folder)
      #expect(found.code == 2, "\(found.output)")
      let said = found.errors.split(separator: "\n").joined(separator: " ")
      #expect(said.contains(words), "\(said)")
    }
  }
}
