import Foundation
import Testing

/// What the commands say of a model's dialect, and the warnings where a run meets something that
/// CMurphi would do otherwise.
@Suite struct WarningTests {
  private func run(
    _ text: String, _ arguments: [String]
  ) throws -> (output: String, errors: String, code: Int32) {
    var result = ("", "", Int32(0))
    try Program.inTemporaryFolder { folder throws in
      try Program.write(text, to: "m.m", in: folder)
      result = try Program.run(arguments, in: folder)
    }
    return result
  }

  private let start = "startstate begin x := 0; end;\n"

  private static let copy =
    "the parameter is a copy, and in CMurphi the variable, which has changed since the call"
  private static let ahead =
    "this is not evaluated here; CMurphi evaluates it ahead, and it would be an error"

  /// Models that both tools read, a run of which meets a difference, with the place of it.
  private static let differing: [(body: String, place: String, words: String)] = [
    (
      "var x: 0..1; y: 0..2;\nstartstate begin x := 0; y := 0; end;\n"
        + "rule \"r\" begin for i := 1 to x do y := i; end; x := 1 - x; end;", "3:20",
      "this loop counts down, and has no round in CMurphi"
    ),
    (
      "var x, y: 0..1;\nstartstate begin x := 0; undefine y; end;\nrule \"r\" begin x := y; end;",
      "3:21", "the undefined value is an error, and is taken as it is in CMurphi"
    ),
    (
      "type s: scalarset(2);\nvar x, y: s; b: boolean;\n"
        + "startstate begin undefine x; undefine y; b := true; end;\nrule \"r\" begin b := x = y; end;",
      "4:21", "the undefined value is an error, and is taken as it is in CMurphi"
    ),
    (
      "var x: 0..9;\nfunction f(): 0..1;\nbegin\n  return x + 1;\nend;\n"
        + "startstate begin x := 0; end;\nrule \"r\" x < 9 ==> begin x := f(); end;", "4:10",
      "a value out of the result's range is returned, an error in CMurphi"
    ),
    (
      "type t: 0..3;\nvar x: t;\nprocedure p(v: t);\nbegin\n  x := 2;\n  x := v;\nend;\n"
        + "startstate begin x := 1; end;\nrule \"r\" begin p(x); end;", "6:8", copy
    ),
    // A record, handed on by an alias and to a further function, and read whole.
    (
      "type m: record v: 0..3; w: 0..3; end;\nvar x: array [0..1] of m; i: 0..1; y: m;\n"
        + "procedure set(); begin x[0].v := 2; x[1].v := 2; end;\n"
        + "procedure q(a: m);\nbegin\n  set();\n  y := a;\nend;\n"
        + "procedure p(a: m);\nbegin\n  alias b: a do q(b); end;\nend;\n"
        + "startstate begin i := 1; for j: 0..1 do x[j].v := 1; x[j].w := 1; end; y := x[0]; end;\n"
        + "rule \"r\" begin alias c: x[i] do p(c); end; end;", "7:8", copy
    ),
    // An element of a parameter by an alias, and a `var` parameter for the same variable.
    (
      "type a: array [0..1] of 0..3;\nvar x: a; i: 0..1;\nprocedure p(v: a; var w: a);\nbegin\n"
        + "  alias e: v[i] do\n    w[1] := 2;\n    if e = 2 then w[0] := 1; end;\n  end;\nend;\n"
        + "startstate begin i := 1; x[0] := 0; x[1] := 1; end;\nrule \"r\" begin p(x, x); end;",
      "7:8", copy
    ),
    (
      "var x: 0..3; b: boolean;\nstartstate begin undefine x; b := true; end;\n"
        + "rule \"r\" begin b := b ? true : (x = 0 & b); end;", "3:32", ahead
    ),
    (
      "var x: 0..3; a: array [0..3] of boolean;\nstartstate begin x := 0; for i: 0..3 do a[i] := "
        + "true; end; end;\nrule \"r\" begin a[x] := x < 3 ? (a[x + 1] & true) : x = 3;\n"
        + "  if x < 3 then x := x + 1; end; end;", "3:32", ahead
    ),
  ]

  @Test(arguments: differing.indices, ["interpreter", "native"])
  func whatARunMeetsIsNamed(index: Int, executor: String) throws {
    let (text, place, words) = Self.differing[index]
    let arguments = ["check", "m.m", "--deadlock", "off", "--executor", executor]
    let warned = try run(text, arguments)
    let shown = warned.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(shown.contains("warning at m.m:\(place): \(words) "), "\(warned.output)")
    #expect(shown.contains("--dialect cmurphi gives the model CMurphi's meaning"))
    let json = try run(text, arguments + ["--format", "json"])
    #expect(json.output.contains("\"W0803\""))
    // In CMurphi's meaning there is nothing to warn of.
    let cmurphis = try run(text, arguments + ["--dialect", "cmurphi"])
    #expect(!cmurphis.output.contains("warning"), "\(cmurphis.output)")
    #expect(cmurphis.output.contains("meaning: CMurphi's, as --dialect asks"))
    // What CMurphi does not read has no meaning there.
    let cover = text + "\ncover \"c\" x = x | true;"
    #expect(!(try run(cover, arguments).output.contains("warning")))
  }

