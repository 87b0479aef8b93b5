import Diagnostics
import Patches
import Scenarios
import Settings
import Testing
import Trace

/// What heads of models and messages of patches say of the verdict.
@Suite struct StatedExpectationTests {
  private static func ofModel(_ text: String) throws -> Scenario.Expectation? {
    try StatedExpectation.of(SourceText(path: "m.m", text: text))
  }

  private static func ofPatch(_ message: String) throws -> Scenario.Expectation? {
    let text = message + "\n--- a/m.m\n+++ b/m.m\n@@ -1 +1 @@\n-a\n+b\n"
    return try StatedExpectation.of(try Patch(SourceText(path: "p.patch", text: text)))
  }

  @Test(arguments: [
    ("Violates: invariant \"a b\"", Scenario.Expectation.violates("a b", kind: .invariant)),
    ("Violates: liveness \"a: \"b\"\"", .violates("a: \"b\"", kind: .liveness)),
    ("violates:assertion \"a\"  ", .violates("a", kind: .assertion)),
    ("Violates: \"a\"", .violates("a")),
    ("Violates: deadlock", .deadlock),
    ("Violates: run-time error", .runtimeError),
    ("Expect: holds", .holds),
    ("expect: violates \"a\"", .violates("a")),
    ("expect: inconclusive\r", .inconclusive),
  ])
  func aLineIsRead(line: String, expected: Scenario.Expectation) throws {
    #expect(try Self.ofPatch("Why: because.\n\n\(line)\n") == expected)
    #expect(try Self.ofModel("-- Why.\n--\n-- \(line)\n\nvar x: boolean;") == expected)
  }

  @Test func whatSaysNothingSaysNothing() throws {
    #expect(try Self.ofPatch("It violates: nothing.\nViolates nothing.\n") == nil)
    // Behind the head it is a comment like others.
    #expect(try Self.ofModel("-- A model.\n\n-- Expect: holds\n") == nil)
    #expect(try Self.ofModel("") == nil)
  }

  @Test(arguments: [
    "Violates: the invariant", "Expect: fits", "Violates:", "Expect: fine",
    "Violates: holds", "Violates: deadlock\nExpect: holds",
  ])
  func whatCannotBeReadIsSaid(lines: String) {
    #expect(throws: StatedExpectation.Failure.self) { try Self.ofPatch(lines + "\n") }
  }

  /// The same twice is no contradiction.
  @Test func theSameTwiceIsTaken() throws {
    #expect(try Self.ofPatch("Violates: deadlock\nExpect: deadlock\n") == .deadlock)
  }

  @Test func measuresAndDeadRulesAreRead() throws {
    let text = """
      Expect: holds
      Measure: "CPUs serving users" 1..
      measure: "processes standing still"  ..1
      Dead rule: "old: come back"
      Dead rule: "machine: reset"

      """
    let commented = text.split(separator: "\n").map { "-- \($0)\n" }.joined()
    let stated = try StatedExpectation(SourceText(path: "m.m", text: commented))
    #expect(stated.verdict == .holds)
    #expect(
      stated.measures == [
        "CPUs serving users": Bounds(least: 1, greatest: nil),
        "processes standing still": Bounds(least: nil, greatest: 1),
      ])
    #expect(stated.deadRules == ["old: come back", "machine: reset"])
  }

  @Test(arguments: [
    "Measure: CPUs 1..2", "Measure: \"CPUs\"", "Measure: \"CPUs\" 2..1", "Measure: \"\" 1",
    "Measure: \"a\" 1\nMeasure: \"a\" 2", "Dead rule: a", "Dead rule: \"a\" b", "Dead rule:",
  ])
  func whatIsNoMeasureOrRuleIsSaid(lines: String) {
    let commented = lines.split(separator: "\n").map { "-- \($0)\n" }.joined()
    #expect(throws: StatedExpectation.Failure.self) {
      try StatedExpectation(SourceText(path: "m.m", text: commented))
    }
  }

  /// What a scenario says itself goes before what a head says.
  @Test func aScenarioGoesBeforeTheHead() throws {
    let stated = try StatedExpectation(
      SourceText(
        path: "m.m", text: "-- Measure: \"a\" 1\n-- Measure: \"b\" 2\n-- Dead rule: \"r\"\n"))
    let scenario = try #require(
      try ScenarioFile.read(
        """
        version: 1
        scenarios: [{ name: n, model: m.m, measure: { a: 3 }, dead-rules: [r, s] }]
        """
      ).first)
    #expect(scenario.adding(stated).measures == ["a": Bounds(3), "b": Bounds(2)])
    #expect(scenario.adding(stated).deadRules == ["r", "s"])
  }
}
