import Foundation
import Testing

/// Reading a model ends, whatever it says.
@Suite struct ReadingLimitTests {
  private static let body = "var x: 0..1;\nstartstate begin x := 0; end;\n"

  private func withModel(_ text: String, _ body: (URL) throws -> Void) throws {
    try CommandRun.inTemporaryFolder { folder throws in
      try CommandRun.write(text, to: "m.m", in: folder)
      try body(folder)
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
        ["check", "m.m", "--engine", "interpreter", "--deadlock", "off"], in: folder)
      #expect(code == 0, "\(output)\(errors)")
    }
  }
}
