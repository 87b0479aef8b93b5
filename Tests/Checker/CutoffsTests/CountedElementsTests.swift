import Checking
import Cutoffs
import Diagnostics
import Murphi
import Testing
import Trace
import TransitionSystem

/// Models that go wrong at some size, where a count of elements that leaves one out would prove them.
@Suite struct CountedElementsTests {
  /// Each with what could be left out, and a size at which it goes wrong.
  private static let models: [(name: String, text: String)] = [
    (
      "a quantifier behind another one, which finds something else for an element that was written to",
      """
      const N: 2; M: 2;
      type p_t: scalarset(N); q_t: scalarset(M); v_t: 0 .. 3;
      var a: array [q_t] of v_t; c: array [p_t] of 0 .. 4; x: array [v_t] of boolean;
      startstate begin
        for p: p_t do c[p] := 4; end; for q: q_t do a[q] := 0; end;
        for v: v_t do x[v] := false; end;
      end;
      ruleset q: q_t; v: v_t do rule "set" true ==> begin a[q] := v; end; end;
      ruleset p: p_t do rule "look" true ==> begin
        c[p] := 0; x[0] := exists e: p_t do exists q: q_t do a[q] = c[e] end end;
        c[p] := 1; x[1] := exists e: p_t do exists q: q_t do a[q] = c[e] end end;
        c[p] := 2; x[2] := exists e: p_t do exists q: q_t do a[q] = c[e] end end;
        c[p] := 3; x[3] := exists e: p_t do exists q: q_t do a[q] = c[e] end end;
        c[p] := 4;
      end; end;
      invariant "four" forall p: p_t do c[p] = 4 end;
      invariant "not all" !(forall v: v_t do x[v] end);
      """
    ),
    (
      "whether a local variable has a value",
      """
      const N: 2;
      type p_t: scalarset(N);
      var a, b: array [p_t] of boolean; c, d: boolean;
      startstate begin
        for p: p_t do a[p] := false; b[p] := false; end; c := false; d := false;
      end;
      ruleset p: p_t do
        rule "a" !b[p] ==> begin a[p] := true; end;
        rule "b" !a[p] ==> begin b[p] := true; end;
      end;
      rule "look" true ==> var x: boolean; begin
        x := true; c := exists p: p_t do isundefined(x) & a[p] | !isundefined(x) & b[p] end;
        undefine x; d := exists p: p_t do isundefined(x) & a[p] | !isundefined(x) & b[p] end;
      end;
      invariant "apart" forall p: p_t do !(a[p] & b[p]) end;
      invariant "not both" !(c & d);
      """
    ),
    (
      "members of a local multiset",
      """
      const N: 2;
      type p_t: scalarset(N);
      var a: array [p_t] of 0 .. 3; x: array [0 .. 1] of boolean;
      startstate begin for p: p_t do a[p] := 0; end; x[0] := false; x[1] := false; end;
      ruleset p: p_t; v: 0 .. 3 do rule "set" true ==> begin a[p] := v; end; end;
      rule "look" true ==> var l: multiset [2] of 0 .. 1; begin
        undefine l;
        x[0] := exists p: p_t do a[p] = multisetcount(z: l, true) end;
        multisetadd(1, l);
        x[1] := exists p: p_t do a[p] = multisetcount(z: l, true) end;
      end;
      invariant "not all" !(x[0] & x[1]);
      """
    ),
    (
      "a variable without a value behind a start state of two elements",
      """
      const N: 2;
      type p_t: scalarset(N);
      var x, y: 0 .. 1;
      ruleset p: p_t; q: p_t do
        startstate begin y := 0; if p = q then x := 0; end; end;
      end;
      rule "read" x = 0 ==> begin y := 1; end;
      invariant "fine" y <= 1;
      """
    ),
    (
      "an index out of range, for others than the rule's",
      """
      const N: 2;
      type p_t: scalarset(N);
      var a: array [p_t] of array [0 .. 2] of boolean;
      startstate begin for p: p_t do for k: 0 .. 2 do a[p][k] := false; end; end; end;
      ruleset p: p_t do rule "others" true ==> var x: 0 .. 5; begin
        x := 3;
        for q: p_t do if q != p then a[q][x] := true; end; end;
      end; end;
      invariant "fine" forall p: p_t do !a[p][0] end;
      """
    ),
    (
      "a value out of range, for others than the rule's",
      """
      const N: 2;
      type p_t: scalarset(N);
      var a: array [p_t] of 0 .. 1;
      startstate begin for p: p_t do a[p] := 0; end; end;
      ruleset p: p_t do rule "others" true ==> begin
        for q: p_t do if q != p then a[q] := 2; end; end;
      end; end;
      invariant "fine" true;
      """
    ),
    (
      "rounds that count down",
      """
      const N: 2;
      type p_t: scalarset(N); v_t: 0 .. 3;
      var a: array [p_t] of v_t; x: v_t; c: array [v_t] of boolean;
      startstate begin
        for p: p_t do a[p] := 0; end; x := 0; for v: v_t do c[v] := false; end;
      end;
      ruleset p: p_t; v: v_t do rule "set" true ==> begin a[p] := v; end; end;
      rule "look" true ==> begin
        x := 1;
        for v := 3 to 0 by -1 do
          if v = 0 then x := 2; end;
          c[v] := exists p: p_t do a[p] = x end;
        end;
      end;
      invariant "not both" !(c[3] & c[0]);
      """
    ),
    (
      "what is left of a multiset while members are removed",
      """
      const N: 2;
      type p_t: scalarset(N);
      var a: array [p_t] of 0 .. 3; m: multiset [2] of 0 .. 1; c: boolean;
      startstate begin for p: p_t do a[p] := 0; end; undefine m; c := false; end;
      ruleset p: p_t; v: 0 .. 3 do rule "set" true ==> begin a[p] := v; end; end;
      rule "look" true ==> begin
        undefine m; multisetadd(0, m); multisetadd(0, m);
        multisetremovepred(i: m, exists p: p_t do a[p] = multisetcount(z: m, true) end);
        c := multisetcount(y: m, true) = 0;
      end;
      invariant "fine" !c;
      """
    ),
    (
      "a record, and the first of its fields",
      """
      const N: 2;
      type p_t: scalarset(N); f_t: array [0 .. 1] of boolean; r_t: record f: f_t; g: boolean; end;
      var r, s: array [p_t] of r_t; c, d: array [p_t] of boolean; x, y: boolean;
      startstate begin
        x := false; y := false;
        for p: p_t do
          clear r[p]; clear s[p]; s[p].g := true; c[p] := false; d[p] := false;
        end;
      end;
      ruleset p: p_t do
        rule "c" !d[p] ==> begin c[p] := true; end;
        rule "d" !c[p] ==> begin d[p] := true; end;
      end;
      rule "look" true ==> begin
        x := exists p: p_t do (r[p] = s[p] ? c[p] : d[p]) end;
        y := exists p: p_t do (r[p].f = s[p].f ? c[p] : d[p]) end;
      end;
      invariant "apart" forall p: p_t do !(c[p] & d[p]) end;
      invariant "g" forall p: p_t do !r[p].g & s[p].g end;
      invariant "f" forall p: p_t do r[p].f = s[p].f end;
      invariant "not both" !(x & y);
      """
    ),
  ]

