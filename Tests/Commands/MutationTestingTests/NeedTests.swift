import Diagnostics
import MutationTesting
import Scenarios
import Synchronization
import Testing
import Trace

/// Which properties notice nothing that others do not.
@Suite struct NeedTests {
  private static let text = """
    var x: 0..3; y: 0..3; z: 0..3;
    startstate begin x := 0; y := 0; z := 0; end;
    rule "x up" x < 2 ==> begin x := x + 1; end;
    rule "x back" x = 2 ==> begin x := 0; end;
    rule "y up" y < 2 ==> begin
      y := y + 1;
      cover "y up" y = 1;
    end;
    rule "y back" y = 2 ==> begin y := 0; end;
    rule "z up" z < 2 ==> begin z := z + 1; end;
    rule "z back" z = 2 ==> begin z := 0; end;
    invariant "x" x < 3;
    invariant "x again" x != 3;
    invariant "y" y < 3;
    cover "x" x = 1;
    cover "x twice" x = 2;
    liveness "x" x = 0;
    measure "z" z;

    """

  private static func report(_ text: String, keys: String = measured) throws -> MutationReport {
    try MutationReport.of(
      SourceText(path: "m.m", text: text), [MutationSize(try ScenarioFile.scenario(keys))])
  }

  private static let measured = "    measure: { z: ..2 }\n"

  /// A property is needed where the model without its line leaves a mutant alone that it was the first
  /// to notice.
  @Test func whatIsNeededIsMissedWhereItIsGone() throws {
    let report = try Self.report(Self.text)
    var needs: [String: Need] = [:]
    for (witness, _) in report.witnesses {
      guard let need = report.need(of: witness), let name = witness.name else { continue }
      let isMeasure = witness.kind == .measure
      let kind =
        if case .violation(let category) = witness.kind { category.rawValue } else { "measure" }
      needs["\(kind) \(name)"] = need
      let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
      let others = lines.filter { !$0.contains("\(kind) \"\(name)\"") }
      #expect(others.count == lines.count - 1)
      let without = try Self.report(
        isMeasure ? Self.text : others.joined(separator: "\n"),
        keys: isMeasure ? "    symmetry: off\n" : Self.measured)
      try #require(without.results.count == report.results.count)
      let isMissed = zip(report.results, without.results).contains { own, other in
        own.outcome?.witness == witness && other.outcome?.witness == nil
      }
      #expect(need == (isMissed ? .needed : .notNeeded), "\(kind) \(name)")
    }
    #expect(needs["invariant x"] == .notNeeded)
    #expect(needs["invariant x again"] == .notNeeded)
    #expect(needs["invariant y"] == .needed)
    #expect(needs["cover y up"] == .needed)
    #expect(needs["measure z"] == .needed)
  }

  /// What has no name, and errors, cannot be left out.
  @Test func deadlocksAreNotAskedFor() throws {
    let report = try Self.report(Self.text)
    #expect(report.need(of: Witness(.violation(.deadlock))) == nil)
    #expect(report.need(of: Witness(.violation(.runtimeError))) == nil)
    #expect(report.need(of: Witness(.silentRule, name: "x up")) == nil)
  }

  private final class Flag: Sendable { let isSet = Atomic<Bool>(false) }

  /// Where the time is over, it is not said that something is needed, nor that it is not.
  @Test func aBudgetThatRunsOutLeavesItOpen() throws {
    let flag = Flag()
    var plan = MutationPlan()
    plan.stop = StopCondition(isCancelled: { flag.isSet.load(ordering: .relaxed) })
    let report = try MutationReport.of(
      SourceText(path: "m.m", text: Self.text),
      [MutationSize(try ScenarioFile.scenario(Self.measured))], plan: plan
    ) { progress in
      if progress.description.contains("without what noticed them") {
        flag.isSet.store(true, ordering: .relaxed)
      }
    }
    let first = report.witnesses.filter { $0.count > 0 }.compactMap { report.need(of: $0.witness) }
    #expect(!first.isEmpty && first.allSatisfy { $0 == .unknown })
    #expect(report.score.untried == 0)
  }
}
