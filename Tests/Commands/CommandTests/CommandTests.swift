import Exploration
import Foundation
import Options
import Scenarios
import TestSupport
import Testing

/// The program as users call it, in the repository's root.
@Suite struct CommandTests {
  private static let root = Program.root

  private func run(_ arguments: String...) throws -> (output: String, errors: String, code: Int32) {
    try Program.run(arguments)
  }

  private func run(_ arguments: [String]) throws -> (output: String, errors: String, code: Int32) {
    try Program.run(arguments)
  }

  private let variant = [
    "check", "Models/hotswap.m", "--patch", "Models/hotswap/early-free.patch",
  ]

  @Test func exitCodesSayTheVerdict() throws {
    #expect(try run("check", "Models/hotswap.m").code == 0)
    #expect(try run(variant).code == 1)
    #expect(try run("check", "no-such-file.m").code == 2)
    #expect(try run("check", "Models/hotswap.m", "--max-states", "10").code == 3)
    #expect(try run("check", "Models/hotswap.m", "--set", "NONE=1").code == 2)
  }

  /// Of a thread with more frames than some 65,536 the thread sanitizer writes over its own memory.
  private static var countsFrames: Bool { dlsym(nil, "__tsan_init") != nil }

  /// Deep trees in deep recursion would need more native stack than there is.
  @Test(.disabled(if: countsFrames, "more frames than the thread sanitizer has room for"))
  func deepRecursionIsAViolationNotACrash() throws {
    let chain = Array(repeating: "x", count: 900).joined(separator: " + ")
    let deep = (0..<60).reduce("f(n - 1)") { inner, _ in "(\(inner) + \(chain))" }
    let model = """
      var x: 0..3;
      function f(n: 0..2000): 0..2000;
      begin if n = 0 then return 0; end; return \(deep); end;
      startstate x := 0; end;
      rule true ==> var y: 0..2000; begin y := f(999); end;
      """
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "deep-\(ProcessInfo.processInfo.processIdentifier).m")
    try Data(model.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let (output, _, code) = try run("check", file.path)
    #expect(code == 1)
    #expect(output.contains("calls are nested more than"))
  }

