import PartialOrder
import Testing
import TransitionSystem

/// That the reduction does leave states out, by counts that follow from the theory.
@Suite struct ReductionTests {
  private func counts(
    _ system: TransitionSystem, limit: Int = 100_000
  ) throws -> (full: ReferenceSearch.Result, reduced: ReferenceSearch.Result) {
    let search = ReferenceSearch(system)
    let sets = StubbornSets(
      system, instances: search.instances, startStates: search.startStates().states)
    #expect(sets.refusal == nil)
    let full = try #require(search.search(nil, limit: limit))
    let reduced = try #require(search.search(sets, limit: limit))
    #expect(full.findings == reduced.findings)
    return (full, reduced)
  }

  /// n counters that go from 0 to k and do not know of each other: (k + 1)^n states, of which one
  /// way through is enough.
  @Test func independentCountersAreCountedOneAfterAnother() throws {
    let system = try ReducedModels.load(
      text: """
        var c: array [1 .. 5] of 0 .. 3;
        startstate begin for i: 1 .. 5 do c[i] := 0; end; end;
        ruleset i: 1 .. 5 do
          rule "count" c[i] < 3 ==> begin c[i] := c[i] + 1; end;
        end;
        """)
    let (full, reduced) = try counts(system)
    #expect(full.stateCount == 1_024)
    #expect(reduced.stateCount == 5 * 3 + 1)
  }

  /// The same with an invariant on one counter: it is counted as before, and once for each state of
  /// the others at most.
  @Test func whatAnInvariantReadsIsKept() throws {
    let system = try ReducedModels.load(
      text: """
        var c: array [1 .. 5] of 0 .. 3;
        startstate begin for i: 1 .. 5 do c[i] := 0; end; end;
        ruleset i: 1 .. 5 do
          rule "count" c[i] < 3 ==> begin c[i] := c[i] + 1; end;
        end;
        invariant "below 3" c[2] < 3;
        """)
    let (_, reduced) = try counts(system)
    #expect(reduced.stateCount == 5 * 3 + 1)
  }

  /// A step that is never done with stands first: the proviso has to see to it that the counters
  /// behind it are not forgotten.
  @Test func cyclesForgetNothing() throws {
    let system = try ReducedModels.load(
      text: """
        var b: boolean; c: array [1 .. 4] of 0 .. 2;
        startstate begin b := false; for i: 1 .. 4 do c[i] := 0; end; end;
        rule "turn" begin b := !b; end;
        ruleset i: 1 .. 4 do
          rule "count" c[i] < 2 ==> begin c[i] := c[i] + 1; end;
        end;
        cover "the last one counts" c[4] = 2;
        """)
    let (full, reduced) = try counts(system)
    #expect(full.stateCount == 162)
    #expect(reduced.stateCount < 162)
    let search = ReferenceSearch(system)
    let sets = StubbornSets(
      system, instances: search.instances, startStates: search.startStates().states)
    let forgetful = try #require(search.search(sets, limit: 1_000, keepsProviso: false))
    #expect(forgetful.stateCount == 2)
    #expect(forgetful.findings != full.findings)
  }

  /// Two processes that give and take one token have no order to leave out.
  @Test func dependentStepsAreKept() throws {
    let system = try ReducedModels.load(
      text: """
        var s: 0 .. 9;
        startstate begin s := 5; end;
        rule "up" s < 9 ==> begin s := s + 1; end;
        rule "down" s > 0 ==> begin s := s - 1; end;
        """)
    let (full, reduced) = try counts(system)
    #expect(full.stateCount == 10)
    #expect(reduced.stateCount == 10)
  }

  @Test func propertiesThatChangeTheStateAreRefused() throws {
    let system = try ReducedModels.load(
      text: """
        var s: 0 .. 9;
        function f(): boolean; begin s := 0; return true; end;
        startstate begin s := 5; end;
        rule "up" s < 9 ==> begin s := s + 1; end;
        invariant "changes" f();
        """)
    let sets = StubbornSets(
      system, instances: TransitionSystem.instances(of: system.rules), startStates: [])
    #expect(sets.refusal?.reason == .propertyChangesState)
    #expect(sets.refusal?.span == system.properties[0].span)
    #expect(sets.makeSelector() == nil)
  }

  @Test func tooManyInstancesAreRefused() throws {
    let system = try ReducedModels.load(
      text: """
        var s: 0 .. 9;
        startstate begin s := 5; end;
        ruleset i: 1 .. 9000 do rule "up" s < 9 ==> begin s := s + 1; end; end;
        """)
    let sets = StubbornSets(
      system, instances: TransitionSystem.instances(of: system.rules), startStates: [[5]])
    #expect(sets.refusal?.reason == .tooManyInstances(count: 9_000, limit: 8_192))
  }
}
