import Diagnostics
import Murphi
import Testing

/// What people write who know other languages, or who mistype a word: one message at the place of the
/// mistake, and what to write.
@Suite struct MistakeHintTests {
  private static let head = """
    const N: 3;
    type t: 0..N; k: enum {A, B};
    var age: t; flag: boolean; a: array [t] of array [t] of t;
    startstate begin age := 0; flag := false; clear a; end;

    """

  private func load(_ rest: String) -> (diagnostics: [Diagnostic], source: SourceText) {
    let source = SourceText(path: "m", text: Self.head + rest)
    return (MurphiModel.load(source).diagnostics, source)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let text: String
    /// What the message underlines.
    let at: String
    let hint: String

    var testDescription: String { text }

    init(_ text: String, at: String, _ hint: String) {
      self.text = text
      self.at = at
      self.hint = hint
    }
  }

  private static func action(_ statement: String) -> String {
    "rule age < N ==> begin \(statement) end;\n"
  }

  @Test(arguments: [
    Mistake(action("age++;"), at: "+", "write `age := age + 1`"),
    Mistake(action("++age;"), at: "+", "there is no `++`: write `x := x + 1`"),
    Mistake(action("age := age++;"), at: ";", "there is no `++`: write `x := x + 1`"),
    Mistake(
      action("age--;\n"), at: "end", "write `age := age - 1`"),
    Mistake(action("age += 1;"), at: "+", "write `age := age + …`"),
    Mistake(action("a[1][2] -= 1;"), at: "-", "write `a[1][2] := a[1][2] - …`"),
    Mistake(action("age |= 1;"), at: "|", "write `age := age | …`"),
    Mistake(action("age <<= 1;"), at: "<<", "write `age := age << …`"),
    Mistake(action("age = 1;"), at: "=", "`:=` assigns"),
    Mistake(action("age == 1;"), at: "==", "`:=` assigns, and `=` compares"),
    Mistake(
      "// ends = here;\n" + action("age := 1; // twice\n"), at: "//", "a comment stands behind"),
    Mistake("rule flag /\\ flag /\\ age > 1 ==> begin end;", at: "/\\", "`&` is *and*"),
    Mistake("rule flag \\/ flag ==> begin end;", at: "\\/", "`|` is *or*"),
    Mistake("rule flag and flag ==> begin end;", at: "and", "`&` is *and*"),
    Mistake("rule not flag ==> begin end;", at: "flag", "`!` is *not*"),
    Mistake("invariant flag => age = 0;", at: ">", "`->` is *implies*"),
    Mistake("invariant flag -> age <> 0;", at: ">", "`!=` is *not equal*"),
    Mistake("invariant age =< 0;", at: "<", "`<=` is *at most*"),
    Mistake("invariant age # 0;", at: "#", "`!=` is *not equal*"),
    Mistake("#include \"x.m\"", at: "#", "there is no preprocessor"),
    Mistake("invariant \\A i \\in t: age = 0;", at: "\\", "`forall x: t do … end`"),
    Mistake(action("age' := 1;"), at: "'", "no variable has a prime"),
    Mistake(action("age := 'a';"), at: "'a'", "a name of an `enum`"),
    Mistake("rule flag ==> { age := 1; }", at: "{", "there are no braces around statements"),
    Mistake(action("if (flag) { age := 1; }"), at: "{", "there are no braces around statements"),
    Mistake(action("while (flag) { age := 1; }"), at: "{", "there are no braces around"),
    Mistake("type q: {C, D};", at: "{", "an enumeration is `enum {A, B}`"),
    Mistake(action("for (age) do end;"), at: "(", "`for i := 0 to 3 do … end`"),
    Mistake(action("if flag then elif flag then end;"), at: "flag", "`elsif` is the word"),
    Mistake("var x: int;", at: "int", "whole numbers are ranges: `x: 0..7`"),
    Mistake("var x: bool;", at: "bool", "`boolean` is the word"),
    Mistake(action("age := NULL;"), at: "NULL", "`undefine x` takes a value away"),
    Mistake(action("a[1, 2] := 1;"), at: ",", "each index has its own brackets"),
    Mistake("rule up begin end;", at: "begin", "the name of a rule is a string: `rule \"up\"`"),
    Mistake("procedure p(by: t); begin end;", at: "by", "`by` is a word of the language"),
    Mistake("type q: enum {Call, Return};", at: "Return", "`return` is a word of the language"),
    Mistake("ruel flag ==> begin end;", at: "ruel", "did you mean `rule`?"),
    Mistake("invairant flag;", at: "invairant", "did you mean `invariant`?"),
    Mistake(action("age := 1; edn;") + action(""), at: "edn", "did you mean `end`?"),
    Mistake(action("if flag then age := 1; ednif;"), at: "ednif", "did you mean `endif`?"),
    Mistake("var x: booelan;", at: "booelan", "did you mean `boolean`?"),
    Mistake("rule falg ==> begin end;", at: "falg", "did you mean `flag`?"),
    Mistake(action("aeg := 1;"), at: "aeg", "did you mean `age`?"),
  ])
  func hints(mistake: Mistake) throws {
    let (diagnostics, source) = load(mistake.text)
    #expect(diagnostics.count == 1, "\(diagnostics.map(\.message))")
    let diagnostic = try #require(diagnostics.first)
    #expect(source.text(of: diagnostic.span) == mistake.at)
    #expect(diagnostic.hint?.contains(mistake.hint) == true, "\(diagnostic.hint ?? "no hint")")
  }

