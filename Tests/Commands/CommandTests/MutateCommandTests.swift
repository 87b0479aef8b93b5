import Foundation
import Testing

/// `swapcheck mutate`, as users call it.
@Suite struct MutateCommandTests {
  /// Two take turns; that the second ever does, nothing asks.
  private static let model = """
    const MOST: 2;
    var
      count: 0..MOST;
      turn: boolean;
      seen: boolean;
    startstate begin count := 0; turn := false; seen := false; end;
    rule "up" !turn & count < MOST ==>
    begin
      count := count + 1;
      turn := true;
    end;
    rule "down" turn & count > 0 ==>
    begin
      count := count - 1;
      turn := false;
      seen := true;
    end;
    invariant "one at a time" count < MOST;
    cover "up" count = 1;

    """

  private static let scenarios = """
    version: 1
    scenarios:
      - name: turns
        model: turns.m
        expect: holds
        sizes:
          - { name: 2, set: { MOST: 2 }, tags: quick }
          - { name: 2-again, set: { MOST: 2 }, symmetry: off, tags: quick }
          - { name: 3, set: { MOST: 3 }, tags: full }

    """

  /// In a folder with the model, the scenarios and a cache of its own.
  private static func withModel(
    _ body: (URL, ([String]) throws -> (output: String, errors: String, code: Int32)) throws -> Void
  ) throws {
    try Program.inTemporaryFolder { folder throws in
      try Program.write(model, to: "turns.m", in: folder)
      try Program.write(scenarios, to: "swapcheck.yml", in: folder)
      try body(folder) { arguments in
        try Program.run(
          ["mutate"] + arguments, in: folder,
          environment: ["XDG_CACHE_HOME": folder.appendingPathComponent("cache").path])
      }
    }
  }

  private struct Document: Decodable {
    struct Size: Decodable { let name: String }
    struct Score: Decodable {
      let percent: Int?
      let killed, survived, equivalent, invalid, undecided, untried: Int
    }
    struct Witness: Decodable {
      let kind: String
      let name: String?
      let mutants: Int
    }
    struct Mutant: Decodable {
      let kind, declaration, question, outcome, diff: String
      let line: Int
      let known: Bool
      let rulesThatNeverFire: [String]?
    }
    let format: String
    let version: Int
    let sizes: [Size]
    let score: Score
    let reason: String?
    let firstToNotice: [Witness]
    let mutants: [Mutant]
  }

  private static func document(_ output: String) throws -> Document {
    try JSONDecoder().decode(Document.self, from: Data(output.utf8))
  }

  @Test func survivorsAreShownWithTheirQuestions() throws {
    try Self.withModel { _, mutate throws in
      let (output, errors, code) = try mutate(["turns.m"])
      #expect(code == 0 && errors.isEmpty, "\(errors)")
      #expect(output.contains("rule \"down\", line "))
      #expect(output.contains("nothing notices if `seen := true` is left out"))
      #expect(
        output.contains(
          """
             count := count - 1;
             turn := false;
          -  seen := true;
           end;
           invariant "one at a time" count < MOST;
          """))
      #expect(output.contains("turns.m: score "))
      #expect(output.contains("sizes, with states: turns-2 (4)"))
      for line in output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
  }

