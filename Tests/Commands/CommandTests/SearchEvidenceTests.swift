import Foundation
import Testing

/// `swapcheck check --evidence`, and how `swapcheck verify-proof` compares it with another search.
@Suite struct SearchEvidenceTests {
  /// Of 3 times 4 states: 12, each with two steps; the counters wrap around.
  private static let model = """
    const N: 3; M: 4;
    var x: 0 .. N - 1; y: 0 .. M - 1;
    startstate begin x := 0; y := 0; end;
    rule "x" true ==> begin x := (x + 1) % N; end;
    rule "y" true ==> begin y := (y + 1) % M; end;
    invariant "in its range" x + y < 6;

    """

  private static func check(
    _ arguments: [String] = [], in folder: URL
  ) throws -> (text: String, code: Int32) {
    let found = try Program.run(
      ["check", "m.m", "--quiet", "--evidence", "found.json"] + arguments, in: folder)
    let file = folder.appendingPathComponent("found.json")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return (text, found.code)
  }

  private static func verify(
    _ text: String? = nil, _ arguments: [String] = [], in folder: URL
  ) throws -> (output: String, errors: String, code: Int32) {
    if let text { try Program.write(text, to: "found.json", in: folder) }
    let found = try Program.run(["verify-proof", "found.json"] + arguments, in: folder)
    func line(_ text: String) -> String {
      text.split { $0.isWhitespace }.joined(separator: " ")
    }
    return (line(found.output), line(found.errors), found.code)
  }

  @Test func aSearchIsConfirmed() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.model, to: "m.m", in: folder)
      let (text, code) = try Self.check(in: folder)
      #expect(code == 0)
      for words in ["\"states\": 12", "\"rulesFired\": 24", "\"M\": 4", "\"model\": \"m.m\""] {
        #expect(text.contains(words), "\(text)")
      }
      #expect(try SchemaTests.complaints(text, "evidence-1.schema.json") == "")
      let found = try Self.verify(in: folder)
      #expect(found.code == 0, "\(found)")
      #expect(
        found.output.contains(
          "confirmed: m.m is verified for M=4 N=3, with 12 states, 24 rules fired"))
    }
  }

  /// That a part of a model has no violation is said of that part.
  @Test func whatIsConfirmedSaysOfWhat() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(
        Self.model.replacing("rule \"x\" true", with: "rule \"x\" M = 5"), to: "m.m", in: folder)
      _ = try Self.check(
        ["--set", "M=5", "--without", "x", "--deadlock", "off"], in: folder)
      let found = try Self.verify(in: folder)
      #expect(
        found.output.contains(
          "m.m is verified for M=5 N=3, without the rule \"x\", with --deadlock off, with 5 states"),
        "\(found)")
      // What is read is not written over.
      let over = try Program.run(["check", "m.m", "--evidence", "./m.m"], in: folder)
      #expect(over.code == 2 && over.errors.contains("written over"), "\(over)")
      let kept = try String(contentsOf: folder.appendingPathComponent("m.m"), encoding: .utf8)
      #expect(kept.contains("startstate"))
    }
  }

  /// A violation, other constants and options, a patch and rules that are left out are confirmed as well.
  @Test func whatIsSearchedOtherwiseIsConfirmed() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.model, to: "m.m", in: folder)
      let patch = """
        --- a/m.m
        +++ b/m.m
        @@ -6 +6 @@
        -invariant "in its range" x + y < 6;
        +invariant "in its range" x + y < 9;

        """
      try Program.write(patch, to: "p.patch", in: folder)
      for (arguments, code) in [
        (["--set", "M=5"], 1), (["--set", "M=5", "--patch", "p.patch"], 0),
        (["--without", "y", "--digest", "steps", "--deadlock", "stuck"], 0),
        (["--executor", "native", "--threads", "2"], 0),
      ] as [([String], Int32)] {
        let (text, found) = try Self.check(arguments, in: folder)
        #expect(found == code)
        #expect(try SchemaTests.complaints(text, "evidence-1.schema.json") == "")
        let verified = try Self.verify(in: folder)
        #expect(verified.code == 0, "\(arguments): \(verified)")
      }
    }
  }

  @Test(arguments: [
    ("\"states\": 12", "\"states\": 13", 1, "states: 12, and the file says 13"),
    ("\"rulesFired\": 24", "\"rulesFired\": 0", 1, "rules fired: 24, and the file says 0"),
    ("\n  \"digest\": \"", "\n  \"digest\": \"0", 1, "digest: "),
    ("\"verdict\": \"verified\"", "\"verdict\": \"violated\"", 1, "verdict: verified"),
    ("\"M\": 4", "\"M\": 3", 3, "its hash is not that of m.m"),
    ("\"dialect\": \"rumur\"", "\"dialect\": \"cmurphi\"", 3, "its hash is not that of m.m"),
    ("\"dialect\": \"rumur\"", "\"dialect\": \"spin\"", 2, "there is no dialect spin"),
    ("\"version\": 1", "\"version\": 2", 2, "it is of version 2"),
    ("swapcheck-evidence", "swapcheck-trace", 2, "it is a document of format swapcheck-trace"),
    ("\"depth\": ", "\"width\": ", 2, "there is no `depth`"),
    ("\"states\": 12", "\"states\": \"12\"", 2, "`states` is of another type"),
    ("\"deadlock\": \"stuttering\"", "\"deadlock\": \"often\"", 2, "the option deadlock"),
    (
      "\"deadlock\": \"stuttering\"", "\"threads\": \"3\"", 2,
      "no result depends on the option threads"
    ),
    ("\"without\": []", "\"without\": [\"z\"]", 2, "there is no rule \"z\""),
    ("m.m\"", "no-such.m\"", 2, "the file cannot be read"),
    ("\n}", "", 2, "it is not JSON"),
  ])
  func wrongEvidenceIsRefused(old: String, new: String, code: Int32, words: String) throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.model, to: "m.m", in: folder)
      let text = try Self.check(in: folder).text
      let changed = text.replacing(old, with: new)
      try #require(changed != text, "\(text)")
      let found = try Self.verify(changed, in: folder)
      #expect(found.code == code, "\(found)")
      #expect(!found.output.contains("confirmed"))
      #expect((found.output + found.errors).contains(words), "\(found)")
    }
  }

  /// Of another text there is nothing to say, and of a search that did not end nothing to write.
  @Test func whatDoesNotFitIsSaid() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.model, to: "m.m", in: folder)
      let cut = try Program.run(
        ["check", "m.m", "--max-states", "3", "--evidence", "found.json"], in: folder)
      #expect(cut.code == 2 && cut.errors.contains("there is no evidence to write"), "\(cut)")
      #expect(
        !FileManager.default.fileExists(atPath: folder.appendingPathComponent("found.json").path))
      _ = try Self.check(in: folder)
      try Program.write(Self.model.replacing("< 6", with: "< 7"), to: "other.m", in: folder)
      let other = try Self.verify(nil, ["other.m"], in: folder)
      #expect(other.code == 3 && other.output.contains("its hash is not that of other.m"))
      let slow = try Self.verify(nil, ["--timeout", "0"], in: folder)
      #expect(slow.code == 3 && slow.output.contains("inconclusive"), "\(slow)")
      for arguments in [["-"], ["m.m", "m.m"], ["m.m", "--sweep", "N=2..3"]] {
        let called = try Program.run(["check"] + arguments + ["--evidence", "x.json"], in: folder)
        #expect(called.code == 2)
      }
    }
  }
}
