import Diagnostics
import Evaluation
import Murphi
import Testing
import Trace
import TransitionSystem

/// Which rules one part of their guard alone keeps from firing.
@Suite struct RuleObstacleTests {
  private static func obstacles(
    _ rules: String
  ) throws -> (found: RuleObstacles, system: TransitionSystem, source: SourceText) {
    let text = """
      var x: 0..3; a: array [1..2] of 0..3; u: 0..3;
      function take(): boolean; begin x := 3; return true; end;
      startstate begin x := 1; a[1] := 0; a[2] := 1; undefine u; end;
      \(rules)
      """
    let source = SourceText(path: "a.m", bytes: Array(text.utf8))
    let loaded = MurphiModel.load(source, overrides: [:], stop: .init())
    let system = try #require(loaded.system, "\(loaded.diagnostics)")
    let start = try Replay(system: system).run(
      start: RuleInstance(rule: 0, bindings: []), [])
    let slots = try #require(start.steps.last).slots
    return (RuleObstacles(system, slots: slots), system, source)
  }

  /// The rule, the part, and values in it.
  private static func list(_ rules: String) throws -> [String] {
    let (found, system, source) = try obstacles(rules)
    return found.obstacles.map { obstacle in
      let values = obstacle.explanation.values.map { "\(source.text(of: $0.span))=\($0.value)" }
      let rule = system.rules[obstacle.instance.rule].name
      return "\(rule)\(obstacle.instance.bindings): \(source.text(of: obstacle.conjunct)): "
        + values.joined(separator: " ")
    }
  }

  @Test func onePartAlone() throws {
    #expect(
      try Self.list(
        """
        rule "one" x = 2 ==> begin end;
        rule "two" x = 2 & x = 3 ==> begin end;
        rule "last" x = 1 & a[1] = 0 & a[2] = 0 ==> begin end;
        rule "none" x = 1 ==> begin x := 2; end;
        """)
        // Of the last most holds.
        == ["last[]: a[2] = 0: a[2]=1", "one[]: x = 2: x=1"])
  }

  @Test func theFirstInstanceStandsForARule() throws {
    #expect(
      try Self.list("ruleset i: 1..2 do rule \"r\" a[i] = 1 & x = 2 ==> begin end; end;")
        == ["r[2]: x = 2: x=1"])
    #expect(
      try Self.list("ruleset i: 1..2 do rule \"r\" a[i] = 3 & x < 2 ==> begin end; end;")
        == ["r[1]: a[i] = 3: a[i]=0 i=1"])
  }

  /// What has no value is not known to be the only one; what is within a choice is one part.
  @Test func whatCannotBeEvaluatedIsLeftOut() throws {
    #expect(try Self.list("rule \"r\" x = 2 & u = 1 ==> begin end;") == [])
    #expect(
      try Self.list("rule \"r\" x = 2 | x = 3 ==> begin end;") == ["r[]: x = 2 | x = 3: x=1 x=1"])
  }

  /// A part that changes the state changes it for no other.
  @Test func aGuardThatChangesTheStateChangesNothing() throws {
    #expect(try Self.list("rule \"r\" take() & x = 3 ==> begin end;") == ["r[]: x = 3: x=1"])
  }

  @Test func whatFiresAndChangesNothingIsIdle() throws {
    let (found, _, _) = try Self.obstacles(
      "rule \"a\" x = 1 ==> begin x := 1; end; rule \"b\" true ==> begin x := 2; end; "
        + "rule \"c\" x = 1 ==> begin error \"no\"; end; rule \"d\" x = 1 ==> begin assume x = 0; end;"
    )
    #expect(found.enabled.map(\.rule) == [0, 1, 2, 3])
    #expect(found.idle.map(\.rule) == [0])
    #expect(found.obstacles.isEmpty && found.isComplete)
  }

  /// More instances than can be looked at.
  @Test func manyInstancesAreNoHang() throws {
    let (found, _, _) = try Self.obstacles(
      "ruleset i: 0..1000000; j: 0..1000000 do rule \"r\" i = 1 & x = 1 ==> begin x := 2; end; end;"
    )
    #expect(!found.isComplete)
    #expect(found.obstacles.map(\.instance.bindings) == [[0, 0]])
  }
}
