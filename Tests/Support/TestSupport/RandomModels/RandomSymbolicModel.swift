import Randomness

/// A random model over the symbolic constants `x`, `y` and `need[0..1]`, as text; and its instances
/// as plain Murphi, written by the same code and without a word of ours.
package struct RandomSymbolicModel {
  /// How symbolic constants are written.
  package enum Form {
    case symbolic
    /// The values of `x`, `y`, `need[0]` and `need[1]`.
    case instance([Int])
  }

  /// The greatest value of each element; the least is 0.
  package static let greatest = [3, 3, 2, 2]

  private let seed: UInt64
  private let stepTypes = ["a := (a + 1) % 4;", "a := 0;", "b := !b;", "m[0] := !m[0];"]

  package init(seed: UInt64) { self.seed = seed }

  /// All values that the elements can have.
  package static var valuations: [[Int]] {
    greatest.reduce([[]]) { partial, greatest in
      partial.flatMap { values in (0...greatest).map { values + [$0] } }
    }
  }

  /// - Parameter measuresTerm: Whether a term is measured; `measure` is a word of ours.
  package func text(_ form: Form, measuresTerm: Bool = false) -> String {
    var writer = Writer(form: form, random: SplitMix64(seed: seed))
    let model = writer.model()
    return measuresTerm ? model + writer.measure() : model
  }

  private struct Writer {
    let form: Form
    var random: SplitMix64

    mutating func number(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    var address: String {
      switch form {
      case .symbolic: "address"
      case .instance: "-1000000000..1000000000"
      }
    }

    func element(_ position: Int) -> String {
      switch form {
      case .symbolic: ["x", "y", "need[0]", "need[1]"][position]
      case .instance(let values): "\(values[position])"
      }
    }

    func need(_ index: String) -> String {
      switch form {
      case .symbolic: "need[\(index)]"
      case .instance(let values): "(\(index) = 0 ? \(values[2]) : \(values[3]))"
      }
    }

    mutating func term(_ depth: Int, state: Bool) -> String {
      let simple = depth == 0
      switch number(simple ? 6 : 13) {
      case 0, 1: return element(0)
      case 2: return element(1)
      case 3: return state ? need("(a % 2)") : element(2 + number(2))
      case 4: return "\(number(5))"
      case 5: return state ? (number(2) == 0 ? "a" : "moved()") : element(number(4))
      case 6, 7: return "(\(term(depth - 1, state: state)) + \(term(depth - 1, state: state)))"
      case 8: return "(\(term(depth - 1, state: state)) - \(term(depth - 1, state: state)))"
      case 9: return "(\(term(depth - 1, state: state)) * \(number(7) - 3))"
      case 10: return "(\(term(depth - 1, state: state)) / \(divisor()))"
      case 11: return "(\(term(depth - 1, state: state)) % \(divisor()))"
      default:
        let condition = condition(depth - 1, state: state)
        return
          "(\(condition) ? \(term(depth - 1, state: state)) : \(term(depth - 1, state: state)))"
      }
    }

    mutating func divisor() -> String { ["2", "3", "-2", "-3", "5"][number(5)] }

    mutating func condition(_ depth: Int, state: Bool) -> String {
      let relation = ["<", "<=", "=", "!=", ">", ">="][number(6)]
      let simple = depth == 0
      switch number(simple ? 4 : 9) {
      case 0, 1, 2: return "(\(term(1, state: state)) \(relation) \(term(depth, state: state)))"
      case 3:
        return state ? ["b", "a = 2", "m[0]", "a < 3"][number(4)] : "\(element(0)) \(relation) 2"
      case 4: return "!(\(condition(depth - 1, state: state)))"
      case 5:
        return "(\(condition(depth - 1, state: state)) & \(condition(depth - 1, state: state)))"
      case 6:
        return "(\(condition(depth - 1, state: state)) | \(condition(depth - 1, state: state)))"
      case 7:
        return state
          ? "(exists i: 0..1 do m[i] & \(need("i")) \(relation) \(term(1, state: true)) end)"
          : "(\(condition(depth - 1, state: false)) -> \(condition(depth - 1, state: false)))"
      default: return state ? "small(\(term(1, state: true)))" : condition(depth - 1, state: false)
      }
    }

    mutating func statement(_ depth: Int) -> String {
      switch number(depth == 0 ? 5 : 9) {
      case 0, 1: return "a := (a + 1) % 4;"
      case 2: return "a := \(number(4));"
      case 3: return "b := \(condition(1, state: true));"
      case 4: return "m[\(number(2))] := \(condition(1, state: true));"
      case 5:
        return "if \(condition(1, state: true)) then \(statement(depth - 1)) "
          + "else \(statement(depth - 1)) end;"
      case 6: return "bump(\(term(1, state: true)));"
      case 7:
        return number(2) == 0
          ? "assume \(condition(1, state: true));" : "assert \"body\" \(condition(1, state: true));"
      default: return statement(depth - 1) + " " + statement(depth - 1)
      }
    }

    mutating func measure() -> String { "measure \"term\" \(term(2, state: true));\n" }

    mutating func model() -> String {
      let (limit, step) = (number(4), 1 + number(3))
      var text = ""
      if case .symbolic = form {
        text += """
          symbolic x, y : address; need : array [0..1] of address;
          assume "x" 0 <= x & x <= 3; assume "y" y >= 0 & y <= 3;
          ruleset i : 0..1 do assume "need" need[i] >= 0 & need[i] <= 2; end;

          """
      }
      text += """
        var a : 0..3; b : boolean; m : array [0..1] of boolean;
        function moved() : \(address);
        var sum : \(address);
        begin
          sum := 0;
          for i : 0..1 do if m[i] then sum := sum + \(need("i")); end; end;
          return sum;
        end;
        function small(t : \(address)) : boolean;
        begin
          if t < \(element(1)) then return t <= \(limit); end;
          return t = 0;
        end;
        procedure bump(t : \(address));
        begin
          if t % \(step + 1) = 0 then a := (a + \(step)) % 4; end;
        end;

        """
      if number(3) == 0 { text += "assume \"layout\" \(condition(2, state: false));\n" }
      if number(4) == 0 { text += "assume \"mixed\" \(condition(2, state: true));\n" }
      let start = number(3) == 0 ? "if \(condition(1, state: true)) then a := 1; end;" : ""
      text += "startstate begin a := 0; b := false; m[0] := false; m[1] := false; \(start) end;\n"
      for rule in 0..<2 + number(2) {
        let guardCondition = condition(2, state: true)
        text += "rule \"r\(rule)\" \(guardCondition) ==> begin \(statement(2)) end;\n"
      }
      text +=
        "ruleset i : 0..1 do rule \"set\" !m[i] & \(condition(1, state: true)) ==> begin "
        + "m[i] := true; \(statement(1)) end; end;\n"
      if number(4) > 0 {
        text +=
          "invariant \"one\" (\(condition(1, state: true))) | (\(condition(2, state: true)));\n"
      }
      if number(2) == 0 { text += "liveness \"again\" \(condition(1, state: true));\n" }
      return text
    }
  }
}