  /// A mistake at every second byte of one long line: what is quadratic in either would not end.
  @Test func aLongLineOfMistakesIsReadQuickly() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "line-\(ProcessInfo.processInfo.processIdentifier).m")
    try Data(String(repeating: "a;", count: 1_000_000).utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let (_, errors, code) = try run("check", file.path)
    #expect(code == 2)
    #expect(errors.contains("error[E"))
  }

  @Test func aPipeGetsNothingButResults() throws {
    let (output, errors, _) = try run("check", "Models/hotswap.m")
    #expect(output.hasPrefix("Models/hotswap.m: verified for CPUS=2 PROCS=2 "))
    #expect(errors.isEmpty)
    #expect(!output.contains("\u{1B}"))
  }

  @Test func jsonIsADocument() throws {
    let (output, _, _) = try run(variant + ["--format", "json"])
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    #expect(document["version"] as? Int == 2)
    let models = try #require(document["models"] as? [[String: Any]])
    #expect(models.first?["verdict"] as? String == "violated")
    let runs = try #require(models.first?["counterexamples"] as? [[String: Any]])
    // As many steps as the text has.
    let text = try #require(try run(variant).output.components(separatedBy: "\n  states ").first)
    let steps = text.matches(of: /\n[ ]*([0-9]+)\.[ ]/).compactMap { Int($0.1) }
    #expect(steps.count > 5 && steps == Array(1...steps.count))
    #expect((runs.first?["steps"] as? [Any])?.count == steps.count)
  }

  @Test func scenariosAreAsExpected() throws {
    let (output, errors, code) = try run("check", "--no-cache")
    #expect(code == 0, "\(output)\(errors)")
    #expect(output.contains("scenarios as expected"))
  }

  /// Stores that may miss states prove nothing, and say so. The counts are those of Rumur.
  @Test(arguments: ["compact", "bitstate"])
  func whatMayBeMissedIsSaid(store: String) throws {
    let arguments = ["check", "Benchmarks/swap.m", "--set", "PROCS=4", "--store", store]
    let (output, _, code) = try run(arguments + ["--memory", "64MiB"])
    #expect(code == 3)
    #expect(output.contains("states 2,756, rules fired 12,589,"))
    // Lines break between words.
    func words(_ text: String) -> String {
      text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    #expect(words(output).contains("the chance that one was missed is at most "))
    let (liveness, _, livenessCode) = try run(
      "check", "Models/hotswap.m", "--store", store, "--memory", "64MiB")
    #expect(livenessCode == 3)
    #expect(words(liveness).contains("the chance that one was missed is at most "))
    #expect(words(liveness).contains("; liveness needs --store exact or disk"))
  }

  @Test func reductionSaysWhatItDid() throws {
    let (output, _, code) = try run(
      "check", "Benchmarks/swap.m", "--set", "PROCS=4", "--reduction", "por")
    #expect(code == 0)
    #expect(
      output.contains(
        "  partial-order reduction: rules that stubborn sets can do without were not"))
    let (refused, _, _) = try run("check", "Models/hotswap.m", "--reduction", "por", "--verbose")
    #expect(refused.contains("no partial-order reduction: it does not keep liveness "))
    let (_, errors, error) = try run(
      "check", "Models/hotswap.m", "--reduction", "por", "--store", "bitstate")
    #expect(error == 2)
    #expect(errors.contains("--store exact or compact"))
  }

  @Test func aSurpriseFails() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("swapcheck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("swapcheck.yml")
    let model = Self.root.appendingPathComponent("Models/hotswap.m").path
    try FileManager.default.copyItem(
      atPath: model, toPath: folder.appendingPathComponent("m.m").path)
    for expectation in ["deadlock", "'violates \"x\"'", "holds\n    states: 1"] {
      try "version: 1\nscenarios:\n  - name: a\n    model: m.m\n    expect: \(expectation)\n"
        .write(to: file, atomically: true, encoding: .utf8)
      #expect(try run("check", "--scenarios", file.path).code == 1)
    }
    try "version: 1\nscenarios:\n  - nam: a\n".write(to: file, atomically: true, encoding: .utf8)
    let (_, errors, code) = try run("check", "--scenarios", file.path)
    #expect(code == 2)
    #expect(errors.contains("swapcheck.yml:3:5: error:"))
  }

  @Test func simulationDependsOnTheSeed() throws {
    let first = try run("simulate", "Models/hotswap.m", "--seed", "7", "--steps", "40")
    let again = try run("simulate", "Models/hotswap.m", "--seed", "7", "--steps", "40")
    let other = try run("simulate", "Models/hotswap.m", "--seed", "8", "--steps", "40")
    #expect(first.code == 0)
    #expect(first.output == again.output)
    #expect(first.output != other.output)
  }

  /// Everything that the text of a walk has stands in its document too.
  @Test func aWalkIsADocument() throws {
    let arguments = ["simulate", "Models/hotswap.m", "--seed", "7", "--steps", "40"]
    let text = try run(arguments).output
    let (output, _, code) = try run(arguments + ["--format", "json"])
    #expect(code == 0)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    #expect(document["format"] as? String == "swapcheck-simulate")
    #expect(document["version"] as? Int == 2)
    #expect(document["model"] as? String == "Models/hotswap.m")
    #expect(document["seed"] as? String == "7")
    #expect(document["end"] as? String == "steps")
    #expect(document["steps"] as? Int == 40)
    let run = try #require(document["run"] as? [String: Any])
    #expect(run["finding"] is NSNull)
    let constants = try #require(run["constants"] as? [[String: String]])
    #expect(constants.contains(["name": "CPUS", "value": "2"]))
    let steps = try #require(run["steps"] as? [[String: Any]])
    #expect(steps.count == 41)
    // The text breaks lines between words.
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for step in steps.dropFirst() {
      let number = try #require(step["number"] as? Int)
      let rule = try #require(step["rule"] as? String).replacing(": ", with: " ")
      #expect(words.contains("\(number). \(rule)"))
    }
  }

  /// A document says what ended a walk and where, and gives the exit code of the text.
  @Test(
    arguments: [
      ("Tests/Corpus/violated/assert-in-rule.m", "violated", "assertion", 1),
      ("Tests/Corpus/violated/error-in-start-state.m", "violated", "error", 1),
      ("Tests/Corpus/deadlock/no-rules.m", "violated", "deadlock", 1),
      ("Tests/Corpus/holds/no-rules.m", "stuck", nil, 0),
    ] as [(String, String, String?, Int32)])
  func aWalkSaysHowItEnds(path: String, end: String, kind: String?, expected: Int32) throws {
    var arguments = ["simulate", path, "--format", "json"]
    if end == "stuck" { arguments += ["--deadlock", "off"] }
    let (output, errors, code) = try run(arguments)
    #expect(code == expected, "\(errors)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    #expect(document["end"] as? String == end)
    let run = document["run"] as? [String: Any]
    let finding = run?["finding"] as? [String: Any]
    #expect(finding?["kind"] as? String == kind)
    guard kind == "assertion" || kind == "error" else { return }
    #expect((finding?["location"] as? String)?.hasPrefix(path) == true)
    #expect((run?["steps"] as? [[String: Any]])?.last?["fails"] as? Bool == true)
  }

  /// Every command in a code block or table of the README can be called as it stands there.
  @Test func commandsOfTheReadmeWork() throws {
    let readme = try String(
      contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    var commands: [[String]] = []
    for piece in readme.split(separator: "`") where piece.hasPrefix("swapcheck ") {
      commands.append(piece.split(separator: " ").dropFirst().map(String.init))
    }
    for line in readme.split(separator: "\n") where line.hasPrefix("    $ swapcheck ") {
      commands.append(line.split(separator: " ").dropFirst(2).map(String.init))
    }
    #expect(commands.count >= 6)
    for command in commands {
      let (_, errors, code) = try run(command)
      #expect(code == 0 || code == 1, "\(command): \(errors)")
    }
  }

  /// With the prompt behind it, and each command that there is.
  @Test(arguments: [[], ["--help"], ["help"], ["-h"]])
  func theHelpFitsAScreen(arguments: [String]) throws {
    let (output, errors, code) = try run(arguments)
    #expect(code == 0 && errors.isEmpty)
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count < 24 && lines.allSatisfy { $0.count <= 80 }, "\(output)")
    let completions = try run("--generate-completion-script", "fish").output
    let commands = completions.matches(
      of: /"swapcheck" -eq 1' -fa '([a-z-]+)'/
    ).map { String($0.1) }
    #expect(commands.count > 15)
    for command in commands where command != "help" {
      #expect(output.contains("\n  \(command) "), "\(command)")
    }
  }

  @Test(arguments: ["check", "simulate", "lint", "format"])
  func helpHasAnExample(subcommand: String) throws {
    let (output, _, code) = try run(subcommand, "--help")
    #expect(code == 0)
    #expect(output.contains("Example"))
  }

  /// Lines of sentences break where the next word does not fit, and at the ends of sentences; ours are
  /// not broken again by whoever lays out the page.
  @Test(arguments: [
    "check", "review", "mutate", "simulate", "instantiate", "fit", "verify-proof", "lint", "code",
    "format", "emit-c", "patch", "hook", "hook install", "automaton",
  ])
  func linesOfHelpAreFull(subcommand: String) throws {
    let (output, _, _) = try run(["help"] + subcommand.split(separator: " ").map(String.init))
    let usage = try #require(output.firstRange(of: "USAGE:"))
    let lines = output[..<usage.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
    for (line, next) in zip(lines, lines.dropFirst()) {
      #expect(line.count <= 80, "\(line)")
      guard let word = next.split(separator: " ").first, !next.hasPrefix(" "), !line.isEmpty,
        !line.hasPrefix(" "), !line.hasSuffix("."), !line.hasSuffix(":")
      else {
        // An example goes on in another one behind a backslash.
        let isBroken = line.hasPrefix("  ") && !next.isEmpty && !next.hasPrefix(" ")
        #expect(!isBroken, "\(line) | \(next)")
        continue
      }
      #expect(line.count + 1 + word.count > 76, "\(line) | \(next)")
    }
  }

  /// The flags of a search are those of the table, with its words.
  @Test func flagsAreThoseOfTheTable() throws {
    let (output, _, code) = try run("check", "--help")
    #expect(code == 0)
    let words = output.split { $0.isWhitespace }.joined(separator: " ")
    for option in CheckOption.all {
      #expect(words.contains("--\(option.name) <"), "\(option.name)")
      #expect(words.contains(option.help), "\(option.name)")
    }
  }

  @Test(arguments: [
    (["check", "--threads", "0"], "--threads is a whole number from 1 to 1024, and not `0`"),
    (
      ["check", "--deadlock", "x"], "--deadlock is one of `stuttering`, `stuck`, `off`, and not `x`"
    ),
    (["simulate", "--timeout", "0"], "--timeout is a number of seconds above 0, and not `0`"),
    (["emit-c", "--dialect", "x"], "--dialect is one of `auto`, `rumur`, `cmurphi`, and not `x`"),
  ])
  func wrongValuesOfFlagsAreNamed(arguments: [String], message: String) throws {
    let (_, errors, code) = try run([arguments[0], "Models/hotswap.m"] + arguments.dropFirst())
    #expect(code == 2)
    #expect(errors.contains(message), "\(errors)")
  }

  /// The counts that `swapcheck.yml` expects are Rumur's.
  /// Scenarios of models that hold, as their heads say, with counts: every fourth, or all with `SWAPCHECK_ALL_COUNTS` set,
  /// which takes a quarter of an hour.
  private static let counted: [Scenario] = {
    let text = try? String(
      contentsOf: root.appendingPathComponent("swapcheck.yml"), encoding: .utf8)
    let scenarios = (text.flatMap { try? ScenarioFile.read($0) } ?? []).filter {
      !$0.tags.contains("nightly") && $0.stateCount != nil && $0.expectation == nil
        && ($0.ruleFiringCount ?? .max) < 40_000
    }
    let step = ProcessInfo.processInfo.environment["SWAPCHECK_ALL_COUNTS"] == nil ? 4 : 1
    return stride(from: 0, to: scenarios.count, by: step).map { scenarios[$0] }
  }()

  @Test func thereAreCountsToCompare() { #expect(Self.counted.count >= 15) }

  @Test(arguments: counted)
  func rumurCountsTheSame(scenario: Scenario) throws {
    let settings = scenario.constants.flatMap { ["--set", "\($0.key)=\($0.value)"] }
    let (model, _, code) = try Program.run(
      ["lint", "--plain", scenario.subject.path] + settings)
    #expect(code == 0)
    let judgement = try RumurOracle(timeoutSeconds: 300).check(
      text: model, symmetry: scenario.settings.symmetry == .off ? .off : .exhaustive)
    #expect(judgement.verdict == .holds, "\(scenario.name)")
    #expect(judgement.states == scenario.stateCount, "\(scenario.name)")
    #expect(judgement.rulesFired == scenario.ruleFiringCount, "\(scenario.name)")
  }
}