  /// Models in which nothing goes another way, though it may look so.
  private static let alike = [
    "rule \"r\" begin for i := 0 to x do y := i; end; x := 1 - x; end;",
    // Another variable of the kind changes, or the parameter is read before, or is a value.
    "procedure p(v: n); begin a[1] := v; y := v; end;\nrule \"r\" begin p(a[0]); end;",
    "procedure p(v: n); begin y := v; x := 1 - x; end;\nrule \"r\" begin p(x); end;",
    "procedure p(v: n); begin x := 1 - x; y := v; end;\nrule \"r\" begin p(x + 0); end;",
    "procedure p(v: n); begin x := v; y := v; end;\nrule \"r\" begin p(x); end;",
    // What is evaluated ahead is no error.
    "rule \"r\" begin y := (x = 0 ? true : (y = 1 & a[x] = 0)) ? 0 : 1; x := 1 - x; end;",
    "rule \"r\" begin y := (x = 0 ? true : (isundefined(u) | u = 0)) ? 0 : 1; x := 1 - x; end;",
    // A single comparison is not.
    "rule \"r\" begin y := (x = 0 ? true : u = 0) ? 0 : 1; end;",
  ]

  @Test(arguments: alike, ["interpreter", "native"])
  func whatNoRunMeetsIsNotNamed(body: String, executor: String) throws {
    let text =
      "type n: 0..2;\nvar x, y, u: n; a: array [n] of n;\n"
      + "startstate begin x := 0; y := 0; undefine u; for i: n do a[i] := 0; end; end;\n" + body
    let answer = try run(text, ["check", "m.m", "--deadlock", "off", "--executor", executor])
    #expect(answer.code == 0, "\(answer.output)\(answer.errors)")
    #expect(!answer.output.contains("warning"), "\(answer.output)")
    #expect(!answer.output.contains("meaning"))
  }

  private let union = """
    type s: scalarset(2); u: union { s, enum { HOME } };
    var x: u; n: 0..2;
    startstate begin x := HOME; n := 0; end;
    rule "r" begin for i := 1 to n do error "a round"; end; end;
    """

  @Test func theReportSaysWhoseMeaningItIs() throws {
    let words = "meaning: CMurphi's (1:26: Rumur does not check models with unions)\n"
    let text = union.replacingOccurrences(of: "1 to n", with: "1 to n - 1")
    for command in [["check", "--deadlock", "off"], ["simulate", "--steps", "3"]] {
      let answer = try run(text, [command[0], "m.m"] + command.dropFirst())
      #expect(answer.output.contains(words), "\(answer.output)\(answer.errors)")
    }
    let lint = try run(text, ["lint", "m.m"])
    #expect(lint.output.contains(words), "\(lint.output)")
    let json = try run(text, ["check", "m.m", "--deadlock", "off", "--format", "json"])
    #expect(json.output.contains("\"dialect\": \"cmurphi\""), "\(json.output)")
    let asked = try run(
      text, ["check", "m.m", "--deadlock", "off", "--dialect", "rumur", "--symmetry", "off"])
    #expect(asked.code == 1)
    #expect(asked.output.contains("meaning: Rumur's, as --dialect asks"))
  }

  @Test func otherCommandsTakeADialect() throws {
    let text =
      "var n: 0..1;\nstartstate begin n := 0; end;\n"
      + "rule \"r\" begin for i := 1 to n do n := n; end; end;"
    let rumurs = try run(text, ["emit-c", "m.m"]).output
    let cmurphis = try run(text, ["emit-c", "m.m", "--dialect", "cmurphi"]).output
    #expect(!rumurs.isEmpty && !cmurphis.isEmpty && rumurs != cmurphis)
    #expect(try run(text, ["check", "m.m", "--dialect", "spin"]).code == 2)
  }

  @Test func aScenarioTakesADialect() throws {
    let model =
      "var x: 0..1;\nstartstate begin x := 0; end;\n"
      + "rule \"r\" begin for i := 1 to x - 1 do error \"a round\"; end; x := 1 - x; end;"
    try Program.inTemporaryFolder { folder throws in
      try Program.write(model, to: "m.m", in: folder)
      func scenarios(_ dialect: String, _ expected: String) throws -> (String, Int32) {
        try Program.write(
          "version: 1\nscenarios:\n  - { name: a, model: m.m, dialect: \(dialect), expect: \(expected) }\n",
          to: "swapcheck.yml", in: folder)
        let answer = try Program.run(["check"], in: folder)
        return (answer.output + answer.errors, answer.code)
      }
      #expect(try scenarios("cmurphi", "holds").1 == 0)
      #expect(try scenarios("rumur", "'violates \"a round\"'").1 == 0)
      let wrong = try scenarios("spin", "holds")
      #expect(wrong.1 == 2)
      #expect(wrong.0.contains("swapcheck.yml:3:"), "\(wrong.0)")
    }
  }

  /// Whether something has changed is looked at only where a `var` parameter of the call may lead there.
  @Test(arguments: [("p", false), ("u", false), ("t[0]", true), ("n", true)])
  func onlyWhatMayChangeIsLookedAt(argument: String, isLookedAt: Bool) throws {
    let text = """
      type p_t: 0 .. 2;
      var t: array [p_t] of p_t; u: p_t;
      procedure put_twice(var d: p_t; p: p_t); begin d := 2 - p; d := 2 - p; end;
      procedure within(var n: p_t; p: p_t); begin put_twice(\(argument == "n" ? "n" : "t[p]"), \(argument)); end;
      startstate begin for p: p_t do t[p] := 0; end; u := 0; end;
      ruleset p: p_t do rule begin within(t[p], p); end; end;

      """
    let emitted = try run(text, ["emit-c", "m.m"])
    #expect(emitted.code == 0, "\(emitted.errors)")
    #expect(emitted.output.contains("c->remarks[") == isLookedAt, "\(emitted.output.suffix(2_000))")
  }
}
