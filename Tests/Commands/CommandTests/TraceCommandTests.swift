import Foundation
import TestSupport
import Testing

/// Runs that are kept, shown again and compared.
@Suite struct TraceCommandTests {
  private static let variant = [
    "Models/hotswap.m", "--patch", "Models/hotswap/early-free.patch",
  ]

  private static func inFolderOfModels<T>(_ body: (URL) throws -> T) throws -> T {
    try Program.inTemporaryFolder { folder in
      for name in ["Models", "swapcheck.yml"] {
        try FileManager.default.createSymbolicLink(
          at: folder.appendingPathComponent(name),
          withDestinationURL: Repository.root.appendingPathComponent(name))
      }
      return try body(folder)
    }
  }

  /// The same steps are shown from the file, without the model.
  @Test func whatIsKeptIsShownAgain() throws {
    try Self.inFolderOfModels { folder in
      let (output, _, code) = try Program.run(
        ["check"] + Self.variant + ["--trace", "run.json"], in: folder)
      #expect(code == 1)
      try FileManager.default.removeItem(at: folder.appendingPathComponent("Models"))
      let (shown, errors, shownCode) = try Program.run(["trace", "run.json"], in: folder)
      #expect(shownCode == 0, "\(errors)")
      let steps = try #require(shown.components(separatedBy: "\n\n").last)
      #expect(steps.split(separator: "\n").count > 20)
      #expect(output.contains(steps))
    }
  }

