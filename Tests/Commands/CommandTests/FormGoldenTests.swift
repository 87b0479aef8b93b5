import Foundation
import Testing

/// What commands print of two small models, and each form of a run of four steps, whole in a file each. They
/// were read against the models; that a form keeps to its definition is judged in RunFormatsTests.
///
/// After a change of what is printed, `SWAPCHECK_REFRESH_GOLDEN=1` writes the files anew: read the difference.
@Suite struct FormGoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden/forms")

  private static let forms: [(form: String, ending: String)] = [
    ("text", "txt"), ("json", "json"), ("mail", "mail.txt"), ("itf", "itf.json"),
    ("mermaid", "mmd"), ("chrome", "trace.json"), ("svg", "svg"),
  ]

  private static let commands: [String: [String]] = [
    "verified.txt": ["check", "handing.m", "--set", "GIFTS=1", "--deadlock", "off"],
    "verified-verbose.txt": ["check", "handing.m", "--set", "GIFTS=1", "--deadlock", "off", "-v"],
    "verified-quiet.txt": ["check", "handing.m", "--set", "GIFTS=1", "--deadlock", "off", "-q"],
    "verified-runs.txt": ["check", "handing.m", "--set", "GIFTS=1", "--deadlock", "off", "--runs"],
    "verified.json": [
      "check", "handing.m", "--set", "GIFTS=1", "--deadlock", "off", "--format", "json",
    ],
    "limited.txt": ["check", "handing.m", "--set", "GIFTS=1", "--max-states", "2"],
    "deadlock.txt": ["check", "handing.m", "--set", "GIFTS=1"],
    "violated.txt": ["check", "handing.m"],
    "violated-mail.txt": ["check", "handing.m", "--format", "mail"],
    "sweep.txt": ["check", "handing.m", "--sweep", "GIFTS=0..2", "--deadlock", "off"],
    "walk-violated.txt": ["simulate", "handing.m", "--seed", "1", "--steps", "50"],
    "walk.txt": ["simulate", "handing.m", "--seed", "7", "--steps", "2"],
    "lint.txt": ["lint", "careless.m", "handing.m"],
    "lint.json": ["lint", "careless.m", "--format", "json"],
    "plain.m": ["lint", "--plain", "handing.m"],
    "scenarios.txt": ["check", "--scenarios", "forms.yml", "--no-cache"],
    "scenarios.md": ["check", "--scenarios", "forms.yml", "--no-cache", "--format", "markdown"],
    "scenarios.xml": ["check", "--scenarios", "forms.yml", "--no-cache", "--format", "junit"],
    "scenarios.sarif": ["check", "--scenarios", "forms.yml", "--no-cache", "--format", "sarif"],
    "explained.txt": [
      "check", "handing.m", "--set", "GIFTS=1", "--deadlock", "off", "--explain", "CPUs given",
    ],
    "review.txt": review,
    "review.mail.txt": review + ["--format", "mail"],
    "review.md": review + ["--format", "markdown"],
    "review.json": review + ["--format", "json"],
    "mutate.txt": ["mutate", "handing.m", "--scenarios", "sizes.yml", "--no-cache"],
    "mutate.json": [
      "mutate", "handing.m", "--scenarios", "sizes.yml", "--no-cache", "--format", "json",
    ],
    "replay.txt": ["trace", "run.json", "--replay", "handing.m", "--set", "GIFTS=1"],
    "compare.txt": ["trace", "run.json", "--compare", "run.json"],
    "patched.m": ["patch", "handing.m", "forget-count.patch"],
    "help.txt": [],
    "no-command.txt": ["chekc"],
    "no-option.txt": ["check", "handing.m", "--dedlock", "off"],
    "no-file.txt": ["check", "gone.m"],
    "no-constant.txt": ["check", "handing.m", "--set", "GIFT=1"],
  ]

  private static let review = [
    "review", "handing.m", "--patch", "forget-count.patch", "--set", "GIFTS=1", "--deadlock", "off",
  ]

  @Test(arguments: commands.keys.sorted())
  func whatIsPrintedIsAsExpected(name: String) throws {
    let arguments = try #require(Self.commands[name])
    let found = try Program.run(arguments, in: Self.folder)
    try Self.expect(found.output.isEmpty ? found.errors : found.output, name)
  }

  @Test(arguments: forms.map(\.form))
  func formsOfARunAreAsExpected(form: String) throws {
    let ending = try #require(Self.forms.first { $0.form == form }).ending
    try Program.inTemporaryFolder { folder in
      let run = folder.appendingPathComponent("run.json").path
      _ = try Program.run(["check", "handing.m", "--trace", run, "-q"], in: Self.folder)
      let shown = try Program.run(["trace", run, "--format", form], in: Self.folder)
      #expect(shown.code == 0, "\(shown.errors)")
      try Self.expect(shown.output, "run." + ending)
    }
  }

  /// What the page of a run has of it; the rest is the same for all runs.
  @Test func theDataOfAPageIsAsExpected() throws {
    let page = try Program.run(["trace", "run.json", "--format", "html"], in: Self.folder).output
    let data = try #require(page.firstMatch(of: /id="run">([\s\S]*?)<\/script>/))
    try Self.expect(String(data.1) + "\n", "run.page.json")
  }

  @Test func whatAFolderBeginsWithIsAsExpected() throws {
    try Program.inTemporaryFolder { folder in
      var text = try Program.run(["init", "new"], in: folder).output
      for name in [
        "handshake.m", "swapcheck.yml", ".github/workflows/models.yml", ".gitlab-ci.yml",
      ] {
        let file = folder.appendingPathComponent("new/\(name)")
        text += "==> \(name)\n" + (try String(contentsOf: file, encoding: .utf8))
      }
      try Self.expect(text, "init.txt")
    }
  }

  /// What it looks at; what it finds is the machine's.
  @Test func whatTheDoctorLooksAtIsAsExpected() throws {
    let lines = try Program.run(["doctor"], in: Self.folder).output.split(separator: "\n")
    let names = lines.compactMap { $0.firstMatch(of: /^[a-z]+ +([^ ].*?)\ {2,}/)?.1 }
    try Self.expect(names.joined(separator: "\n") + "\n", "doctor.txt")
  }

  /// All that is kept is looked at.
  @Test func noFileIsLeftOver() throws {
    let known = Set(Self.commands.keys).union(Self.forms.map { "run." + $0.ending })
      .union(["run.page.json", "init.txt", "doctor.txt"])
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(
      Set(files).subtracting(known)
        == ["handing.m", "careless.m", "forms.yml", "sizes.yml", "forget-count.patch"])
  }

  private static func expect(_ text: String, _ name: String) throws {
    let file = folder.appendingPathComponent(name)
    let kept = withoutTimes(text)
    if ProcessInfo.processInfo.environment["SWAPCHECK_REFRESH_GOLDEN"] != nil {
      try Data(kept.utf8).write(to: file)
    }
    #expect(kept == (try String(contentsOf: file, encoding: .utf8)))
  }

  /// Seconds, what follows from them, and bytes are other ones each time; nobody can check a digest by hand.
  private static func withoutTimes(_ text: String) -> String {
    text.replacing(/\ time="[0-9.]+"/, with: " time=\"0\"")
      .replacing(/\n  time [^\n]*/, with: "\n  time …")
      .replacing(/, [0-9.]+ s\n/, with: ", … s\n")
      .replacing(/\| [0-9.]+ \|\n/, with: "| … |\n")
      .replacing(/\ [0-9.]+ (>|&gt;) [0-9.]+( \|)?\n/) { " … \($0.1) …\($0.2 ?? "")\n" }
      .replacing(/"(seconds|rulesPerSecond|memoryBytes)": [0-9.e-]+/) { "\"\($0.1)\": 0" }
      .replacing(/(digest"?:? "?)[0-9a-f]{32}/) { "\($0.1)…" }
      .replacing(
        /\ {2,}[0-9.]+ +(?=([0-9]+ (rules?|covers?|ends?)|verified|violated))/, with: "  …  ")
  }
}
