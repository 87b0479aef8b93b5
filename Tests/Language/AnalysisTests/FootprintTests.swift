import Analysis
import Diagnostics
import Evaluation
import Foundation
import Murphi
import TestSupport
import Testing
import TransitionSystem

/// What a rule is said to read and write is true of its runs.
@Suite struct FootprintTests {
  private func load(_ text: String) throws -> TransitionSystem {
    try #require(MurphiModel.load(SourceText(path: "m", text: text)).system)
  }

  @Test func aBoundInstanceTouchesItsOwnElement() throws {
    let system = try load(
      """
      var a: array [0..3] of 0..1; b: 0..1;
      startstate begin clear a; b := 0; end;
      ruleset i: 0..3 do rule "r" a[i] = 0 ==> begin b := 1; end; end;
      """)
    let bound = Footprint(of: system.rules[0], bindings: [2], in: system)
    #expect((0..<5).filter(bound.reads.contains) == [2])
    #expect((0..<5).filter(bound.writes.contains) == [4])
    let free = Footprint(of: system.rules[0], in: system)
    #expect((0..<5).filter(free.reads.contains) == [0, 1, 2, 3])
  }

  @Test func referencesAreFollowed() throws {
    let system = try load(
      """
      var x, y, z: 0..3;
      procedure p(var n: 0..3); begin n := n + z; end;
      startstate begin x := 0; y := 0; z := 0; end;
      rule "r" begin p(y); end;
      """)
    let footprint = Footprint(of: system.rules[0], in: system)
    #expect((0..<3).filter(footprint.reads.contains) == [1, 2])
    #expect((0..<3).filter(footprint.writes.contains) == [1])
  }

  /// Calls are followed with what their arguments are, loops round by round, and of a condition
  /// that is known one branch.
  @Test func callsAreFollowedWithTheirArguments() throws {
    let system = try load(
      """
      const N: 2;
      type k: enum { L, R };
      var q: array [k] of array [1 .. N] of 0 .. 9;
      function free(to_: k): boolean; begin return q[to_][N] = 0; end;
      procedure send(to_: k; w: 0 .. 9);
        var sent: boolean;
      begin
        sent := false;
        for i: 1 .. N do
          if !sent & q[to_][i] = 0 then q[to_][i] := w; sent := true; end;
        end;
      end;
      procedure take(to_: k);
      begin
        for i: 1 .. N do
          if i < N then q[to_][i] := q[to_][i + 1]; else q[to_][i] := 0; end;
        end;
      end;
      startstate begin clear q; end;
      ruleset i: k do
        rule "send" free(i) ==> begin send(i, 7); end;
        rule "take" q[i][1] > 0 ==> begin take(i); end;
      end;
      """)
    func stages(
      _ rule: Int, _ binding: Int64
    ) -> (guardExpression: Footprint, action: Footprint) {
      Footprint.stages(of: system.rules[rule], bindings: [binding], in: system)
    }
    #expect((0..<4).filter(stages(0, 1).guardExpression.reads.contains) == [3])
    #expect((0..<4).filter(stages(0, 1).action.reads.contains) == [2, 3])
    #expect((0..<4).filter(stages(0, 0).action.writes.contains) == [0, 1])
    #expect(stages(0, 0).action.valuesWritten(to: 1) == [7])
    #expect(stages(0, 0).action.valuesWritten(to: 2) == [])
    #expect(stages(1, 1).action.valuesWritten(to: 3) == [0])
    #expect(stages(1, 1).action.valuesWritten(to: 2) == Array(0...9))
    #expect((0..<4).filter(stages(1, 0).action.reads.contains) == [1])
  }