  /// The page lies beside the run, or where it is told to; and there is one way to ask for it at a time.
  @Test func thePageIsWrittenBesideTheRun() throws {
    try Self.inFolderOfModels { folder in
      _ = try Program.run(["check"] + Self.variant + ["--trace", "run.json"], in: folder)
      let said = try Program.run(["trace", "run.json", "--html"], in: folder)
      #expect(said.code == 0 && said.output == "run.html: the page of the run\n")
      _ = try Program.run(["trace", "run.json", "--html", "-o", "other.page"], in: folder)
      let printed = try Program.run(["trace", "run.json", "--format", "html"], in: folder).output
      for name in ["run.html", "other.page"] {
        #expect(
          try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) == printed)
      }
      for rest in [
        ["--format", "svg"], ["--replay", "Models/hotswap.m"], ["--compare", "run.json"],
      ] {
        #expect(try Program.run(["trace", "run.json", "--html"] + rest, in: folder).code == 2)
      }
    }
  }

  @Test func twoRunsAreCompared() throws {
    try Self.inFolderOfModels { folder in
      func keep(_ patch: String, _ file: String) throws {
        _ = try Program.run(
          ["check", "Models/hotswap.m", "--patch", "Models/hotswap/\(patch).patch"]
            + ["--trace", file], in: folder)
      }
      try keep("early-free", "one.json")
      try keep("boot-parked", "other.json")
      let same = try Program.run(["trace", "one.json", "--compare", "one.json"], in: folder)
      #expect(same.code == 0 && same.output == "the runs are the same\n")
      let parted = try Program.run(["trace", "one.json", "--compare", "other.json"], in: folder)
      #expect(parted.code == 1)
      #expect(parted.output.hasPrefix("the first "))
    }
  }

  /// Who asks for a picture of what is not there is told so, and not left to look for a file.
  @Test func aRunThatIsNotThereIsNotWritten() throws {
    try Self.inFolderOfModels { folder in
      let (_, errors, code) = try Program.run(
        ["check", "Models/handover.m", "--trace", "run.svg"], in: folder)
      #expect(code == 0)
      #expect(errors == "note: run.svg is not written: no violation was found\n")
      let path = folder.appendingPathComponent("run.svg").path
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  /// At a terminal a line is broken between words; a program finds the verdict in one line.
  @Test func atATerminalWordsAreWhole() throws {
    try Self.inFolderOfModels { folder in
      _ = try Program.run(["check"] + Self.variant + ["--trace", "run.json"], in: folder)
      _ = try Program.run(
        ["check", "Models/hotswap.m", "--patch", "Models/hotswap/boot-parked.patch"]
          + ["--trace", "other.json"], in: folder)
      for arguments in [
        ["check"] + Self.variant + ["--quiet"],
        ["trace", "run.json", "--replay", "Models/hotswap.m"],
        ["trace", "run.json", "--compare", "other.json"],
      ] {
        let plain = try Program.run(arguments, in: folder).output
        let shown = try Program.runAtTerminal(arguments, in: folder)
        let lines = shown.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(shown)")
        let words = { (text: String) in text.split { $0 == " " || $0 == "\n" } }
        #expect(words(shown) == words(plain), "\(shown)")
      }
      let quiet = try Program.run(["check"] + Self.variant + ["--quiet"], in: folder).output
      #expect(quiet.split(separator: "\n").count == 1 && quiet.count > 80)
    }
  }

  /// What cannot be done is said with a way out.
  @Test(
    arguments: [
      (["trace", "nowhere.json"], "nowhere.json"),
      (["trace", "empty.json"], "empty.json: error: this is no kept run: it is not JSON"),
      (["check"] + variant + ["--trace", "run.pdf"], "its name does not say how"),
      (["trace", "empty.json", "--number", "0"], "--number counts from 1"),
      (["trace", "empty.json", "--format", "gif"], "'gif'"),
    ])
  func whatCannotBeDoneIsSaid(arguments: [String], reason: String) throws {
    try Self.inFolderOfModels { folder in
      try Data().write(to: folder.appendingPathComponent("empty.json"))
      let (_, errors, code) = try Program.run(arguments, in: folder)
      #expect(code == 2)
      #expect(errors.contains(reason), "\(errors)")
    }
  }

  /// A file of several runs has a number for each, and each can be written.
  @Test func ofSeveralRunsOneIsChosen() throws {
    try Program.inTemporaryFolder { folder in
      let model = """
        var x: 0..3;
        startstate begin x := 0; end;
        rule "up" x < 3 ==> begin x := x + 1; end;
        rule "down" x > 0 ==> begin x := x - 1; end;
        invariant "below three" x < 3;
        invariant "below two" x < 2;
        """
      try Data(model.utf8).write(to: folder.appendingPathComponent("m.m"))
      let (json, _, _) = try Program.run(
        ["check", "m.m", "--max-errors", "5", "--format", "json", "--trace", "run.json"],
        in: folder)
      try Data(json.utf8).write(to: folder.appendingPathComponent("report.json"))
      let all = try Program.run(["trace", "report.json"], in: folder)
      #expect(all.code == 2 && all.errors.contains("it has 2 runs"))
      let second = try Program.run(["trace", "report.json", "--number", "2"], in: folder)
      #expect(second.output.contains("below three"))
      let kept = try Program.run(["trace", "run-2.json"], in: folder)
      #expect(kept.output == second.output)
    }
  }
}

/// A kept run is a regression, and results of many checks are for CI.
@Suite struct KeptRunTests {
  private static let model = """
    var x: 0..3;
    startstate begin x := 0; end;
    rule "up" x < 3 ==> begin x := x + 1; end;
    rule "down" x > 0 ==> begin x := x - 1; end;
    invariant "below two" x < 2;

    """
  private static let scenarios = """
    version: 1
    scenarios:
      - { name: counter, model: m.m, expect: violates "below two", expect-trace: run.json }

    """

  private static func inFolder(_ body: (URL) throws -> Void) throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(model, to: "m.m", in: folder)
      try Program.write(scenarios, to: "swapcheck.yml", in: folder)
      _ = try Program.run(["check", "m.m", "--trace", "run.json"], in: folder)
      try body(folder)
    }
  }

  @Test func aRunThatTheModelStillHasIsAsExpected() throws {
    try Self.inFolder { folder in
      let (output, errors, code) = try Program.run(["check"], in: folder)
      #expect(code == 0, "\(output)\(errors)")
      let replayed = try Program.run(["trace", "run.json", "--replay", "m.m"], in: folder)
      #expect(replayed.code == 0 && replayed.output.contains("all 3 steps go through"))
    }
  }

  /// The guard of the second step, a rule that is gone, and a value that is another.
  @Test(
    arguments: [
      ("x < 3 ==>", "x < 1 ==>", "step 3 does not go through", "`x < 1`"),
      ("\"up\"", "\"rise\"", "step 2 does not go through", "no rule \"up\""),
      ("x + 1", "x + 2", "after step 2, x is 2, and it was 1", "x is 2"),
    ])
  func aRunThatIsGoneIsSaid(old: String, new: String, reason: String, detail: String) throws {
    try Self.inFolder { folder in
      try Program.write(Self.model.replacing(old, with: new), to: "m.m", in: folder)
      let replayed = try Program.run(["trace", "run.json", "--replay", "m.m"], in: folder)
      #expect(replayed.output.contains(reason) && replayed.output.contains(detail))
      let (output, _, code) = try Program.run(["check"], in: folder)
      #expect(code == 1)
      #expect(output.contains(reason), "\(output)")
    }
  }

  /// A run goes through and ends in something else than it was kept for: each kind of what can go
  /// wrong, and a change that leaves the steps as they are.
  @Test(
    arguments: [
      (#"invariant "low" x < 2"#, "x < 2", "x < 3", #"invariant "low" holds at its end"#),
      (#"invariant "low" x < 2"#, "low", "lower", #"the model has no invariant "low""#),
      (
        #"rule "end" x = 2 ==> begin assert "one" x < 2; end"#, #""one""#, #""two""#,
        #"assertion "one" does not hold in "end", and now it ends in assertion "two""#
      ),
      (
        #"rule "end" x = 2 ==> begin error "one"; end"#, #"error "one""#, "x := 3; x := x + 1",
        #"error "one" in "end", and now it ends in run-time error"#
      ),
      (
        #"rule "end" x = 2 ==> begin error "one"; end"#, #"error "one""#, "x := 0",
        #"but it was kept for error "one" in "end", and nothing of this kind is at its end"#
      ),
      (
        #"invariant "sum" x < 2 | x / (x - 2) = 0"#, "x / (x - 2)", "x / (x - 1)",
        #"and nothing of this kind is at its end"#
      ),
      (
        #"liveness "back" x < 2"#, "x = 9", "x = 2",
        #"liveness "back" can hold at its end or behind"#
      ),
      ("", "x = 9", "x = 2", "something leads on from its end"),
    ])
  func anotherEndIsSaid(last: String, old: String, new: String, reason: String) throws {
    let model = """
      var x: 0..3;
      startstate "begin" begin x := 0; end;
      rule "up" x < 2 ==> begin x := x + 1; end;
      rule "down" x = 9 ==> begin x := 0; end;
      \(last);

      """.replacing("\n;\n", with: "\n")
    try Program.inTemporaryFolder { folder in
      try Program.write(model, to: "m.m", in: folder)
      let isDeadlock = last.isEmpty
      let deadlock = isDeadlock ? [] : ["--deadlock", "off"]
      let kept = try Program.run(["check", "m.m", "--trace", "run.json"] + deadlock, in: folder)
      try #require(kept.code == 1, "\(kept.output)\(kept.errors)")
      let again = try Program.run(["trace", "run.json", "--replay", "m.m"], in: folder)
      #expect(again.code == 0, "\(again.output)")
      // Lines that move are no other reason.
      try Program.write("-- a line\n" + model, to: "moved.m", in: folder)
      let moved = try Program.run(["trace", "run.json", "--replay", "moved.m"], in: folder)
      #expect(moved.code == 0, "\(moved.output)")
      try Program.write(model.replacing(old, with: new), to: "m.m", in: folder)
      let replayed = try Program.run(["trace", "run.json", "--replay", "m.m"], in: folder)
      #expect(replayed.code == 1 && replayed.output.contains(reason), "\(replayed.output)")
      try Program.write(
        """
        version: 1
        scenarios:
          - { name: m, model: m.m, expect: inconclusive, max-depth: 0, expect-trace: run.json }

        """, to: "swapcheck.yml", in: folder)
      let (output, errors, code) = try Program.run(["check"], in: folder)
      #expect(code == 1 && output.contains(reason), "\(output)\(errors)")
    }
  }

  /// A model that is violated has failed; a scenario that expects it has passed.
  @Test func resultsAreForCI() throws {
    try Self.inFolder { folder in
      let (junit, _, code) = try Program.run(["check", "m.m", "--format", "junit"], in: folder)
      #expect(code == 1)
      #expect(junit.contains("<failure") && junit.contains("below two"))
      let expected = try Program.run(["check", "--format", "junit"], in: folder)
      #expect(expected.code == 0 && !expected.output.contains("<failure"))
      let (sarif, _, _) = try Program.run(["check", "m.m", "--format", "sarif"], in: folder)
      let log = try #require(
        try JSONSerialization.jsonObject(with: Data(sarif.utf8)) as? [String: Any])
      let runs = try #require(log["runs"] as? [[String: Any]])
      let results = try #require(runs.first?["results"] as? [[String: Any]])
      #expect(results.count == 1 && results.first?["level"] as? String == "error")
      let mail = try Program.run(["check", "m.m", "--format", "mail"], in: folder)
      #expect(mail.output.utf8.allSatisfy { $0 < 0x80 })
      #expect(mail.output.split(separator: "\n").allSatisfy { $0.count <= 72 })
    }
  }
}
