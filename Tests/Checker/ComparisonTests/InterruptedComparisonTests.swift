import Checking
import Comparison
import Diagnostics
import Exploration
import Murphi
import TestSupport
import Testing
import Trace
import TransitionSystem

/// A comparison that is ended anywhere says what it has found until then, or nothing.
@Suite struct InterruptedComparisonTests {
  /// Steps in which it is asked several times whether they are to end.
  private static func model(last: Int) -> String {
    """
    var x: 0..\(last + 1); sum: 0..1;
    startstate begin x := 0; sum := 0; end;
    rule "count" x < \(last) ==>
    begin
      for i: 0..15000 do sum := 1 - sum; end;
      x := x + 1;
    end;
    rule "begin anew" x = \(last) ==> begin x := 0; end;
    """
  }

  private static func loaded(_ text: String) throws -> ModelPair.Model {
    let source = SourceText(path: "model.m", text: text)
    return ModelPair.Model(system: try #require(MurphiModel.load(source).system), source: source)
  }

  /// - Parameter looks: How often it is asked before it is to end.
  /// - Returns: Nil where it was not ended.
  private static func compared(
    _ pair: ModelPair, endedAfter looks: Int
  ) -> BehaviourComparison? {
    var request = CheckRequest(pair.base.system)
    request.stop = .asked(times: looks)
    let found = BehaviourComparison.compareByStateSets(pair, request)
    return request.stop.reason == nil ? nil : found
  }

  @Test func theSameModelHasNoOtherRuns() throws {
    let text = Self.model(last: 4)
    let pair = ModelPair(base: try Self.loaded(text), head: try Self.loaded(text))
    var endedCount = 0
    for looks in 0..<200 {
      guard let found = Self.compared(pair, endedAfter: looks) else { break }
      endedCount += 1
      for answer in [found.added, found.removed] {
        guard case .undecided = answer else {
          Issue.record("after \(looks): \(answer)")
          continue
        }
      }
    }
    #expect(20..<200 ~= endedCount, "\(endedCount)")
  }

  /// What is found is a run to its end.
  @Test func aRunIsWhole() throws {
    let pair = ModelPair(
      base: try Self.loaded(Self.model(last: 3)), head: try Self.loaded(Self.model(last: 4)))
    var foundCount = 0
    for looks in 0..<200 {
      guard let found = Self.compared(pair, endedAfter: looks) else { break }
      for (answer, name, length) in [
        (found.added, "count", 5), (found.removed, "begin anew", 5),
      ] {
        switch answer {
        case .undecided: break
        case .none: Issue.record("after \(looks): none")
        case .run(let run):
          foundCount += 1
          let system = (name == "count" ? pair.head : pair.base).system
          #expect(system.rules[run.step.rule].name == name && run.failure == nil)
          #expect(run.execution.steps.count == length, "after \(looks)")
        }
      }
    }
    #expect(foundCount > 0)
  }
}
