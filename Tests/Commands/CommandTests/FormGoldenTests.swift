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
    "walk.txt": ["simulate", "handing.m", "--seed", "7", "--steps", "2"],
    "lint.txt": ["lint", "careless.m", "handing.m"],
    "lint.json": ["lint", "careless.m", "--format", "json"],
    "plain.m": ["lint", "--plain", "handing.m"],
    "scenarios.txt": ["check", "--scenarios", "forms.yml", "--no-cache"],
    "scenarios.md": ["check", "--scenarios", "forms.yml", "--no-cache", "--format", "markdown"],
    "scenarios.xml": ["check", "--scenarios", "forms.yml", "--no-cache", "--format", "junit"],
    "scenarios.sarif": ["check", "--scenarios", "forms.yml", "--no-cache", "--format", "sarif"],
  ]

  @Test(arguments: commands.keys.sorted())
  func whatIsPrintedIsAsExpected(name: String) throws {
    let arguments = try #require(Self.commands[name])
    try Self.expect(try Program.run(arguments, in: Self.folder).output, name)
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

  /// All that is kept is looked at.
  @Test func noFileIsLeftOver() throws {
    let known = Set(Self.commands.keys).union(Self.forms.map { "run." + $0.ending })
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files).subtracting(known) == ["handing.m", "careless.m", "forms.yml"])
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
      .replacing(/"(seconds|rulesPerSecond|memoryBytes)": [0-9.e-]+/) { "\"\($0.1)\": 0" }
      .replacing(/(digest"?:? "?)[0-9a-f]{32}/) { "\($0.1)…" }
      .replacing(/\ +[0-9.]+ +(?=([0-9]+ (rules?|covers?|ends?)|verified|violated))/, with: "  …  ")
  }
}
