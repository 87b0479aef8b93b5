import Foundation
import TestSupport
import Testing

/// Changes of what is asked of a model: kept runs, heads of models, several files of scenarios.
@Suite struct ReviewExpectationTests {
  private static let model = """
    var x: 0..3;
    startstate "begin" begin x := 0; end;
    rule "up" x < 3 ==> begin x := x + 1; end;
    rule "down" x > 0 ==> begin x := x - 1; end;
    rule "jump" x = 0 ==> begin x := 2; end;
    invariant "low" x < 2;
    measure "x" x;

    """

  private static func scenarios(_ keys: String) -> String {
    """
    version: 1
    scenarios:
      - { name: counter, model: m.m, expect: violates "low"\(keys) }

    """
  }

  /// What a review of the last commit says, without its line breaks.
  private static func lastCommit(
    _ repository: TemporaryRepository
  ) throws -> (output: String, code: Int32) {
    try repository.commit("a change")
    let found = try Program.run(["review", "HEAD~1..HEAD"], in: repository.root)
    #expect(found.errors.isEmpty, "\(found.errors)")
    let output = found.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return (output, found.code)
  }

  /// A run of the model without some of its rules, kept for what is violated at its end.
  private static func keep(
    _ name: String, without rules: String..., of text: String = model,
    in repository: TemporaryRepository
  ) throws {
    try Program.inTemporaryFolder { folder in
      var lines = text.split(separator: "\n")
      for rule in rules { lines.removeAll { $0.contains("rule \"\(rule)\"") } }
      try Program.write(lines.joined(separator: "\n"), to: "m.m", in: folder)
      _ = try Program.run(["check", "m.m", "--trace", "run.json"], in: folder)
      try repository.write(
        try String(contentsOf: folder.appendingPathComponent("run.json"), encoding: .utf8), to: name
      )
    }
  }