  @Test func theDocumentHasAllMutants() throws {
    try Self.withModel { _, mutate throws in
      let (output, _, code) = try mutate(["turns.m", "--format", "json"])
      #expect(code == 0)
      let document = try Self.document(output)
      #expect(document.format == "swapcheck-mutate" && document.version == 1)
      // The second size asks the same, and the third has another tag.
      #expect(document.sizes.map(\.name) == ["turns-2"])
      let score = document.score
      #expect(
        score.killed + score.survived + score.equivalent + score.invalid == document.mutants.count)
      #expect(score.killed > 0 && score.survived > 0 && score.equivalent > 0)
      #expect(
        document.firstToNotice.reduce(0) { $0 + $1.mutants } == score.killed)
      #expect(document.firstToNotice.first?.name == "one at a time")
      // Who is at `count < MOST` never comes to the end of it: that guard is never needed.
      let equivalent = document.mutants.filter { $0.outcome == "equivalent" }
      #expect(equivalent.contains { $0.question.contains("`count < MOST` is not asked for") })
      #expect(equivalent.contains { $0.question.contains("`<` is `<=`") })
      let dropped = document.mutants.filter { $0.kind == "drop a rule" }
      #expect(dropped.map(\.outcome) == ["killed", "killed"])
      #expect(dropped.map(\.declaration) == ["up", "down"])
      for mutant in document.mutants { #expect(mutant.diff.hasPrefix("--- a/turns.m\n")) }
    }
  }

  @Test func whatIsKnownIsNotTriedAgain() throws {
    try Self.withModel { folder, mutate throws in
      let first = try Self.document(try mutate(["turns.m", "--format", "json"]).output)
      #expect(first.mutants.allSatisfy { !$0.known })
      // A comment changes nothing.
      try Program.write("-- A comment.\n" + Self.model, to: "turns.m", in: folder)
      let second = try Self.document(try mutate(["turns.m", "--format", "json"]).output)
      #expect(second.mutants.allSatisfy { $0.known })
      #expect(second.mutants.map(\.outcome) == first.mutants.map(\.outcome))
      #expect(second.mutants.map(\.line) == first.mutants.map { $0.line + 1 })
      let none = try Self.document(
        try mutate(["turns.m", "--format", "json", "--no-cache"]).output)
      #expect(none.mutants.allSatisfy { !$0.known })
      // Another size is another question.
      let other = try Self.document(
        try mutate(["turns.m", "--format", "json", "--tag", "full"]).output)
      #expect(other.sizes.map(\.name) == ["turns-3"])
      #expect(other.mutants.allSatisfy { !$0.known })
      // What is not what was written is not there.
      let cache = folder.appendingPathComponent("cache/swapcheck")
      for name in try FileManager.default.contentsOfDirectory(atPath: cache.path)
      where name.hasSuffix(".results") {
        let path = cache.appendingPathComponent(name)
        var bytes = try Data(contentsOf: path)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: path)
      }
      let third = try Self.document(try mutate(["turns.m", "--format", "json"]).output)
      #expect(third.mutants.allSatisfy { !$0.known })
      #expect(third.mutants.map(\.outcome) == first.mutants.map(\.outcome))
    }
  }

  /// Runs that noticed mutants are taken again where the model has changed elsewhere, and what they no
  /// longer show is not said.
  @Test(arguments: [
    ("invariant \"one at a time\" count < MOST;", "invariant \"one at a time\" count <= MOST;"),
    ("turn & count > 0", "turn & count = 1"),
    ("invariant", "rule \"forget\" !turn & seen ==> begin seen := false; end;\ninvariant"),
  ])
  func aChangedModelIsTriedAsIfNothingWereKnown(old: String, new: String) throws {
    try Self.withModel { folder, mutate throws in
      let first = try Self.document(try mutate(["turns.m", "--format", "json"]).output)
      let changed = Self.model.replacingOccurrences(of: old, with: new)
      #expect(changed != Self.model)
      try Program.write(changed, to: "turns.m", in: folder)
      let second = try Self.document(try mutate(["turns.m", "--format", "json"]).output)
      let fresh = try Self.document(
        try mutate(["turns.m", "--format", "json", "--no-cache"]).output)
      #expect(second.mutants.allSatisfy { !$0.known })
      #expect(second.mutants.map(\.outcome) == fresh.mutants.map(\.outcome))
      #expect(second.score.percent == fresh.score.percent)
      // What was killed by the invariant alone survives.
      if old.contains("MOST") { #expect(second.score.killed < first.score.killed) }
    }
  }

  @Test func threadsMakeNoDifference() throws {
    try Self.withModel { _, mutate throws in
      let outputs = try ["1", "3"].map { threads in
        try Self.document(
          try mutate(["turns.m", "--format", "json", "--no-cache", "--threads", threads]).output)
      }
      #expect(outputs[0].mutants.map(\.outcome) == outputs[1].mutants.map(\.outcome))
      #expect(outputs[0].mutants.map(\.diff) == outputs[1].mutants.map(\.diff))
    }
  }

  @Test func theScoreMayBeAskedFor() throws {
    try Self.withModel { _, mutate throws in
      #expect(try mutate(["turns.m", "--min-score", "10"]).code == 0)
      #expect(try mutate(["turns.m", "--min-score", "99"]).code == 1)
      #expect(try mutate(["turns.m", "--min-score", "101"]).code == 2)
    }
  }

  /// The model's own score is between the two.
  @Test(arguments: [(10, 0), (99, 1)])
  func theScoreMayStandInTheFile(_ score: Int, _ code: Int32) throws {
    try Self.withModel { folder, mutate throws in
      let file = Self.scenarios + "min-scores: { turns.m: \(score) }\n"
      try Program.write(file, to: "swapcheck.yml", in: folder)
      let (_, errors, own) = try mutate(["turns.m"])
      #expect(own == code)
      #expect(errors.contains("is to be at least 99 %") == (code == 1))
      let all = try mutate([])
      #expect(all.code == code)
      #expect(all.output.contains("is to be at least 99 %") == (code == 1))
      // What is said on the command line goes before it, and of other sizes it says nothing.
      #expect(try mutate(["turns.m", "--min-score", "50"]).code == 0)
      #expect(try mutate(["--min-score", "50"]).code == 0)
      #expect(try mutate(["turns.m", "--tag", "full"]).code == 0)
    }
  }

  private struct Scores: Decodable {
    struct Entry: Decodable {
      let model: String
      let leastScore: Double?
      let isBelow: Bool
      let error: String?
      let result: Document?
    }
    let format: String
    let models: [Entry]
    let notTried: Int
  }

  /// Without a model all of them, in the order of the file.
  @Test func allModelsInOneTable() throws {
    try Self.withModel { folder, mutate throws in
      let path = "models-of-turns/that-have-a-long-way-to-go/other.m"
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(path).deletingLastPathComponent(),
        withIntermediateDirectories: true)
      try Program.write(Self.model, to: path, in: folder)
      try Program.write("x", to: "wrong.m", in: folder)
      let file =
        Self.scenarios + """
            - { name: other, model: \(path), expect: holds }
            - { name: violated, model: turns.m, set: { MOST: 1 }, expect: violates "one at a time" }

          """
      try Program.write(file, to: "swapcheck.yml", in: folder)
      let (output, errors, code) = try mutate([])
      #expect(code == 0 && errors.isEmpty, "\(errors)")
      let lines = output.split(separator: "\n").map(String.init)
      try #require(lines.count == 4, "\(output)")
      for line in lines { #expect(line.count <= 80, "\(line)") }
      #expect(lines[1].hasPrefix("turns.m ") && lines[3].hasPrefix("all models "))
      #expect(lines[2].hasPrefix("…") && lines[2].contains("to-go/other.m "))
      let (document, _, _) = try mutate(["--format", "json"])
      let scores = try JSONDecoder().decode(Scores.self, from: Data(document.utf8))
      #expect(scores.format == "swapcheck-mutation-scores" && scores.notTried == 0)
      #expect(scores.models.map(\.model) == ["turns.m", path])
      // What a model comes to alone.
      let alone = try Self.document(try mutate(["turns.m", "--format", "json"]).output)
      let together = try #require(scores.models.first?.result)
      #expect(together.mutants.map(\.outcome) == alone.mutants.map(\.outcome))
      #expect(lines[1].contains(" \(alone.score.killed) "))
      // One that cannot be read does not keep the others back.
      try Program.write(
        file + "  - { name: wrong, model: wrong.m, expect: holds }\n", to: "swapcheck.yml",
        in: folder)
      let partly = try mutate([])
      #expect(partly.code == 2 && partly.output.contains("error[E"))
      #expect(partly.output.contains("\nall models "))
    }
  }

  @Test func survivorsArePatches() throws {
    try Self.withModel { folder, mutate throws in
      let (_, _, code) = try mutate(["turns.m", "--survivors", "left"])
      #expect(code == 0)
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("left").path
      ).sorted()
      #expect(names.first == "0001.patch")
      // What a run with more survivors has left is not taken for this one's.
      try Program.write(
        "mine", to: "left/\(String(format: "%04d", names.count + 1)).patch", in: folder)
      let again = try mutate(["turns.m", "--survivors", "left"])
      #expect(again.code == 0 && again.errors.contains("from another run, and stay"))
      try FileManager.default.removeItem(
        at: folder.appendingPathComponent("left/\(String(format: "%04d", names.count + 1)).patch"))
      for name in names {
        let check = try Program.run(
          ["check", "turns.m", "--patch", "left/\(name)"], in: folder)
        #expect(check.code == 0, "\(name): \(check.output)")
      }
      let applied = try Program.shell(
        "git init -q . && for p in left/*.patch; do git apply --check $p || exit 1; done",
        in: folder)
      #expect(applied.code == 0, "\(applied.errors)")
    }
  }

  @Test func aBudgetThatRunsOutIsSaid() throws {
    let model = Program.root.appendingPathComponent("Models/hotswap.m").path
    let arguments = ["mutate", model, "--timeout", "2", "--no-cache"]
    try Program.inTemporaryFolder { folder throws in
      let (output, _, code) = try Program.run(arguments, in: folder)
      #expect(code == 3)
      #expect(output.contains("not tried") || output.contains("inconclusive"))
      let (document, _, failed) = try Program.run(
        arguments + ["--format", "json", "--min-score", "100"], in: folder)
      #expect(failed == 1 || failed == 3)
      #expect(document.contains("\"untried\": ") || document.contains("\"reason\": "))
    }
  }

  /// So many states that nobody sees them all.
  private static let endless = """
    var a, b, c: array [0..9] of 0..9;
    startstate begin for i: 0..9 do a[i] := 0; b[i] := 0; c[i] := 0; end; end;
    ruleset i: 0..9 do
      rule "a" a[i] < 9 ==> begin a[i] := a[i] + 1; end;
      rule "b" b[i] < 9 ==> begin b[i] := b[i] + 1; end;
      rule "c" c[i] < 9 ==> begin c[i] := c[i] + 1; end;
    end;

    """

  /// The model itself is not checked to its end, and what was not tried is counted all the same.
  @Test func aBudgetThatEndsBeforeTheFirstChangeCountsThemAll() throws {
    try Self.withModel { folder, mutate throws in
      try Program.write(Self.endless, to: "endless.m", in: folder)
      let (output, _, code) = try mutate(["endless.m", "--timeout", "1"])
      #expect(code == 3)
      #expect(output.hasPrefix("endless.m: no score: 0 of 0 wrong changes noticed\n"), "\(output)")
      #expect(output.contains(" not tried\n  not all were tried: the limit of 1 s was reached\n"))
      let json = try mutate(["endless.m", "--timeout", "1", "--format", "json"])
      #expect(json.code == 3)
      let document = try Self.document(json.output)
      #expect(document.score.untried == document.mutants.count && document.score.untried > 9)
      #expect(document.reason == "the limit of 1 s was reached")
      #expect(document.mutants.allSatisfy { $0.outcome == "not tried" })
      // Of all models: those before it are there.
      try Program.write(
        Self.scenarios + "  - { name: endless, model: endless.m, expect: holds, memory: 64MiB }\n"
          + "  - { name: last, model: turns.m, set: { MOST: 3 }, expect: holds }\n"
          + "  - { name: never, model: never.m, expect: holds }\n",
        to: "swapcheck.yml", in: folder)
      try Program.write(Self.model, to: "never.m", in: folder)
      let all = try mutate(["--timeout", "10"])
      #expect(all.code == 3, "\(all.output)")
      let lines = all.output.split(separator: "\n").map(String.init)
      try #require(lines.count == 4, "\(all.output)")
      for line in lines { #expect(line.count <= 80, "\(line)") }
      #expect(lines[0].contains("undecided  untried  seconds"))
      func cells(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
      #expect(cells(lines[1])[6] == "0" && cells(lines[1])[0] == "turns.m")
      #expect(
        cells(lines[2]).prefix(7) == [
          "endless.m", "none", "0", "0", "0", "0", "\(document.score.untried)",
        ])
      #expect(lines[3].hasPrefix("2 of 3 models "))
    }
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    try Self.withModel { folder, mutate throws in
      let none = try mutate(["none.m"])
      #expect(none.code == 2 && none.errors.contains("none.m: error: the file cannot be read"))
      try Program.write("rule begin x := 1; end;", to: "wrong.m", in: folder)
      let wrong = try mutate(["wrong.m"])
      #expect(wrong.code == 2 && wrong.errors.contains("error[E"))
      let violated = try mutate(["turns.m", "--set", "MOST=1"])
      #expect(violated.code == 2)
      #expect(violated.errors.contains("the model is not verified at size `MOST=1`"))
      for line in violated.errors.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
      #expect(try mutate(["turns.m", "--tag", "none"]).code == 2)
      #expect(try mutate(["turns.m", "--scenarios", "none.yml"]).code == 2)
      #expect(try mutate(["turns.m", "--tag", "full", "--set", "MOST=2"]).code == 2)
      #expect(try mutate(["--set", "MOST=2"]).code == 2)
      #expect(try mutate(["--survivors", "left"]).code == 2)
      #expect(try mutate(["--tag", "none"]).errors.contains("no scenario with the tag `none`"))
    }
  }

  /// Names of strangers come out as they were, in every output.
  @Test func hostileNames() throws {
    let name = HostileText.name
    let model = """
      var x: 0..2; y: boolean;
      startstate begin x := 0; y := false; end;
      rule "rule \(name)" x < 2 ==> begin x := x + 1; y := true; end;
      rule "reset" x = 2 ==> begin x := 0; end;
      cover "cover \(name)" x = 1;
      invariant "invariant \(name)" x < 3;
      """
    try Program.inTemporaryFolder { folder throws in
      try Program.write(model, to: "model.m", in: folder)
      let text = try Program.run(["mutate", "model.m"], in: folder)
      #expect(text.code == 0)
      #expect(HostileText.isSafe(text.output + text.errors))
      let json = try Program.run(["mutate", "model.m", "--format", "json"], in: folder)
      #expect(HostileText.isSafe(json.output))
      let strings = try HostileText.strings(json.output)
      #expect(strings.isSuperset(of: ["rule \(name)", "cover \(name)"]))
    }
  }
}
