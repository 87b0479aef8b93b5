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

  /// For each scalarset by its name, what is enough for all that is asked.
  ///
  /// - Parameter assumesAll: Whether invariants are assumed that need elements.
  private static func sizes(
    _ text: String, assumesAll: Bool = true
  ) throws -> [String: Int] {
    let system = try system(text)
    var cutoffs = try Cutoffs(system)
    var most: [Int: Int] = [:]
    for obligation in cutoffs.obligations {
      let sizes = try cutoffs.sizes(
        of: obligation, assuming: assumesAll ? cutoffs.optional : [])
      most.merge(sizes, uniquingKeysWith: max)
    }
    return Dictionary(
      uniqueKeysWithValues: system.scalarsets.map { ($0.name ?? "", most[$0.identity] ?? 0) })
  }

  private static func refusal(_ text: String) throws -> CutoffRefusal.Reason? {
    let system = try system(text)
    do throws(CutoffRefusal) {
      var cutoffs = try Cutoffs(system)
      for obligation in cutoffs.obligations {
        _ = try cutoffs.sizes(of: obligation, assuming: cutoffs.optional)
      }
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
    // Behind the step it is asked once more. It ends at the element that was written to, which is the
    // rule's, or at the same one as before.
    let one = "invariant \"some\" some();"
    #expect(try Self.sizes(Self.head + rule + one) == ["p_t": 2, "q_t": 1])
    // Where all were written to, it may be another one.
    let all = rule.replacing("on[p] := true;", with: "for q: p_t do on[q] := !on[q]; end;")
    #expect(try Self.sizes(Self.head + all + one) == ["p_t": 4, "q_t": 1])
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
    // In the start state: the rule's, the last one, the element whose round ends a loop, and that of the
    // slot that is looked at. Each has two owners, and one more is the rule's.
    let sizes = try Self.sizes(text)
    #expect(sizes["p_t"] == 4)
    #expect(sizes["q_t"] == 9)
  }

  private static let next = """
    const N: 3;
    type p_t: scalarset(N); q_t: scalarset(2);
    var next: array [p_t] of p_t; on: array [p_t] of boolean;
    ruleset p: p_t do startstate begin
      for q: p_t do next[q] := p; on[q] := false; end;
    end; end;

    """

  /// Of what elements name nobody is needed, but where it is read.
  @Test func whatElementsNameIsNeededWhereItIsRead() throws {
    func rule(_ body: String, _ condition: String = "true") -> String {
      Self.next + "ruleset p: p_t; q: p_t do rule \"go\" \(condition) ==> begin \(body) end; end;"
    }
    // Those of the rule; at the start its own, and that of a slot.
    #expect(try Self.sizes(rule(""))["p_t"] == 2)
    #expect(try Self.sizes(rule("next[p] := q;", "next[p] = q & next[q] != p"))["p_t"] == 2)
    #expect(try Self.sizes(rule("next[p] := next[q];"))["p_t"] == 2)
    #expect(try Self.sizes(rule("on[next[p]] := on[next[q]];"))["p_t"] == 4)
    // Of two that are both named by elements, one has to be there.
    let twice = rule("on[next[next[p]]] := true; on[q] := next[p] = next[q];")
    #expect(try Self.sizes(twice)["p_t"] == 5)
  }

  @Test func chainsAreRefused() throws {
    // Where all lead to others, and these are read.
    let next =
      Self.next
        + """
        rule "go" true ==> begin for q: p_t do on[q] := on[next[q]]; end; end;
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
      "for p: p_t do if on[p] & count < 3 then count := count + 1; end; end;",
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

  /// An element that a variable of a rule alone has is told apart by its number, too.
  @Test func elementsThatAreToldApartAreRefused() throws {
    let text = """
      type p_t: scalarset(2);
      var x: 0 .. 2;
      startstate begin x := 0; end;
      ruleset p: p_t do
        rule "look" true ==> var l: p_t; begin
          clear l;
          if l = p then x := 1; else x := 2; end;
        end;
      end;
      invariant "no second" x != 2;
      """
    #expect(try Self.refusal(text) == .notInterchangeable("p_t"))
  }

  /// Something may go wrong in an assumption, of an element besides that of the rule.
  @Test func assumptionsMayGoWrong() throws {
    let rule = "ruleset p: p_t do rule \"set\" true ==> begin on[p] := true; end; end;\n"
    let assumption = "assume \"all\" forall a: p_t do on[a] | !on[a] end;"
    #expect(try Self.sizes(Self.head + rule + assumption) == ["p_t": 2, "q_t": 1])
  }

  /// What is inductive at all sizes up to the cutoff is so at the next ones. That is the theorem; it has
  /// to be one of many models, and the cutoff may not be so large that nothing below it would do.
  @Test(arguments: [false, true]) func largerSizesSayNothingNew(hasLinks: Bool) throws {
    var (inductive, refused, early, late) = (0, 0, 0, 0)
    for seed in UInt64(1)...1_500 {
      var random = RandomElements(seed: seed, hasLinks: hasLinks)
      let text = random.text()
      let outcome: AnySizeCheck.Outcome?
      do {
        outcome = try Self.prove(text)
      } catch is CutoffRefusal {
        refused += 1
        continue
      }
      switch outcome {
      case nil: continue
      case .proved(let cutoffs, _)?:
        inductive += 1
        let (p, q) = (cutoffs["N"] ?? 1, cutoffs["M"] ?? 1)
        for (n, m) in [(p, q), (p + 1, q), (p, q + 1), (p + 1, q + 1), (p + 2, 2)] {
          let isInductive = try Self.isInductive(text, n, m)
          #expect(isInductive, "seed \(seed): at \(n) and \(m), with cutoffs \(cutoffs)\n\(text)")
        }
      case .open(let sizes, _)?: if sizes.values.max() == 1 { early += 1 } else { late += 1 }
      case .undecided?, .notSymbolic?, .noStartState?:
        Issue.record("seed \(seed): \(String(describing: outcome))\n\(text)")
      }
    }
    // Of those that are not, some are broken at larger sizes than one alone.
    #expect(
      inductive > 10 && early > 20 && late > 3 && refused < (hasLinks ? 900 : 750),
      "inductive: \(inductive), broken: \(early) and \(late), refused: \(refused)")
  }

  /// Nil where so many sizes would have to be asked about that nobody waits for it.
  private static func prove(_ text: String) throws -> AnySizeCheck.Outcome? {
    let dimensions = [
      AnySizeCheck.Dimension(scalarset: "p_t", constant: "N", least: 1),
      AnySizeCheck.Dimension(scalarset: "q_t", constant: "M", least: 1),
    ]
    let small = try system(text)
    // Also of models whose elements a loop tells apart by their order, which fewer of them keep.
    let cutoffs = try AnySizeCutoffs(try Cutoffs(small), small, dimensions)
    let check = AnySizeCheck(dimensions, stop: StopCondition(), memoryByteCount: nil)
    do {
      return try check.prove(cutoffs) { sizes in
        guard sizes["N"] ?? 1 <= 6, sizes["M"] ?? 1 <= 7 else { throw TooManySizes() }
        return try system(text, sizes)
      }
    } catch is TooManySizes {
      return nil
    }
  }

  private struct TooManySizes: Error {}

  private static func isInductive(_ text: String, _ n: Int64, _ m: Int64) throws -> Bool {
    let system = try system(text, ["N": n, "M": m])
    let finite = try Encoding.make(system, deadlock: .off, .init())
    let found = LemmaProof.obstacles(finite, judge: Judge(.none, Interrupter()), ProofLimits())
    #expect(found.refusal == nil)
    return found.obstacles.isEmpty
  }
}
