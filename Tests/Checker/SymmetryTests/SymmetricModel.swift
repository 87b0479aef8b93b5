import Randomness
import TestSupport

/// Texts of random models whose states are full of scalarsets: indices, names of elements within
/// and outside of arrays, matrices, unions and multisets.
struct SymmetricModel {
  let text: String

  private struct Part {
    let variable: String
    let start: String
    let guards: [String]
    let actions: [String]
  }

  private static let parts: [Part] = [
    Part(
      variable: "a: array [p_t] of 0 .. 2;", start: "for x: p_t do a[x] := 0; end;",
      guards: ["a[i] = 0", "a[i] != a[j]", "(exists x: p_t do a[x] = 2 end)", "a[j] < 2"],
      actions: ["a[i] := (a[i] + 1) % 3;", "a[j] := a[i];", "for x: p_t do a[x] := 0; end;"]),
    Part(
      variable: "b: array [p_t] of boolean;", start: "for x: p_t do b[x] := false; end;",
      guards: ["b[i]", "!b[j]", "(forall x: p_t do b[x] | x = i end)"],
      actions: ["b[i] := !b[i];", "for x: p_t do if x != i then b[x] := false; end; end;"]),
    Part(
      variable: "n: array [p_t] of p_t;", start: "undefine n;",
      guards: ["isundefined(n[i])", "!isundefined(n[i]) & n[i] = j"],
      actions: ["n[i] := j;", "undefine n[i];", "n[j] := i;"]),
    Part(
      variable: "m: array [p_t] of array [q_t] of boolean;",
      start: "for x: p_t do for y: q_t do m[x][y] := false; end; end;",
      guards: ["m[i][k]", "!m[j][k]"],
      actions: ["m[i][k] := !m[i][k];", "for y: q_t do m[i][y] := m[j][y]; end;"]),
    Part(
      variable: "g: p_t;", start: "undefine g;",
      guards: ["isundefined(g)", "!isundefined(g) & g = i"],  // The last two are not symmetric, and are to be noticed.
      actions: [
        "g := i;", "g := j;", "undefine g;", "clear g;",
        "for x: p_t do if x != i then g := x; end; end;",
      ]),
    Part(
      variable: "h: union { p_t, e_t };", start: "h := NIL;",
      guards: ["h = NIL", "h = i", "h != j", "ismember(h, p_t)"], actions: ["h := i;", "h := NIL;"]),
    Part(
      variable: "o: array [q_t] of p_t;", start: "undefine o;",
      guards: ["isundefined(o[k])", "!isundefined(o[k]) & o[k] = i"],
      actions: ["o[k] := i;", "undefine o[k];"]),
    Part(
      variable: "s: multiset [2] of record who: p_t; what: boolean; end;", start: "undefine s;",
      guards: ["multisetcount(y: s, s[y].who = i) = 0", "multisetcount(y: s, true) < 2"],
      actions: [
        "if multisetcount(y: s, true) < 2 then multisetadd(r, s); end;",
        "multisetremovepred(y: s, s[y].who = i);",
      ]),
    Part(
      variable: "t: array [p_t] of multiset [2] of q_t;", start: "undefine t;",
      guards: ["multisetcount(y: t[i], t[i][y] = k) = 0"],
      actions: [
        "if multisetcount(y: t[i], true) < 2 then multisetadd(k, t[i]); end;",
        "multisetremovepred(y: t[i], t[i][y] = k);",
      ]),
    Part(
      variable: "c: 0 .. 3;", start: "c := 0;", guards: ["c < 3"],
      actions: [
        "c := 0; for x: p_t do if x != j then c := c + 1; end; end;",
        "if c < 3 then c := c + 1; end;",
      ]),
  ]

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let chosen = Self.parts.shuffled(using: &random).prefix(
      Int.random(in: 1...3, using: &random))
    let rules = (0..<Int.random(in: 2...5, using: &random)).map { number in
      let guards = chosen.flatMap(\.guards).shuffled(using: &random).prefix(
        Int.random(in: 0...2, using: &random))
      let actions = chosen.flatMap(\.actions).shuffled(using: &random).prefix(
        Int.random(in: 1...2, using: &random))
      return """
        ruleset i: p_t; j: p_t; k: q_t do
          rule "rule \(number)" \((["true"] + guards.map { "(\($0))" }).joined(separator: " & ")) ==>
          var r: record who: p_t; what: boolean; end;
          begin
            r.who := i; r.what := i = j;
            \(actions.joined(separator: "\n    "))
          end;
        end;
        """
    }
    var invariants = ""
    if Int.random(in: 0..<3, using: &random) == 0,
      let condition = chosen.flatMap(\.guards).randomElement(using: &random)
    {
      invariants = """
        ruleset i: p_t; j: p_t; k: q_t do
          invariant "random" !(i != j & \(condition))
        end;
        """
    }
    text = """
      type
        p_t: scalarset(\(Int.random(in: 2...4, using: &random)));
        q_t: scalarset(\(Int.random(in: 2...3, using: &random)));
        e_t: enum { NIL };
      var
        \(chosen.map(\.variable).joined(separator: "\n  "))
      startstate begin
        \(chosen.map(\.start).joined(separator: "\n  "))
      end;
      \(rules.joined(separator: "\n"))
      \(invariants)
      """
  }
}
