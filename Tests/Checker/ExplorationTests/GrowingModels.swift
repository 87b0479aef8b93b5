/// Models of any size, each of a kind that grows in one direction.
enum GrowingModels {
  /// For each kind, the text for a number.
  static let all: [String: @Sendable (Int) -> String] = [
    "switch": { count in
      "var x: 0..\(count - 1); y: 0..7;\n" + start + "rule begin\nswitch x\n"
        + each(count) { "case \($0): y := \($0 % 8);\n" }
        + "end;\nx := (x + 1) % \(count);\nend;"
    },
    "elsif": { count in
      "var x: 0..\(count - 1); y: 0..7;\n" + start + "rule begin\nif x = \(count) then y := 1;\n"
        + each(count) { "elsif x = \($0) then y := \($0 % 8);\n" }
        + "else y := 0; end;\nx := (x + 1) % \(count);\nend;"
    },
    "statements": { count in
      variables + start + "rule begin\n" + each(count) { "x := (x + \($0 % 5)) % 8;\n" } + "end;"
    },
    "loops": { count in
      variables + start + "rule begin\n"
        + each(count) { _ in "for k := 0 to 1 do x := (x + k) % 8; end;\n" } + "end;"
    },
    "quantifiers": { count in
      variables + start + "rule begin\n"
        + each(count) { _ in "if exists e: 0..1 do e = x end then y := 1; end;\n" } + "end;"
    },
    "rules": { count in
      variables + start
        + each(count) { "rule x = \($0 % 8) ==> begin x := \(($0 + 1) % 8); end;\n" }
    },
    "rulesets": { count in
      variables + "a: array [0..3] of 0..1;\nstartstate begin x := 0; y := 0; clear a; end;\n"
        + each(count) {
          "ruleset i: 0..3; j: 0..1 do rule a[i] = 0 & x = \($0 % 8) & y = j ==> "
            + "begin x := (x + 1) % 8; end; end;\n"
        }
    },
    "functions": { count in
      variables
        + each(count) {
          "function f\($0)(p: 0..7; var q: 0..7): 0..7;\nvar l: 0..7;\n"
            + "begin l := p; return (l + \($0)) % 8; end;\n"
        } + start + "rule begin\n" + each(count) { "x := f\($0)(x, y);\n" } + "end;"
    },
    "invariants": { count in
      variables + start + "rule begin x := (x + 1) % 8; end;\n"
        + each(count) { "invariant x + y < \($0 + 15);\n" }
    },
    "members": { count in
      "type e: enum { " + (0..<count).map { "m\($0)" }.joined(separator: ", ") + " };\n"
        + "var x: e; y: 0..7;\nstartstate begin x := m0; y := 0; end;\n"
        + "rule x = m0 ==> begin x := m1; end;\nrule x = m1 ==> begin x := m0; end;"
    },
    "variables": { count in
      variables + each(count) { "v\($0): 0..3;\n" } + "startstate begin x := 0; y := 0;\n"
        + each(count) { "v\($0) := 0;\n" } + "end;\nrule begin x := (x + v0) % 8;\n"
        + each(count) { "v\($0) := v\($0);\n" } + "end;"
    },
    "fields": { count in
      "type t: record\n" + each(count) { "f\($0): 0..3;\n" } + "end;\nvar x: t; y: t;\n"
        + "startstate begin clear x; clear y; end;\nrule begin y := x;\n"
        + each(count) { "x.f\($0) := y.f\($0);\n" } + "end;"
    },
    "elements": { count in
      "var a: array [0..\(count - 1)] of 0..3; x: 0..7;\nstartstate begin clear a; x := 0; end;\n"
        + "rule begin x := (x + 1) % 8; a[x % 2] := 1; end;"
    },
  ]

  private static let variables = "var x: 0..7; y: 0..7;\n"
  private static let start = "startstate begin x := 0; y := 0; end;\n"

  private static func each(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map(line).joined()
  }
}
