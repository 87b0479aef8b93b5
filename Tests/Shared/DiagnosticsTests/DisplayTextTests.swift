import Diagnostics
import Testing

/// What strangers wrote is shown so that it is seen, and no more than that.
@Suite struct DisplayTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("é ∀ 漢 🎉", "é ∀ 漢 🎉"),
    ("\u{1B}[31m", "\\u{1b}[31m"), ("a\nb", "a\\u{a}b"), ("a\r\nb", "a\\u{d}\\u{a}b"),
    ("\t", "\\u{9}"), ("\u{7F}\u{9B}\u{85}\u{0}", "\\u{7f}\\u{9b}\\u{85}\\u{0}"),
    ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
    // Bidirectional marks, embeddings, overrides and isolates.
    (
      "\u{200E}\u{61C}\u{202A}\u{202E}\u{2066}\u{2069}",
      "\\u{200e}\\u{61c}\\u{202a}\\u{202e}\\u{2066}\\u{2069}"
    ),
    // What is not seen: joiners, fillers, tags, variation selectors, soft hyphens.
    (
      "\u{200B}\u{2060}\u{FEFF}\u{AD}\u{3164}\u{115F}\u{FE0F}\u{E0041}\u{180E}",
      "\\u{200b}\\u{2060}\\u{feff}\\u{ad}\\u{3164}\\u{115f}\\u{fe0f}\\u{e0041}\\u{180e}"
    ),
    // One character for Swift, and two for whoever reads bytes.
    ("\u{600}*/", "\\u{600}*/"),
    ("\u{FFFE}\u{FFFF}\u{1FFFF}", "\\u{fffe}\\u{ffff}\\u{1ffff}"),
    // Not taken for an escape of ours, while other backslashes stay.
    ("\\u{1b}", "\\u{5c}u{1b}"), ("x /\\ y", "x /\\ y"), ("\\\u{1B}", "\\\\u{1b}"),
  ])
  func strangersTextIsVisible(text: String, shown: String) {
    #expect(DisplayText(text).description == shown)
    let interpolated: DisplayText = "<\(text)>\n"
    #expect(interpolated.description == "<" + shown + ">\n")
    // What is shown already is not made visible again.
    let nested: DisplayText = "\u{1B}[1m\(interpolated)"
    #expect(nested.description == "\u{1B}[1m<" + shown + ">\n")
  }

  /// Every scalar but those that are left out or acted on.
  @Test func everyScalarIsShownOrWritten() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = DisplayText(String(scalar)).description
      if text.unicodeScalars.first != scalar || text.unicodeScalars.count != 1 {
        #expect(text == "\\u{" + String(value, radix: 16) + "}")
      } else {
        let category = scalar.properties.generalCategory
        #expect(category != .control && category != .format)
      }
    }
  }

  @Test func linesAreLines() {
    #expect(DisplayText(lines: ["a\nb", "  c"]).description == "a\\u{a}b\n  c")
    #expect(DisplayText(document: "a\n\tb\u{1B}\\u{1b}").description == "a\n\tb\\u{1b}\\u{1b}")
  }

  @Test func theMarkStandsBelowWhatItMarks() {
    let source = SourceText(path: "a\u{1B}.m", text: "\u{1B}[2J\u{202E} x := \u{0};")
    let text = DiagnosticRenderer().render(
      Diagnostic(.unexpectedCharacter, "a\nb", at: SourceSpan(start: 13, end: 14)), of: source)
    #expect(
      text.description == """
        a\\u{1b}.m:1:12: error[E0101]: a\\u{a}b
        1 | \\u{1b}[2J\\u{202e} x := \\u{0};
          |                        ^^^^^

        """)
  }

  @Test(arguments: [
    ("vmlinuz", "vmlinuz"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("$(reboot)", "'$(reboot)'"),
    ("-p", "'./-p'"), ("", "''"),
  ])
  func aWordOfAShellIsOneWord(text: String, word: String) {
    #expect(shellWord(text) == word)
  }
}

/// What a terminal takes for a text.
@Suite struct DisplayTextColumnTests {
  @Test(arguments: [
    ("", 0), ("plain", 5), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("가", 2), ("\u{1100}\u{1161}", 2),
    ("🎉", 2), ("ｆ", 2), ("→ ∀", 3), ("a漢", 3),
  ])
  func columnsAreThoseOfATerminal(text: String, columns: Int) {
    #expect(DisplayText(text).columns == columns)
  }

  @Test(arguments: [
    ("plain", 5, "plain"), ("plain", 4, "pla…"), ("漢字", 4, "漢字"), ("漢字", 3, "漢…"),
    ("漢字", 2, "…"), ("a", 1, "a"), ("ab", 1, "…"),
  ])
  func whatDoesNotFitIsCut(text: String, width: Int, shown: String) {
    #expect(DisplayText(text).clipped(to: width).description == shown)
  }

  @Test func linesBreakByColumns() {
    let lines = DisplayText("漢字 漢字 ab").wrapped(rest: "  ", 9)
    #expect(lines.map(\.description) == ["漢字 漢字", "  ab"])
  }

  /// A line breaks between items, and within one only where that is longer than a line.
  @Test func itemsAreKeptWhole() {
    let items: [DisplayText] = ["a = 1", "b: 1 -> 2", "long: one two three -> four", "c = 3"]
    #expect(
      DisplayText.packed(items, mark: ";", first: "- ", rest: "  ", 20)
        == ["- a = 1; b: 1 -> 2;", "  long: one two", "    three -> four;", "  c = 3"])
    #expect(DisplayText.packed([], mark: ";", first: "- ", rest: "  ", 20).isEmpty)
  }
}