  /// What may have happened before counts: a return that may have been executed, a branch that may
  /// have been taken, a round that may not have been the last.
  @Test func nothingIsTakenForCertainThatIsNot() throws {
    let system = try load(
      """
      var a: array [0 .. 3] of 0 .. 9; b: boolean; u: 0 .. 3;
      procedure p(var x: 0 .. 9; c: boolean);
      begin
        if c then x := 1; return; end;
        x := 2;
      end;
      function f(n: 0 .. 3): 0 .. 3; begin return n = 0 ? 0 : f(n - 1); end;
      startstate begin clear a; b := false; u := 0; end;
      rule "return" var i: 0 .. 9; begin i := 0; p(i, b); a[i] := 5; end;
      rule "branch" var i: 0 .. 3; begin i := 0; if b then i := 3; end; a[i] := 5; undefine u; end;
      rule "while" var i: 0 .. 3; begin i := 0; while b do i := i + 1; end; a[i] := 5; end;
      rule "recursion" begin a[f(2)] := 5; end;
      rule "run time" begin a[u] := 4; end;
      """)
    func written(_ rule: Int) -> [Int] {
      let footprint = Footprint(of: system.rules[rule], bindings: [], in: system)
      return (0..<6).filter(footprint.writes.contains)
    }
    #expect(Set(written(0)).isSuperset(of: [1, 2]))
    #expect(written(1) == [0, 3, 5])
    #expect(written(2) == [0, 1, 2, 3])
    #expect(written(3) == [0, 1, 2, 3])
    #expect(written(4) == [0, 1, 2, 3])
    let branch = Footprint(of: system.rules[1], bindings: [], in: system)
    #expect(branch.mayUndefine(5))
    #expect(!branch.mayUndefine(0))
    #expect(branch.valuesWritten(to: 5) == [])
    #expect(branch.valuesWritten(to: 0) == [5])
  }

  /// On the swap: random walks write nothing beyond the footprint, and what lies outside of what a
  /// rule reads or writes does not change what it does.
  @Test func holdsOnTheSwap() throws {
    let file = Repository.root.appendingPathComponent("Models/hotswap.m")
    let text = try String(contentsOf: file, encoding: .utf8)
    let system = try load(text)
    let instances = TransitionSystem.instances(of: system.rules)
    let footprints = instances.map {
      Footprint(of: system.rules[$0.rule], bindings: $0.bindings, in: system)
    }
    let interpreter = Interpreter(system: system)
    interpreter.reset()
    _ = try interpreter.guardHolds(system.startStates[0], [0])
    try interpreter.fire(system.startStates[0])
    var fired = 0
    for step in 0..<400 {
      let before = state(of: interpreter, system)
      var successors: [[Int64]] = []
      for (instance, footprint) in zip(instances, footprints) {
        guard let after = fire(instance, from: before, interpreter, system) else { continue }
        successors.append(after)
        fired += 1
        for slot in before.indices where after[slot] != before[slot] {
          #expect(footprint.writes.contains(slot))
        }
        var poisoned = before
        for slot in before.indices where !footprint.reads.contains(slot) {
          poisoned[slot] = Slot.undefined
        }
        let other = fire(instance, from: poisoned, interpreter, system)
        for slot in before.indices
        where footprint.writes.contains(slot) && after[slot] != before[slot] {
          #expect(other?[slot] == after[slot])
        }
      }
      guard !successors.isEmpty else { break }
      let chosen = successors[(step &* 7_919 &+ step / 3) % successors.count]
      for slot in chosen.indices { interpreter.slots[slot] = chosen[slot] }
    }
    #expect(fired > 400)
  }

  private func state(of interpreter: Interpreter, _ system: TransitionSystem) -> [Int64] {
    (0..<system.slotCount).map { interpreter.slots[$0] }
  }

  private func fire(
    _ instance: RuleInstance, from state: [Int64], _ interpreter: Interpreter,
    _ system: TransitionSystem
  ) -> [Int64]? {
    for slot in state.indices { interpreter.slots[slot] = state[slot] }
    let rule = system.rules[instance.rule]
    guard (try? interpreter.guardHolds(rule, instance.bindings)) == true,
      (try? interpreter.fire(rule)) != nil
    else { return nil }
    return self.state(of: interpreter, system)
  }
}
