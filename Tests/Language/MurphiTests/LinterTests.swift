import Diagnostics
import Murphi
import Testing

/// What `lint` says of constructs that one of the two other checkers has not.
@Suite struct LinterTests {
  /// Findings as `line: code message`.
  private func lint(_ text: String) throws -> [String] {
    let source = SourceText(path: "lint.m", text: text)
    let system = try #require(MurphiModel.load(source).system)
    return Linter.lint(source, system).map { finding in
      "\(source.position(of: finding.span.start).line): \(finding.code == .notInRumur ? "R" : "C") "
        + finding.message
    }
  }

  private let rest = "startstate x := 0; end; rule x = 0 ==> begin x := 1; end;"

  @Test func whatBothReadIsFine() throws {
    #expect(try lint("var x: 0..1; \(rest)") == [])
    // The last rule of a file or of a ruleset needs no semicolon.
    #expect(
      try lint(
        "var x: 0..1; startstate x := 0; end; ruleset i: 0..1 do rule x = i ==> x := 1 - i; end end"
      )
        == [])
  }

  @Test(arguments: [
    ("“a”", "CMurphi's strings stand between straight quotes on one line"),
    ("\"a “b” \\t\"", nil), ("\"a \\\"b\\\"\"", "CMurphi's strings hold no quotes"),
  ])
  func strings(name: String, finding: String?) throws {
    let text = "var x: 0..1; startstate begin x := 0; end; rule \(name) begin x := 1 - x; end;"
    #expect(try lint(text) == (finding.map { ["1: C \($0)"] } ?? []))
  }

  @Test func loopsBetweenElements() throws {
    let text =
      "type t: scalarset(2); var x: t; n: 0..1; startstate begin for i: t do x := i; end; n := 0; end;"
      + "rule begin\n for i := x to x do n := i; end; end;"
    #expect(
      try lint(text) == [
        "2: C CMurphi's loops run between numbers", "2: C CMurphi's loops run between numbers",
      ])
  }

  @Test func wordsThatOneToolReserves() throws {
    let cover =
      "var cover: 0..1; startstate begin cover := 0; end; rule begin cover := 1 - cover; end;"
    #expect(try lint(cover) == ["1: R `cover` is reserved in Rumur"])
    let choose =
      "var Choose: 0..1; startstate begin Choose := 0; end; rule begin Choose := 1 - Choose; end;"
    #expect(try lint(choose) == ["1: C `choose` is reserved in CMurphi"])
  }

  @Test(arguments: [
    ("var x: 0..1\n startstate x := 0; end; rule begin x := 0; end;", 1),
    ("const N: 1\n var x: 0..N; startstate x := 0; end; rule begin x := 0; end;", 1),
    ("type t: record a: 0..1 end\n var x: t; startstate clear x; end; rule clear x; end;", 1),
    ("var x: 0..1; startstate x := 0; end\n rule begin x := 0; end;", 1),
    (
      "var x: 0..1;\n procedure p()\n begin x := 0; end; "
        + "startstate p(); end; rule begin p(); end;", 2
    ),
    (
      "var x: 0..1;\n procedure p(); begin x := 0; end\n "
        + "startstate p(); end; rule begin p(); end;", 2
    ),
    (
      "var x: 0..1; procedure p(a: 0..1\n b: 0..1); begin x := a; end; "
        + "startstate p(0, 1); end; rule begin p(0, 1); end;", 1
    ),
  ])
  func cmurphiNeedsSemicolons(text: String, line: Int) throws {
    #expect(try lint(text) == ["\(line): C CMurphi needs `;` behind this"])
  }

  @Test func cmurphiComparesSingleValues() throws {
    let text = """
      type t: array [0..1] of 0..1;
      var x: 0..1; a: t; b: t;
      startstate x := 0; clear a; clear b; end;
      rule a = b ==> begin x := 1; end;
      rule a[0] = b[0] ==> begin x := 1; end;
      """
    #expect(
      try lint(text) == ["4: C CMurphi compares single values, not whole records or arrays"])
  }

  @Test func cmurphiStepsAreConstants() throws {
    let text = """
      const N: 1;
      var x: 0..1;
      startstate x := 0; end;
      rule begin for i := 0 to 1 by N do x := i; end; end;
      rule begin for i := 0 to 1 by x + 1 do x := i; end; end;
      """
    #expect(try lint(text) == ["5: C CMurphi's steps are constants"])
  }

  @Test func cmurphiAddsVariablesToMultisets() throws {
    let text = """
      var x: 0..1; m: multiset [2] of 0..1;
      startstate x := 0; undefine m; end;
      rule begin multisetadd(x, m); end;
      rule begin multisetadd(1 - x, m); end;
      """
    let findings = try lint(text).filter { $0.contains(": C ") }
    #expect(
      findings == ["4: C CMurphi adds a variable to a multiset, not the value of an expression"])
  }

  /// What Debian's Rumur 2022.08 says of each rule: it takes a name behind `rule` for a guard.
  @Test(arguments: [
    ("rule x := 1; end;", true), ("rule \"a\" x := 1; end;", true), ("rule p(); end;", true),
    ("ruleset i: 0..1 do\nrule a[i] := 1; end; end;", true),
    ("rule begin x := 1; end;", false), ("rule x = 0 ==> x := 1; end;", false),
    ("rule for i: 0..1 do x := i; end; end;", false), ("rule clear x; end;", false),
    ("rule if x = 0 then x := 1; end; end;", false), ("rule end;", false),
    ("startstate x := 1; end; rule end;", false),
  ])
  func rumurNeedsBegin(rule: String, isRefused: Bool) throws {
    let text = """
      var x: 0..1; a: array [0..1] of 0..1;
      procedure p(); x := 0; end;
      startstate x := 0; end;

      """
    let found = try lint(text + rule + "\n").filter { $0.contains(": R ") }
    let line = rule.hasPrefix("ruleset") ? 5 : 4
    let words = "\(line): R Rumur 2022.08 needs `begin` before this, in a rule without a guard"
    #expect(found == (isRefused ? [words] : []))
  }

  @Test func neitherTakesAByteOrderMark() throws {
    let text = "\u{FEFF}var x: 0..1; startstate x := 0; end; rule begin x := 1 - x; end;"
    #expect(
      try lint(text) == [
        "1: R Rumur takes no byte order mark", "1: C CMurphi takes no byte order mark",
      ])
  }
}
