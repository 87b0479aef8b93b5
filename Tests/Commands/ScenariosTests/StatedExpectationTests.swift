import Diagnostics
import Patches
import Scenarios
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
}
