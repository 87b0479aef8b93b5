import Diagnostics
import Patches
import Testing

/// Diffs are what `Patch` takes, and make of one text the other.
@Suite struct UnifiedDiffTests {
  private static func diff(_ old: String, _ new: String) -> String {
    let diff = UnifiedDiff(
      from: SourceText(path: "dir/m.m", text: old), to: SourceText(path: "dir/m.m", text: new))
    #expect(diff.isEmpty == (old == new))
    return String(decoding: diff.bytes(), as: UTF8.self)
  }

  private static let model = (1...20).map { "line \($0)\n" }

  @Test func oneHunk() {
    var changed = Self.model
    changed[9] = "other 10\nmore\n"
    #expect(
      Self.diff(Self.model.joined(), changed.joined()) == """
        --- a/dir/m.m
        +++ b/dir/m.m
        @@ -7,7 +7,8 @@
         line 7
         line 8
         line 9
        -line 10
        +other 10
        +more
         line 11
         line 12
         line 13

        """)
  }

  @Test func changesFarApartAreTwoHunks() {
    var changed = Self.model
    changed[1] = ""
    changed[17] = "line 18\nline 18a\n"
    let diff = Self.diff(Self.model.joined(), changed.joined())
    #expect(diff.contains("@@ -1,5 +1,4 @@"))
    #expect(diff.contains("@@ -16,5 +15,6 @@"))
  }

  @Test func aMissingLineBreakIsSaid() {
    let diff = Self.diff("a\nb", "a\nc")
    #expect(diff.hasSuffix("-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"))
  }

  @Test func aNameDoesNotEndItsLine() {
    let diff = UnifiedDiff(
      from: SourceText(path: "a\n+b", text: "x\n"), to: SourceText(path: "a\n+b", text: "y\n"))
    #expect(String(decoding: diff.bytes(), as: UTF8.self).hasPrefix("--- \"a/a\\n+b\"\n"))
  }

  /// All pairs of texts of up to four lines of two kinds.
  @Test func everyDiffMakesTheOtherText() throws {
    let texts = (0...4).flatMap { length in
      (0..<(1 << length)).flatMap { bits in
        let lines = (0..<length).map { bits >> $0 & 1 == 0 ? "a" : "b" }
        let text = lines.joined(separator: "\n")
        return length == 0 ? [""] : [text, text + "\n"]
      }
    }
    for old in texts where !old.isEmpty {
      for new in texts where new != old && !new.isEmpty {
        let source = SourceText(path: "m.m", text: old)
        let diff = UnifiedDiff(from: source, to: SourceText(path: "m.m", text: new))
        let patch = try Patch(SourceText(path: "p", bytes: diff.bytes()))
        let made = try patch.applied(to: source)
        #expect(String(decoding: made.bytes, as: UTF8.self) == new, "\(old) to \(new)")
      }
    }
  }
}
