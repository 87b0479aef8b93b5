import Diagnostics
import Evaluation
import Murphi
import Randomness
import SMT
import Symbolic
import TestSupport
import Testing
import TransitionSystem

/// Terms against the reference interpreter: in any typed state, reachable or not, a property's term is
/// true where the interpreter finds the property true.
@Suite struct SymbolicEvaluatorTests {
  /// What was compared.
  private struct Tally {
    var terms = 0
    var unsupported = 0
    var trueOnes = 0
    var falseOnes = 0
  }

  /// Compares all properties of a model in some states.
  private static func compare(
    _ system: TransitionSystem, seed: UInt64, states count: Int
  ) throws -> Tally {
    var draws = SplitMix64(seed: seed)
    var tally = Tally()
    let states = TypedStates(of: system)
    let interpreter = Interpreter(system: system)
    for property in system.properties where property.kind != .measure {
      for bindings in TransitionSystem.bindings(of: property.parameters).prefix(5) {
        let truth: Truth
        do throws(NotSymbolic) {
          truth = try SymbolicEvaluator.truth(of: property, bindings, in: system, states)
        } catch {
          tally.unsupported += 1
          continue
        }
        tally.terms += 1
        for _ in 0..<count {
          let state = typedState(of: system, &draws)
          for slot in state.indices { interpreter.slots[slot] = state[slot] }
          let expected = ((try? interpreter.evaluate(property, bindings)) ?? 0) != 0
          let model = TypedStates.model(of: state, system)
          #expect(try model.value(of: states.areTyped))
          let found = try model.value(of: truth.asTerm)
          #expect(found == expected, "\(property.name) \(bindings) in \(state)")
          if expected { tally.trueOnes += 1 } else { tally.falseOnes += 1 }
        }
      }
    }
    return tally
  }

  /// A state that need not be reachable; of its slots some are undefined.
  private static func typedState(
    of system: TransitionSystem, _ draws: inout SplitMix64
  ) -> [Int64] {
    let undefinedOnes = draws.next() % 3
    var state: [Int64] = []
    for variable in system.variables {
      variable.type.forEachLeaf(named: "") { _, type in
        let isUndefined = undefinedOnes > 0 && draws.next() % (undefinedOnes == 1 ? 20 : 3) == 0
        let count = UInt64(max(1, type.upper - type.lower + 1))
        state.append(
          isUndefined || type.lower > type.upper
            ? Slot.undefined : type.lower + Int64(draws.next() % count))
      }
    }
    return state
  }

  @Test func randomModelsAgree() throws {
    var (terms, trueOnes, falseOnes) = (0, 0, 0)
    for seed in 0..<300 {
      let source = SourceText(
        path: "", text: RandomModel(seed: UInt64(seed), size: 1 + seed % 5).text)
      let system = try #require(MurphiModel.load(source).system)
      let tally = try Self.compare(system, seed: UInt64(seed), states: 20)
      terms += tally.terms
      trueOnes += tally.trueOnes
      falseOnes += tally.falseOnes
    }
    // Else next to nothing was compared.
    #expect(terms > 300 && trueOnes > 1_000 && falseOnes > 1_000, "\(terms)")
  }

  @Test(arguments: RepositoryModel.models(below: "Models"))
  func shippedModelsAgree(model: RepositoryModel) throws {
    let system = try #require(MurphiModel.load(try model.source()).system)
    if !system.symbolicConstants.isEmpty { return }
    let tally = try Self.compare(system, seed: 1, states: 10)
    #expect(tally.terms > 0 || system.properties.allSatisfy { $0.kind == .measure }, "\(tally)")
  }

  /// A function with a loop, an early end, a local variable and a reference; numbers that overflow.
  @Test func functionsAreGoneInto() throws {
    let source = SourceText(
      path: "",
      text: """
        type place_t: 0 .. 3;
        var used: array [place_t] of boolean; last: place_t; big: 0 .. 4611686018427387904;
        function first(var taken: boolean; from: place_t): place_t;
          var found: place_t;
        begin
          found := 3;
          for p: place_t do
            if p >= from & !used[p] & !taken then found := p; return found; end;
          end;
          if taken then return 0; elsif used[last] then return last; end;
          return found;
        end;
        startstate begin
          for p: place_t do used[p] := false; end; last := 0; big := 0;
        end;
        rule begin last := 1; end;
        invariant "first" first(used[2], last) >= last | used[first(used[1], 1)];
        invariant "sum" big + big >= big;
        invariant "ends" last > 0 & used[last - 1] -> !isundefined(used[last - 1]);
        """)
    let system = try #require(MurphiModel.load(source).system)
    let tally = try Self.compare(system, seed: 7, states: 500)
    #expect(tally.terms == 3 && tally.unsupported == 0)
    #expect(tally.trueOnes > 100 && tally.falseOnes > 100)
  }

  /// Members of multisets, whatever their order; products, and bits.
  @Test func multisetsAndProductsAgree() throws {
    let source = SourceText(
      path: "",
      text: """
        var many: multiset [3] of 0 .. 2; x, y: -3 .. 3; z: 0 .. 7;
        startstate begin undefine many; x := 0; y := 0; z := 0; end;
        rule begin x := 1; end;
        invariant multisetcount (m: many, many[m] = 1) >= x;
        invariant x * y > x + y & (y != 0 -> x / y >= x % y);
        invariant (x & z) + (x | z) = x + z & ((x >> y) < 2 | (z ^ 5) > y);
        """)
    let system = try #require(MurphiModel.load(source).system)
    let tally = try Self.compare(system, seed: 7, states: 500)
    #expect(tally.terms == 3 && tally.unsupported == 0)
    #expect(tally.trueOnes > 100 && tally.falseOnes > 100)
  }

  /// What has no term is refused, and never guessed: a loop without an end that is known.
  @Test func whatHasNoTermIsRefused() throws {
    let source = SourceText(
      path: "",
      text: """
        var x: 0 .. 3;
        function looping(): 0 .. 3;
          var n: 0 .. 3;
        begin
          n := 0;
          while n < x do n := n + 1; end;
          return n;
        end;
        startstate begin x := 0; end;
        rule begin x := 1; end;
        invariant looping() >= 0;
        """)
    let system = try #require(MurphiModel.load(source).system)
    let property = try #require(system.properties.first)
    #expect(throws: NotSymbolic.unsupported) {
      try SymbolicEvaluator.truth(of: property, [], in: system, TypedStates(of: system))
    }
  }
}
