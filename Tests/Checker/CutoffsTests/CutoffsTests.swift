import Checking
import Cutoffs
import Diagnostics
import Murphi
import Proving
import SMT
import Testing
import Trace
import TransitionSystem

/// How many elements stand for all larger numbers of them.
@Suite struct CutoffsTests {
  private static func system(_ text: String, _ sizes: [String: Int64] = [:]) throws
    -> TransitionSystem
  {
    let source = SourceText(path: "test.m", bytes: Array(text.utf8))
    let loaded = MurphiModel.load(source, overrides: sizes)
    return try #require(
      loaded.system, "\(loaded.diagnostics.map(\.message).joined(separator: "\n")) in\n\(text)")
  }

  /// For each scalarset by its name.
  private static func sizes(_ text: String) throws -> [String: Int] {
    let system = try system(text)
    let sizes = try Cutoffs(system).sizes
    return Dictionary(
      uniqueKeysWithValues: system.scalarsets.map { ($0.name ?? "", sizes[$0.identity] ?? 0) })
  }

  private static func refusal(_ text: String) throws -> CutoffRefusal.Reason? {
    let system = try system(text)
    do throws(CutoffRefusal) {
      _ = try Cutoffs(system)
      return nil
    } catch {
      return error.reason
    }
  }

  private static let head = """
    const N: 3;
    type p_t: scalarset(N); q_t: scalarset(2);
    var on: array [p_t] of boolean; held: array [q_t] of boolean;
    startstate begin
      for p: p_t do on[p] := false; end;
      for q: q_t do held[q] := false; end;
    end;

    """

  /// The element of the rule, and the two that the invariant names.
  @Test func namedElementsAreNeeded() throws {
    let text =
      Self.head + """
        ruleset p: p_t do rule "set" true ==> begin on[p] := true; end; end;
        invariant "one" forall a: p_t do forall b: p_t do on[a] & on[b] -> a = b end end;
        """
    #expect(try Self.sizes(text) == ["p_t": 3, "q_t": 1])
  }

  /// One more at which `exists` ends, which is the same before the step for the invariant and the guard.
  @Test func quantifiersNeedOneEach() throws {
    let rule = """
      function some(): boolean; begin return exists p: p_t do on[p] end; end;
      ruleset p: p_t do rule "set" some() ==> begin on[p] := true; end; end;

      """
    #expect(try Self.sizes(Self.head + rule) == ["p_t": 2, "q_t": 1])
    // Behind the step it is asked once more, and may end at another one.
    #expect(
      try Self.sizes(Self.head + rule + "invariant \"some\" some();") == ["p_t": 3, "q_t": 1])
    // Of an invariant that says that all are, none is needed but the one that breaks it.
    #expect(
      try Self.sizes(Self.head + rule + "invariant \"all\" forall a: p_t do on[a] end;")
        == ["p_t": 3, "q_t": 1])
  }

  /// One of the second for each of the first.
  @Test func elementsMayNeedOthersEach() throws {
    let text =
      Self.head + """
        rule "look" true ==> begin
          for p: p_t do on[p] := exists q: q_t do held[q] end; end;
        end;
        """
    // The loop may end in one round, and in it and all others the quantifier needs an element.
    #expect(try Self.sizes(text) == ["p_t": 1, "q_t": 1])
    let more =
      Self.head + """
        ruleset p: p_t; r: p_t do rule "look" true ==> begin
          for s: p_t do on[s] := exists q: q_t do held[q] end; end;
        end; end;
        """
    #expect(try Self.sizes(more) == ["p_t": 3, "q_t": 3])
  }

  @Test func namesInTheStateAreNeeded() throws {
    let text = """
      const N: 3;
      type p_t: scalarset(N); q_t: scalarset(4);
      var owner: array [p_t] of array [0 .. 1] of q_t; last: p_t;
      ruleset p: p_t; q: q_t do
        startstate begin
          last := p;
          for r: p_t do for i: 0 .. 1 do owner[r][i] := q; end; end;
        end;
      end;
      ruleset p: p_t do rule "next" true ==> begin last := p; end; end;
      """
    // In the start state: the rule's, and the element whose round ends a loop. Behind it: two, each with
    // two owners.
    let sizes = try Self.sizes(text)
    #expect(sizes["p_t"] == 3)
    #expect(sizes["q_t"] == 7)
  }

  @Test func chainsAreRefused() throws {
    let next = """
      type p_t: scalarset(3);
      var next: array [p_t] of p_t;
      ruleset p: p_t do startstate begin for q: p_t do next[q] := p; end; end; end;
      rule "go" true ==> begin end;
      """
    #expect(try Self.refusal(next) == .chain("p_t"))
    let each =
      Self.head + """
        rule "go" true ==> begin end;
        invariant "each has another" forall a: p_t do exists b: p_t do on[b] & a != b end end;
        """
    #expect(try Self.refusal(each) == .chain("p_t"))
  }

  @Test func roundsThatLeaveSomethingAreRefused() throws {
    for body in [
      "for p: p_t do if on[p] then count := count + 1; end; end;",
      "for p: p_t do held[q] := on[p]; end;",
      "for p: p_t do for r: p_t do on[p] := on[r]; end; end;",
    ] {
      let text =
        Self.head.replacing("var on", with: "var count: 0 .. 9; on")
        + "ruleset q: q_t do rule \"go\" true ==> begin \(body) end; end;"
      #expect(try Self.refusal(text) == .sharedByRounds, "\(body)")
    }
  }

  @Test func whatCannotBeFollowedIsRefused() throws {
    let repeated =
      Self.head
      + "rule \"go\" true ==> var n: 0 .. 9; begin n := 0;"
      + " while n < 9 & exists p: p_t do on[p] end do n := n + 1; end; end;"
    #expect(try Self.refusal(repeated) == .unboundedRepetition)
  }

  /// What is inductive at all sizes up to the cutoff is so at the next ones. That is the theorem; it has
  /// to be one of many models, and the cutoff may not be so large that nothing below it would do.
  @Test func largerSizesSayNothingNew() throws {
    var (inductive, refused, early, late) = (0, 0, 0, 0)
    for seed in UInt64(1)...400 {
      var random = RandomElements(seed: seed)
      let text = random.text()
      let small = try Self.system(text, ["N": 2])
      let cutoffs: Cutoffs
      do throws(CutoffRefusal) { cutoffs = try Cutoffs(small) } catch {
        refused += 1
        continue
      }
      let most = Int64(try #require(cutoffs.sizes.values.first))
      guard most <= 8 else { continue }
      let first = try (1...most).first { try !Self.isInductive(text, $0) }
      if let first {
        if first == 1 { early += 1 } else { late += 1 }
        continue
      }
      inductive += 1
      for size in [most + 1, most + 2] {
        let isInductive = try Self.isInductive(text, size)
        #expect(isInductive, "seed \(seed): at \(size) and at none up to \(most)\n\(text)")
      }
    }
    // Of those that are not, some are broken at larger sizes than one alone.
    #expect(inductive > 20 && early > 20 && late > 5 && refused < 300)
  }

  private static func isInductive(_ text: String, _ size: Int64) throws -> Bool {
    let finite = try Encoding.make(try system(text, ["N": size]), deadlock: .off, .init())
    let found = LemmaProof.obstacles(finite, judge: Judge(.none, Interrupter()), ProofLimits())
    #expect(found.refusal == nil)
    return found.obstacles.isEmpty
  }
}
