import Foundation
import Randomness
import TestSupport
import Testing

/// Variants as the command line takes them.
@Suite struct PatchCommandTests {
  private static let call = [
    "check", "Models/hotswap.m", "--patch", "Models/hotswap/early-free.patch",
  ]

  @Test func aReportNamesThePatch() throws {
    let found = try Program.run(Self.call)
    #expect(found.code == 1)
    #expect(
      found.output.hasPrefix(
        "Models/hotswap.m: violated: invariant \"no CPU executes from memory that was\n  given back\" "
          + "does not hold\n  with Models/hotswap/early-free.patch\n"))
    let json = try Program.run(Self.call + ["--format", "json"]).output
    let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let models = document?["models"] as? [[String: Any]]
    #expect(models?.first?["patches"] as? [String] == ["Models/hotswap/early-free.patch"])
  }

  /// The model as it is printed is the model that is checked.
  @Test func thePrintedModelIsTheCheckedOne() throws {
    try Program.inTemporaryFolder { folder in
      let printed = try Program.run(
        ["patch", "Models/hotswap.m", "Models/hotswap/early-free.patch"])
      #expect(printed.code == 0 && printed.errors.isEmpty)
      try Program.write(printed.output, to: "hotswap.m", in: folder)
      let path = folder.appendingPathComponent("hotswap.m").path
      let alone = try Program.run(["check", path, "--format", "json"]).output
      let patched = try Program.run(Self.call + ["--format", "json"]).output
      func digest(_ text: String) -> Substring? {
        text.split(separator: "\n").first { $0.contains("\"digest\"") }
      }
      #expect(digest(alone) != nil && digest(alone) == digest(patched))
    }
  }

  private static let model = """
    var x: 0 .. 3;
    startstate begin x := 0; end;
    rule "up" begin x := (x + 1) % 4; end;
    invariant "small" x < 4;

    """

  private static func patch(_ old: String, _ new: String, line: Int) -> String {
    "--- a/m.m\n+++ b/m.m\n@@ -\(line) +\(line) @@\n-\(old)\n+\(new)\n"
  }

  /// The second patch is of what the first one has made.
  @Test func patchesAreAppliedInTheirOrder() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.model, to: "m.m", in: folder)
      let first = "invariant \"small\" x < 3;"
      try Program.write(
        Self.patch("invariant \"small\" x < 4;", first, line: 4), to: "a.patch", in: folder)
      try Program.write(
        Self.patch(first, "invariant \"small\" x < 2;", line: 4), to: "b.patch", in: folder)
      let found = try Program.run(
        ["check", "m.m", "--patch", "a.patch", "--patch", "b.patch"], in: folder)
      #expect(found.code == 1)
      #expect(found.output.contains("\n  with a.patch\n  with b.patch\n"))
      #expect(found.output.contains("\n4 + invariant \"small\" x < 2;\n"))
      #expect(found.output.contains("= line 4 comes from b.patch"))
      let wrong = try Program.run(
        ["check", "m.m", "--patch", "b.patch", "--patch", "a.patch"], in: folder)
      #expect(wrong.code == 2)
      #expect(wrong.errors.contains("b.patch:4:1: error[E0704]"))
      #expect(wrong.output.isEmpty)
    }
  }

  /// All commands that read a model take a variant of it.
  @Test(arguments: [
    ["simulate", "m.m", "--patch", "a.patch"], ["lint", "m.m", "--patch", "a.patch"],
    ["emit-c", "m.m", "--patch", "a.patch"], ["patch", "m.m", "a.patch"],
  ])
  func everyCommandTakesAPatch(call: [String]) throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.model, to: "m.m", in: folder)
      let old = "rule \"up\" begin x := (x + 1) % 4; end;"
      try Program.write(
        Self.patch(old, old.replacing("up", with: "rise"), line: 3), to: "a.patch", in: folder)
      let found = try Program.run(call, in: folder)
      // Lint finds that nobody reads the variable.
      #expect(found.code == (call[0] == "lint" ? 1 : 0), "\(found.errors)")
      if call[0] != "lint" && call[0] != "emit-c" { #expect(found.output.contains("rise")) }
      try Program.write(
        Self.patch(old, "rule \"up\" y < 3 ==> begin end;", line: 3), to: "a.patch", in: folder)
      guard call[0] != "patch" else { return }
      let wrong = try Program.run(call, in: folder)
      #expect(wrong.code == 2)
      #expect(wrong.errors.contains("m.m:3:11: error[E0301]"), "\(wrong.errors)")
      #expect(wrong.errors.contains("= line 3 comes from a.patch"), "\(wrong.errors)")
    }
  }

  @Test func aPatchGoesWithOneModel() throws {
    for call in [
      ["check", "--patch", "a.patch"], ["check", "a.m", "b.m", "--patch", "a.patch"],
      ["lint", "a.m", "b.m", "--patch", "a.patch"],
    ] {
      let found = try Program.run(call)
      #expect(found.code == 2)
      #expect(found.errors.contains("--patch goes with one model"))
    }
  }

  @Test func aPatchThatIsMissingOrTooLongIsAnError() throws {
    let missing = try Program.run(["check", "Models/hotswap.m", "--patch", "no-such.patch"])
    #expect(missing.code == 2)
    #expect(missing.errors.contains("no-such.patch: error"))
    try Program.inTemporaryFolder { folder in
      try Program.write(String(repeating: "+\n", count: 3 << 20), to: "a.patch", in: folder)
      try Program.write(Self.model, to: "m.m", in: folder)
      let found = try Program.run(["check", "m.m", "--patch", "a.patch"], in: folder)
      #expect(found.code == 2)
      #expect(found.errors.contains("error[E0702]"))
    }
  }

  // MARK: - Scenarios

  private static let scenarios = """
    version: 1
    scenarios:
      - { name: broken, model: m.m, variants: m }
      - { name: one, model: m.m, patch: m/a.patch, states: 3 }

    """

  /// A folder with a model, two variants and scenarios of them.
  private func withScenarios(_ body: (URL) throws -> Void) throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.model, to: "m.m", in: folder)
      try Program.write(Self.scenarios, to: "swapcheck.yml", in: folder)
      let variants = folder.appendingPathComponent("m")
      try FileManager.default.createDirectory(at: variants, withIntermediateDirectories: false)
      let old = "invariant \"small\" x < 4;"
      try Program.write(
        "Violates: invariant \"small\"\n" + Self.patch(old, "invariant \"small\" x < 2;", line: 4),
        to: "a.patch", in: variants)
      try Program.write(
        "Expect: holds\n" + Self.patch(old, "invariant \"small\" x < 5;", line: 4),
        to: "b.patch", in: variants)
      try body(folder)
    }
  }

  @Test func eachPatchOfAFolderIsAScenario() throws {
    try withScenarios { folder in
      let found = try Program.run(["check"], in: folder)
      #expect(found.code == 0, "\(found.output)\(found.errors)")
      let names = found.output.split(separator: "\n").dropLast().map { $0.split(separator: " ")[1] }
      #expect(names == ["broken-a", "broken-b", "one"])
      #expect(found.output.hasSuffix("3 of 3 scenarios as expected\n"))
    }
  }

  /// What a patch says and does not do is a surprise, as what a scenario says is.
  @Test func whatAPatchExpectsIsCompared() throws {
    try withScenarios { folder in
      let path = folder.appendingPathComponent("m/a.patch")
      let text = try String(contentsOf: path, encoding: .utf8)
      let cases: [(line: String, words: String, code: Int32)] = [
        ("Violates: liveness \"small\"", "expected violates liveness \"small\"", 1),
        ("Violates: invariant \"tall\"", "expected violates invariant \"tall\"", 1),
        ("Expect: holds", "expected holds", 1),
        ("It breaks.", "nothing says what is expected", 2),
        ("Violates: something", "the model cannot be checked", 2),
      ]
      for (line, words, code) in cases {
        let changed = text.replacing("Violates: invariant \"small\"", with: line)
        try Data(changed.utf8).write(to: path)
        let found = try Program.run(["check"], in: folder)
        #expect(found.code == code)
        #expect(found.output.contains(words), "\(found.output)")
      }
    }
  }

  @Test func aFolderWithoutVariantsIsAnError() throws {
    try withScenarios { folder in
      let variants = folder.appendingPathComponent("m")
      for name in ["a", "b"] {
        try FileManager.default.removeItem(at: variants.appendingPathComponent("\(name).patch"))
      }
      let empty = try Program.run(["check"], in: folder)
      #expect(empty.code == 2)
      #expect(empty.errors.contains("scenario `broken` has no variant"))
      try FileManager.default.removeItem(at: variants)
      let missing = try Program.run(["check"], in: folder)
      #expect(missing.code == 2)
      #expect(missing.errors.contains("the variants of scenario `broken` cannot be read"))
    }
  }

  // MARK: - Following a change of the model

  private func git(_ arguments: String, in folder: URL) throws {
    let done = try Program.shell(
      "git -c user.name=a -c user.email=a@b -c init.defaultBranch=main \(arguments)", in: folder)
    try #require(done.code == 0, "\(done.errors)")
  }

  private func refresh(in folder: URL) throws -> (output: String, errors: String, code: Int32) {
    try Program.shell(
      "sh \"$REPO/Models/refresh-variants.sh\" \"$(command -v swapcheck)\" m", in: folder)
  }

  @Test func variantsFollowTheirModel() throws {
    try Program.inTemporaryFolder { folder in
      let lines = (1...20).map { "-- line \($0)\n" }.joined()
      let model = lines + Self.model
      try Program.write(model, to: "m.m", in: folder)
      let variants = folder.appendingPathComponent("m")
      try FileManager.default.createDirectory(at: variants, withIntermediateDirectories: false)
      let message = "It is smaller.\n\nViolates: invariant \"small\"\n\n"
      let diff = """
        diff --git a/m.m b/m.m
        --- a/m.m
        +++ b/m.m
        @@ -21,4 +21,4 @@
         var x: 0 .. 3;
         startstate begin x := 0; end;
         rule "up" begin x := (x + 1) % 4; end;
        -invariant "small" x < 4;
        +invariant "small" x < 2;

        """
      try Program.write(message + diff, to: "a.patch", in: variants)
      try git(
        "init -q . && git add . && git -c user.name=a -c user.email=a@b commit -qm a", in: folder)
      func patch() throws -> String {
        try String(contentsOf: variants.appendingPathComponent("a.patch"), encoding: .utf8)
      }
      // Lines are added further up, and within the context: the second is merged.
      let grown =
        "-- more\n" + model.replacing("startstate begin", with: "startstate \"zero\" begin")
      try Program.write(grown, to: "m.m", in: folder)
      let followed = try refresh(in: folder)
      #expect(followed.code == 0, "\(followed.errors)")
      #expect(followed.output == "m/a.patch: made anew\n")
      #expect(try patch().hasPrefix(message + "diff --git a/m.m b/m.m\n"))
      #expect(try patch().contains("@@ -22,4 +22,4 @@"))
      let variant = try Program.run(["patch", "m.m", "m/a.patch"], in: folder)
      #expect(variant.output == grown.replacing("x < 4", with: "x < 2"))
      // Nothing is left to do.
      #expect(try refresh(in: folder).output.isEmpty)
      // The very line is another one now: that is for a person.
      let before = try patch()
      try Program.write(grown.replacing("x < 4", with: "x <= 3"), to: "m.m", in: folder)
      let left = try refresh(in: folder)
      #expect(left.code == 1)
      #expect(left.errors.contains("m/a.patch: cannot be carried over without a guess"))
      #expect(try patch() == before)
    }
  }

  // MARK: - Git as the judge

  /// What git writes of two random texts makes the second of the first.
  @Test(arguments: 0..<40)
  func gitAgrees(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    try Program.inTemporaryFolder { folder in
      func text(_ lines: [String]) -> String {
        let ending = random.next() % 4 == 0 ? "" : "\n"
        let lineBreak = seed % 5 == 0 ? "\r\n" : "\n"
        return lines.joined(separator: lineBreak) + (lines.isEmpty ? "" : ending)
      }
      let old = (0..<Int(2 + random.next() % 60)).map { _ in "\(random.next() % 6)" }
      var new = old
      for _ in 0..<(1 + random.next() % 6) {
        let place = new.isEmpty ? 0 : Int(random.next() % UInt64(new.count))
        switch random.next() % 3 {
        case 0: new.insert("new \(random.next() % 4)", at: place)
        case 1 where new.count > 1: new.remove(at: place)
        default: new[place] = "\(random.next() % 9)"
        }
      }
      let (before, after) = (text(old), text(new))
      try Program.write(before, to: "old.m", in: folder)
      try Program.write(after, to: "new.m", in: folder)
      let context = 1 + random.next() % 4
      _ = try Program.shell(
        "git diff --no-index -U\(context) old.m new.m | sed 's/new\\.m/old.m/g' > a.patch",
        in: folder)
      let mine = try Program.run(["patch", "old.m", "a.patch"], in: folder)
      guard before != after else { return }
      #expect(mine.code == 0, "\(mine.errors)")
      #expect(mine.output == after)
    }
  }
}
