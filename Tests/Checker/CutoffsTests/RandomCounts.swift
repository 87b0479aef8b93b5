import Randomness

/// Random models that count elements and say how many there are, with a lemma, for any size: counts are
/// compared, added up, kept in variables, and made where a rule has done something already.
struct RandomCounts {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// The text, with the size as the constant `N`.
  mutating func text() -> String {
    var text = """
      const N: 2;
      type p_t: scalarset(N); w_t: 0 .. 2; x_t: 0 .. 3;
      var a: array [p_t] of boolean; w: array [p_t] of w_t; x: x_t; f: boolean;
      function many(v: boolean): 0 .. N;
        var n: 0 .. N;
      begin
        n := 0;
        for e: p_t do if a[e] = v then n := n + 1; end; end;
        return n;
      end;
      function weight(): 0 .. 2 * N;
        var n: 0 .. N * 2;
      begin
        n := 0;
        for e: p_t do n := n + w[e]; end;
        return n;
      end;
      function both(): 0 .. 2 * N + 1;
        var n: 0 .. 2 * N + 1;
      begin
        n := 1;
        for e: p_t do if a[e] & w[e] = 1 then n := n + 1; end; end;
        for e: p_t do if a[e] then n := n + 0; elsif w[e] > 1 then n := n + 1; end; end;
        return n;
      end;
      function two(): boolean; var n: 0 .. N; begin
        n := 0; for e: p_t do n := n + (w[e] = x ? 1 : 0); end;
        return n >= 2;
      end;
      function others(p: p_t): 0 .. N;
        var n: 0 .. N;
      begin
        n := 0;
        for e: p_t do if e != p & a[e] then n := n + 1; end; end;
        return n;
      end;
      startstate begin
        x := \(pick([0, 0, 1, 2])); f := \(pick(["true", "false"]));
        for p: p_t do a[p] := \(pick(["true", "false", "false"])); w[p] := \(pick([0, 0, 1])); end;
      end;

      """
    if pick(0...2) > 0 { return text + likely() }
    for number in 0..<pick(1...3) {
      text += """
        ruleset p: p_t; q: p_t do
          rule "r\(number)" \(condition(["p", "q"], depth: 2)) ==>
            var n: 0 .. N; var k: x_t;
          begin
            \((0..<pick(1...3)).map { _ in statement(depth: 1) }.joined(separator: "\n    "))
          end;
        end;

        """
    }
    for number in 0..<pick(1...2) {
      text += "invariant \"i\(number)\" \(condition([], depth: 2));\n"
    }
    return text
  }

