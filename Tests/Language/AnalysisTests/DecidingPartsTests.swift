import Analysis
import Diagnostics
import Murphi
import Testing
import TransitionSystem

/// Which parts of a condition see to it that it is the same in every state.
@Suite struct DecidingPartsTests {
  private static func decided(
    _ condition: String
  ) throws -> (isTrue: Bool, parts: [String])? {
    let text = """
      const OFF: 0; ON: 1;
      var x: 0..3; none: 0..OFF;
      function never(): boolean; begin return OFF = 1; end;
      function again(): boolean; begin return again(); end;
      startstate begin x := 0; none := 0; end;
      invariant \(condition);
      """
    let source = SourceText(path: "a.m", bytes: Array(text.utf8))
    let loaded = MurphiModel.load(source, overrides: [:], stop: .init())
    let system = try #require(loaded.system, "\(loaded.diagnostics)")
    let property = try #require(system.properties.first)
    return property.expression.decidedTruth(in: system).map { truth in
      (truth.isTrue, truth.parts.map { source.text(of: $0.span) })
    }
  }

  @Test(
    arguments: [
      ("OFF = 0 | x = 1", true, ["OFF = 0"]),
      ("x = 1 | OFF = 0", true, ["OFF = 0"]),
      ("OFF = 0 | ON = 1 | x = 1", true, ["OFF = 0", "ON = 1"]),
      // The right side is true as well, but nothing hangs on it.
      ("none < OFF & ON = 1 & x = 1", false, ["none < OFF"]),
      ("!(none < OFF & x = 1)", true, ["none < OFF"]),
      ("OFF = 1 -> x = 1", true, ["OFF = 1"]),
      ("x = 1 -> ON = 1", true, ["ON = 1"]),
      // Both have to be true.
      ("OFF = 0 & (x = 2 | ON = 1)", true, ["OFF = 0", "ON = 1"]),
      // Within the function.
      ("never() & x = 1", false, ["OFF = 1"]),
      ("exists i: 0..3 do OFF = 1 & x = i end", false, ["OFF = 1"]),
      ("forall i: 0..3 do x = i | OFF = 0 end", true, ["OFF = 0"]),
      ("x < 9", true, ["x < 9"]),
    ] as [(String, Bool, [String])])
  func theSmallestPartsAreFound(condition: String, isTrue: Bool, parts: [String]) throws {
    let truth = try #require(try Self.decided(condition))
    #expect(truth.isTrue == isTrue)
    #expect(truth.parts == parts)
  }

  @Test(arguments: [
    "x = 1", "x = 1 | OFF = 1", "x = 1 & OFF = 0", "again()", "none = 0 -> x = 1",
    "exists i: 0..3 do x = i end",
  ])
  func theStateDecides(condition: String) throws {
    #expect(try Self.decided(condition) == nil)
  }
}