  @Test(arguments: models.indices)
  func noneIsProved(number: Int) throws {
    let model = Self.models[number]
    let outcome = try prove(model.text, least: 1)
    guard case .open = outcome else {
      Issue.record("\(model.name): \(outcome)")
      return
    }
  }

  /// Of each element of one scalarset one of another is needed: of two, where less is not asked about.
  @Test func theSmallestSizeCounts() throws {
    let text = """
      const N: 2; M: 2;
      type p_t: scalarset(N); q_t: scalarset(M);
      var w: array [p_t] of array [q_t] of boolean; bad: boolean;
      startstate begin
        for p: p_t do for q: q_t do w[p][q] := false; end; end; bad := false;
      end;
      ruleset p: p_t; q: q_t do
        rule "take" !(exists e: p_t do w[e][q] end) ==> begin w[p][q] := true; end;
      end;
      rule "look" (forall p: p_t do exists q: q_t do w[p][q] end end) ==> begin bad := true; end;
      invariant "one"
        forall p: p_t do forall e: p_t do forall q: q_t do w[p][q] & w[e][q] -> p = e end end end;
      invariant "fine" !bad;
      """
    guard case .open(let sizes, _) = try prove(text, least: 2) else {
      Issue.record("it is proved")
      return
    }
    #expect(sizes["N"] == 2)
  }

  private func prove(_ text: String, least: Int64) throws -> AnySizeCheck.Outcome {
    let small = try system(text)
    let dimensions = [("p_t", "N", least), ("q_t", "M", 1)]
      .filter { dimension in small.scalarsets.contains { $0.name == dimension.0 } }
      .map { AnySizeCheck.Dimension(scalarset: $0.0, constant: $0.1, least: $0.2) }
    let check = AnySizeCheck(dimensions, stop: StopCondition(), memoryByteCount: nil)
    return try check.prove(try check.cutoffs(small)) { try system(text, $0) }
  }

  private func system(_ text: String, _ sizes: [String: Int64] = [:]) throws -> TransitionSystem {
    let source = SourceText(path: "test.m", bytes: Array(text.utf8))
    let loaded = MurphiModel.load(source, overrides: sizes)
    return try #require(
      loaded.system, "\(loaded.diagnostics.map(\.message).joined(separator: "\n")) in\n\(text)")
  }
}