  @Test func aKeptRunThatIsAskedForNoMoreIsWorse() throws {
    let repository = try TemporaryRepository()
    try repository.write(Self.model, to: "m.m")
    try Self.keep("runs/up.json", without: "jump", in: repository)
    try repository.write(Self.scenarios(""), to: "swapcheck.yml")
    try repository.commit("a model")
    try repository.write(Self.scenarios(", expect-trace: runs/up.json"), to: "swapcheck.yml")
    let new = try Self.lastCommit(repository)
    #expect(new.output.contains("`counter` has to have the run of runs/up.json"), "\(new.output)")
    #expect(new.code == 0)
    // The same run to the same end by another rule, in the same file.
    try Self.keep("runs/up.json", without: "up", in: repository)
    let parted = try Self.lastCommit(repository)
    #expect(
      parted.output.contains("`counter` has to have another run of runs/up.json, from step 2 on"),
      "\(parted.output)")
    #expect(parted.code == 0)
    // Something else at its end.
    try Self.keep(
      "runs/up.json", of: Self.model.replacing("\"low\"", with: "\"other\""), in: repository)
    let other = try Self.lastCommit(repository)
    #expect(
      other.output.contains(
        "worse: `counter` has to have a run of runs/up.json to invariant \"other\", was one to "
          + "invariant \"low\""), "\(other.output)")
    #expect(other.code == 1)
    // Another place is no other run.
    try repository.git("mv", "runs/up.json", "up.json")
    try repository.write(Self.scenarios(", expect-trace: up.json"), to: "swapcheck.yml")
    let moved = try Self.lastCommit(repository)
    #expect(moved.output.contains("has to have the run of up.json, was runs/up.json"))
    #expect(moved.code == 0, "\(moved.output)")
    // The file is gone, and the scenario still names it; then it does not any more.
    try repository.remove("up.json")
    let lost = try Self.lastCommit(repository)
    #expect(
      lost.output.contains("worse: `counter` has to have the run of up.json, which is gone"),
      "\(lost.output)")
    #expect(lost.code == 1)
    try repository.write("nothing", to: "up.json")
    _ = try Self.lastCommit(repository)
    try repository.write(Self.scenarios(""), to: "swapcheck.yml")
    let gone = try Self.lastCommit(repository)
    #expect(
      gone.output.contains("worse: `counter` need not have the run of up.json any more"),
      "\(gone.output)")
    #expect(gone.code == 1)
  }

  /// The rules change in the same commit, so that the head is not all that differs.
  @Test(
    arguments: [
      ("-- Measure: \"x\" 0..3", "", "measure \"x\" to be anything, was 0..3", Int32(1)),
      ("-- Measure: \"x\" 0..3", "-- Measure: \"x\" 0..9", "\"x\" 0..9, was 0..3", 1),
      ("-- Measure: \"x\" 0..9", "-- Measure: \"x\" 0..3", "\"x\" 0..3, was 0..9", 0),
      ("", "-- Dead rule: \"down\"", "no longer minds that this rule never fires: \"down\"", 1),
      ("-- Expect: holds", "-- Expect: inconclusive", "expects inconclusive, expected holds", 1),
      ("", "-- Expect: holds", "expects holds, expected nothing", 0),
    ])
  func whatAHeadAsksIsCompared(
    before: String, after: String, words: String, code: Int32
  ) throws {
    let model = Self.model.replacing("invariant \"low\" x < 2;", with: "")
    let added = model + "rule \"stay\" x = 1 ==> begin x := 1; end;\n"
    try Program.inTemporaryFolder { folder in
      try Program.write(before + "\n" + model, to: "base.m", in: folder)
      try Program.write(after + "\n" + added, to: "head.m", in: folder)
      let pair = try Program.run(["review", "base.m", "head.m"], in: folder)
      let output = pair.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(output.contains(words), "\(output)")
      #expect(output.contains("only adds behaviour"), "\(output)")
      #expect(pair.code == code)
    }
    let repository = try TemporaryRepository()
    try repository.write(before + "\n" + model, to: "m.m")
    try repository.commit("a model")
    try repository.write(after + "\n" + added, to: "m.m")
    let range = try Self.lastCommit(repository)
    #expect(range.output.contains(words) && range.code == code, "\(range.output)")
  }

  /// Where a rule is switched off, another one is all that leads on: that it goes shows there alone.
  @Test func sizesWithoutRulesAreLookedAt() throws {
    let scenarios = """
      version: 1
      scenarios:
        - name: counter
          model: head.m
          expect: holds
          sizes:
            - { name: all }
            - { name: steps, without: "jump" }

      """
    let model =
      Self.model.replacing("\"low\" x < 2", with: "\"low\" true")
      + "liveness \"top\" x = 3;\n"
    try Program.inTemporaryFolder { folder in
      try Program.write(scenarios, to: "swapcheck.yml", in: folder)
      try Program.write(model, to: "base.m", in: folder)
      let stuck = model.replacing("x < 3 ==>", with: "x < 3 & x != 1 ==>")
      try Program.write(stuck, to: "head.m", in: folder)
      let found = try Program.run(["review", "base.m", "head.m"], in: folder)
      let output = found.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        output.hasPrefix("head.m: worse, violated: liveness \"top\""), "\(output)")
      #expect(output.contains("at steps, was verified"), "\(output)")
      #expect(found.code == 1)
      // The rule that is switched off is still part of the text that has changed.
      try Program.write(
        model.replacing("x = 0 ==> begin x := 2", with: "x = 0 ==> begin x := 3"), to: "head.m",
        in: folder)
      try Program.write(
        scenarios.replacing("      - { name: all }\n", with: ""), to: "swapcheck.yml", in: folder)
      let jump = try Program.run(["review", "base.m", "head.m"], in: folder)
      #expect(jump.code == 0 && jump.output.contains("nothing changed in behaviour"))
      #expect(jump.output.contains("rule \"jump\""), "\(jump.output)")
    }
  }

  /// A repository may have several folders of models, each with its file.
  @Test func everyFileOfScenariosOfARangeIsCompared() throws {
    let repository = try TemporaryRepository()
    try repository.write(Self.model, to: "part/m.m")
    try repository.write(Self.scenarios(", states: 4"), to: "part/swapcheck.yml")
    try repository.commit("a model")
    try repository.write(Self.scenarios(""), to: "part/swapcheck.yml")
    let less = try Self.lastCommit(repository)
    #expect(
      less.output.contains("part/swapcheck.yml: worse, 1 of 1 change asks less"), "\(less.output)")
    #expect(less.code == 1)
    try repository.remove("part/swapcheck.yml")
    let gone = try Self.lastCommit(repository)
    #expect(gone.output.contains("part/swapcheck.yml: worse, it is gone") && gone.code == 1)
  }

  /// Two versions of a folder, side by side: each model has the file that lies beside it.
  @Test func twoFilesBringTheirScenarios() throws {
    try Program.inTemporaryFolder { folder in
      for name in ["old", "new"] {
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(name), withIntermediateDirectories: false)
        try Program.write(Self.model, to: "\(name)/m.m", in: folder)
        try Program.write(Self.scenarios(", states: 3"), to: "\(name)/swapcheck.yml", in: folder)
      }
      let same = try Program.run(["review", "old/m.m", "new/m.m"], in: folder)
      #expect(same.output == "new/m.m: nothing changed but comments and layout\n")
      #expect(same.code == 0)
      try Program.write(
        Self.scenarios(", states: 1.., expect-trace: run.json")
          + "  - { name: other, model: other.m }\n", to: "new/swapcheck.yml", in: folder)
      let less = try Program.run(["review", "old/m.m", "new/m.m"], in: folder)
      #expect(less.output.contains("new/swapcheck.yml: worse, 1 of 2 changes"), "\(less.output)")
      #expect(less.output.contains("worse: `counter` expects states 1.., was 3"))
      #expect(!less.output.contains("other"), "\(less.output)")
      #expect(less.code == 1)
    }
  }
}