  @Test func anArrowThatIsTooShort() {
    let (diagnostics, _) = load("rule flag -> begin age := 1; end;")
    #expect(diagnostics.map(\.hint) == ["`==>` stands between a guard and its action"])
  }

  /// A word that is taken for a name is wrong only by what stands behind it.
  @Test(arguments: [
    ("rule flag ==> begn age := 1; end;", "begn", "begin"),
    ("rule flag ==> begin fro i: t do age := 1; end; end;", "fro", "for"),
    ("rule flag ==> begin if flag then age := 1; esle age := 2; end; end;", "esle", "else"),
  ])
  func wordsThatAreTakenForNames(text: String, word: String, meant: String) throws {
    let (diagnostics, source) = load(text)
    let label = try #require(diagnostics.first?.labels.first)
    #expect(source.text(of: label.span) == word)
    #expect(label.text == "did you mean `\(meant)`?")
  }

  /// What is a word of another language and a name of the model has no hint for being one.
  @Test func namesOfTheModelAreLeftAlone() {
    let text = "var mod: t; rule mod < N & flag ==> begin mod := mod + 1; undefine mod; end;"
    #expect(load(text).diagnostics.isEmpty)
    // Rumur reads a division before a comment here.
    #expect(load("rule flag ==> begin age := 4 //* by */ 2; end;").diagnostics.isEmpty)
  }

  // MARK: - What is open

  /// The labels as `line: what is underlined: text`.
  private func labels(_ text: String) -> [String] {
    let source = SourceText(path: "m", text: text)
    return MurphiModel.load(source).diagnostics.flatMap(\.labels).map { label in
      "\(source.position(of: label.span.start).line): \(source.text(of: label.span)): \(label.text)"
    }
  }

  @Test func whatIsLeftOpenIsShown() {
    #expect(
      labels("ruleset i: 0..1 do\nrule begin end;\n") == ["1: ruleset: `ruleset` opened here"])
    #expect(
      labels("procedure p();\nbegin\nrule begin end;") == ["1: procedure: `procedure` opened here"])
    #expect(labels("type t: record a: 0..1;\nvar x: t;") == ["1: record: `record` opened here"])
    #expect(
      labels("invariant\nforall i: 0..1 do true;\nrule begin end;")
        == ["2: forall: `forall` opened here"])
  }

  /// An `end` belongs to the innermost block, whatever its indentation says.
  @Test func anEndThatClosesAnotherBlockIsShown() {
    let text = """
      rule "a"
        flag
      ==>
      begin
        if flag then
          age := 1;
      end;

      rule "b" flag ==> begin age := 1; end;
      """
    #expect(
      labels(text) == [
        "1: rule: `rule` opened here", "5: if: this `if` is closed",
        "7: end: by this, which stands below `rule`",
      ])
    // Laid out otherwise, nothing is known of which `end` was meant for which block.
    #expect(
      labels("rule flag ==> begin if flag then age := 1; end;\n") == [
        "1: rule: `rule` opened here"
      ])
  }

  @Test func elseIfNeedsAnEndOfItsOwn() {
    let text = "rule begin if a then b := 1; else if c then b := 2; end; end;\nrule begin end;"
    #expect(
      labels(text) == [
        "1: rule: `rule` opened here",
        "1: else if: `else if` opens an `if` with an `end` of its own; `elsif` does not",
      ])
  }

  // MARK: - Strings

  @Test func anUnclosedStringIsSaidWhereItBegins() throws {
    let (diagnostics, source) = load(
      "rule \"up flag ==> begin age := 1; end;\nrule \"down\" flag ==> begin age := 0; end;\n"
        + "invariant \"x\" flag;\n")
    #expect(diagnostics.map(\.code) == [.unterminatedString])
    let diagnostic = try #require(diagnostics.first)
    #expect(source.position(of: diagnostic.span.start).line == 5)
    #expect(source.position(of: diagnostic.span.start).column == 6)
    #expect(diagnostic.labels.map { source.position(of: $0.span.start).line } == [6])
  }

  /// A string of several lines is none that lacks its end, whatever is wrong elsewhere.
  @Test func stringsOfSeveralLinesAreNotBlamed() {
    let strings =
      "rule \"up\n and up\" flag ==> begin age := 1; end;\nrule \"b\nc\" flag ==> begin end;\n"
    #expect(load(strings).diagnostics.isEmpty)
    #expect(
      load(strings + "ruel flag ==> begin end;").diagnostics.map(\.code) == [.unexpectedToken])
  }

  // MARK: - As data

  @Test func placesAreData() throws {
    let (diagnostics, source) = load("var ä: t;\nrule flag ==> begin\n age := 1;\n")
    let json = diagnostics.map { $0.json(of: source).text }.joined()
    #expect(json.contains("\"path\": \"m\""))
    #expect(json.contains("\"message\": \"`rule` opened here\""))
    let label = try #require(diagnostics.last?.labels.first)
    #expect(
      label.span.json(in: source)
        == .object([
          ("path", .string("m")), ("line", .number(6)), ("column", .number(1)),
          ("endLine", .number(6)), ("endColumn", .number(5)), ("patch", .null),
        ]))
  }
}
