import Foundation
import Testing

/// What the commands say of a model's dialect, and the warnings where a run meets something that
/// CMurphi would do otherwise.
@Suite struct WarningTests {
  private func run(
    _ text: String, _ arguments: [String]
  ) throws -> (output: String, errors: String, code: Int32) {
    var result = ("", "", Int32(0))
    try CommandRun.inTemporaryFolder { folder throws in
      try CommandRun.write(text, to: "m.m", in: folder)
      result = try CommandRun.run(arguments, in: folder)
    }
    return result
  }

  private let start = "startstate begin x := 0; end;\n"

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
  ]

  @Test(arguments: differing.indices, ["interpreter", "native"])
  func whatARunMeetsIsNamed(index: Int, engine: String) throws {
    let (text, place, words) = Self.differing[index]
    let arguments = ["check", "m.m", "--deadlock", "off", "--engine", engine]
    let warned = try run(text, arguments)
    #expect(warned.output.contains("warning at m.m:\(place): \(words)\n"), "\(warned.output)")
    #expect(warned.output.contains("--dialect cmurphi gives the model CMurphi's meaning"))
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

  @Test func whatNoRunMeetsIsNotNamed() throws {
    let text =
      "var x: 0..1; y: 0..2;\nstartstate begin x := 0; y := 0; end;\n"
      + "rule \"r\" begin for i := 0 to x do y := i; end; x := 1 - x; end;"
    let answer = try run(text, ["check", "m.m"])
    #expect(answer.code == 0)
    #expect(!answer.output.contains("warning"))
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
    try CommandRun.inTemporaryFolder { folder throws in
      try CommandRun.write(model, to: "m.m", in: folder)
      func scenarios(_ dialect: String, _ expected: String) throws -> (String, Int32) {
        try CommandRun.write(
          "version: 1\nscenarios:\n  - { name: a, model: m.m, dialect: \(dialect), expect: \(expected) }\n",
          to: "swapcheck.yml", in: folder)
        let answer = try CommandRun.run(["check"], in: folder)
        return (answer.output + answer.errors, answer.code)
      }
      #expect(try scenarios("cmurphi", "holds").1 == 0)
      #expect(try scenarios("rumur", "'violates \"a round\"'").1 == 0)
      let wrong = try scenarios("spin", "holds")
      #expect(wrong.1 == 2)
      #expect(wrong.0.contains("swapcheck.yml:3:"), "\(wrong.0)")
    }
  }
}