  /// Rules that ask about the same count as the lemma, which they often keep.
  private mutating func likely() -> String {
    let count = pick([
      "many(true)", "many(true)", "many(false)", "weight()", "both()", "N - many(true)",
    ])
    let most = pick(0...2)
    var text = ""
    for number in 0..<pick(1...3) {
      let guarded = pick([
        "\(count) < \(most)", "\(count) <= \(most)", "\(count) > \(most)", "\(count) >= \(most)",
        "\(count) != \(most)", "\(count) = \(most)", "a[p]", "!a[p]", "w[p] = 0", "f",
        "\(count) > x",
        "\(count) + 1 < N", "w[p] > 0 & \(count) = x",
      ])
      let change = pick([
        "a[p] := true;", "a[p] := false;", "w[p] := 0;", "w[p] := 1;", "x := 0;", "x := \(most);",
        "f := \(count) >= \(most);", "f := true;", "f := false;", "x := \(count);",
        "for e: p_t do a[e] := false; end;",
        "for e: p_t do if w[e] > 0 then a[e] := true; end; end;",
        "a[p] := true; a[q] := false;", "if \(count) > \(most) then a[p] := false; end;",
        "n := 0; for e: p_t do if a[e] then n := n + 1; end; end; if n > \(most) then w[p] := 0; end;",
        "a[p] := !a[p]; f := \(comparison(count));",
      ])
      text += """
        ruleset p: p_t; q: p_t do
          rule "r\(number)" \(guarded)\(pick(["", " & !a[p]", " & a[p]"])) ==>
            var n: 0 .. N;
          begin \(change) end;
        end;

        """
    }
    let lemma = pick([
      "\(count) <= \(most)", "\(count) <= \(most + 1)", "\(count) >= \(most) -> f",
      "f -> \(count) >= \(most)", "x <= \(most)", "x > 0 -> \(count) >= \(most)",
      "\(count) <= x + \(most)", "\(count) >= \(most)", "N - \(count) <= \(most)",
      "N > \(most) -> \(count) < N", "forall p: p_t do a[p] -> others(p) <= \(most) end",
    ])
    return text + "invariant \"likely\" \(lemma);\n"
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func pick<Element>(_ all: [Element]) -> Element {
    all[Int.random(in: all.indices, using: &random)]
  }

  private mutating func condition(_ elements: [String], depth: Int) -> String {
    if depth > 0, pick(0...2) > 0 {
      let inner = elements + ["e\(depth)"]
      switch pick(0...5) {
      case 0:
        return "(\(pick(["forall", "exists"])) e\(depth): p_t do"
          + " \(condition(inner, depth: depth - 1)) end)"
      case 1: return "!(\(condition(elements, depth: depth - 1)))"
      default:
        return "(\(condition(elements, depth: depth - 1)) \(pick(["&", "|", "->"]))"
          + " \(condition(elements, depth: depth - 1)))"
      }
    }
    if !elements.isEmpty, pick(0...1) == 0 {
      let element = pick(elements)
      return pick([
        "a[\(element)]", "w[\(element)] = \(pick(0...2))", "w[\(element)] = x",
        "\(element) = \(pick(elements))", comparison("others(\(element))"),
      ])
    }
    return pick([
      "f", "x = \(pick(0...3))", comparison(sum()), comparison(sum()), comparison(sum()), "two()",
    ])
  }

  private mutating func sum() -> String {
    pick([
      "many(true)", "many(false)", "weight()", "both()", "many(true) + weight()", "N - many(true)",
      "2 * N - weight()", "many(true) - N", "N", "x + many(true)", "2 * many(false)",
      "many(true) + many(true)",
    ])
  }

  private mutating func comparison(_ sum: String) -> String {
    let sign = pick(["=", "!=", "<", "<=", ">", ">="])
    let other = pick(["0", "1", "2", "x", "1", "2", "N", "x + 1", "N - 1"])
    return pick(0...3) == 0 ? "\(other) \(sign) \(sum)" : "\(sum) \(sign) \(other)"
  }

  private mutating func statement(depth: Int) -> String {
    let (p, q) = (pick(["p", "q"]), pick(["true", "false", "f", "!a[p]"]))
    if depth > 0, pick(0...2) == 0 {
      switch pick(0...3) {
      case 0:
        return "if \(condition(["p", "q"], depth: 1)) then \(statement(depth: 0)) else"
          + " \(statement(depth: 0)) end;"
      case 1:
        return "n := 0; for e: p_t do if a[e] & e != \(p) then n := n + 1; end; end;"
          + " \(statement(depth: 0)) if \(comparison("n")) then \(statement(depth: 0)) end;"
      case 2:
        return "for e: p_t do if \(condition(["e", "p"], depth: 0)) then a[e] := \(q); end; end;"
      default:
        return "k := 0; for e: p_t do if a[e] then k := k + 1; end; end; x := k;"
      }
    }
    return pick([
      "a[\(p)] := \(q);", "a[\(p)] := true;", "w[\(p)] := \(pick(0...2));", "x := \(pick(0...2));",
      "f := !f;", "x := many(true);", "f := \(comparison(sum()));",
      "if x < 3 then x := x + 1; end;", "assert \(comparison(sum()));",
    ])
  }
}
