import Checking
import Cutoffs
import Diagnostics
import Foundation
import Testing
import Trace
import TransitionSystem

/// How many elements are enough for what counts elements.
@Suite struct CountingTests {
  private static let head = """
    const N: 2;
    type p_t: scalarset(N);
    var on: array [p_t] of boolean; x: 0 .. 3;
    function count(): 0 .. N; var n: 0 .. N;
    begin n := 0; for p: p_t do if on[p] then n := n + 1; end; end; return n; end;
    startstate begin for p: p_t do on[p] := false; end; x := 0; end;

    """

  private static func most(_ text: String) throws -> Int64? {
    try AnySizeModel(text: head + text).cutoffs().most["N"]
  }

  private static func reason(_ text: String) throws -> CutoffRefusal.Reason? {
    try AnySizeModel(text: head + text).refusal()?.reason
  }

  /// By hand: of `count >= 2` two elements, of `<= 2` three, of `= x` four as `x` is 3 at most; and where
  /// elements are missing, as many of the others.
  @Test(arguments: [
    ("count() >= 2", 2), ("count() < 2", 2), ("count() > 2", 3), ("2 >= count()", 3),
    ("count() = 2", 3), ("count() = x", 4), ("count() + count() > 2", 3), ("count() = N", 1),
    ("count() + 2 < N", 3), ("N >= 3", 3), ("N - count() <= 1", 2), ("N - 1 > count()", 2),
    ("2 * N - count() - N = 0", 1), ("count() - 1 = 0", 2), ("x - count() >= 0", 4),
    ("count() >= 0", 1), ("(exists k: 0 .. 3 do count() * k = 2 end)", 3),
  ])
  func comparisonsNeedAsManyAsTheyTellApart(guarded: String, size: Int64) throws {
    #expect(
      try Self.most("rule \"go\" \(guarded) ==> begin end;") == size, "\(guarded)")
  }

  /// An invariant that fewer elements keep needs none where it is assumed; one that is broken needs
  /// those that break it.
  @Test func whatFewerKeepIsAssumedForNothing() throws {
    #expect(
      try Self.most("rule \"go\" true ==> begin end; invariant \"few\" count() <= 1;") == 2)
    #expect(
      try Self.most(
        "rule \"go\" true ==> begin end; invariant \"few\" count() <= 1; invariant \"x\" x = 0;")
        == 2)
  }

  /// As many as the variable has room for, and one more.
  @Test func countsThatAreKeptNeedAll() throws {
    #expect(try Self.most("rule \"go\" true ==> begin x := count(); end;") == 4)
    let inline = "var k: 0 .. 2; begin k := 0; for p: p_t do if on[p] then k := k + 1; end; end;"
    #expect(try Self.most("rule \"go\" true ==> \(inline) end;") == 3)
    let total = "begin x := 1; for p: p_t do if on[p] then x := x + 1; end; end; end;"
    #expect(try Self.most("rule \"go\" true ==> \(total)") == 4)
  }

  @Test(arguments: [
    ("count() = count() + count() - N", CutoffRefusal.Reason.sumsAreCompared),
    ("2 * count() > N", .sumsAreCompared),
    ("count() % 2 = 0", .sumIsUsed),
    ("N % 2 = 0", .sumIsUsed),
    ("count() * x = 2", .sumIsUsed),
    ("(exists i: 0 .. N do i = x end)", .sizeIsUsed("N")),
    ("x = -N", .sizeIsUsed("N")),
    ("(x > 0 ? count() : 1) = 1", .sumIsUsed),
    ("count() < 100", .tooManyElements("p_t", 100)),
  ])
  func whatGrowsOtherwiseIsRefused(guarded: String, reason: CutoffRefusal.Reason) throws {
    #expect(try Self.reason("rule \"go\" \(guarded) ==> begin end;") == reason, "\(guarded)")
  }

  @Test(arguments: [
    // No room for all at some size.
    ("var n: 0 .. N - 1; begin n := 0; for p: p_t do if on[p] then n := n + 1; end; end;", 0),
    ("var n: 0 .. N; begin n := 1; for p: p_t do if on[p] then n := n + 1; end; end;", 0),
    (
      "var n: 0 .. N; begin n := 0; for p: p_t do n := n + 1; end; for p: p_t do n := n + 1; end;",
      0
    ),
    ("var n: 0 .. N; begin n := 0; for p: p_t do n := n + x; end;", 0),
    // What was counted goes elsewhere.
    (
      "var n: 0 .. N; m: 0 .. N; begin n := N; m := n; undefine m; if isundefined(n) then x := 1; end;",
      1
    ),
    ("var n: 0 .. N; begin n := N; alias m: n do x := m; end;", 2),
    ("var n: 0 .. N; begin n := 0; if x = 0 then n := count(); end; x := n;", 1),
    // Rounds that leave something.
    ("var n: 0 .. N; begin n := 0; for p: p_t do if on[p] & n < 1 then n := n + 1; end; end;", 4),
    ("var n: 0 .. N; begin n := 0; for p: p_t do n := n + 1; on[p] := n > 1; end;", 3),
    (
      "var n: 0 .. N; begin for p: p_t do n := 0; for q: p_t do if on[q] then n := n + 1; end; end; end;",
      3
    ),
    (
      "var n: 0 .. N; begin n := 0; for p: p_t do for q: p_t do if on[q] & on[p] then n := n + 1; end; end; end;",
      3
    ),
    ("var n: 0 .. N; begin n := 0; while x < 3 do x := x + 1; n := count(); end;", 3),
    ("begin x := 0; for p: p_t do if x < 2 then x := x + 1; end; end;", 4),
    ("var n: array [0 .. N] of boolean; begin clear n;", 2),
  ])
  func whatIsCountedOtherwiseIsRefused(body: String, reason: Int) throws {
    let found = try Self.reason("rule \"go\" true ==> \(body) end;")
    let reasons: [CutoffRefusal.Reason] = [
      .countHasNoRoom, .sumIsUsed, .sizeIsUsed("N"), .sharedByRounds, .notInterchangeable("p_t"),
    ]
    #expect(found == reasons[reason], "\(body)")
  }

  /// What goes wrong at some size, where a count that forgets something would prove it.
  @Test(arguments: [
    // At two elements, and at no other number.
    "rule \"go\" N = 2 & x = 0 ==> begin x := 1; end; invariant \"none\" x = 0;",
    "rule \"go\" count() = 1 & N = 3 ==> begin x := 1; end; invariant \"none\" x = 0;",
    // All but one.
    "rule \"go\" count() + 1 = N & N > 2 ==> begin x := 1; end; invariant \"none\" x = 0;",
    // The same loop, asked for those that it counts and for those that it does not.
    "rule \"go\" count() = 2 & N - count() = 2 ==> begin x := 1; end; invariant \"none\" x = 0;",
    // The variable overflows at the fifth.
    "rule \"go\" true ==> begin x := count(); end; invariant \"none\" x <= 3;",
    // What was counted before a write, and after it.
    """
    ruleset p: p_t do rule "go" true ==> var n: 0 .. N; begin
      n := count(); on[p] := false;
      if n = 3 & count() = 2 then x := 1; end;
    end; end; invariant "none" x = 0;
    """,
    // And with a sweep in between.
    """
    rule "go" true ==> var n: 0 .. N; begin
      n := count(); for p: p_t do on[p] := !on[p]; end;
      if n = 2 & count() = 2 then x := 1; end;
    end; invariant "none" x = 0;
    """,
    // Of two ways one counts.
    """
    rule "go" true ==> var n: 0 .. N; begin
      if x = 0 then n := count(); else n := 0; end; assert count() < 4;
    end; invariant "none" x < 3;
    """,
    // A loop that reads by another name what it has counted.
    """
    rule "go" true ==> var n: 0 .. 9; begin
      n := 0;
      alias m: n do for p: p_t do if m = 0 & on[p] | m = 1 & !on[p] then n := n + 1; end; end; end;
      if n = 2 then x := 1; end;
    end; invariant "none" x = 0;
    """,
    // What goes wrong in a round.
    """
    function bad(): boolean; begin assert count() < 3; return true; end;
    rule "go" true ==> var n: 0 .. N; begin
      n := 0; for p: p_t do if on[p] & bad() then n := n + 1; end; end;
    end; invariant "none" x < 3;
    """,
  ])
  func noneIsProved(text: String) throws {
    let set = "ruleset p: p_t do rule \"set\" true ==> begin on[p] := true; end; end;\n"
    let model = AnySizeModel(text: Self.head + set + text)
    let outcome: AnySizeCheck.Outcome
    do {
      outcome = try model.prove(most: 8)
    } catch is CutoffRefusal {
      return
    }
    if case .open = outcome { return }
    Issue.record("\(outcome) of\n\(text)")
  }

  /// With a size of its own a scalarset may have elements that lead to each other.
  @Test func oneSizeMayBeFixed() throws {
    let text = """
      const N: 2; M: 2;
      type p_t: scalarset(N); q_t: scalarset(M);
      var next: array [q_t] of q_t; at: array [p_t] of q_t; n: 0 .. M; on: array [q_t] of boolean;
      ruleset q: q_t do startstate begin
        for r: q_t do next[r] := q; on[r] := false; end; for p: p_t do at[p] := q; end; n := M;
      end; end;
      ruleset p: p_t do rule "go" n <= M ==> begin at[p] := next[at[p]]; on[at[p]] := true; end; end;
      invariant "some" (exists p: p_t do on[at[p]] end) -> exists q: q_t do on[q] end;
      """
    let model = AnySizeModel(text: text)
    #expect(try model.refusal()?.reason == .sizeIsUsed("M"))
    #expect(
      try AnySizeModel(
        text: text.replacing("0 .. M", with: "0 .. 9")
          .replacing("n := M", with: "n := 1").replacing("<= M", with: "<= 1")
      ).refusal() == nil)
    guard case .proved = try model.prove(fixed: ["M": 2]) else {
      Issue.record("it is not proved")
      return
    }
    let broken = AnySizeModel(
      text: text.replacing(
        "invariant", with: "invariant \"two\" forall q: q_t do !on[q] end;\ninvariant"))
    guard case .open = try broken.prove(fixed: ["M": 3]) else {
      Issue.record("it is proved")
      return
    }
  }

  /// Of two sets as much is asked by the same words: elements of the one are none of the other.
  @Test(arguments: [
    ("invariant \"few\" x | !(as() >= 3 & bs() >= 3);", 3),
    ("rule as() >= 2 ==> begin assert bs() < 2; end;", 2),
  ])
  func eachSetHasElementsOfItsOwn(wrong: String, size: Int64) throws {
    let model = AnySizeModel(
      text: """
        const N: 2; M: 2;
        type p_t: scalarset(N); q_t: scalarset(M);
        var x: boolean; a: array [p_t] of boolean; b: array [q_t] of boolean;
        function as(): 0 .. N; var n: 0 .. N;
        begin n := 0; for p: p_t do n := n + 1; end; return n; end;
        function bs(): 0 .. M; var n: 0 .. M;
        begin n := 0; for q: q_t do n := n + 1; end; return n; end;
        startstate begin
          x := true; for p: p_t do a[p] := true; end; for q: q_t do b[q] := true; end;
        end;
        rule x ==> begin x := false; end;
        \(wrong)
        """)
    guard case .open(let sizes, _) = try model.prove() else {
      Issue.record("it is proved")
      return
    }
    #expect(sizes == ["N": size, "M": size])
  }

  /// What is inductive at all sizes up to the cutoff is so at the next ones, says the solver; and so says
  /// the interpreter, which takes all steps from all typed states, of sizes that are not too large.
  @Test func largerSizesSayNothingNew() throws {
    let count = ProcessInfo.processInfo.environment["SWAPCHECK_COUNTING_SEEDS"].flatMap(UInt64.init)
    var (proved, refused, large, early, late, seen) = (0, 0, 0, 0, 0, 0)
    for seed in UInt64(1)...(count ?? 150) {
      var random = RandomCounts(seed: seed)
      let model = AnySizeModel(text: random.text())
      let outcome: AnySizeCheck.Outcome
      do {
        outcome = try model.prove(most: 6)
      } catch is CutoffRefusal {
        refused += 1
        continue
      } catch is AnySizeModel.TooManySizes {
        large += 1
        continue
      }
      switch outcome {
      case .proved(let cutoffs, _):
        proved += 1
        let cutoff = cutoffs["N"] ?? 1
        for size in cutoff + 1...cutoff + 3 {
          let isInductive = try model.isInductive(["N": size])
          #expect(isInductive, "seed \(seed): at \(size), with cutoff \(cutoff)\n\(model.text)")
        }
        for size in [Int64(2), 3, 4] {
          let found = TypedInduction.check(
            try model.system(["N": size]), most: count == nil ? 2_000 : 30_000,
            stop: StopCondition())
          if case .inductive = found { seen += 1 }
          if case .broken(let state) = found {
            Issue.record(
              "seed \(seed): at \(size), in \(state), with cutoff \(cutoff)\n\(model.text)")
          }
        }
      case .open(let sizes, _): if sizes["N"] ?? 1 == 1 { early += 1 } else { late += 1 }
      case .undecided, .notSymbolic, .noStartState: Issue.record("seed \(seed)")
      }
    }
    // Of those that are not, some are broken at larger sizes than one alone.
    #expect(
      proved > 10 && early > 20 && late > 5 && seen > 10 && refused < Int(count ?? 150) / 2,
      """
      \(proved) proved, broken: \(early) and \(late), refused: \(refused), too large: \(large), \
      asked of the interpreter: \(seen)
      """)
  }
}
