import Foundation
import Testing

/// Reading a model ends in time too. Each of these would take hours, or as long as anybody likes.
@Suite struct ReadingLimitTests {
  private static let body = "var x: 0..1;\nstartstate begin x := 0; end;\n"

  /// A text whose parts have to be looked at once for each of many others.
  private static func text(_ kind: String) -> String {
    func many(_ count: Int, _ text: (Int) -> String) -> String { (0..<count).map(text).joined() }
    switch kind {
    case "rules": return body + many(600_000) { _ in "rule begin x := 0; end;\n" }
    case "parameters":
      return body + "ruleset " + many(200_000) { "p\($0): 0..0; " } + "do\n"
        + many(300_000) { _ in "rule begin x := 0; end;\n" } + "end;\n"
    case "aliases":
      return body + "alias " + many(200_000) { "p\($0): x; " } + "do\n"
        + many(300_000) { _ in "rule begin x := 0; end;\n" } + "end;\n"
    case "unknown names":
      return "var x: 0..1;\n" + many(300_000) { "abcdefgh\($0): 0..1;\n" }
        + "startstate begin\n" + many(300_000) { "x := abcdefgi\($0);\n" } + "end;\n"
    case "union":
      return "type " + many(200_000) { "e\($0): enum {m\($0)};\n" } + "u: union {e0"
        + many(199_999) { ", e\($0 + 1)" } + "};\n" + body
    case "fields":
      return "type r: record " + many(400_000) { "f\($0): 0..1;\n" } + "end;\nvar y: r;\n" + body
        + "rule begin\n" + many(500_000) { "y.f\(399_999 - $0 % 999) := 0;\n" } + "end;\n"
    default:
      return "const " + many(8_000) { "c\($0): 1" + String(repeating: "+1", count: 900) + ";\n" }
        + body
    }
  }

  private static let kinds = [
    "rules", "parameters", "aliases", "unknown names", "union", "fields", "constants",
  ]

  private func withModel(_ text: String, _ body: (URL) throws -> Void) throws {
    try Program.inTemporaryFolder { folder throws in
      try Program.write(text, to: "m.m", in: folder)
      try body(folder)
    }
  }

  /// By what reads the model, and not by what ends whoever does not ask: that takes two seconds more.
  @Test(arguments: kinds) func theTimeEnds(_ kind: String) throws {
    try withModel(Self.text(kind)) { folder in
      for command in ["check", "simulate"] {
        let (output, errors, code) = try Program.run(
          [command, "m.m", "--timeout", "0.2"], in: folder)
        #expect(code == 3, "\(command): \(output)\(errors)")
        #expect(output == "m.m: inconclusive: the limit of 0.2 s was reached\n")
      }
    }
  }

  @Test func otherModelsAreCheckedAllTheSame() throws {
    try withModel(Self.text("parameters")) { folder in
      try Program.write(Self.body + "rule begin x := 1 - x; end;\n", to: "n.m", in: folder)
      let (output, errors, code) = try Program.run(
        ["check", "m.m", "n.m", "--timeout", "1", "--format", "json"], in: folder)
      #expect(code == 3, "\(output)\(errors)")
      #expect(output.contains("\"inconclusive: the limit of 1 s was reached\""), "\(output)")
      #expect(output.contains("\"verified\""), "\(output)")
    }
  }

  @Test(arguments: ["check", "simulate"]) func anInterruptEnds(_ command: String) throws {
    try withModel(Self.text("parameters")) { folder in
      let (output, errors, code) = try Program.run(
        [command, "m.m"], in: folder, interruptedAfter: 2)
      #expect(code == 130, "\(output)\(errors)")
      #expect(output == "m.m: inconclusive: interrupted\n")
    }
  }

  @Test func scenariosEndInTime() throws {
    try withModel(Self.text("parameters")) { folder in
      try Program.write(Self.body + "rule begin x := 1 - x; end;\n", to: "n.m", in: folder)
      try Program.write(
        """
        version: 1
        scenarios:
          - { name: late, model: m.m, expect: inconclusive, timeout: 1 }
          - { name: wrong, model: m.m, expect: holds, timeout: 1 }
          - { name: small, model: n.m, expect: holds, timeout: 60 }
        """, to: "s.yml", in: folder)
      let (output, errors, code) = try Program.run(["check", "--scenarios", "s.yml"], in: folder)
      #expect(code == 1, "\(output)\(errors)")
      #expect(output.contains("2 of 3 scenarios as expected"), "\(output)")
      #expect(
        output.contains("expected holds, and it is inconclusive: the limit of 1.0 s was reached")
          || output.contains("expected holds, and it is inconclusive: the limit of 1 s was reached"),
        "\(output)")
    }
  }

  /// Each line doubles what the one before it stands for: no walk would come to an end.
  private static let doubling: [String: String] = {
    func chain(_ first: String, _ next: (Int) -> String) -> String {
      (["a0: \(first)"] + (1..<60).map { "a\($0): \(next($0 - 1))" }).joined(separator: "; ")
    }
    let rule = "do rule begin x := a59; end; end;\n"
    return [
      "aliases": body + "alias " + chain("x + x") { "(a\($0) + a\($0)) % 2" } + rule,
      "indices": "var y: array [0..1] of 0..1;\n" + body + "alias "
        + chain("y[x]") { "y[(a\($0) + a\($0)) % 2]" } + rule,
      "ismember": "var b: boolean;\n" + body + "rule begin b := "
        + String(repeating: "ismember(", count: 60) + "b"
        + String(repeating: ", boolean)", count: 60) + "; end;\n",
      "records": "type r0: record end;\n"
        + (0..<60).map { "r\($0 + 1): record a: r\($0); b: r\($0); end;\n" }.joined()
        + "var y: r60;\n" + body,
      "nested records": "type r0: record a: 0..1; end;\n"
        + (0..<100_000).map { "r\($0 + 1): record a: r\($0); end;\n" }.joined()
        + "var y: r100000;\n" + body,
    ]
  }()

  @Test(arguments: doubling.keys.sorted())
  func whatStandsForTooMuchIsRefused(_ kind: String) throws {
    try withModel(Self.doubling[kind] ?? "") { folder in
      let (output, errors, code) = try Program.run(
        ["check", "m.m", "--timeout", "120"], in: folder)
      #expect(code == 2, "\(output)\(errors)")
      #expect(errors.contains("error[E0202]"), "\(errors)")
    }
  }

  /// What may be written in as many words is not too much.
  @Test func manyUsesOfAnAliasAreRead() throws {
    let text =
      Self.body + "alias a: x + x + x; do\n"
      + (0..<5_000).map { "rule x = \($0 % 2) ==> begin x := (a + a + a) % 2; end;\n" }.joined()
      + "end;\n"
    try withModel(text) { folder in
      let (output, errors, code) = try Program.run(
        ["check", "m.m", "--executor", "interpreter", "--deadlock", "off"], in: folder)
      #expect(code == 0, "\(output)\(errors)")
    }
  }
}
