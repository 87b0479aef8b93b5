import Analysis
import Diagnostics
import Murphi
import Testing
import TransitionSystem

/// Whether a guard is false in every state, by the constants alone.
@Suite struct ValueRangeTests {
  private static func isOff(_ condition: String, declarations: String = "") throws -> Bool {
    let text = """
      const OFF: 0; ON: 1;
      type small: 0..3;
      var x: small; none: 0..OFF; flag: boolean; list: array [small] of 0..OFF; y: -2..2;
      function never(): boolean; begin return OFF = 1; end;
      function again(n: small): boolean; begin return again(n); end;
      \(declarations)
      startstate begin x := 0; none := 0; flag := false; y := 0;
        for i: small do list[i] := 0; end; end;
      rule "r" \(condition) ==> begin flag := !flag; end;
      """
    let source = SourceText(path: "a.m", bytes: Array(text.utf8))
    let loaded = MurphiModel.load(source, overrides: [:], stop: .init())
    let system = try #require(loaded.system, "\(loaded.diagnostics)")
    return try #require(system.rules.first).isSwitchedOff(in: system)
  }

  @Test(arguments: [
    "false", "OFF = 1", "OFF > 0 & x = 1", "x = 1 & OFF > 0", "none < OFF", "none > 0",
    "list[x] != 0", "none + none > 0", "x > 3", "x + 1 > 4", "!(x < 9)", "never()",
    "never() | none = 1",
    "(ON = 1) -> never()", "(OFF = 1) ? flag : never()", "exists i: small do none = 1 end",
    "forall i: small do false end", "none - 1 >= 0", "x * 0 + ON * 2 = 3 & OFF = 1", "y < -2",
    "-y > 2", "flag & (x = 9 | y = 9)",
  ])
  func itIsOff(condition: String) throws { #expect(try Self.isOff(condition)) }

  @Test(arguments: [
    "true", "flag", "x = 3", "none = 0", "none <= OFF", "x + 1 > 3", "again(1)", "list[x] = 0",
    "flag | OFF = 1", "OFF = 1 -> flag", "exists i: small do x = i end", "y = -2", "x * x = 9",
    "x / 2 = 1", "y % 2 = -1", "forall i: small do list[i] = 0 end", "-y = 2",
  ])
  func itIsOn(condition: String) throws {
    #expect(try !Self.isOff(condition))
  }
}
