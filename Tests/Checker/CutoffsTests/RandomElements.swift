import Randomness

/// Random models of some elements of a scalarset, with a lemma, for any size: what they ask is asked of
/// single elements, of all and of some, and of elements that variables name.
struct RandomElements {
  private var random: SplitMix64
  private var nameCount = 0

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// The text, with the size as the constant `N`.
  mutating func text() -> String {
    var text = """
      const N: 2;
      type p_t: scalarset(N); s_t: enum { A, B, C };
      var x: s_t; f: boolean; a: array [p_t] of s_t; b: array [p_t] of boolean; o: p_t;
      ruleset first: p_t do
        startstate begin
          x := A; f := false; o := first;
          for p: p_t do a[p] := A; b[p] := false; end;
        end;
      end;

      """
    for number in 0..<pick(2...4) {
      text += """
        ruleset p: p_t; q: p_t do
          rule "r\(number)" \(condition(["p", "q"], depth: 2)) ==> begin
            \((0..<pick(1...2)).map { _ in statement(["p", "q"], depth: 1) }.joined(separator: " "))
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
    guard let element = elements.isEmpty ? nil : pick(elements) else {
      return pick(["x = \(value)", "x != \(value)", "f", "a[o] = \(value)", "b[o]"])
    }
    return pick([
      "a[\(element)] = \(value)", "a[\(element)] != \(value)", "b[\(element)]", "o = \(element)",
      "\(element) = \(pick(elements))", "x = \(value)",
    ])
  }

  private mutating func statement(_ elements: [String], depth: Int) -> String {
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
