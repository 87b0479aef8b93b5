import Diagnostics
import Evaluation
import Foundation
import Murphi
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

  /// On the swap: random walks write nothing beyond the footprint, and what lies outside of what a
  /// rule reads or writes does not change what it does.
  @Test func holdsOnTheSwap() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Models/hotswap.m").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
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
          poisoned[slot] = TransitionSystem.undefined
        }
        let other = fire(instance, from: poisoned, interpreter, system)
        for slot in before.indices where footprint.writes.contains(slot) && after[slot] != before[slot] {
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
