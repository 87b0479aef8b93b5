import Foundation
import Testing

/// How the program is called: names of commands, standard input, what a shell and man(1) are told.
@Suite struct CallTests {
  @Test(arguments: [
    (["chekc"], "error: swapcheck has no command `chekc`\nhint: did you mean `check`?\n"),
    (
      ["help", "simulat"],
      "error: swapcheck has no command `simulat`\nhint: did you mean `simulate`?\n"
    ),
    (
      ["hook", "instal"],
      "error: swapcheck hook has no command `instal`\nhint: did you mean `install`?\n"
    ),
    (
      ["Models/hotswap.m"],
      "error: swapcheck has no command `Models/hotswap.m`\n"
        + "hint: did you mean `swapcheck check Models/hotswap.m`?\n"
    ),
    (["zzz"], "error: swapcheck has no command `zzz`\nhint: swapcheck --help names all of them\n"),
  ])
  func aMistypedCommandIsNamed(arguments: [String], errors: String) throws {
    let answer = try Program.run(arguments)
    #expect(answer.code == 2)
    #expect(answer.errors == errors)
  }

  @Test func aWrongCallPointsToTheHelpOfItsCommand() throws {
    for arguments in [
      ["check", "--set", "X"], ["check", "--thread", "1"], ["check", "--tag", "a", "m.m"],
    ] {
      let answer = try Program.run(arguments)
      #expect(answer.code == 2)
      #expect(answer.errors.contains("See 'swapcheck check --help' for more"), "\(answer.errors)")
    }
  }

  /// What the parser of arguments says, too, at a terminal.
  @Test(arguments: [["fit"], ["check", "--format", "yaml"], ["check", "swapcheck.yml"]])
  func whatIsWrongIsSaidInWholeWords(arguments: [String]) throws {
    let plain = try Program.run(arguments).errors
    #expect(plain.split(separator: "\n").contains { $0.count > 80 }, "\(plain)")
    let shown = try Program.runAtTerminal(arguments)
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(shown)")
    let words = { (text: String) in text.split { $0 == " " || $0 == "\n" } }
    #expect(words(shown) == words(plain), "\(shown)")
  }

  /// A file of scenarios is not read as a model, which would be wrong in each of its lines.
  @Test func scenariosAreNoModel() throws {
    let answer = try Program.run(["check", "swapcheck.yml"])
    #expect(answer.code == 2)
    #expect(answer.errors.contains("--scenarios swapcheck.yml"), "\(answer.errors)")
    #expect(answer.errors.split(separator: "\n").count <= 3, "\(answer.errors)")
  }

