import Randomness
import TestSupport

/// Texts of random models of a few processes, each with a program counter and a variable of its
/// own, and variables that they share: models in which most steps accord with most others, and some
/// do not in ways that are easy to overlook.
struct ConcurrentModel {
  let text: String

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    func choose(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
    let processes = pick(2...4)
    let last = pick(2...4)
    var rules: [String] = []
    for process in 1...processes {
      for _ in 0..<pick(2...5) {
        let from = pick(0...last)
        var guards = ["pc[\(process)] = \(from)"]
        if pick(0...2) == 0 {
          guards.append(
            choose([
              "s < 2", "s = \(pick(0...2))", "!b", "b", "has(\(process))", "own[\(process)] != 1",
              "!isundefined(u)", "m[own[\(process)]] = 0", "pc[\(pick(1...processes))] >= 1",
              "(exists q: p_t do pc[q] = \(last) end)", "(s = 0 ? b : own[\(process)] = 0)",
              "s / own[\(process)] < 2", "u = 1",
            ]))
        }
        if pick(0...3) == 0 { guards.reverse() }
        var actions: [String] = []
        for _ in 0..<pick(0...2) {
          actions.append(
            choose([
              "own[\(process)] := \(pick(0...2));", "own[\(process)] := s;", "s := \(pick(0...2));",
              "s := (s + 1) % 3;", "b := \(choose(["true", "false"]));", "b := !b;",
              "m[own[\(process)]] := own[\(pick(1...processes))];", "set(own[\(process)], s);",
              "set(m[s], own[\(process)]);", "if b then s := own[\(process)]; end;",
              "own[\(process)] := own[\(process)] < 2 ? own[\(process)] + 1 : 0;", "u := s;",
              "undefine u;", "for i: 0 .. 2 do m[i] := 0; end;",
              "own[\(process)] := own[\(process)];",
            ]))
        }
        if pick(0...12) == 0 {
          actions.append(
            choose([
              "s := s + 1;", "s := u;", "assert own[\(process)] < 2;", "error \"here\";",
              "assume s < 2;", "cover s = 2;", "m[s + own[\(process)]] := 1;",
            ]))
        }
        let next = pick(0...2) == 0 ? pick(0...last) : (from + 1) % (last + 1)
        let to = pick(0...4) == 0 ? from : next
        if pick(0...9) > 0 { actions.append("pc[\(process)] := \(to);") }
        rules.append(
          """
          rule "\(rules.count)" \(guards.joined(separator: " & ")) ==>
          begin \(actions.joined(separator: " ")) end;
          """)
      }
    }
    var properties: [String] = []
    for _ in 0..<pick(0...2) {
      let process = pick(1...processes)
      let other = pick(1...processes)
      let condition = choose([
        "pc[\(process)] = \(pick(1...last)) & pc[\(other)] = \(pick(1...last))", "s = 2 & b",
        "own[\(process)] = 2 & pc[\(other)] = \(last)", "m[1] = 2", "m[own[\(process)]] = 1",
        "(exists q: p_t do own[q] = 2 end)", "(forall q: p_t do pc[q] = \(last) end)",
        "(b -> s = own[\(process)])", "has(\(process))",
        "b & u = 1", "pc[\(process)] = 1 | u = 2", "s / own[\(process)] = 1 & b",
      ])
      properties.append(
        choose([
          "invariant \"i\(properties.count)\" !(\(condition));",
          "invariant \"i\(properties.count)\" !(\(condition));",
          "cover \"c\(properties.count)\" \(condition);",
          "liveness \"l\(properties.count)\" \(condition);",
          "measure \"m\(properties.count)\" (\(condition)) ? s : own[\(process)];",
          "assume \"a\(properties.count)\" !(\(condition));",
        ]))
    }
    text = """
      type p_t: 1 .. \(processes);
      var
        pc: array [p_t] of 0 .. \(last);
        own: array [p_t] of 0 .. 2;
        s, u: 0 .. 2;
        b: boolean;
        m: array [0 .. 2] of 0 .. 2;
      function has(p: p_t): boolean;
      begin
        return own[p] = s | b;
      end;
      procedure set(var x: 0 .. 2; value: 0 .. 2);
      begin
        if value = 0 then return; end;
        x := value;
      end;
      startstate begin
        for p: p_t do pc[p] := 0; own[p] := 0; end;
        s := 0; b := false; u := 1;
        for i: 0 .. 2 do m[i] := 0; end;
      end;
      \(rules.joined(separator: "\n"))
      \(properties.joined(separator: "\n"))
      """
  }
}
