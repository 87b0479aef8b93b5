import Diagnostics
import Testing

/// Places in a text, and how they are shown.
@Suite struct SourceTextTests {
  @Test func columnsCountScalars() {
    let source = SourceText(path: "a.m", text: "é ∀ x\ny")
    // é has two bytes and ∀ three: `x` is the eighth byte and the fifth scalar.
    #expect(source.position(of: 7) == (1, 5))
    #expect(source.line(of: 7) == 1)
    #expect(source.position(of: 9) == (2, 1))
    #expect(source.line(2) == "y")
  }

  @Test func anExcerptOfALongLineIsShort() {
    let source = SourceText(path: "a.m", text: String(repeating: "é", count: 100_000))
    let span = SourceSpan(start: 100_000, end: 100_002)
    let lines = DiagnosticRenderer().excerpt(of: span, in: source, mark: "^", note: "here")
      .description
      .split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.count < 140 })
    #expect(lines[0].contains("…é"))
    #expect(!lines[0].contains("\u{FFFD}"))
    #expect(lines[1].hasSuffix("^ here"))
  }

  @Test func aThousandDiagnosticsAreShown() {
    let source = SourceText(path: "a.m", text: String(repeating: "a", count: 3_000))
    let diagnostics = (0..<1_500).map { position in
      Diagnostic(.unknownName, "what", at: SourceSpan(start: position, end: position + 1))
    }
    let text = DiagnosticRenderer().render(diagnostics, of: source).description
    #expect(text.split(separator: "error[E0301]").count == 1_001)
    #expect(text.hasSuffix("a.m: 500 more of them are not shown\n"))
  }

  /// Colours take no columns, and every word is still there.
  @Test(arguments: [false, true]) func atATerminalNothingIsWiderThanIt(usesColor: Bool) {
    let source = SourceText(
      path: "some/folder/model.m", text: "rule \"\(String(repeating: "long ", count: 60))\" x = 1")
    let message =
      "expected `end` or `endrule` to close `rule`, found the keyword `rule` and more of it"
    let hint =
      "there are no braces around statements: `begin … end`, `then … end`, `do … end`, or so"
    let diagnostic = Diagnostic(
      .unknownName, message, at: SourceSpan(start: 309, end: 310), hint: hint)
    func text(_ width: Int?) -> String {
      let renderer = DiagnosticRenderer(usesColor: usesColor, width: width)
      return renderer.render([diagnostic], of: source).description
        .replacing(/\u{1B}\[[0-9;]*m/, with: "")
    }
    let lines = text(60).split(separator: "\n")
    #expect(lines.allSatisfy { DisplayText($0).columns <= 60 }, "\(lines)")
    let words = text(60).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.hasPrefix("some/folder/model.m:1:310: error[E0301]: \(message) 1 | "))
    #expect(words.hasSuffix("hint: \(hint)"))
    // Whoever looks for places reads a line a message.
    #expect(text(nil).hasPrefix("some/folder/model.m:1:310: error[E0301]: \(message)\n"))
    #expect(text(nil).hasSuffix("\n  hint: \(hint)\n"))
  }

  @Test func aTerminalHasRoomForTwentyDiagnostics() {
    let source = SourceText(path: "a.m", text: String(repeating: "a", count: 3_000))
    let diagnostics = (0..<1_500).map { position in
      Diagnostic(.unknownName, "what", at: SourceSpan(start: position, end: position + 1))
    }
    let text = DiagnosticRenderer(width: 80).render(diagnostics, of: source).description
    #expect(text.split(separator: "error[E0301]").count == 21)
    #expect(text.hasSuffix("a.m: 1480 more of them are not shown\n"))
  }

  @Test func controlCharactersAreHarmless() {
    let source = SourceText(path: "a.m", text: "\u{1B}[2J x")
    let text = DiagnosticRenderer().excerpt(
      of: SourceSpan(start: 5, end: 6), in: source, mark: "^", note: nil
    ).description
    #expect(!text.contains("\u{1B}"))
  }
}
