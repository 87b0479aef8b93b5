import Diagnostics
import Foundation
import Murphi
import Testing
import TransitionSystem

/// What is said about wrong models: codes, places, hints; and that nothing crashes.
@Suite struct DiagnosticTests {
  private func load(_ text: String) -> (
    system: TransitionSystem?, rendered: String, codes: [String]
  ) {
    let source = SourceText(path: "m", text: text)
    let loaded = MurphiModel.load(source)
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    return (
      system, DiagnosticRenderer().render(diagnostics, of: source).description,
      diagnostics.sorted { $0.span.start < $1.span.start }.map(\.code.rawValue)
    )
  }

  @Test func allErrorsOfAFileAreFoundInOneRun() {
    let codes = load(
      """
      type t: 5..2;
      var x: 0..3; y: proc_t;
      startstate begin x = 1; end;
      rule "r" x < 1 < 2 ==> begin x := true end;
      rule "s" z ==> begin
        x := 99999999999999999999; end;
      """
    ).codes
    #expect(codes == ["E0502", "E0301", "E0201", "E0204", "E0301", "E0104"])
  }

  @Test func hintsNameWhatIsMeant() {
    let rendered = load("type proc_t: 0..1; var x: proc; startstate begin x := 0; end").rendered
    #expect(rendered.contains("m:1:27: error[E0301]"))
    #expect(load("const CPUS: 2; var x: 0..CPU; startstate begin end").rendered.contains("`CPUS`"))
  }

  @Test func hugeTypesAreNamedInBits() {
    let rendered = load(
      "var a: array[0..1000000000000] of array[0..1000000] of 0..7; startstate begin end"
    ).rendered
    #expect(rendered.contains("E0504"))
    #expect(rendered.contains("bits"))
  }

  @Test func sizeIsBounded() {
    let codes = load(String(repeating: "\n", count: Parser.maximumByteCount + 1)).codes
    #expect(codes.first == "E0702")
  }

  @Test func nestingIsBounded() {
    for text in [
      String(repeating: "(", count: 100_000), "rule " + String(repeating: "(", count: 1_000_000),
      "rule " + String(repeating: "!", count: 100_000),
      "rule begin " + String(repeating: "if true then ", count: 50_000),
      "var x: " + String(repeating: "array[0..1] of ", count: 50_000) + "boolean;",
      String(repeating: "ruleset i: boolean do ", count: 50_000),
      "rule begin x := " + String(repeating: "1+", count: 100_000) + "1 end",
    ] {
      let loaded = load(text)
      #expect(loaded.system == nil)
      #expect(loaded.codes.count == 1, "\(text.prefix(40)): \(loaded.codes)")
    }
  }

  @Test func aChainHasAThousandOperands() {
    func codes(_ count: Int, _ operand: String, _ symbol: String) -> [String] {
      let chain = Array(repeating: operand, count: count).joined(separator: symbol)
      return load(
        "var x: 0..3; startstate begin x := 0; end; rule (\(chain)) < 9 ==> begin x := 1; end;"
      ).codes
    }
    #expect(codes(1_000, "x", " + ").isEmpty)
    #expect(codes(1_000, "x * 2 % 3", " + ").isEmpty)
    #expect(codes(1_100, "x", " + ") == ["E0202"])
  }

  /// A program, an archive, or text in UTF-16.
  @Test(arguments: [
    [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0x3E, 0, 1],
    [0xFF, 0xFE, 0x76, 0, 0x61, 0, 0x72, 0],
  ])
  func whatIsNoTextIsOneMistake(bytes: [UInt8]) {
    let loaded = MurphiModel.load(SourceText(path: "b", bytes: bytes))
    #expect(loaded.diagnostics.map(\.code) == [.unexpectedCharacter])
    #expect(loaded.diagnostics.map(\.span.start) == [bytes.firstIndex(of: 0)])
  }

  @Test func noBytesCrash() {
    var generator = SeededGenerator(state: 17)
    let words = [
      "rule", "begin", "end", "(", ")", "x", ":=", "1", "forall", "do", ";", ":", "var", "\"s\"",
      "if", "then", "else", "switch", "case", "record", "==>", "ruleset", "alias", "..", "-", "/*",
      "\u{1}", "≤", "“", "const", "type", "function", "enum", "{", "}", "array", "[", "]", "of",
    ]
    for _ in 0..<3_000 {
      let count = Int.random(in: 0..<40, using: &generator)
      let soup = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }
        .joined(separator: " ")
      _ = load(soup)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = MurphiModel.load(SourceText(path: "b", bytes: bytes))
    }
  }
}

/// Steele, Lea and Flood's SplitMix64: the same soup on every machine.
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
