import Randomness

/// Random models of some elements of two scalarsets, with a lemma, for any sizes: what they ask is asked of
/// single elements, of all and of some, of elements that variables name, and by functions.
struct RandomElements {
  private var random: SplitMix64
  private var nameCount = 0
  /// Whether elements name elements of their own scalarset, and a variable need not name one.
  private let hasLinks: Bool

  init(seed: UInt64, hasLinks: Bool = false) {
    random = SplitMix64(seed: seed)
    self.hasLinks = hasLinks
  }

  /// The text, with the sizes as the constants `N` and `M`.
  mutating func text() -> String {
    let links = hasLinks ? "\n        n: array [p_t] of p_t; k: array [p_t] of p_t;" : ""
    let firstLinks = hasLinks ? "n[p] := p; k[p] := first_p;" : ""
    var text = """
      const N: 2; M: 2;
      type p_t: scalarset(N); q_t: scalarset(M); s_t: enum { A, B, C };
      var
        x: s_t; f: boolean; o: p_t;
        a: array [p_t] of s_t; c: array [p_t] of s_t; b: array [p_t] of boolean;
        h: array [q_t] of boolean; w: array [p_t] of q_t;\(links)
      function some(v: s_t): boolean; begin return exists e: p_t do a[e] = v end; end;
      function held(e: p_t): boolean; begin return h[w[e]] | exists g: q_t do h[g] & g != w[e] end; end;
      function first(v: s_t): s_t;
      begin
        for e: p_t do if a[e] = v then return c[e]; end; end;
        return v;
      end;
      ruleset first_p: p_t; first_q: q_t do
        startstate begin
          x := A; f := false; o := first_p;
          for p: p_t do a[p] := A; b[p] := false; c[p] := B; w[p] := first_q; \(firstLinks) end;
          for q: q_t do h[q] := false; end;
        end;
      end;

      """
    for number in 0..<pick(2...4) {
      text += """
        ruleset p: p_t; q: p_t do
          rule "r\(number)" \(condition(["p", "q"], depth: 2)) ==> begin
            \((0..<pick(1...3)).map { _ in statement(["p", "q"], depth: 1) }.joined(separator: " "))
          end;
        end;

        """
    }
    for number in 0..<pick(1...2) {
      text += "invariant \"i\(number)\" \(condition([], depth: 3));\n"
    }
    return text
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func pick<Element>(_ all: [Element]) -> Element {
    all[Int.random(in: all.indices, using: &random)]
  }

  private mutating func fresh() -> String {
    nameCount += 1
    return "e\(nameCount)"
  }

  private mutating func condition(_ elements: [String], depth: Int) -> String {
    if depth > 0, pick(0...3) > 0 {
      switch pick(0...6) {
      case 0, 1:
        let name = fresh()
        let word = pick(0...2) > 0 ? "forall" : "exists"
        return "(\(word) \(name): p_t do \(condition(elements + [name], depth: depth - 1)) end)"
      case 2: return "!(\(condition(elements, depth: depth - 1)))"
      default:
        let sign = pick(["&", "|", "|", "->"])
        return "(\(condition(elements, depth: depth - 1)) \(sign)"
          + " \(condition(elements, depth: depth - 1)))"
      }
    }
    let value = pick(["A", "B", "C"])
    if hasLinks, let element = elements.isEmpty ? nil : pick(elements), pick(0...1) == 0 {
      let other = pick(elements)
      return pick([
        "n[\(element)] = \(other)", "n[\(element)] = \(other)", "k[\(element)] != \(other)",
        "n[\(element)] = k[\(other)]", "a[n[\(element)]] = \(value)", "n[\(element)] = o",
        "n[\(element)] != \(other)", "k[\(element)] = \(other)",
        "(exists g: p_t do n[g] = \(element) & a[g] = \(value) end)",
        "(forall g: p_t do n[g] = \(element) -> k[g] != \(other) end)",
      ])
    }
    guard let element = elements.isEmpty ? nil : pick(elements) else {
      return pick([
        "x = \(value)", "x != \(value)", "f", "a[o] = \(value)", "b[o]", "some(\(value))",
        "held(o)",
        "a = c", "first(\(value)) = x", "exists g: q_t do h[g] end",
      ])
    }
    return pick([
      "a[\(element)] = \(value)", "a[\(element)] != \(value)", "b[\(element)]", "o = \(element)",
      "\(element) = \(pick(elements))", "x = \(value)", "held(\(element))", "h[w[\(element)]]",
      "some(\(value))", "a[\(element)] = c[\(pick(elements))]",
      "(forall g: q_t do h[g] -> w[\(element)] = g end)",
    ])
  }

  private mutating func statement(_ elements: [String], depth: Int) -> String {
    if hasLinks, pick(0...1) == 0 {
      let (element, other) = (pick(elements), pick(elements))
      return pick([
        "n[\(element)] := \(other);", "k[\(element)] := \(other);",
        "n[\(element)] := k[\(other)];", "n[k[\(element)]] := \(other);",
        "o := n[\(element)];", "for g: p_t do n[g] := k[g]; end;",
        "for g: p_t do if n[g] = \(element) then n[g] := \(other); end; end;",
        "a[n[\(element)]] := \(pick(["A", "B", "C"]));", "n[\(element)] := n[n[\(other)]];",
      ])
    }
    if depth > 0 {
      switch pick(0...5) {
      case 0:
        let name = fresh()
        let guarded = condition(elements + [name], depth: 1)
        return
          "for \(name): p_t do if \(guarded) then a[\(name)] := \(pick(["A", "B", "C"])); end; end;"
      case 1:
        return "if \(condition(elements, depth: 1)) then \(statement(elements, depth: 0)) else"
          + " \(statement(elements, depth: 0)) end;"
      case 2: return "b[\(pick(elements))] := \(condition(elements, depth: 1));"
      case 3: return "for g: q_t do h[g] := g = w[\(pick(elements))]; end;"
      case 4: return "w[\(pick(elements))] := w[\(pick(elements))]; c := a;"
      default: break
      }
    }
    let value = pick(["A", "B", "C"])
    return pick([
      "x := \(value);", "f := !f;", "a[\(pick(elements))] := \(value);",
      "b[\(pick(elements))] := \(pick(["true", "false"]));", "o := \(pick(elements));",
      "assert x != \(value) | a[\(pick(elements))] = \(value);",
    ])
  }
}