  @Test func aModelComesFromStandardInput() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(
        "var x: 0..1;\nstartstate x := 0; end;\nrule x := 1 - x; end;\n", to: "m.m", in: folder)
      let checked = try Program.shell("swapcheck check - --quiet < m.m", in: folder)
      #expect(checked.output == "<stdin>: verified: all 2 states\n")
      let piped = try Program.shell("cat m.m | swapcheck check - --quiet", in: folder)
      #expect(piped.output == checked.output)
      let wrong = try Program.shell("echo 'var x: y;' | swapcheck check -", in: folder)
      #expect(wrong.code == 2 && wrong.errors.hasPrefix("<stdin>:1:8: error["))
      let twice = try Program.shell("swapcheck check - - < m.m", in: folder)
      #expect(twice.code == 2)
      // As it would be in place.
      let formatted = try Program.shell("swapcheck format - < m.m", in: folder)
      _ = try Program.run(["format", "m.m"], in: folder)
      let inPlace = try String(contentsOf: folder.appendingPathComponent("m.m"), encoding: .utf8)
      #expect(formatted.output == inPlace && !inPlace.isEmpty)
    }
  }

  /// A terminal that goes away ends a search like any other wish for its end.
  @Test func aHangupIsAnInterrupt() throws {
    try Program.inTemporaryFolder { folder in
      let endless =
        "var x: 0..99999999;\nstartstate x := 0; end;\nrule x < 99999999 ==> x := x + 1; end;\n"
      try Program.write(endless, to: "m.m", in: folder)
      let ended = try Program.shell(
        "swapcheck check m.m --executor interpreter & sleep 3; kill -HUP $!; wait $!", in: folder)
      #expect(ended.code == 130)
      #expect(ended.output.contains("inconclusive: interrupted"))
    }
  }

  /// What is kept needs no search that would show its own status.
  @Test func theStatusLineGoesBeforeAResult() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(
        "var x: 0..1;\nstartstate x := 0; end;\nrule x := 1 - x; end;\n", to: "a.m", in: folder)
      try Program.write(
        """
        version: 1
        scenarios:
          - { name: a, model: a.m, expect: holds, states: 2 }
          - { name: b, model: a.m }

        """, to: "swapcheck.yml", in: folder)
      for _ in 1...2 {
        let lines = try Program.runAtTerminal(["check"], in: folder).split(separator: "\n")
        #expect(lines.first?.hasPrefix("ok   a ") == true, "\(lines)")
        #expect(lines.dropFirst().first?.hasPrefix("FAIL b ") == true, "\(lines)")
        #expect(lines.contains { $0.contains("give the scenario an `expect: holds`") }, "\(lines)")
      }
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func shellsAreToldWhatThereIs(shell: String) throws {
    let (script, _, code) = try Program.run(["--generate-completion-script", shell])
    #expect(code == 0)
    for word in ["sweep", "doctor", "max-states"] { #expect(script.contains(word), "\(word)") }
  }

  @Test func theDoctorSaysWhatIsThere() throws {
    let (text, _, code) = try Program.run(["doctor"])
    #expect(code == 0, "\(text)")
    #expect(text.hasSuffix("all that is needed is there\n"))
    let bare = try Program.run(["doctor", "--format", "json"], environment: ["PATH": "/nowhere"])
    #expect(bare.code == 1)
    let document = try JSONSerialization.jsonObject(with: Data(bare.output.utf8)) as? [String: Any]
    #expect(document?["sound"] as? Bool == false)
    let entries = try #require(document?["entries"] as? [[String: Any]])
    func state(_ name: String) -> String? {
      entries.first { $0["name"] as? String == name }?["state"] as? String
    }
    #expect(state("compiler") == "missing")
    #expect(state("tcc") == "less" && state("git") == "less" && state("unpackers") == "less")
    #expect(state("z3") == "ok")
    // A folder that others may write to keeps nothing.
    let shared = try Program.run(
      ["doctor", "--format", "json"], environment: ["XDG_CACHE_HOME": "/proc"])
    #expect(shared.output.contains("no folder that nobody else can write to"))
  }

  @Test func aRunOfScenariosThatIsInterruptedSaysSo() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(
        "var x: 0..1;\nstartstate x := 0; end;\nrule x := 1 - x; end;\n", to: "a.m", in: folder)
      let endless =
        "var x: 0..99999999;\nstartstate x := 0; end;\nrule x < 99999999 ==> x := x + 1; end;\n"
      try Program.write(endless, to: "b.m", in: folder)
      try Program.write(
        """
        version: 1
        scenarios:
          - { name: a, model: a.m, expect: holds, states: 2 }
          - { name: c, model: a.m, expect: holds, states: 3 }
          - { name: b, model: b.m, expect: holds, executor: interpreter }
          - { name: d, model: a.m, expect: holds }

        """, to: "swapcheck.yml", in: folder)
      let (output, _, code) = try Program.run(
        ["check", "--quiet"], in: folder, interruptedAfter: 4)
      #expect(code == 130)
      let lines = output.split(separator: "\n")
      // The failure alone, with the two numbers and no report.
      #expect(lines.first?.hasPrefix("FAIL c  verified, 2 states") == true, "\(output)")
      #expect(
        lines.dropFirst() == [
          "c: expected 3 states, and there are 2", "interrupted: 1 as expected, 1 not, 2 not run",
        ])
    }
  }
}
