import Diagnostics
import Exploration
import Murphi
import Testing
import Trace
import TransitionSystem

/// The fingerprint of steps is that of a set of them: which rule leads from which state to which.
/// `ExecutorTests` holds that it is the interpreter's for all executors, threads and reductions.
@Suite struct StepDigestTests {
  private struct Digests: Equatable {
    let states: String
    let steps: String?
  }

  private static func digests(_ rules: String, _ kind: DigestKind = .steps) throws -> Digests {
    let text = """
      type n: 1..9;
      var x: 0..3;
      startstate begin x := 0; end;
      \(rules)
      """
    let loaded = MurphiModel.load(SourceText(path: "m", text: text))
    let system = try #require(loaded.system, "\(loaded.diagnostics)")
    var options = ExplorationOptions()
    options.digest = kind
    options.deadlock = .off
    let result = Explorer.explore(SearchSpace(system, symmetry: .off), options: options)
    return Digests(
      states: result.digest.description, steps: result.stepDigest?.description)
  }

  private static let up = "rule \"up\" x < 2 ==> begin x := x + 1; end;\n"
  private static let reset = "rule \"reset\" x = 2 ==> begin x := 0; end;\n"

  @Test func itIsThereWhereItIsAskedFor() throws {
    #expect(try Self.digests(Self.up, .states).steps == nil)
    #expect(try Self.digests(Self.up).steps != nil)
  }

  /// The states are the same, and a behaviour is new.
  @Test(arguments: [
    "rule \"back\" x = 1 ==> begin x := 0; end;", "rule \"stay\" x = 1 ==> begin x := 1; end;",
    // The same step, by another rule.
    "rule \"other\" x = 2 ==> begin x := 0; end;",
  ])
  func aNewStepShows(rule: String) throws {
    let before = try Self.digests(Self.up + Self.reset)
    let after = try Self.digests(Self.up + Self.reset + rule)
    #expect(after.states == before.states)
    #expect(after.steps != before.steps)
  }

  /// Another guard, and the same steps.
  @Test(arguments: [
    "rule \"up\" x = 0 | x = 1 ==> begin x := x + 1; end;\n",
    "ruleset i: n do rule \"up\" x < 2 & i > 3 ==> begin x := x + 1; end; end;\n",
    "ruleset i: 0..3 do rule \"up\" x < i & i = 2 ==> begin x := x + 1; end; end;\n",
    "rule \"up\" x < 3 ==> begin x := x + 1; end;\nassume x < 3;\n",
    "rule \"up\" x < 3 ==> begin assume x < 2; x := x + 1; end;\n",
  ])
  func theSameStepsAreAlike(up: String) throws {
    #expect(try Self.digests(up + Self.reset) == Self.digests(Self.up + Self.reset))
  }

  @Test func whichRuleItIsCounts() throws {
    #expect(
      try Self.digests(Self.up + Self.reset).steps != Self.digests(Self.reset + Self.up).steps)
  }
}
